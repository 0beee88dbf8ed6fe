/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_NUMERIC_SOLVERS_H
#define BAL_NUMERIC_SOLVERS_H

/* Root and minimum of a function of one variable between given bounds (Brent 1973, from GSL). */
#include "status.h"

/* f(x). A status other than BAL_OK ends the search with that status. */
typedef double bal_line_function(void *user, double x, bal_status *status);

typedef struct bal_line_search {
    bal_line_function *f;
    void *user;
    double low; /* low < high */
    double high;
    double relative; /* tolerance of x, relative to |x|; below 1e-15 counts as 1e-15 */
    double absolute; /* tolerance of x in its unit; may be 0 */
    int max_steps;   /* 0: 200 */
} bal_line_search;

typedef struct bal_line_point {
    double x;
    double f;
} bal_line_point;

/*
 * Root between low and high, where f must differ in sign (or be 0 at an end).
 * BAL_E_USAGE: it does not, or low >= high. BAL_E_NUMERIC: f is not finite somewhere, or max_steps
 * were not enough. BAL_E_NOMEM.
 */
BAL_NODISCARD bal_status bal_find_root(const bal_line_search *search, bal_line_point *root);

/*
 * Local minimum in low < middle < high with f(middle) below f(low) and f(high): else BAL_E_USAGE.
 * The tolerance is at best the square root of the precision of f; after max_steps the lowest point
 * found is the result. BAL_E_NUMERIC, BAL_E_NOMEM as above. A maximum is the minimum of -f.
 */
BAL_NODISCARD bal_status bal_find_minimum(const bal_line_search *search, double middle,
                                          bal_line_point *minimum);

#endif
