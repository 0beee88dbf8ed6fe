/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search for an included file: exact names first in every folder, then the file name in any
 * case, since decks that were written on Windows do not mind it. */
#include "file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

bal_text bal_file_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return (bal_text){path, 0};
    return (bal_text){path, slash == path ? 1 : (size_t)(slash - path)};
}

/* folder/name, in the arena. */
static char *join(bal_arena *arena, bal_text folder, const char *name)
{
    if (name[0] == '/' || folder.n == 0)
        return bal_arena_copy(arena, name, strlen(name));
    const char *slash = folder.p[folder.n - 1] == '/' ? "" : "/";
    return bal_arena_format(arena, "%.*s%s%s", (int)folder.n, folder.p, slash, name);
}

static bool is_absent(const char *path)
{
    struct stat info;
    return stat(path, &info) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

/* The entry of the folder that `path` names in another case; the first by bytes, so that the answer
 * does not depend on the order of the directory. NULL: none, or memory is out (*status). */
static char *find_any_case(bal_arena *arena, const char *path, bal_status *status)
{
    const bal_text folder = bal_file_folder(path);
    const char *slash = strrchr(path, '/');
    const bal_text wanted = bal_text_of(slash ? slash + 1 : path);
    char *best = NULL;
    char *where = folder.n > 0 ? bal_arena_copy(arena, folder.p, folder.n) : NULL;
    if (folder.n > 0 && !where)
        *status = BAL_E_NOMEM;
    DIR *directory = *status == BAL_OK ? opendir(where ? where : ".") : NULL;
    if (!directory && *status == BAL_OK && errno == ENOMEM)
        *status = BAL_E_NOMEM;
    if (!directory)
        return NULL;
    const struct dirent *entry = readdir(directory);
    for (; entry && *status == BAL_OK; entry = readdir(directory)) {
        if (!bal_text_is(wanted, entry->d_name) || (best && strcmp(best, entry->d_name) <= 0))
            continue;
        best = bal_arena_copy(arena, entry->d_name, strlen(entry->d_name));
        if (!best)
            *status = BAL_E_NOMEM;
    }
    (void)closedir(directory);
    if (!best)
        return NULL;
    char *found = join(arena, folder, best);
    if (!found)
        *status = BAL_E_NOMEM;
    return found;
}

static char *with_slashes(bal_arena *arena, bal_text name)
{
    char *copy = bal_arena_copy(arena, name.p, name.n);
    for (char *p = copy; p && *p; p++) {
        if (*p == '\\')
            *p = '/';
    }
    return copy;
}

bal_status bal_file_find(bal_files *files, bal_text name, const bal_text folders[],
                         size_t n_folders, bal_file **file, bal_file_fault *fault)
{
    bal_status status = BAL_OK;
    const char *wanted = with_slashes(files->arena, name);
    if (!wanted)
        return BAL_E_NOMEM;
    for (size_t i = 0; i < n_folders; i++) {
        const char *path = join(files->arena, folders[i], wanted);
        if (!path)
            return BAL_E_NOMEM;
        if (!is_absent(path))
            return bal_file_load(files, path, file, fault);
    }
    for (size_t i = 0; i < n_folders; i++) {
        const char *path = join(files->arena, folders[i], wanted);
        if (!path)
            return BAL_E_NOMEM;
        const char *found = find_any_case(files->arena, path, &status);
        if (found)
            return bal_file_load(files, found, file, fault);
        if (status != BAL_OK)
            return status;
    }
    return bal_file_load(files, wanted, file, fault);
}
