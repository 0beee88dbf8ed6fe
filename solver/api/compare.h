/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_API_COMPARE_H
#define BAL_API_COMPARE_H

/* What the files of bal_compare share. */
#include "job.h"
#include "library.h"
#include "ranking.h"

typedef struct bal_slot_parts {
    const char *drawn; /* the part in the deck */
    const char *pins;  /* of that, lower case, a blank behind each */
    const char **parts;
    size_t n_parts;
} bal_slot_parts;

typedef struct bal_compared {
    const bal_comparison *what;
    bal_options options;
    bal_arena arena;
    bal_diag diag;
    bal_job *base; /* the deck as drawn */
    bal_library library;
    bal_slot_parts *slots;
    bal_ranking ranking;
    const char **titles;
    bal_ranking_column *columns;
    size_t *cards; /* by column: which of the .meas cards, from 0 */
    bal_ranking_row *rows;
    size_t sort; /* column */
    bool ascending;
    struct bal_compare_worker *workers;
    size_t n_workers;
    bal_result worst;
} bal_compared;

/* Reports; BAL_E_USAGE, or BAL_E_NOMEM for text = NULL. */
BAL_NODISCARD bal_status bal_compare_refuse(bal_compared *c, bal_diag_id id, const char *text);
/* "; did you mean 'x'?" or ""; NULL when memory is out. */
const char *bal_compare_nearest(bal_compared *c, const bal_nearest *nearest);

/* Finds the measures that are columns, and the one to sort by. Likewise. */
BAL_NODISCARD bal_status bal_compare_columns(bal_compared *c);

/* Finds the parts for each slot of the comparison. Reports; BAL_E_USAGE, BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_compare_fill(bal_compared *c);

#endif
