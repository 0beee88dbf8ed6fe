/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_OUTPUT_RANKING_H
#define BAL_OUTPUT_RANKING_H

/* The rows of a comparison, best first. */
#include "output.h"

typedef struct bal_ranking_column {
    const char *name, *unit;
} bal_ranking_column;

typedef struct bal_ranking_row {
    const char **parts;    /* by slot */
    double *values;        /* by column; NaN: failed */
    const char **failures; /* by column: why; NULL: there is a value */
    const char *reason;    /* why there are no values at all; else NULL */
} bal_ranking_row;

typedef struct bal_ranking {
    const char *title;
    const char *sort;          /* the column that they are ranked by */
    const char *const *titles; /* of the slots */
    size_t n_slots;
    const bal_ranking_column *columns;
    size_t n_columns;
    const bal_ranking_row *rows; /* those with a reason last */
    size_t n_rows;
} bal_ranking;

/* Can a comparison be written in this format? */
bool bal_ranking_writes(const char *format);
BAL_NODISCARD bal_status bal_ranking_write(const bal_ranking *ranking, const char *format,
                                           const bal_output_options *options);

#endif
