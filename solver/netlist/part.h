/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_NETLIST_PART_H
#define BAL_NETLIST_PART_H

/*
 * What the comment right above a part of a library says about it:
 *
 *   * opamp_ne5532: op-amp NE5532, linear macromodel
 *   * pins: inp inn out ref
 *   * param gbw=10Meg Hz   gain-bandwidth product   [TI SLOS075; unverified]
 *   * Anything else is a note.
 *   .subckt opamp_ne5532 inp inn out ref gbw=10Meg
 *
 * Columns of a param line are two or more blanks apart; the unit and the origin may be missing.
 */
#include "library.h"

typedef struct bal_part_param {
    bal_text name, fallback; /* gbw, 10Meg */
    bal_text unit;           /* of one word; empty for a pure number */
    bal_text meaning;
    bal_text origin; /* what stands in [...] */
} bal_part_param;

typedef struct bal_part_head {
    bal_text summary; /* empty: the first line does not begin with the part's name */
    bal_text pins;    /* as written */
    bal_part_param *params;
    size_t n_params;
    bal_text *notes;
    size_t n_notes;
} bal_part_head;

/* All texts are slices of the library's file. BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_part_read_head(const bal_library *library, const bal_part *part,
                                            bal_arena *arena, bal_part_head *head);

/* The next word of a list like `pins`; empty at its end. */
bal_text bal_part_word(bal_text *list);

#endif
