/* SPDX-License-Identifier: GPL-3.0-or-later */
/* minf maxf argminf argmaxf: the best local extrema of the grid are kept with their neighbours and
 * solved anew; an end of the window is a point too, on the grid or not. */
#include <math.h>

#include "reducer.h"

enum { PARTS = 16 }; /* of a window with fewer than three points */

static bool better(const bal_reducing *r, double x, double than)
{
    return r->ops->maximum ? x > than : x < than;
}

/* Keeps the best few, best first. */
static void keep(bal_reducing *r, const bal_extremum *e)
{
    int k = r->n_extrema;
    if (k == BAL_REDUCER_EXTREMA && !better(r, e->x, r->extrema[k - 1].x))
        return;
    if (k < BAL_REDUCER_EXTREMA)
        r->n_extrema++;
    else
        k--;
    for (; k > 0 && better(r, e->x, r->extrema[k - 1].x); k--)
        r->extrema[k] = r->extrema[k - 1];
    r->extrema[k] = *e;
}

static void offer(bal_reducing *r, const double f[3], const double x[3])
{
    const bal_extremum e = {f[0], f[1], f[2], x[1]};
    const bool ascends = f[0] < f[1] && f[1] < f[2];
    if (ascends && better(r, x[1], x[0]) && better(r, x[1], x[2]) && isfinite(x[1]))
        keep(r, &e);
}

static void offer_point(bal_reducing *r, double hertz, double x, bool first)
{
    if (first || better(r, x, r->best.x))
        r->best = (bal_extremum){hertz, hertz, hertz, x};
}

void bal_track_extremum(bal_reducing *r, double hertz, double x)
{
    if (r->n >= 2)
        offer(r, (const double[3]){r->f[0], r->f[1], hertz},
              (const double[3]){r->x[0], r->x[1], x});
    offer_point(r, hertz, x, r->n == 0);
}

/* Re-solves the ends of the window and closes the brackets beside them. */
static bal_status close_ends(bal_reducing *r, const bal_reduce_env *env, const double ends[2])
{
    double x[2] = {0.0, 0.0};
    for (int k = 0; k < 2; k++) {
        const bal_status status = bal_reduce_real(r, env, ends[k], &x[k]);
        if (status != BAL_OK)
            return status;
    }
    const double next_f = r->n > 1 ? r->first_f[1] : ends[1];
    const double next_x = r->n > 1 ? r->first_x[1] : x[1];
    if (r->n > 0)
        offer(r, (const double[3]){ends[0], r->first_f[0], next_f},
              (const double[3]){x[0], r->first_x[0], next_x});
    if (r->n > 1)
        offer(r, (const double[3]){r->f[0], r->f[1], ends[1]},
              (const double[3]){r->x[0], r->x[1], x[1]});
    offer_point(r, ends[0], x[0], r->n == 0);
    offer_point(r, ends[1], x[1], false);
    return BAL_OK;
}

/* Too few points of the grid lie in the window for a bracket: divides it. */
static bal_status divide(bal_reducing *r, const bal_reduce_env *env, const double ends[2])
{
    const double ratio = ends[0] > 0.0 ? log(ends[1] / ends[0]) : 0.0;
    bal_status status = BAL_OK;
    r->n = 0;
    r->n_extrema = 0;
    for (int k = 1; k < PARTS && status == BAL_OK; k++) {
        const double part = (double)k / PARTS;
        const double f =
            ratio > 0.0 ? ends[0] * exp(ratio * part) : ends[0] + (ends[1] - ends[0]) * part;
        double x = 0.0;
        status = bal_reduce_real(r, env, f, &x);
        if (status == BAL_OK)
            bal_reduce_point(r, f, x);
    }
    return status;
}

static bal_status refine(bal_reducing *r, const bal_reduce_env *env)
{
    const bal_reduce_search search = {.r = r, .env = env, .sign = r->ops->maximum ? -1.0 : 1.0};
    for (int k = 0; k < r->n_extrema; k++) {
        const bal_status status = bal_reduce_extremum(search, &r->extrema[k]);
        if (status != BAL_OK)
            return status;
        if (better(r, r->extrema[k].x, r->best.x))
            r->best = r->extrema[k];
    }
    return BAL_OK;
}

bal_status bal_finish_extremum(bal_reducing *r, const bal_reduce_env *env, bal_bounded *out,
                               const char **reason)
{
    bal_status status = BAL_OK;
    if (r->n_scalars > 0) {
        double ends[2];
        const bool unsorted = r->descends;
        r->descends = false; /* an extremum needs no order */
        bal_reduce_ends(r, env, ends, reason);
        if (*reason)
            return BAL_OK;
        if (!unsorted && r->n < 3 && ends[0] < ends[1])
            status = divide(r, env, ends);
        if (!unsorted && status == BAL_OK)
            status = close_ends(r, env, ends);
    } else if (r->n == 0) {
        *reason = "there is no point in the sweep";
        return BAL_OK;
    }
    if (status == BAL_OK)
        status = refine(r, env);
    r->where = r->best.at;
    return status == BAL_OK ? bal_reduce_at(r, env, r->best.at, out) : status;
}

bal_status bal_finish_argument(bal_reducing *r, const bal_reduce_env *env, bal_bounded *out,
                               const char **reason)
{
    const bal_status status = bal_finish_extremum(r, env, out, reason);
    if (status == BAL_OK && !*reason)
        *out = bal_bounded_of(bal_ddc_real(r->best.at), true);
    return status;
}
