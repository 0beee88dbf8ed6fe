/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cross: the n-th frequency where x crosses a level, from the end if n < 0; rising, falling or
 * both. The first n from either end of the whole sweep are bracketed online; a window or another n
 * from the end takes a second walk. A crossing leaves the level's one side and reaches the level or
 * its other side. bw: two crossings of a level that is known after the first walk.
 */
#include <math.h>

#include "reducer.h"

static double wanted_of(const bal_reducing *r)
{
    return r->n_scalars > 1 ? r->scalar[1] : 1.0;
}

static bool crosses(const bal_reducing *r, double before, double x)
{
    const double level = r->scalar[0];
    const double edge = r->n_scalars > 2 ? r->scalar[2] : 0.0;
    const bool rises = before < level && x >= level;
    const bool falls = before > level && x <= level;
    return (rises && edge >= 0.0) || (falls && edge <= 0.0);
}

static void bracket(bal_reducing *r, double low, double high)
{
    r->cross_low = low;
    r->cross_high = high;
    r->found = true;
}

void bal_track_crossing(bal_reducing *r, double hertz, double x)
{
    if (r->n == 0 || !crosses(r, r->x[1], x))
        return;
    r->crossings++;
    if (wanted_of(r) == -1.0 || wanted_of(r) == (double)r->crossings)
        bracket(r, r->f[1], hertz);
}

/* Walks over the ends of the window and the grid between them, to the wanted crossing (0: to the
 * end); r->crossings counts. */
static bal_status walk(bal_reducing *r, const bal_reduce_env *env, const double ends[2], int wanted)
{
    const bal_solver *solver = env->solver;
    double before_f = ends[0];
    double before = 0.0;
    bal_status status = bal_reduce_real(r, env, before_f, &before);
    r->crossings = 0;
    r->found = false;
    for (size_t k = 0; k <= solver->n_frequencies && status == BAL_OK && !r->found; k++) {
        const bool last = k == solver->n_frequencies;
        const double f = last ? ends[1] : solver->frequency(solver->user, k);
        double x = 0.0;
        if (f <= before_f || f > ends[1])
            continue;
        status = bal_reduce_real(r, env, f, &x);
        if (status == BAL_OK && crosses(r, before, x) && ++r->crossings == wanted)
            bracket(r, before_f, f);
        before_f = f;
        before = x;
    }
    return status;
}

static bal_status second_walk(bal_reducing *r, const bal_reduce_env *env, const char **reason)
{
    const double wanted = wanted_of(r);
    double ends[2];
    bal_reduce_ends(r, env, ends, reason);
    if (*reason)
        return BAL_OK;
    bal_status status = BAL_OK;
    int n = (int)wanted;
    if (wanted < 0.0) {
        status = walk(r, env, ends, 0);
        n = r->crossings + 1 + (int)wanted;
        r->found = false;
    }
    return status == BAL_OK && n > 0 ? walk(r, env, ends, n) : status;
}

bal_status bal_finish_cross(bal_reducing *r, const bal_reduce_env *env, bal_bounded *out,
                            const char **reason)
{
    const bool windowed = r->from > 0.0 || !isinf(r->to);
    const double wanted = wanted_of(r);
    bal_status status = BAL_OK;
    if (wanted == 0.0 || wanted != floor(wanted) || fabs(wanted) > 1e9) {
        *reason = "crossings are counted 1, 2, ... or -1, -2, ... from the end";
        return BAL_OK;
    }
    if (windowed || wanted < -1.0)
        status = second_walk(r, env, reason);
    if (status == BAL_OK && !r->found && !*reason)
        *reason =
            r->crossings ? "it does not cross the level that often" : "it does not cross the level";
    if (status != BAL_OK || *reason)
        return status;
    const bal_reduce_search search = {.r = r, .env = env, .sign = 1.0, .level = r->scalar[0]};
    status = bal_reduce_root(search, r->cross_low, r->cross_high, &r->where);
    *out = bal_bounded_of(bal_ddc_real(r->where), true);
    return status;
}

static bal_status modulus_db(const bal_reducing *r, const bal_reduce_env *env, double hertz,
                             double *db)
{
    bal_bounded x;
    const bal_status status = bal_reduce_at(r, env, hertz, &x);
    if (status == BAL_OK)
        *db = 20.0 * log10(bal_ddc_abs(x.value));
    return status;
}

static bal_status highest(const bal_reducing *r, const bal_reduce_env *env, double *top)
{
    const bal_solver *solver = env->solver;
    bal_status status = BAL_OK;
    *top = -(double)INFINITY;
    for (size_t k = 0; k < solver->n_frequencies && status == BAL_OK; k++) {
        double db = 0.0;
        status = modulus_db(r, env, solver->frequency(solver->user, k), &db);
        *top = fmax(*top, db);
    }
    return status;
}

/* Width between the points `drop` dB below the maximum; a low edge below the grid counts as 0. */
bal_status bal_finish_bandwidth(bal_reducing *r, const bal_reduce_env *env, bal_bounded *out,
                                const char **reason)
{
    const bal_solver *solver = env->solver;
    double edge[2] = {0.0, -1.0};
    double top = 0.0;
    double before = 0.0;
    bal_status status = highest(r, env, &top);
    const double level = top - (r->n_scalars > 0 ? r->scalar[0] : 3.0);
    for (size_t k = 0; k < solver->n_frequencies && status == BAL_OK; k++) {
        const double f = solver->frequency(solver->user, k);
        double db = 0.0;
        status = modulus_db(r, env, f, &db);
        if (status == BAL_OK && k > 0 && (before < level) != (db < level)) {
            const bal_reduce_search search = {
                .r = r, .env = env, .sign = 1.0, .level = level, .modulus_db = true};
            status = bal_reduce_root(search, solver->frequency(solver->user, k - 1), f,
                                     &edge[db < level]);
        }
        before = db;
    }
    if (edge[1] < 0.0)
        *reason = "it does not fall that far inside the sweep";
    else
        *out = bal_bounded_of(bal_ddc_real(edge[1] - edge[0]), true);
    return status;
}
