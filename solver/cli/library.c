/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *if_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode) ? path : NULL;
}

/* Drops the last part of the path; 0 when nothing is left. */
static size_t parent(char *path)
{
    char *slash = strrchr(path, '/');
    if (slash == NULL)
        return 0;
    *slash = '\0';
    return strlen(path);
}

const char *bal_library_folder(char *path, size_t size)
{
    static const char installed[] = "/" BAL_LIBRARY_INSTALLED;
    const ssize_t n = readlink("/proc/self/exe", path, size - 1);
    if (n > 0 && (size_t)n < size - 1) {
        path[n] = '\0';
        size_t used = parent(path);
        used = used > 0 ? parent(path) : 0;
        if (used > 0 && used + sizeof installed <= size) {
            memcpy(path + used, installed, sizeof installed);
            if (if_folder(path) != NULL)
                return path;
        }
    }
    return if_folder(BAL_LIBRARY_SOURCE);
}
