/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_RESULT_VECTORS_H
#define BAL_RESULT_VECTORS_H

/*
 * Named vectors over the axes. A primary vector is a response that an analysis solves for; a
 * derived one is an expression of vectors before it; a bound tells, in dB, how far rounding can
 * have moved another one. The index of a vector is its variable identifier in expressions.
 */
#include "expr.h"
#include "sink.h"

enum {
    BAL_PARAMETER_BASE = 1 << 26, /* identifiers from here on are circuit parameters */
    BAL_LATE_BASE = 1 << 27       /* and from here on results of a whole run */
};

typedef struct bal_vector_def {
    bal_vector shown;
    bal_type type;
    const bal_expr *expr; /* derived; NULL for the others */
    int bound_of;         /* a bound: index of its vector; else -1 */
    int primary;          /* a primary: its number among the solved responses; else -1 */
    int duty;             /* none of these: which duty of the study fills it */
} bal_vector_def;

typedef struct bal_vector_set {
    bal_arena *arena; /* of names */
    bal_vector_def *defs;
    size_t n_defs, defs_capacity;
} bal_vector_set;

/* Appends a vector; *index receives its number. BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_vectors_add(bal_vector_set *set, const bal_vector_def *def,
                                         int *index);
int bal_vectors_find(const bal_vector_set *set, bal_text name); /* -1 if none */
void bal_vectors_offer(const bal_vector_set *set, bal_nearest *nearest);
void bal_vectors_release(bal_vector_set *set);

/* Values of everything at one frequency of one run. */
typedef struct bal_point {
    double frequency;
    double temperature;
    const bal_bounded *values; /* by vector index */
    int n_values;
    void *user;                                                    /* of parameter() */
    bal_status (*parameter)(void *user, int id, bal_bounded *out); /* id as in the expression */
    /* Makes values[id] known before it is read; NULL: all of them are. */
    bal_status (*fetch)(void *user, int id);
} bal_point;

/* The value of a derived vector, or of a bound whose vector is known, from others at the point.
 * BAL_E_NUMERIC when it has none (fault tells which expression). */
BAL_NODISCARD bal_status bal_vector_derive(const bal_vector_def *def, const bal_point *point,
                                           bal_bounded *out, bal_fault *fault);

/* Environment for an expression at a point. */
bal_env bal_point_env(const bal_point *point);

/* A value without error. */
bal_bounded bal_bounded_of(bal_ddc value, bool is_real);

/* The number to show: where the interval is unbounded, its finite end (see bal_vector.is_bound_of).
 */
double complex bal_bounded_shown(const bal_bounded *x);

#endif
