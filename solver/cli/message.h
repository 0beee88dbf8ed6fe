/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CLI_MESSAGE_H
#define BAL_CLI_MESSAGE_H

/* Everything that goes to stderr. */
#include <balspice/balspice.h>
#include <stdbool.h>

#include "options.h"

/* "balspice: error: TEXT". */
void bal_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
void bal_complain_hint(const char *text);

/* How messages of the library are shown. */
typedef struct bal_show {
    bool color;
    bool errors_only;           /* drops notes and warnings */
    bool annotate;              /* for GitHub, too */
    struct bal_deck_logs *logs; /* that hear of each message, too; NULL: none */
} bal_show;

bal_show bal_show_for(const bal_arguments *arguments);
/* A bal_message_fn; user is the bal_show. */
void bal_show_message(void *user, const bal_notice *notice);

#endif
