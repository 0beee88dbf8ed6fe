/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GSL's default error handler aborts, so nothing may ever reach it: the bracket is checked before,
 * the solver objects are set up on our own memory (its allocators report through the handler), and
 * a function value that is not finite is replaced by the last good one while the search is being
 * stopped.
 */
#include "solvers.h"

#include <gsl/gsl_math.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_roots.h>
#include <math.h>
#include <stdbool.h>

#include "alloc.h"

/* f as GSL calls it. The values at the ends are known; GSL asks for them again. */
typedef struct guarded {
    const bal_line_search *search;
    bal_status status;
    bal_line_point last; /* finite */
    bal_line_point low;
    bal_line_point high;
} guarded;

static double call(double x, void *parameter)
{
    guarded *g = parameter;
    if (g->status != BAL_OK)
        return g->last.f;
    if (x == g->low.x)
        return g->low.f;
    if (x == g->high.x)
        return g->high.f;
    const double y = g->search->f(g->search->user, x, &g->status);
    if (g->status == BAL_OK && !isfinite(y))
        g->status = BAL_E_NUMERIC;
    if (g->status != BAL_OK)
        return g->last.f;
    g->last = (bal_line_point){x, y};
    return y;
}

/* Evaluates both ends. */
static bal_status start(guarded *g, const bal_line_search *search)
{
    *g = (guarded){.search = search, .low.x = (double)NAN, .high.x = (double)NAN};
    if (!(search->low < search->high) || !isfinite(search->low) || !isfinite(search->high))
        return BAL_E_USAGE;
    const double low = call(search->low, g);
    const double high = call(search->high, g);
    g->low = (bal_line_point){search->low, low};
    g->high = (bal_line_point){search->high, high};
    return g->status;
}

static bool narrow(const bal_line_search *search, double low, double high)
{
    const double relative = fmax(search->relative, 1e-15);
    return high - low <= search->absolute + relative * fmin(fabs(low), fabs(high));
}

static int step_limit(const bal_line_search *search)
{
    return search->max_steps > 0 ? search->max_steps : 200;
}

static bal_status iterate_root(guarded *g, gsl_root_fsolver *solver)
{
    gsl_function f = {call, g};
    (void)gsl_root_fsolver_set(solver, &f, g->low.x, g->high.x);
    for (int i = 0; i < step_limit(g->search) && g->status == BAL_OK; i++) {
        (void)gsl_root_fsolver_iterate(solver);
        if (g->status == BAL_OK && narrow(g->search, solver->x_lower, solver->x_upper))
            return BAL_OK;
    }
    return g->status != BAL_OK ? g->status : BAL_E_NUMERIC;
}

bal_status bal_find_root(const bal_line_search *search, bal_line_point *root)
{
    guarded g;
    bal_status status = start(&g, search);
    if (status != BAL_OK)
        return status;
    if (g.low.f == 0.0 || g.high.f == 0.0) {
        *root = g.low.f == 0.0 ? g.low : g.high;
        return BAL_OK;
    }
    if ((g.low.f < 0.0) == (g.high.f < 0.0))
        return BAL_E_USAGE;
    const gsl_root_fsolver_type *type = gsl_root_fsolver_brent;
    gsl_root_fsolver solver = {.type = type, .state = bal_alloc(1, type->size)};
    if (!solver.state)
        return BAL_E_NOMEM;
    status = iterate_root(&g, &solver);
    if (status == BAL_OK) {
        const bal_line_point found = {solver.root, call(solver.root, &g)};
        status = g.status;
        if (status == BAL_OK)
            *root = found;
    }
    bal_free(solver.state);
    return status;
}

static bal_status iterate_minimum(guarded *g, gsl_min_fminimizer *solver, bal_line_point middle)
{
    gsl_function f = {call, g};
    (void)gsl_min_fminimizer_set_with_values(solver, &f, middle.x, middle.f, g->low.x, g->low.f,
                                             g->high.x, g->high.f);
    for (int i = 0; i < step_limit(g->search) && g->status == BAL_OK; i++) {
        (void)gsl_min_fminimizer_iterate(solver);
        if (narrow(g->search, solver->x_lower, solver->x_upper))
            break;
    }
    return g->status;
}

bal_status bal_find_minimum(const bal_line_search *search, double middle, bal_line_point *minimum)
{
    guarded g;
    bal_status status = start(&g, search);
    if (status != BAL_OK)
        return status;
    if (!(middle > search->low && middle < search->high))
        return BAL_E_USAGE;
    const bal_line_point centre = {middle, call(middle, &g)};
    if (g.status != BAL_OK)
        return g.status;
    if (!(centre.f < g.low.f && centre.f < g.high.f))
        return BAL_E_USAGE;
    const gsl_min_fminimizer_type *type = gsl_min_fminimizer_brent;
    gsl_min_fminimizer solver = {.type = type, .state = bal_alloc(1, type->size)};
    if (!solver.state)
        return BAL_E_NOMEM;
    status = iterate_minimum(&g, &solver, centre);
    if (status == BAL_OK)
        *minimum = (bal_line_point){solver.x_minimum, solver.f_minimum};
    bal_free(solver.state);
    return status;
}
