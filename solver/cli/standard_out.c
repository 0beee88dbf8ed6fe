/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A reader that went away (EPIPE) knows that it did: no message. */
#include "standard_out.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "message.h"

void bal_standard_out_prepare(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) != -1 || errno != EBADF)
            continue;
        /* The wrong direction for 0 and 1, so that using them is still an error. */
        (void)open("/dev/null", fd == STDOUT_FILENO ? O_RDONLY : O_WRONLY);
    }
}

int bal_standard_out_write(void *unused, const char *bytes, size_t n)
{
    (void)unused;
    return fwrite(bytes, 1, n, stdout) != n;
}

int bal_standard_out_finish(int code)
{
    errno = 0;
    const int failed = ferror(stdout) != 0;
    if (fclose(stdout) == 0 && !failed)
        return code;
    if (errno != EPIPE)
        bal_complain("cannot write to standard output%s%s", errno != 0 ? ": " : "",
                     errno != 0 ? strerror(errno) : "");
    return code > 5 ? code : 5;
}
