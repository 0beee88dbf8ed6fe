/* SPDX-License-Identifier: GPL-3.0-or-later */
/* meanf rmsf integf: the trapezoidal rule in the frequency over the grid, with the ends of the
 * window solved anew. meanp rmsp: every point of the grid counts once. */
#include <math.h>

#include "reducer.h"

static void add_strip(bal_reducing *r, double f0, double x0, double f1, double x1)
{
    const double squares = r->ops->squares ? 1.0 : 0.0;
    const bal_dd a = squares != 0.0 ? bal_dd_mul(bal_dd_of(x0), bal_dd_of(x0)) : bal_dd_of(x0);
    const bal_dd b = squares != 0.0 ? bal_dd_mul(bal_dd_of(x1), bal_dd_of(x1)) : bal_dd_of(x1);
    const bal_dd width = bal_dd_sub(bal_dd_of(f1), bal_dd_of(f0));
    r->area = bal_dd_add(r->area, bal_dd_scale(bal_dd_mul(bal_dd_add(a, b), width), 0.5));
}

void bal_track_area(bal_reducing *r, double hertz, double x)
{
    if (r->n > 0)
        add_strip(r, r->f[1], r->x[1], hertz, x);
}

void bal_track_sum(bal_reducing *r, double hertz, double x)
{
    const bal_dd term = bal_dd_of(x);
    (void)hertz;
    r->area = bal_dd_add(r->area, r->ops->squares ? bal_dd_mul(term, term) : term);
}

/* The strips between the ends of the window and the points of the grid inside it. */
static bal_status close_ends(bal_reducing *r, const bal_reduce_env *env, const double ends[2])
{
    double x[2] = {0.0, 0.0};
    for (int k = 0; k < 2; k++) {
        const bal_status status = bal_reduce_real(r, env, ends[k], &x[k]);
        if (status != BAL_OK)
            return status;
    }
    if (r->n == 0) {
        add_strip(r, ends[0], x[0], ends[1], x[1]);
        r->x[1] = x[0];
        return BAL_OK;
    }
    add_strip(r, ends[0], x[0], r->first_f[0], r->first_x[0]);
    add_strip(r, r->f[1], r->x[1], ends[1], x[1]);
    return BAL_OK;
}

static bal_status close_area(bal_reducing *r, const bal_reduce_env *env, double *width,
                             const char **reason)
{
    double ends[2];
    bal_reduce_ends(r, env, ends, reason);
    if (*reason)
        return BAL_OK;
    *width = ends[1] - ends[0];
    return close_ends(r, env, ends);
}

static bal_status give(double value, bal_bounded *out)
{
    *out = bal_bounded_of(bal_ddc_real(value), true);
    return isfinite(value) ? BAL_OK : BAL_E_NUMERIC;
}

bal_status bal_finish_mean(bal_reducing *r, const bal_reduce_env *env, bal_bounded *out,
                           const char **reason)
{
    double width = 0.0;
    const bal_status status = close_area(r, env, &width, reason);
    if (status != BAL_OK || *reason)
        return status;
    const double area = bal_dd_double(r->area);
    if (!(width > 0.0))
        return give(r->ops->squares ? fabs(r->x[1]) : r->x[1], out);
    return give(r->ops->squares ? sqrt(area / width) : area / width, out);
}

bal_status bal_finish_integral(bal_reducing *r, const bal_reduce_env *env, bal_bounded *out,
                               const char **reason)
{
    double width = 0.0;
    const bal_status status = close_area(r, env, &width, reason);
    return status != BAL_OK || *reason ? status : give(bal_dd_double(r->area), out);
}

bal_status bal_finish_points(bal_reducing *r, const bal_reduce_env *env, bal_bounded *out,
                             const char **reason)
{
    (void)env;
    if (r->n == 0) {
        *reason = "there is no point of the sweep in its window";
        return BAL_OK;
    }
    const double mean = bal_dd_double(r->area) / (double)r->n;
    return give(r->ops->squares ? sqrt(mean) : mean, out);
}
