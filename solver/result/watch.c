/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the functions over frequency of one expression by rank, then the expression itself: once if
 * it is a scalar, at every frequency if it is not. */
#include "watch.h"

#include <math.h>
#include <string.h>

#include "alloc.h"
#include "reducer.h"

struct bal_watch {
    const bal_expr *expr;
    bal_reducing *reducing;
    bal_bounded *reduced; /* by slot */
    int n;
    bool pointwise; /* varies with the frequency outside of the functions */
    bool late;      /* uses what is known at the end only */
    bool begun;     /* a point came */
    bool broken;    /* a point had no finite value */
    bool has_worst;
    bal_watch_result worst;
};

static bool uses_late(const bal_expr *expr)
{
    int n = 0;
    const int *ids = bal_expr_variables(expr, &n);
    return n > 0 && ids[n - 1] >= BAL_LATE_BASE; /* they ascend */
}

bal_status bal_watch_create(const bal_expr *expr, bal_watch **out)
{
    int n = 0;
    const bal_reducer *list = bal_expr_reducers(expr, &n);
    bal_watch *w = bal_alloc(1, sizeof *w);
    if (!w)
        return BAL_E_NOMEM;
    w->expr = expr;
    w->n = n;
    w->pointwise = bal_expr_is_pointwise(expr, BAL_PARAMETER_BASE);
    w->late = uses_late(expr);
    w->reducing = bal_alloc((size_t)n + 1, sizeof *w->reducing);
    w->reduced = bal_alloc((size_t)n + 1, sizeof *w->reduced);
    if (!w->reducing || !w->reduced) {
        bal_watch_destroy(w);
        return BAL_E_NOMEM;
    }
    for (int i = 0; i < n; i++) {
        w->reducing[i].what = &list[i];
        w->reducing[i].ops = bal_reducer_find(list[i].function);
    }
    *out = w;
    return BAL_OK;
}

void bal_watch_begin(bal_watch *w)
{
    for (int i = 0; i < w->n; i++) {
        const bal_reducing keep = w->reducing[i];
        w->reducing[i] = (bal_reducing){.what = keep.what, .ops = keep.ops, .where = (double)NAN};
    }
    w->begun = false;
    w->broken = false;
    w->has_worst = false;
}

static bal_status read_scalars(bal_watch *w, bal_reducing *r, const bal_point *point)
{
    bal_env env = bal_point_env(point);
    env.reduced_bounded = w->reduced;
    r->n_scalars = r->what->n_arguments - 1;
    for (int k = 0; k < r->n_scalars; k++) {
        bal_bounded x;
        const bal_status status = bal_expr_bounded(r->what->arguments[k + 1], &env, &x);
        if (status != BAL_OK)
            return status;
        r->scalar[k] = bal_dd_double(x.value.re);
    }
    bal_reduce_window(r);
    return BAL_OK;
}

static bal_status feed(bal_watch *w, bal_reducing *r, const bal_point *point)
{
    bal_env env = bal_point_env(point);
    env.reduced_bounded = w->reduced;
    bal_bounded x;
    const bal_status status = bal_expr_bounded(r->what->arguments[0], &env, &x);
    if (status == BAL_OK)
        bal_reduce_point(r, point->frequency, bal_dd_double(x.value.re));
    return status;
}

static bal_truth truth_of(const bal_bounded *x)
{
    const double t = x->value.re.hi;
    return t == 0.5 ? BAL_UNKNOWN : t != 0.0 ? BAL_TRUE : BAL_FALSE;
}

static int severity(bal_truth truth)
{
    return truth == BAL_FALSE ? 2 : truth == BAL_UNKNOWN ? 1 : 0;
}

/* Keeps the worst frequency of a comparison: a false one, then the smallest margin. */
static bal_status judge(bal_watch *w, const bal_point *point)
{
    bal_env env = bal_point_env(point);
    env.reduced_bounded = w->reduced;
    bal_watch_result now = {.frequency = point->frequency};
    const bal_status status = bal_expr_bounded(w->expr, &env, &now.value);
    if (status != BAL_OK)
        return status;
    now.truth = truth_of(&now.value);
    const int step = severity(now.truth) - (w->has_worst ? severity(w->worst.truth) : -1);
    if (step > 0 || (step == 0 && now.value.margin < w->worst.value.margin))
        w->worst = now;
    w->has_worst = true;
    return BAL_OK;
}

static bal_status take(bal_watch *w, const bal_point *point)
{
    bal_status status = BAL_OK;
    for (int i = 0; i < w->n && status == BAL_OK; i++) {
        bal_reducing *r = &w->reducing[i];
        if (r->what->rank > 0 || !r->ops->online)
            continue;
        if (!w->begun)
            status = read_scalars(w, r, point);
        if (status == BAL_OK)
            status = feed(w, r, point);
    }
    w->begun = true;
    if (status == BAL_OK && w->pointwise && w->n == 0)
        status = judge(w, point);
    return status;
}

bal_status bal_watch_point(bal_watch *w, const bal_point *point)
{
    if (w->late || w->broken)
        return BAL_OK;
    const bal_status status = take(w, point);
    w->broken = status == BAL_E_NUMERIC;
    return w->broken ? BAL_OK : status;
}

/* A pass over the grid for what could not be watched online. */
static bal_status pass(bal_watch *w, bal_reducing *r, const bal_solver *solver)
{
    for (size_t k = 0; k < solver->n_frequencies; k++) {
        const bal_point *point = NULL;
        bal_status status = solver->at(solver->user, solver->frequency(solver->user, k), &point);
        if (status == BAL_OK)
            status = r ? feed(w, r, point) : judge(w, point);
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}

static bal_status finish_one(bal_watch *w, bal_reducing *r, const bal_solver *solver,
                             const char **reason)
{
    const bal_point *point = NULL;
    const bal_reduce_env env = {solver, w->reduced};
    bal_status status = solver->n_frequencies
                            ? solver->at(solver->user, solver->frequency(solver->user, 0), &point)
                            : BAL_E_USAGE;
    if (status == BAL_OK)
        status = read_scalars(w, r, point);
    if (status == BAL_OK && r->ops->online && (r->what->rank > 0 || w->late))
        status = pass(w, r, solver);
    if (status == BAL_OK)
        status = r->ops->finish(r, &env, &w->reduced[r->what->slot], reason);
    return status;
}

static bal_status evaluate_once(bal_watch *w, const bal_solver *solver, bal_watch_result *result)
{
    const bal_point *point = NULL;
    bal_status status = solver->at(solver->user, solver->frequency(solver->user, 0), &point);
    if (status != BAL_OK)
        return status;
    bal_env env = bal_point_env(point);
    env.reduced_bounded = w->reduced;
    status = bal_expr_bounded(w->expr, &env, &result->value);
    result->truth = truth_of(&result->value);
    result->frequency = (double)NAN;
    return status;
}

static bal_status finish_all(bal_watch *w, const bal_solver *solver, bal_watch_result *result)
{
    bal_status status = BAL_OK;
    double where = (double)NAN;
    for (int i = 0; i < w->n && status == BAL_OK && !result->reason; i++) {
        status = finish_one(w, &w->reducing[i], solver, &result->reason);
        where = w->reducing[i].where;
    }
    if (status != BAL_OK || result->reason)
        return status;
    result->where = where;
    if (!w->pointwise)
        return evaluate_once(w, solver, result);
    if (w->n > 0 || w->late)
        status = pass(w, NULL, solver);
    if (status != BAL_OK)
        return status;
    *result = w->worst;
    result->where = where;
    return BAL_OK;
}

bal_status bal_watch_end(bal_watch *w, const bal_solver *solver, bal_watch_result *result)
{
    *result =
        (bal_watch_result){.truth = BAL_FALSE, .frequency = (double)NAN, .where = (double)NAN};
    const bal_status status = w->broken ? BAL_E_NUMERIC : finish_all(w, solver, result);
    if (status != BAL_E_NUMERIC)
        return status;
    result->reason = "it has no finite value";
    return BAL_OK;
}

void bal_watch_destroy(bal_watch *w)
{
    if (!w)
        return;
    bal_free(w->reducing);
    bal_free(w->reduced);
    bal_free(w);
}
