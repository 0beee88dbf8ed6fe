/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions over frequency: the table, windows, values anywhere. Extrema and crossings are
 * bracketed on the grid and solved anew inside the bracket. */
#include "reducer.h"

#include <math.h>
#include <string.h>

#include "solvers.h"

bal_status bal_reduce_at(const bal_reducing *r, const bal_reduce_env *env, double hertz,
                         bal_bounded *out)
{
    const bal_point *point = NULL;
    if (!(hertz >= 0.0) || isinf(hertz))
        return BAL_E_NUMERIC;
    bal_status status = env->solver->at(env->solver->user, hertz, &point);
    if (status != BAL_OK)
        return status;
    bal_env e = bal_point_env(point);
    e.reduced_bounded = env->reduced;
    return bal_expr_bounded(r->what->arguments[0], &e, out);
}

bal_status bal_reduce_real(const bal_reducing *r, const bal_reduce_env *env, double hertz,
                           double *x)
{
    bal_bounded value;
    const bal_status status = bal_reduce_at(r, env, hertz, &value);
    if (status == BAL_OK)
        *x = bal_dd_double(value.value.re);
    return status;
}

void bal_reduce_window(bal_reducing *r)
{
    const int k = r->ops->window;
    r->from = k >= 0 && r->n_scalars > k ? r->scalar[k] : 0.0;
    r->to = k >= 0 && r->n_scalars > k + 1 ? r->scalar[k + 1] : (double)INFINITY;
}

void bal_reduce_point(bal_reducing *r, double hertz, double x)
{
    if (hertz < r->from || hertz > r->to)
        return;
    r->descends = r->descends || (r->n > 0 && hertz <= r->f[1]);
    if (r->n < 2) {
        r->first_f[r->n] = hertz;
        r->first_x[r->n] = x;
    }
    r->ops->point(r, hertz, x);
    r->f[0] = r->f[1];
    r->x[0] = r->x[1];
    r->f[1] = hertz;
    r->x[1] = x;
    r->n++;
}

void bal_reduce_ends(const bal_reducing *r, const bal_reduce_env *env, double ends[2],
                     const char **reason)
{
    const bal_solver *solver = env->solver;
    double low = (double)INFINITY;
    double high = 0.0;
    for (size_t k = 0; k < solver->n_frequencies; k++) {
        const double f = solver->frequency(solver->user, k);
        low = fmin(low, f);
        high = fmax(high, f);
    }
    ends[0] = fmax(r->from, low);
    ends[1] = fmin(r->to, high);
    if (r->from > r->to)
        *reason = "its window ends before it begins";
    else if (ends[0] > ends[1])
        *reason = "its window lies outside of the sweep";
    else if (r->descends)
        *reason = "the frequencies of the sweep do not ascend";
}

static double reading(const bal_reduce_search *s, const bal_bounded *x)
{
    if (!s->modulus_db)
        return bal_dd_double(bal_dd_sub(x->value.re, bal_dd_of(s->level)));
    return 20.0 * log10(bal_ddc_abs(x->value)) - s->level;
}

static double objective(void *user, double at, bal_status *status)
{
    const bal_reduce_search *s = user;
    bal_bounded x;
    *status = bal_reduce_at(s->r, s->env, s->logarithmic ? exp(at) : at, &x);
    if (*status != BAL_OK)
        return 0.0;
    const double y = s->sign * reading(s, &x);
    return isinf(y) ? copysign(1e150, y) : y; /* the level of a null is -infinity */
}

bal_status bal_reduce_root(bal_reduce_search search, double low, double high, double *hertz)
{
    const double ends[2] = {fmin(low, high), fmax(low, high)};
    const bal_line_search line = {
        .f = objective, .user = &search, .low = ends[0], .high = ends[1], .relative = 1e-15};
    bal_line_point root = {high, 0.0};
    search.logarithmic = false;
    const bal_status status = bal_find_root(&line, &root);
    *hertz = root.x;
    return status == BAL_E_USAGE ? BAL_OK : status;
}

bal_status bal_reduce_extremum(bal_reduce_search search, bal_extremum *bracket)
{
    search.logarithmic = bracket->below > 0.0;
    const bool lg = search.logarithmic;
    const bal_line_search line = {.f = objective,
                                  .user = &search,
                                  .low = lg ? log(bracket->below) : bracket->below,
                                  .high = lg ? log(bracket->above) : bracket->above,
                                  .absolute = lg ? 1e-9 : 1e-9 * bracket->above,
                                  .max_steps = 60}; /* one end of the bracket often stays */
    const double middle = lg ? log(bracket->at) : bracket->at;
    bal_line_point best = {middle, 0.0};
    const bal_status status = bal_find_minimum(&line, middle, &best);
    if (status == BAL_OK && best.f < search.sign * bracket->x) {
        bracket->at = lg ? exp(best.x) : best.x;
        bracket->x = search.sign * best.f;
    }
    const bool flat = status == BAL_E_USAGE || status == BAL_E_NUMERIC;
    return flat ? BAL_OK : status; /* the best point of the grid stands */
}

bal_status bal_finish_at(bal_reducing *r, const bal_reduce_env *env, bal_bounded *out,
                         const char **reason)
{
    (void)reason;
    r->where = r->scalar[0];
    return bal_reduce_at(r, env, r->scalar[0], out);
}

/* (x(f2) - x(f1)) / lg(f2/f1), in the unit of x per decade. */
bal_status bal_finish_slope(bal_reducing *r, const bal_reduce_env *env, bal_bounded *out,
                            const char **reason)
{
    bal_bounded a;
    bal_bounded b;
    bal_status status = bal_reduce_at(r, env, r->scalar[0], &a);
    if (status == BAL_OK)
        status = bal_reduce_at(r, env, r->scalar[1], &b);
    if (status != BAL_OK)
        return status;
    const double decades = log10(r->scalar[1] / r->scalar[0]);
    if (!(fabs(decades) > 0.0)) {
        *reason = "its two frequencies are the same";
        return BAL_OK;
    }
    const double slope = (bal_dd_double(b.value.re) - bal_dd_double(a.value.re)) / decades;
    const double radius = (a.radius + b.radius) / fabs(decades);
    *out = bal_bounded_of(bal_ddc_real(slope), true);
    out->radius = radius;
    out->low = slope - radius;
    out->high = slope + radius;
    return BAL_OK;
}

static const bal_reducer_ops table[] = {
    {.name = "at", .window = -1, .finish = bal_finish_at},
    {.name = "slope", .window = -1, .finish = bal_finish_slope},
    {.name = "derivf", .window = -1, .finish = bal_finish_derivative},
    {.name = "minf", .online = true, .point = bal_track_extremum, .finish = bal_finish_extremum},
    {.name = "maxf",
     .online = true,
     .maximum = true,
     .point = bal_track_extremum,
     .finish = bal_finish_extremum},
    {.name = "argminf", .online = true, .point = bal_track_extremum, .finish = bal_finish_argument},
    {.name = "argmaxf",
     .online = true,
     .maximum = true,
     .point = bal_track_extremum,
     .finish = bal_finish_argument},
    {.name = "meanf", .online = true, .point = bal_track_area, .finish = bal_finish_mean},
    {.name = "rmsf",
     .online = true,
     .squares = true,
     .point = bal_track_area,
     .finish = bal_finish_mean},
    {.name = "integf", .online = true, .point = bal_track_area, .finish = bal_finish_integral},
    {.name = "meanp", .online = true, .point = bal_track_sum, .finish = bal_finish_points},
    {.name = "rmsp",
     .online = true,
     .squares = true,
     .point = bal_track_sum,
     .finish = bal_finish_points},
    {.name = "cross",
     .online = true,
     .window = 3,
     .point = bal_track_crossing,
     .finish = bal_finish_cross},
    {.name = "bw", .window = -1, .finish = bal_finish_bandwidth},
};

const bal_reducer_ops *bal_reducer_find(const char *name)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}
