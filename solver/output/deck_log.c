/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of deck logs. */
#include "deck_log.h"

#include <string.h>

const bal_deck_log_row *bal_deck_log_find(const char *name)
{
    static const bal_deck_log_row *const rows[] = {&bal_deck_log_json, &bal_deck_log_junit};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(rows[i]->name, name) == 0)
            return rows[i];
    return NULL;
}
