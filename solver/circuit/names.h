/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CIRCUIT_NAMES_H
#define BAL_CIRCUIT_NAMES_H

#include "arena.h"
#include "text.h"

/* A table of case-insensitive names with an integer each. Names are slices that must outlive it. */
typedef struct bal_name_table {
    struct bal_name_entry *head;
} bal_name_table;

/* Adds `name` with `value` unless it is there. *existing receives the value in the table
 * beforehand, or -1 when the name was new. BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_names_add(bal_name_table *table, bal_arena *arena, bal_text name,
                                       int value, int *existing);

/* Adds a name that is known not to be there. BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_names_insert(bal_name_table *table, bal_arena *arena, bal_text name,
                                          int value);

/* The value of a name, or -1. */
int bal_names_find(const bal_name_table *table, bal_text name);

/* Replaces the value of a name that is there. */
void bal_names_set(bal_name_table *table, bal_text name, int value);

/* Offers every name as a suggestion. */
void bal_names_offer(const bal_name_table *table, bal_nearest *nearest);

void bal_names_release(bal_name_table *table); /* the entries belong to the arena */

#endif
