/* SPDX-License-Identifier: GPL-3.0-or-later */
/* at slope minf maxf argminf argmaxf meanf rmsf cross bw. Extrema and crossings are bracketed on
 * the grid and solved anew inside the bracket, in the logarithm of the frequency. */
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

typedef struct search {
    const bal_reducing *r;
    const bal_reduce_env *env;
    double sign;     /* -1 turns a maximum into a minimum */
    double level;    /* subtracted */
    bool modulus_db; /* bw: 20 log10 |x| */
} search;

static double reading(const search *s, const bal_bounded *x)
{
    if (!s->modulus_db)
        return bal_dd_double(x->value.re);
    return 20.0 * log10(bal_ddc_abs(x->value));
}

static double objective(void *user, double log_f, bal_status *status)
{
    const search *s = user;
    bal_bounded x;
    *status = bal_reduce_at(s->r, s->env, exp(log_f), &x);
    return *status == BAL_OK ? s->sign * (reading(s, &x) - s->level) : 0.0;
}

static bool in_window(const bal_reducing *r, double hertz)
{
    return r->n_scalars < 2 || (hertz >= r->scalar[0] && hertz <= r->scalar[1]);
}

static void track_extremum(bal_reducing *r, double hertz, double x)
{
    if (!in_window(r, hertz))
        return;
    const bool better = r->ops->maximum ? x > r->best_x : x < r->best_x;
    if (r->open) {
        r->above_f = hertz;
        r->open = false;
    }
    if (r->n == 0 || better) {
        r->below_f = r->n ? r->f[1] : hertz;
        r->best_f = r->above_f = hertz;
        r->best_x = x;
        r->open = true;
    }
    r->f[1] = hertz;
    r->n++;
}

/* The ends of a window are points too, on the grid or not. */
static bal_status try_end(bal_reducing *r, const bal_reduce_env *env, double hertz)
{
    bal_bounded x;
    const bal_status status = bal_reduce_at(r, env, hertz, &x);
    if (status != BAL_OK)
        return status;
    const double value = bal_dd_double(x.value.re);
    if (r->n == 0 || (r->ops->maximum ? value > r->best_x : value < r->best_x)) {
        r->best_f = r->below_f = r->above_f = hertz;
        r->best_x = value;
    }
    r->n++;
    return BAL_OK;
}

static bal_status refine_extremum(bal_reducing *r, const bal_reduce_env *env)
{
    for (int k = 0; k < 2 && r->n_scalars == 2; k++) {
        const bal_status status = try_end(r, env, r->scalar[k]);
        if (status != BAL_OK)
            return status;
    }
    if (!(r->below_f > 0.0 && r->below_f < r->best_f && r->best_f < r->above_f) || isinf(r->best_x))
        return BAL_OK;
    search s = {r, env, r->ops->maximum ? -1.0 : 1.0, 0.0, false};
    const bal_line_search line = {.f = objective,
                                  .user = &s,
                                  .low = log(r->below_f),
                                  .high = log(r->above_f),
                                  .absolute = 1e-9};
    bal_line_point best = {0.0, 0.0};
    const bal_status status = bal_find_minimum(&line, log(r->best_f), &best);
    if (status == BAL_OK)
        r->best_f = exp(best.x);
    const bool flat = status == BAL_E_USAGE || status == BAL_E_NUMERIC;
    return flat ? BAL_OK : status; /* the best point of the grid stands */
}

static bal_status finish_extremum(bal_reducing *r, const bal_reduce_env *env, bal_bounded *out,
                                  const char **reason)
{
    bal_status status = refine_extremum(r, env);
    if (status != BAL_OK)
        return status;
    if (r->n == 0) {
        *reason = "there is no point in its window";
        return BAL_OK;
    }
    return bal_reduce_at(r, env, r->best_f, out);
}

static bal_status finish_argument(bal_reducing *r, const bal_reduce_env *env, bal_bounded *out,
                                  const char **reason)
{
    const bal_status status = finish_extremum(r, env, out, reason);
    if (status == BAL_OK && !*reason)
        *out = bal_bounded_of(bal_ddc_real(r->best_f), true);
    return status;
}

static void add_mean(bal_reducing *r, double hertz, double x)
{
    if (!in_window(r, hertz))
        return;
    if (strcmp(r->ops->name, "rmsf") == 0)
        x *= x;
    if (r->n++ == 0)
        r->first_f = hertz;
    else
        r->area += 0.5 * (x + r->x[1]) * (hertz - r->f[1]);
    r->f[1] = hertz;
    r->x[1] = x;
}

static bal_status finish_mean(bal_reducing *r, const bal_reduce_env *env, bal_bounded *out,
                              const char **reason)
{
    (void)env;
    if (r->n == 0) {
        *reason = "there is no point in its window";
        return BAL_OK;
    }
    const double width = r->f[1] - r->first_f;
    const double mean = width > 0.0 ? r->area / width : r->x[1];
    const bool rms = strcmp(r->ops->name, "rmsf") == 0;
    *out = bal_bounded_of(bal_ddc_real(rms ? sqrt(mean) : mean), true);
    return BAL_OK;
}

static bal_status finish_at(bal_reducing *r, const bal_reduce_env *env, bal_bounded *out,
                            const char **reason)
{
    (void)reason;
    return bal_reduce_at(r, env, r->scalar[0], out);
}

/* (x(f2) - x(f1)) / lg(f2/f1), in the unit of x per decade. */
static bal_status finish_slope(bal_reducing *r, const bal_reduce_env *env, bal_bounded *out,
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

static void track_crossing(bal_reducing *r, double hertz, double x)
{
    const double level = r->scalar[0];
    const int wanted = r->n_scalars > 1 ? (int)r->scalar[1] : 1;
    const bool crossed =
        r->n > 0 && ((r->x[1] < level && x >= level) || (r->x[1] > level && x <= level));
    if (crossed && ++r->crossings == wanted) {
        r->cross_low = r->f[1];
        r->cross_high = hertz;
        r->found = true;
    }
    r->f[1] = hertz;
    r->x[1] = x;
    r->n++;
}

static bal_status solve_crossing(const search *s, double low, double high, double *hertz)
{
    search copy = *s;
    const bal_line_search line = {
        .f = objective, .user = &copy, .low = log(low), .high = log(high), .relative = 1e-15};
    bal_line_point root = {log(high), 0.0};
    const bal_status status = bal_find_root(&line, &root);
    *hertz = exp(root.x);
    return status == BAL_E_USAGE ? BAL_OK : status;
}

static bal_status finish_cross(bal_reducing *r, const bal_reduce_env *env, bal_bounded *out,
                               const char **reason)
{
    if (!r->found) {
        *reason = "it does not cross the level";
        return BAL_OK;
    }
    const search s = {r, env, 1.0, r->scalar[0], false};
    double hertz = r->cross_high;
    if (r->cross_low > 0.0) {
        const bal_status status = solve_crossing(&s, r->cross_low, r->cross_high, &hertz);
        if (status != BAL_OK)
            return status;
    }
    *out = bal_bounded_of(bal_ddc_real(hertz), true);
    return BAL_OK;
}

/* Width between the points `drop` dB below the maximum; a low edge below the grid counts as 0. */
static bal_status finish_bandwidth(bal_reducing *r, const bal_reduce_env *env, bal_bounded *out,
                                   const char **reason)
{
    search s = {r, env, 1.0, 0.0, true};
    const bal_solver *solver = env->solver;
    const double drop = r->n_scalars > 0 ? r->scalar[0] : 3.0;
    double top = -(double)INFINITY;
    double edge[2] = {0.0, -1.0};
    for (int pass = 0; pass < 2; pass++) {
        double before = 0.0;
        for (size_t k = 0; k < solver->n_frequencies; k++) {
            const double f = solver->frequency(solver->user, k);
            bal_bounded x;
            bal_status status = bal_reduce_at(r, env, f, &x);
            if (status != BAL_OK)
                return status;
            const double y = reading(&s, &x);
            if (pass == 0)
                top = fmax(top, y);
            s.level = top - drop;
            const double f0 = k ? solver->frequency(solver->user, k - 1) : f;
            if (pass == 1 && k > 0 && f0 > 0.0 && (before < s.level) != (y < s.level)) {
                status = solve_crossing(&s, f0, f, &edge[y < s.level]);
                if (status != BAL_OK)
                    return status;
            }
            before = y;
        }
    }
    if (edge[1] < 0.0)
        *reason = "it does not fall that far inside the sweep";
    else
        *out = bal_bounded_of(bal_ddc_real(edge[1] - edge[0]), true);
    return BAL_OK;
}

static const bal_reducer_ops table[] = {
    {"at", false, false, NULL, finish_at},
    {"slope", false, false, NULL, finish_slope},
    {"minf", true, false, track_extremum, finish_extremum},
    {"maxf", true, true, track_extremum, finish_extremum},
    {"argminf", true, false, track_extremum, finish_argument},
    {"argmaxf", true, true, track_extremum, finish_argument},
    {"meanf", true, false, add_mean, finish_mean},
    {"rmsf", true, false, add_mean, finish_mean},
    {"cross", true, false, track_crossing, finish_cross},
    {"bw", false, false, NULL, finish_bandwidth},
};

const bal_reducer_ops *bal_reducer_find(const char *name)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}
