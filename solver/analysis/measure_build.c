/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A measure is an expression of the functions over frequency: find x when y=1 is
 * at(x, cross(y, 1)). */
#include <string.h>

#include "measure.h"

static const bal_expr *constant(bal_study *s, double value)
{
    return bal_expr_constant(s->arena, bal_ddc_real(value));
}

static bal_status call(bal_study *s, const char *function, const bal_expr *const x[], int n,
                       const bal_expr **out)
{
    *out = bal_expr_call(s->arena, function, x, n);
    return *out ? BAL_OK : BAL_E_NOMEM;
}

/* A quantity that must be real: the magnitude of a complex one. */
static bal_status real(bal_study *s, bal_span text, const bal_expr **out)
{
    bal_status status = bal_study_compile(s, text, out);
    if (status != BAL_OK || bal_expr_type(*out) != BAL_COMPLEX)
        return status;
    status = bal_report(s->diag, BAL_D_COMPLEX_MEASURED, text,
                        "'%s' is complex: its magnitude is measured; write vm(), vr() or mag(), "
                        "re() to say which",
                        BAL_SHOW(bal_span_text(text)));
    return status == BAL_OK ? call(s, "abs", (const bal_expr *const[]){*out}, 1, out) : status;
}

/* A frequency or another number that is the same at all points. */
static bal_status scalar(bal_study *s, bal_span text, const bal_expr **out)
{
    const bal_status status = bal_study_compile(s, text, out);
    if (status != BAL_OK || !bal_expr_is_pointwise(*out, BAL_PARAMETER_BASE))
        return status;
    return bal_report(s->diag, BAL_D_ANALYSIS_SYNTAX, text,
                      "expected one number; '%s' varies with the frequency",
                      BAL_SHOW(bal_span_text(text)));
}

typedef struct window {
    const bal_expr *from, *to; /* NULL: open */
} window;

/* Appends the window to the arguments of a function over frequency. */
static bal_status add_window(bal_study *s, const window *w, const bal_expr *x[], int *n)
{
    if (w->from || w->to)
        x[(*n)++] = w->from ? w->from : constant(s, 0.0);
    if (w->to)
        x[(*n)++] = w->to;
    return *n > 0 && x[*n - 1] && x[*n - (w->to ? 2 : 1)] ? BAL_OK : BAL_E_NOMEM;
}

/* cross(x, level, n, edge, from, to); a level that is a quantity is subtracted. */
static bal_status crossing(bal_study *s, const bal_measure_event *e, const window *given,
                           const bal_expr **out)
{
    const bal_expr *x[6] = {NULL};
    window w = *given;
    int n = 4;
    bal_status status = real(s, e->x, &x[0]);
    if (status == BAL_OK)
        status = real(s, e->level, &x[1]);
    if (status == BAL_OK && e->td.source)
        status = scalar(s, e->td, &w.from);
    if (status == BAL_OK && bal_expr_is_pointwise(x[1], BAL_PARAMETER_BASE)) {
        status = call(s, "-", x, 2, &x[0]);
        x[1] = constant(s, 0.0);
    }
    if (status != BAL_OK)
        return status;
    x[2] = constant(s, e->n);
    x[3] = constant(s, e->edge);
    status = x[1] && x[2] && x[3] ? add_window(s, &w, x, &n) : BAL_E_NOMEM;
    return status == BAL_OK ? call(s, "cross", x, n, out) : status;
}

static bal_status event(bal_study *s, const bal_measure_event *e, const window *w,
                        const bal_expr **out)
{
    return e->at.source ? scalar(s, e->at, out) : crossing(s, e, w, out);
}

static bal_status read_window(bal_study *s, const bal_measure_card *m, window *w)
{
    static const window open = {NULL, NULL};
    bal_status status = BAL_OK;
    if (m->from.source)
        status = scalar(s, m->from, &w->from);
    if (status == BAL_OK && m->to.source)
        status = scalar(s, m->to, &w->to);
    if (status != BAL_OK || m->kind == BAL_MEASURE_DISTANCE)
        return status;
    if (m->trig.word.source)
        status = event(s, &m->trig, &open, &w->from);
    if (status == BAL_OK && m->targ.word.source)
        status = event(s, &m->targ, &open, &w->to);
    return status;
}

/* find x at=f, find x when ..., and the same with deriv */
static bal_status point(bal_study *s, const bal_measure_card *m, const window *w,
                        const bal_expr **out)
{
    const bool find = m->kind == BAL_MEASURE_FIND;
    const bal_expr *x[2] = {NULL};
    bal_status status = find ? bal_study_compile(s, m->x, &x[0]) : real(s, m->x, &x[0]);
    if (status == BAL_OK)
        status = m->at.source ? scalar(s, m->at, &x[1]) : crossing(s, &m->when, w, &x[1]);
    return status == BAL_OK ? call(s, find ? "at" : "derivf", x, 2, out) : status;
}

static bal_status distance(bal_study *s, const bal_measure_card *m, const window *w,
                           const bal_expr **out)
{
    const bal_expr *x[2] = {NULL};
    bal_status status = event(s, &m->targ, w, &x[0]);
    if (status == BAL_OK)
        status = event(s, &m->trig, w, &x[1]);
    return status == BAL_OK ? call(s, "-", x, 2, out) : status;
}

/* (x - y) / max(minval, |x|) */
static bal_status relative_error(bal_study *s, const bal_measure_card *m, const bal_expr **out)
{
    const bal_expr *x[2] = {NULL};
    const bal_expr *size[2] = {NULL};
    bal_status status = real(s, m->x, &x[0]);
    if (status == BAL_OK)
        status = real(s, m->y, &x[1]);
    if (status == BAL_OK)
        status = call(s, "abs", x, 1, &size[0]);
    if (status == BAL_OK && m->minval.source)
        status = scalar(s, m->minval, &size[1]);
    else if (status == BAL_OK)
        status = (size[1] = constant(s, 1e-12)) ? BAL_OK : BAL_E_NOMEM; /* as HSPICE has it */
    const bal_expr *ratio[2] = {NULL};
    if (status == BAL_OK)
        status = call(s, "-", x, 2, &ratio[0]);
    if (status == BAL_OK)
        status = call(s, "max", size, 2, &ratio[1]);
    return status == BAL_OK ? call(s, "/", ratio, 2, out) : status;
}

static bal_status over_window(bal_study *s, const char *function, const bal_expr *quantity,
                              const window *w, const bal_expr **out)
{
    const bal_expr *x[3] = {quantity};
    int n = 1;
    const bal_status status = add_window(s, w, x, &n);
    return status == BAL_OK ? call(s, function, x, n, out) : status;
}

static bal_status error(bal_study *s, const bal_measure_card *m, const window *w,
                        const bal_expr **out)
{
    const bool square = m->kind == BAL_MEASURE_ERR;
    const bal_expr *x = NULL;
    bal_status status = relative_error(s, m, &x);
    if (status == BAL_OK && !square)
        status = call(s, "abs", (const bal_expr *const[]){x}, 1, &x);
    return status == BAL_OK ? over_window(s, square ? "rmsp" : "meanp", x, w, out) : status;
}

static bal_status statistic(bal_study *s, const bal_measure_card *m, const window *w,
                            const bal_expr **out)
{
    static const char *const functions[] = {
        [BAL_MEASURE_AVG] = "meanf",      [BAL_MEASURE_MIN] = "minf",
        [BAL_MEASURE_MAX] = "maxf",       [BAL_MEASURE_RMS] = "rmsf",
        [BAL_MEASURE_INTEG] = "integf",   [BAL_MEASURE_MIN_AT] = "argminf",
        [BAL_MEASURE_MAX_AT] = "argmaxf", [BAL_MEASURE_PP] = "maxf"};
    const bal_expr *x = NULL;
    const bal_expr *ends[2] = {NULL};
    bal_status status = real(s, m->x, &x);
    if (status == BAL_OK)
        status = over_window(s, functions[m->kind], x, w, out);
    if (status != BAL_OK || m->kind != BAL_MEASURE_PP)
        return status;
    ends[0] = *out;
    status = over_window(s, "minf", x, w, &ends[1]);
    return status == BAL_OK ? call(s, "-", ends, 2, out) : status;
}

static const char *unit_of(bal_study *s, const bal_measure_card *m)
{
    const char *of = "";
    const char *label = m->x.source ? bal_study_label(s, m->x) : "";
    if (!label)
        return NULL;
    of = bal_study_unit(s, label);
    switch (m->kind) {
    case BAL_MEASURE_WHEN:
    case BAL_MEASURE_DISTANCE:
    case BAL_MEASURE_MIN_AT:
    case BAL_MEASURE_MAX_AT:
        return "Hz";
    case BAL_MEASURE_ERR:
    case BAL_MEASURE_ERR2:
        return "";
    case BAL_MEASURE_INTEG:
        return of[0] ? bal_arena_format(s->arena, "%s Hz", of) : "Hz";
    case BAL_MEASURE_DERIV:
        return bal_arena_format(s->arena, "%s/Hz", of[0] ? of : "1");
    default:
        return of;
    }
}

bal_status bal_measure_build(bal_study *s, const bal_measure_card *m, const bal_expr **expr,
                             const char **unit)
{
    window w = {NULL, NULL};
    *unit = unit_of(s, m);
    if (!*unit)
        return BAL_E_NOMEM;
    const bal_status status = read_window(s, m, &w);
    if (status != BAL_OK)
        return status;
    switch (m->kind) {
    case BAL_MEASURE_PARAM:
        return scalar(s, m->x, expr);
    case BAL_MEASURE_FIND:
    case BAL_MEASURE_DERIV:
        return point(s, m, &w, expr);
    case BAL_MEASURE_WHEN:
        return crossing(s, &m->when, &w, expr);
    case BAL_MEASURE_DISTANCE:
        return distance(s, m, &w, expr);
    case BAL_MEASURE_ERR:
    case BAL_MEASURE_ERR2:
        return error(s, m, &w, expr);
    default:
        return statistic(s, m, &w, expr);
    }
}
