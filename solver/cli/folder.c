/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order of a directory is the file system's; sorting by bytes makes runs comparable. */
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int append(bal_paths *paths, char *path)
{
    if (path == NULL)
        return ENOMEM;
    if (paths->n == paths->capacity) {
        const size_t capacity = paths->capacity > 0 ? 2 * paths->capacity : 16;
        char **item = realloc(paths->item, capacity * sizeof *item);
        if (item == NULL) {
            free(path);
            return ENOMEM;
        }
        paths->item = item;
        paths->capacity = capacity;
    }
    paths->item[paths->n++] = path;
    return 0;
}

/* "FOLDER/NAME"; the caller frees it. */
static char *join(const char *folder, const char *name)
{
    const size_t n = strlen(folder);
    const char *slash = n > 0 && folder[n - 1] == '/' ? "" : "/";
    const size_t size = n + strlen(name) + 2;
    char *path = malloc(size);
    if (path != NULL)
        (void)snprintf(path, size, "%s%s%s", folder, slash, name);
    return path;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int read_names(const char *folder, bal_paths *names)
{
    DIR *directory = opendir(folder);
    if (directory == NULL)
        return errno;
    int error = 0;
    while (error == 0) {
        errno = 0;
        const struct dirent *entry = readdir(directory);
        if (entry == NULL) {
            error = errno;
            break;
        }
        if (entry->d_name[0] != '.')
            error = append(names, join(folder, entry->d_name));
    }
    (void)closedir(directory);
    if (error == 0 && names->n > 0)
        qsort(names->item, names->n, sizeof *names->item, by_name);
    return error;
}

static bool is_deck(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot != NULL && strcmp(dot, ".cir") == 0;
}

static int add_folder(bal_paths *paths, const char *folder)
{
    bal_paths names = {0};
    int error = read_names(folder, &names);
    for (size_t i = 0; i < names.n && error == 0; i++) {
        struct stat status;
        if (lstat(names.item[i], &status) == 0 && S_ISDIR(status.st_mode)) {
            error = add_folder(paths, names.item[i]);
        } else if (is_deck(names.item[i])) {
            error = append(paths, names.item[i]);
            names.item[i] = NULL; /* moved */
        }
    }
    bal_paths_release(&names);
    return error;
}

int bal_paths_add(bal_paths *paths, const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return add_folder(paths, path);
    const size_t size = strlen(path) + 1;
    char *copy = malloc(size);
    if (copy != NULL)
        memcpy(copy, path, size);
    return append(paths, copy);
}

void bal_paths_release(bal_paths *paths)
{
    for (size_t i = 0; i < paths->n; i++)
        free(paths->item[i]);
    free(paths->item);
}
