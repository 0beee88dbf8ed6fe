/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CLI_FOLDER_H
#define BAL_CLI_FOLDER_H

#include <stddef.h>

/* Paths that grow; owned by the list. Start as {0}. */
typedef struct bal_paths {
    char **item;
    size_t n;
    size_t capacity;
} bal_paths;

/* Adds `path` itself, or for a folder all *.cir in it and in the folders below (links to folders
 * are not followed, hidden names are left out) in the order of their names. 0 or errno. */
int bal_paths_add(bal_paths *paths, const char *path);
void bal_paths_release(bal_paths *paths);

#endif
