/* SPDX-License-Identifier: GPL-3.0-or-later */
/* .meas: named results of a run. They are evaluated in card order when the run ends, so a later
 * one, and any claim, may use an earlier one by its name. */
#include "measure.h"

#include <math.h>

#include "alloc.h"
#include "analyses.h"

static bal_status check_name(bal_study *s, const bal_measure_card *m)
{
    const bal_text name = bal_text_of(m->label);
    const int old = bal_measure_find(s, name);
    const char *what = old >= 0                                            ? "measure"
                       : bal_vectors_find(&s->vectors, name) >= 0          ? "vector"
                       : bal_circuit_find_parameter(s->circuit, name) >= 0 ? "parameter"
                                                                           : NULL;
    if (!what)
        return BAL_OK;
    const bal_status status = bal_report(s->diag, BAL_D_NAME_TAKEN, m->name,
                                         "there is a %s '%s' already", what, BAL_SHOW(name));
    if (old >= 0)
        bal_note(s->diag, s->measures[old].at, "here");
    return status;
}

static bool has_claims(const bal_study *s)
{
    const bal_control *k = bal_circuit_controls(s->circuit);
    while (k && !bal_text_is(bal_span_text(k->card->tokens[0].span), ".claim"))
        k = k->next;
    return k != NULL;
}

static bal_status parse(bal_study *s, const bal_card *card)
{
    bal_measure_card m = {.kind = BAL_MEASURE_FIND};
    bal_study_measure measure = {0};
    bool other = false;
    bal_status status = bal_measure_read(s, card, &m, &other);
    if (status != BAL_OK || other)
        return status;
    status = check_name(s, &m);
    s->bounded = has_claims(s); /* which ask how exact it is */
    if (status == BAL_OK)
        status = bal_measure_build(s, &m, &measure.expr, &measure.unit);
    if (status == BAL_OK && m.fallback.source)
        status = bal_study_compile(s, m.fallback, &measure.fallback);
    s->bounded = false;
    if (status != BAL_OK)
        return status;
    measure.name = m.label;
    measure.at = m.name;
    measure.shows_frequency = m.kind == BAL_MEASURE_FIND || m.kind == BAL_MEASURE_DERIV ||
                              m.kind == BAL_MEASURE_MIN || m.kind == BAL_MEASURE_MAX;
    bal_study_measure *grown = BAL_GROW_LIST(s, measures);
    if (!grown)
        return BAL_E_NOMEM;
    s->measures = grown;
    status = bal_watch_create(measure.expr, &measure.watch);
    if (status == BAL_OK)
        s->measures[s->n_measures++] = measure;
    return status;
}

const bal_analysis_ops bal_analysis_measure = {
    .keyword = ".meas",
    .usage =
        ".meas [ac] NAME find <x> at=<f> | find <x> when <y>=<level> [rise|fall|cross=<n>|last] "
        "| when <y>=<level> ... | avg|min|max|pp|rms|integ|min_at|max_at <x> [from=<f>] "
        "[to=<f>] | deriv <x> at=<f>|when ... | trig at=<f>|<y>=<level> ... targ ... | "
        "param=<expression> | err1|err2 <x> <y>",
    .summary =
        "A named result of each run, solved at the very frequency where it lies; later measures "
        "and claims may use it. A complex quantity counts by its magnitude, except in find. avg "
        "rms "
        "integ follow the trapezoidal rule over the grid, the ends of the window solved too; deriv "
        "is by hertz; err1 is the RMS and err2 the mean of (x-y)/|x| over the points. Edges are "
        "counted from the end where n < 0. default_val= stands in for a failed one in expressions; "
        "the run still fails.",
    .phase = 2,
    .parse = parse,
};

int bal_measure_find(const bal_study *s, bal_text name)
{
    for (size_t i = 0; i < s->n_measures; i++)
        if (bal_text_is(name, s->measures[i].name))
            return (int)i;
    return -1;
}

bal_status bal_measure_variable(const bal_study *s, int k, bal_bounded *out)
{
    const bal_study_measure *m = &s->measures[k];
    *out = m->now;
    return m->usable ? BAL_OK : BAL_E_NUMERIC;
}

/* Does an expression use a measure that has no value? */
bool bal_measure_missing(const bal_study *s, const bal_expr *expr)
{
    int n = 0;
    const int *ids = bal_expr_variables(expr, &n);
    for (int i = 0; i < n; i++)
        if (ids[i] >= BAL_LATE_BASE && !s->measures[ids[i] - BAL_LATE_BASE].usable)
            return true;
    return false;
}

bal_status bal_measures_prepare(bal_study *s)
{
    const size_t runs = bal_study_runs(s);
    s->n_runs = 0;
    for (size_t i = 0; i < s->n_measures; i++) {
        bal_study_measure *m = &s->measures[i];
        bal_free(m->values);
        m->n_values = 0;
        m->values = bal_alloc(runs, sizeof *m->values);
        if (!m->values)
            return BAL_E_NOMEM;
    }
    return BAL_OK;
}

static bal_status use_fallback(bal_study_measure *m, const bal_solver *solver)
{
    const bal_point *point = NULL;
    bal_status status = solver->at(solver->user, solver->frequency(solver->user, 0), &point);
    if (status != BAL_OK)
        return status;
    const bal_env env = bal_point_env(point);
    status = bal_expr_bounded(m->fallback, &env, &m->now);
    m->usable = status == BAL_OK;
    return status == BAL_E_NUMERIC ? BAL_OK : status;
}

static bal_status end(bal_study *s, bal_study_measure *m, const bal_solver *solver)
{
    bal_watch_result result;
    const bool missing = bal_measure_missing(s, m->expr);
    const bal_status status = bal_watch_end(m->watch, solver, &result);
    if (status != BAL_OK)
        return status;
    if (missing)
        result.reason = "a measure that it uses has failed";
    const double complex value = bal_ddc_double(result.value.value);
    if (!result.reason && (isnan(creal(value)) || isnan(cimag(value))))
        result.reason = "it has no value";
    m->usable = !result.reason;
    m->now = result.value;
    m->values[m->n_values++] = (bal_measure_value){
        .value = value,
        .frequency = m->shows_frequency ? result.where : (double)NAN,
        .reason = result.reason,
    };
    return result.reason && m->fallback ? use_fallback(m, solver) : BAL_OK;
}

bal_status bal_measures_end(bal_study *s, const bal_solver *solver)
{
    bal_status status = BAL_OK;
    for (size_t i = 0; i < s->n_measures; i++)
        s->measures[i].usable = s->measures[i].usable && s->measures[i].of_card;
    for (size_t i = 0; i < s->n_measures && status == BAL_OK; i++)
        if (!s->measures[i].of_card)
            status = end(s, &s->measures[i], solver);
    s->n_runs++;
    return status;
}
