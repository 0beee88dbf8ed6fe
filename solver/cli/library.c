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

/* <prefix>/`installed` if it is there; path is filled. */
static const char *beside_program(char *path, size_t size, const char *installed)
{
    const size_t n_installed = strlen(installed) + 1;
    const ssize_t n = readlink("/proc/self/exe", path, size - 1);
    if (n <= 0 || (size_t)n >= size - 1)
        return NULL;
    path[n] = '\0';
    size_t used = parent(path);
    used = used > 0 ? parent(path) : 0;
    if (used == 0 || used + n_installed > size)
        return NULL;
    memcpy(path + used, installed, n_installed);
    return access(path, R_OK) == 0 ? path : NULL;
}

const char *bal_library_folder(char *path, size_t size)
{
    const char *found = beside_program(path, size, "/" BAL_LIBRARY_INSTALLED);
    found = found != NULL ? if_folder(found) : NULL;
    return found != NULL ? found : if_folder(BAL_LIBRARY_SOURCE);
}

const char *bal_library_bench(char *path, size_t size)
{
    const char *found = beside_program(path, size, "/" BAL_BENCH_INSTALLED);
    if (found != NULL)
        return found;
    return access(BAL_BENCH_SOURCE, R_OK) == 0 ? BAL_BENCH_SOURCE : NULL;
}
