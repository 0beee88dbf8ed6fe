/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_NETLIST_FILE_H
#define BAL_NETLIST_FILE_H

/*
 * Files of a deck: found along a search path, read and decoded once each however often they are
 * included. Everything lives in the arena. Only this layer opens files that a deck names, and it
 * opens regular files only.
 */
#include <sys/types.h>

#include "arena.h"
#include "diag.h"

/* A ".lib NAME" ... ".endl" inside a file; pointers into the file's text. */
typedef struct bal_section {
    bal_text name;
    const char *body;  /* behind the .lib line */
    const char *stop;  /* begin of the .endl line; NULL: not closed, so no section */
    const char *after; /* behind the .endl line */
} bal_section;

typedef struct bal_file {
    struct bal_file *next;
    const char *path; /* as opened */
    bool on_disk;     /* device and inode are known */
    dev_t device;
    ino_t inode;
    bal_text text; /* UTF-8, see encoding.h */
    bool indexed;  /* see section.h */
    bal_section *sections;
    size_t n_sections;
} bal_file;

typedef struct bal_files {
    bal_arena *arena;
    bal_file *first;
} bal_files;

/* Why a file was not read, for bal_report; text ends the sentence "'path' ...". */
typedef struct bal_file_fault {
    bal_diag_id id;
    char text[160];
} bal_file_fault;

/* Reads `path`, or finds it among the files read before. BAL_E_IO with *fault set, BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_file_load(bal_files *files, const char *path, bal_file **file,
                                       bal_file_fault *fault);

/* The same for text in memory; copies it. BAL_E_IO with *fault set when it is no text. */
BAL_NODISCARD bal_status bal_file_of_text(bal_files *files, const char *name, bal_text bytes,
                                          bal_file **file, bal_file_fault *fault);

/* The name as a deck writes it ('\\' counts as '/'), searched in the folders in turn ("" is the
 * current one), then again with the case of the file name ignored. As bal_file_load. */
BAL_NODISCARD bal_status bal_file_find(bal_files *files, bal_text name, const bal_text folders[],
                                       size_t n_folders, bal_file **file, bal_file_fault *fault);

/* The folder part of a path without its last '/': "" for none, "/" for the root. */
bal_text bal_file_folder(const char *path);

#endif
