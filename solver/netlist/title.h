/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_NETLIST_TITLE_H
#define BAL_NETLIST_TITLE_H

#include "arena.h"
#include "diag.h"

/* The title as it is printed: the line without a leading '*', ".title" and blanks, its control
 * characters escaped. BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_title_clean(bal_text line, bal_arena *arena, bal_text *title);

/* Warns when the first line was probably meant as a card: it is the title all the same. */
void bal_title_check(bal_span line, bal_diag *diag);

#endif
