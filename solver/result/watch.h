/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_RESULT_WATCH_H
#define BAL_RESULT_WATCH_H

/*
 * An expression over a whole run: at(), minf(), cross() and friends are watched online, keeping
 * brackets only, and solved exactly at their frequency when the run ends. A comparison of vectors
 * must hold at every frequency.
 */
#include "vectors.h"

typedef struct bal_watch bal_watch;

/* Solves anywhere, for bal_watch_end. */
typedef struct bal_solver {
    void *user;
    /* Values at `hertz`; *point stays valid until the next call. */
    bal_status (*at)(void *user, double hertz, const bal_point **point);
    /* k-th frequency of the grid. */
    double (*frequency)(void *user, size_t k);
    size_t n_frequencies;
} bal_solver;

typedef enum bal_truth { BAL_FALSE, BAL_TRUE, BAL_UNKNOWN } bal_truth;

typedef struct bal_watch_result {
    bal_bounded value;  /* of a scalar expression, or at the worst frequency */
    bal_truth truth;    /* of a BAL_BOOL expression */
    double frequency;   /* where a pointwise expression is worst; NaN for a scalar one */
    double where;       /* frequency of its last function over frequency; NaN where it has none */
    const char *reason; /* static: why there is no value ("it never crosses the level"); NULL if
                           there is one */
} bal_watch_result;

/* expr must outlive the watch. If it uses a variable from BAL_LATE_BASE on, which is known only at
 * the end of a run, all of it is evaluated by bal_watch_end. BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_watch_create(const bal_expr *expr, bal_watch **out);
void bal_watch_begin(bal_watch *watch); /* a new run */
/* A value that is not finite is told by bal_watch_end. */
BAL_NODISCARD bal_status bal_watch_point(bal_watch *watch, const bal_point *point);
/* Re-solves what it must. BAL_E_NUMERIC is turned into a reason. */
BAL_NODISCARD bal_status bal_watch_end(bal_watch *watch, const bal_solver *solver,
                                       bal_watch_result *result);
void bal_watch_destroy(bal_watch *watch);

#endif
