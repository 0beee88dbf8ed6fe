/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CLI_OUTPUTS_H
#define BAL_CLI_OUTPUTS_H

/* The files of -o, and what stdout shows. */
#include <balspice/balspice.h>
#include <stdbool.h>

#include "options.h"
#include "out_file.h"

typedef struct bal_outputs {
    size_t n;            /* files */
    bal_output *list;    /* for the library; room for one more */
    bal_out_file *files; /* n */
} bal_outputs;

/* Everything that can be wrong before a deck is read: an exit code, after a message. Release in any
 * case. */
int bal_outputs_create(bal_outputs *o, const bal_arguments *arguments);
void bal_outputs_release(bal_outputs *o);

/* The files, and JSON or, where there is no file, a table on stdout: the length of the list. */
size_t bal_outputs_all(bal_outputs *o, const bal_arguments *arguments);

/* Exit codes, after a message. Where open fails, nothing is left behind. */
int bal_outputs_open(bal_outputs *o);
/* Gives the files their names if `good`, and removes what has none. */
int bal_outputs_close(bal_outputs *o, bool good);

#endif
