/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_MNA_SERIES_H
#define BAL_MNA_SERIES_H

#include "mna_system.h"

/*
 * Two branches in series are one branch: a node m that nothing touches but two branches p and q has
 * i_q = s i_p by its current law, and its voltage drops out of (row p) + t (row q). A resistance
 * below r_branch in series with an inductance so costs one unknown instead of three, and no digit.
 *
 * Unknowns are numbered twice: `full` as the devices see them, and as solved. The voltage of a node
 * that was eliminated is read off the row of one of its branches.
 */

/* Fills s->row, s->col and their signs, s->recover, s->n and s->full_of from s->items. BAL_E_NOMEM.
 */
BAL_NODISCARD bal_status bal_series_merge(const bal_mna *m, bal_mna_system *s);

/* Place of an item as solved; -1: it was eliminated or is ground. */
static inline int bal_item_row(const bal_mna_system *s, const bal_contribution *item)
{
    return item->row < 0 ? -1 : s->row[item->row];
}

static inline int bal_item_col(const bal_mna_system *s, const bal_contribution *item)
{
    return item->col < 0 ? -1 : s->col[item->col];
}

/* +1 or -1: what its value is multiplied by. */
static inline double bal_item_sign(const bal_mna_system *s, const bal_contribution *item)
{
    return s->row_sign[item->row] * s->col_sign[item->col];
}

#endif
