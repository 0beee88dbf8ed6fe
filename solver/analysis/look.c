/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Values at one frequency, found when they are asked for: a system is factored, solved and turned
 * around only for the vectors that somebody reads. What a table, a claim or a measure does not need
 * costs nothing.
 */
#include <math.h>
#include <string.h>

#include "engine.h"

static const char *unknown_text(bal_study *s, const bal_mna *mna, bal_span *at)
{
    int node = -1;
    ptrdiff_t device = -1;
    const char *name = NULL;
    bal_mna_culprit(mna, &node, &device);
    *at = (bal_span){bal_circuit_deck(s->circuit)->source, 0, 0};
    if (device >= (ptrdiff_t)bal_circuit_n_devices(s->circuit))
        return "the current into a port is not determined";
    if (device >= 0) {
        const bal_device *dev = bal_circuit_devices(s->circuit)[device];
        *at = dev->at;
        return bal_arena_format(s->arena, "the current of '%.*s' is not determined",
                                (int)dev->name.n, dev->name.p);
    }
    if (node >= 0 && bal_circuit_node_name(s->circuit, node, &name) == BAL_OK)
        return bal_arena_format(s->arena, "the voltage of node '%s' is not determined", name);
    return "the equations contradict each other or repeat one another";
}

/* A value of an element that is not finite at a frequency. */
static void report_value(bal_study *s, const bal_mna *mna, double hertz)
{
    bal_fault fault = {NULL, {0}};
    const ptrdiff_t device = bal_mna_fault(mna, &fault);
    bal_span at = {bal_circuit_deck(s->circuit)->source, 0, 0};
    if (device >= 0 && (size_t)device < bal_circuit_n_devices(s->circuit))
        at = bal_circuit_devices(s->circuit)[device]->at;
    if (fault.text)
        (void)bal_report(s->diag, BAL_D_EXPR_DOMAIN, fault.at.source ? fault.at : at,
                         "at %.6g Hz: %s", hertz, fault.text);
    else
        (void)bal_report(s->diag, BAL_D_NOT_FINITE, at,
                         "at %.6g Hz a value is beyond the range of a double", hertz);
}

bal_status bal_engine_report(bal_study *s, const bal_mna *mna, double hertz, bal_status status)
{
    bal_span at = {0};
    if (status != BAL_E_SINGULAR && status != BAL_E_NUMERIC)
        return status;
    const char *text = unknown_text(s, mna, &at);
    if (!text)
        return BAL_E_NOMEM;
    if (status == BAL_E_SINGULAR)
        (void)bal_report(s->diag, BAL_D_SINGULAR, at, "no unique solution at %.6g Hz: %s", hertz,
                         text);
    else
        report_value(s, mna, hertz);
    return status;
}

static bal_status ready_system(bal_engine *e, int index)
{
    bal_mna *mna = e->study->systems[index].mna;
    if (e->ready[index])
        return BAL_OK;
    const bal_status status = bal_mna_point(mna, bal_dd_of(e->point.frequency));
    e->ready[index] = status == BAL_OK;
    return bal_engine_report(e->study, mna, e->point.frequency, status);
}

static bal_status solve(bal_engine *e, bal_engine_solve *q)
{
    const bal_study *s = e->study;
    bal_mna *mna = s->systems[q->system].mna;
    if (q->done)
        return BAL_OK;
    bal_status status = ready_system(e, q->system);
    if (status != BAL_OK)
        return status;
    status = bal_mna_solve(mna, s->excitations[q->excitation].amplitude, q->x);
    q->done = status == BAL_OK;
    return bal_engine_report(e->study, mna, e->point.frequency, status);
}

bal_status bal_engine_adjoint_at(bal_engine *e, int index, const bal_ddc **y)
{
    bal_engine_adjoint *q = &e->adjoints[index];
    const bal_system *system = &e->study->systems[q->system];
    *y = q->y;
    if (q->done)
        return BAL_OK;
    bal_status status = ready_system(e, q->system);
    if (status != BAL_OK)
        return status;
    status = bal_mna_adjoint(system->mna, &system->functionals[q->response], q->y);
    q->done = status == BAL_OK;
    return bal_engine_report(e->study, system->mna, e->point.frequency, status);
}

static bal_bounded read_primary(const bal_engine *e, int k)
{
    const bal_study *s = e->study;
    const bal_primary *p = &s->primaries[k];
    const bal_system *system = &s->systems[p->system];
    const bal_functional *functional = &system->functionals[p->response];
    const bal_ddc *x = e->solves[e->solve_of[k]].x;
    bal_bounded value = bal_bounded_of(bal_mna_apply(system->mna, functional, x), false);
    if (e->adjoint_of[k] < 0)
        return value;
    value.radius = bal_mna_bound(system->mna, s->excitations[p->excitation].amplitude, x,
                                 functional, e->adjoints[e->adjoint_of[k]].y);
    value.low = fmax(value.low - value.radius, 0.0);
    value.high += value.radius;
    return value;
}

static bal_status find_primary(bal_engine *e, int k)
{
    const bal_ddc *y = NULL;
    bal_status status = solve(e, &e->solves[e->solve_of[k]]);
    if (status == BAL_OK && e->adjoint_of[k] >= 0)
        status = bal_engine_adjoint_at(e, e->adjoint_of[k], &y);
    if (status == BAL_OK)
        e->values[e->study->primaries[k].vector] = read_primary(e, k);
    return status;
}

static bal_status fill(bal_engine *e, const bal_duty *duty)
{
    return duty->ops->point(duty->state, e);
}

static bal_status find_derived(bal_engine *e, int vector)
{
    const bal_vector_def *def = &e->study->vectors.defs[vector];
    bal_fault fault = {NULL, {0}};
    bal_status status = def->bound_of >= 0 ? bal_engine_value(e, def->bound_of) : BAL_OK;
    if (status != BAL_OK)
        return status;
    status = bal_vector_derive(def, &e->point, &e->values[vector], &fault);
    if (status == BAL_E_NUMERIC && e->failure == BAL_OK)
        (void)bal_report(e->study->diag, BAL_D_EXPR_DOMAIN, fault.at, "at %.6g Hz: %s",
                         e->point.frequency, fault.text ? fault.text : "not a finite number");
    return status;
}

bal_status bal_engine_value(bal_engine *e, int vector)
{
    const bal_vector_def *def = &e->study->vectors.defs[vector];
    bal_status status = e->failure;
    if (e->known[vector] || status != BAL_OK)
        return status;
    if (def->primary >= 0)
        status = find_primary(e, def->primary);
    else if (def->expr || def->bound_of >= 0)
        status = find_derived(e, vector);
    else
        status = fill(e, &e->study->duties[def->duty]);
    e->known[vector] = status == BAL_OK;
    e->failure = status;
    return status;
}

/* A parameter, or a measure of the run that is ending. */
static bal_status parameter(void *user, int id, bal_bounded *out)
{
    const bal_study *s = ((const bal_engine *)user)->study;
    if (id >= BAL_LATE_BASE)
        return bal_measure_variable(s, id - BAL_LATE_BASE, out);
    const bal_dd value = bal_circuit_parameter(s->circuit, id - BAL_PARAMETER_BASE);
    *out = bal_bounded_of(bal_ddc_of(value, bal_dd_of(0.0)), true);
    return BAL_OK;
}

static bal_status fetch(void *user, int vector)
{
    return bal_engine_value(user, vector);
}

void bal_engine_forget(bal_engine *e)
{
    memset(e->known, 0, e->study->vectors.n_defs * sizeof *e->known);
    memset(e->ready, 0, e->study->n_systems * sizeof *e->ready);
    for (size_t i = 0; i < e->n_solves; i++)
        e->solves[i].done = false;
    for (size_t i = 0; i < e->n_adjoints; i++)
        e->adjoints[i].done = false;
    e->values[0] = bal_bounded_of(bal_ddc_real((double)NAN), true);
}

bal_status bal_engine_look(bal_engine *e, double hertz)
{
    bal_study *s = e->study;
    const bal_status status = bal_rows_apply(e, hertz);
    if (status != BAL_OK)
        return status;
    bal_engine_forget(e);
    e->values[0] = bal_bounded_of(bal_ddc_real(hertz), true);
    e->known[0] = true;
    e->point = (bal_point){.frequency = hertz,
                           .temperature = bal_circuit_option(s->circuit)->temperature,
                           .values = e->values,
                           .n_values = (int)s->vectors.n_defs,
                           .user = e,
                           .parameter = parameter,
                           .fetch = fetch};
    return BAL_OK;
}

bal_status bal_engine_at(bal_engine *e, double hertz)
{
    bal_status status = bal_engine_look(e, hertz);
    for (size_t i = 0; i < e->study->vectors.n_defs && status == BAL_OK; i++)
        status = bal_engine_value(e, (int)i);
    return status;
}
