/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CLI_DECK_LOGS_H
#define BAL_CLI_DECK_LOGS_H

/* The logs that --json (on stdout) and --junit (a file) ask for: none, one or both. */
#include <balspice/balspice.h>

#include "options.h"
#include "out_file.h"

typedef struct bal_deck_logs {
    bal_log *log[2];
    size_t n;
    bool annotate;     /* failed claims */
    const char *junit; /* NULL: no file */
    bal_out_file file;
} bal_deck_logs;

/* Exit code 0, or another after a message; close in both cases. */
int bal_deck_logs_open(bal_deck_logs *logs, const bal_arguments *arguments);
void bal_deck_logs_begin(bal_deck_logs *logs, const char *path);
void bal_deck_logs_notice(bal_deck_logs *logs, const bal_notice *notice);
void bal_deck_logs_claim(bal_deck_logs *logs, const bal_claim *claim);
void bal_deck_logs_end(bal_deck_logs *logs, int code, const char *words);
/* The file takes its name. */
int bal_deck_logs_close(bal_deck_logs *logs);

#endif
