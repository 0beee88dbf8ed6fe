/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_FORMATS_COLUMNS_H
#define BAL_FORMATS_COLUMNS_H

#include "arena.h"
#include "diag.h"
#include "table.h"

/*
 * Columns of numbers as people save them: separated by commas, semicolons or blanks, comments from
 * '#', '%', ';' or '*' at the start of a line, an optional header line of names. The first column
 * must ascend. Reports with the place in the file. BAL_E_DECK, BAL_E_NOMEM.
 */
BAL_NODISCARD bal_status bal_columns_read(const bal_source *source, bal_arena *arena,
                                          bal_diag *diag, const bal_table **out);

#endif
