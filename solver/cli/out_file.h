/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CLI_OUT_FILE_H
#define BAL_CLI_OUT_FILE_H

/*
 * A file that is written whole or not at all: the bytes go to a temporary file of the same folder,
 * which takes the name on commit. INT, TERM, HUP and PIPE remove it before they end the program.
 * What is there already and is no regular file (a pipe, a device) is written directly.
 */
#include <stddef.h>

typedef struct bal_out_file {
    const char *name;          /* as the user wrote it */
    char *path;                /* links resolved */
    char *temporary;           /* NULL: written directly */
    int fd;                    /* -1: closed */
    int error;                 /* errno of the first failure */
    struct bal_out_file *next; /* open files, for the signal handler */
} bal_out_file;

/* Once, before the first file. */
void bal_out_file_catch_signals(void);

/* All give 0, or errno. The file must stay where it is until commit or discard. */
int bal_out_file_open(bal_out_file *file, const char *name);
int bal_out_file_commit(bal_out_file *file);
void bal_out_file_discard(bal_out_file *file); /* also after a commit: does nothing then */

/* A bal_write_fn; user is the bal_out_file. */
int bal_out_file_write(void *user, const char *bytes, size_t n);

#endif
