/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine.h"

#include <math.h>
#include <string.h>

#include "alloc.h"

static int find_solve(const bal_engine *e, int system, int excitation)
{
    for (size_t i = 0; i < e->n_solves; i++)
        if (e->solves[i].system == system && e->solves[i].excitation == excitation)
            return (int)i;
    return -1;
}

static int find_adjoint(const bal_engine *e, int system, int response)
{
    for (size_t i = 0; i < e->n_adjoints; i++)
        if (e->adjoints[i].system == system && e->adjoints[i].response == response)
            return (int)i;
    return -1;
}

static bal_status need_solve(bal_engine *e, const bal_primary *p, int *index)
{
    *index = find_solve(e, p->system, p->excitation);
    if (*index >= 0)
        return BAL_OK;
    bal_engine_solve *grown = BAL_GROW_LIST(e, solves);
    if (!grown)
        return BAL_E_NOMEM;
    e->solves = grown;
    *index = (int)e->n_solves;
    e->solves[e->n_solves++] = (bal_engine_solve){.system = p->system, .excitation = p->excitation};
    return BAL_OK;
}

bal_status bal_engine_need_adjoint(bal_engine *e, int system, int response, int *index)
{
    *index = find_adjoint(e, system, response);
    if (*index >= 0)
        return BAL_OK;
    bal_engine_adjoint *grown = BAL_GROW_LIST(e, adjoints);
    if (!grown)
        return BAL_E_NOMEM;
    e->adjoints = grown;
    *index = (int)e->n_adjoints;
    e->adjoints[e->n_adjoints++] = (bal_engine_adjoint){.system = system, .response = response};
    return BAL_OK;
}

static bal_status need_adjoint(bal_engine *e, const bal_primary *p, int *index)
{
    *index = -1;
    return p->bounded ? bal_engine_need_adjoint(e, p->system, p->response, index) : BAL_OK;
}

static bal_status plan(bal_engine *e)
{
    const bal_study *s = e->study;
    e->solve_of = bal_alloc(s->n_primaries + 1, sizeof *e->solve_of);
    e->adjoint_of = bal_alloc(s->n_primaries + 1, sizeof *e->adjoint_of);
    e->values = bal_alloc(s->vectors.n_defs, sizeof *e->values);
    e->known = bal_alloc(s->vectors.n_defs, sizeof *e->known);
    e->ready = bal_alloc(s->n_systems, sizeof *e->ready);
    if (!e->solve_of || !e->adjoint_of || !e->values || !e->known || !e->ready)
        return BAL_E_NOMEM;
    for (size_t i = 0; i < s->n_primaries; i++) {
        bal_status status = need_solve(e, &s->primaries[i], &e->solve_of[i]);
        if (status == BAL_OK)
            status = need_adjoint(e, &s->primaries[i], &e->adjoint_of[i]);
        if (status != BAL_OK)
            return status;
    }
    bal_status status = BAL_OK;
    for (size_t i = 0; i < s->n_duties && status == BAL_OK; i++)
        if (s->duties[i].ops->plan)
            status = s->duties[i].ops->plan(s->duties[i].state, e);
    return status;
}

bal_mna_input bal_engine_input(const bal_study *s, double low, double high)
{
    const double reference = low > 0.0 ? sqrt(low) * sqrt(high) : 0.5 * high;
    return (bal_mna_input){
        .devices = bal_circuit_devices(s->circuit),
        .n_devices = bal_circuit_n_devices(s->circuit),
        .n_nodes = bal_circuit_n_nodes(s->circuit),
        .tied = s->topology.tied,
        .n_tied = s->topology.n_tied,
        .n_sources = bal_circuit_n_sources(s->circuit),
        .range = {BAL_DD_2PI.hi * low, BAL_DD_2PI.hi * high,
                  bal_circuit_option(s->circuit)->r_branch},
        .omega_reference = BAL_DD_2PI.hi * reference,
        .temperature = bal_circuit_option(s->circuit)->temperature,
    };
}

static bal_status make_functional(bal_system *system, const bal_response *response,
                                  bal_functional *out)
{
    for (int i = 0; i < response->n_terms; i++) {
        const bal_response_term *term = &response->terms[i];
        bal_functional part = {0};
        bal_status status = term->device < 0
                                ? bal_mna_voltage(system->mna, term->a, term->b, &part)
                                : bal_mna_current(system->mna, (size_t)term->device, &part);
        if (status == BAL_OK)
            status = bal_functional_add(out, &part, term->factor);
        bal_functional_release(&part);
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}

/* Unknown numbers are those of one structure: made anew whenever the system is stamped again. */
static bal_status make_functionals(bal_engine *e, bal_system *system)
{
    bal_study *s = e->study;
    if (!system->functionals)
        system->functionals = bal_alloc(s->n_responses + 1, sizeof *system->functionals);
    if (!system->functionals)
        return BAL_E_NOMEM;
    for (size_t k = 0; k < s->n_responses; k++) {
        bal_functional_release(&system->functionals[k]);
        system->functionals[k] = (bal_functional){0};
        const int owner = s->responses[k].system;
        if (owner < 0 ? system->n_ports > 0 : &s->systems[owner] != system)
            continue;
        const bal_status status =
            make_functional(system, &s->responses[k], &system->functionals[k]);
        if (status == BAL_E_USAGE)
            return bal_report(s->diag, BAL_D_WRONG_REFERENCE, (bal_span){0},
                              "the current of an element cannot be asked for; put a 0 V source in "
                              "series");
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}

static bal_status make_variant(bal_study *s, bal_system *system)
{
    const bal_device *dev = bal_circuit_devices(s->circuit)[system->device];
    const size_t n = (size_t)dev->ops->n_params;
    if (!system->variant_values)
        system->variant_values = bal_arena_alloc(s->arena, n, sizeof *system->variant_values);
    if (!system->variant_values)
        return BAL_E_NOMEM;
    memcpy(system->variant_values, dev->values, n * sizeof *system->variant_values);
    system->variant = *dev;
    system->variant.values = system->variant_values;
    system->variant_values[system->index] =
        bal_dd_add(system->variant_values[system->index], system->add);
    return BAL_OK;
}

static bal_status make_vectors(bal_engine *e, int system)
{
    const size_t n = (size_t)bal_mna_unknowns(e->study->systems[system].mna);
    for (size_t i = 0; i < e->n_solves; i++)
        if (e->solves[i].system == system) {
            bal_free(e->solves[i].x);
            e->solves[i].x = bal_alloc(n, sizeof *e->solves[i].x);
            if (!e->solves[i].x)
                return BAL_E_NOMEM;
        }
    for (size_t i = 0; i < e->n_adjoints; i++)
        if (e->adjoints[i].system == system) {
            bal_free(e->adjoints[i].y);
            e->adjoints[i].y = bal_alloc(n, sizeof *e->adjoints[i].y);
            if (!e->adjoints[i].y)
                return BAL_E_NOMEM;
        }
    return BAL_OK;
}

/* Measured parts are known over a range of frequencies only. */
static bal_status check_ranges(const bal_study *s, const bal_mna_input *input)
{
    for (size_t i = 0; i < input->n_devices; i++) {
        const bal_device *dev = input->devices[i];
        const bal_status status =
            dev->ops->check_range ? dev->ops->check_range(dev, &input->range, s->diag) : BAL_OK;
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}

static bal_status make_system(bal_engine *e, int index)
{
    bal_study *s = e->study;
    bal_system *system = &s->systems[index];
    double low = 0.0;
    double high = 0.0;
    if (index == BAL_DECK_SYSTEM && !bal_study_uses_circuit(s))
        return BAL_OK;
    bal_grid_range(&s->grid, &low, &high);
    bal_mna_input input = bal_engine_input(s, low, high);
    if (system->n_ports) {
        input.devices = system->devices;
        input.n_devices += system->n_ports;
        input.n_sources += BAL_PORT_SOURCES;
        input.tied = system->topology.tied;
        input.n_tied = system->topology.n_tied;
    }
    bal_status status = check_ranges(s, &input);
    if (status == BAL_OK)
        status = bal_mna_create(&input, &system->mna);
    if (status == BAL_OK && system->device >= 0) {
        status = make_variant(s, system);
        if (status == BAL_OK)
            bal_mna_replace(system->mna, (size_t)system->device, &system->variant);
        if (status == BAL_OK)
            status = bal_mna_restamp(system->mna, (const size_t[]){(size_t)system->device}, 1);
    }
    if (status == BAL_OK)
        status = make_functionals(e, system);
    return status == BAL_OK ? make_vectors(e, index) : status;
}

static void deck_amplitudes(const bal_study *s)
{
    const bal_device *const *devices = bal_circuit_devices(s->circuit);
    bal_ddc *amplitude = s->excitations[BAL_DECK_EXCITATION].amplitude;
    for (size_t i = 0; i < bal_circuit_n_devices(s->circuit); i++) {
        const bal_device *dev = devices[i];
        if (!dev->ops->is_source)
            continue;
        const bal_dd size = dev->values[dev->ops->ac_magnitude];
        const double degrees = bal_dd_double(dev->values[dev->ops->ac_phase]);
        const double quarter = remainder(degrees, 360.0) / 90.0;
        const double angle = remainder(degrees, 360.0) * (BAL_DD_PI.hi / 180.0);
        const bool exact = quarter == floor(quarter);
        const double re = exact ? (quarter == 0.0         ? 1.0
                                   : fabs(quarter) == 2.0 ? -1.0
                                                          : 0.0)
                                : cos(angle);
        const double im = exact ? (fabs(quarter) == 1.0 ? quarter : 0.0) : sin(angle);
        amplitude[dev->source] = bal_ddc_of(bal_dd_scale(size, re), bal_dd_scale(size, im));
    }
}

bal_status bal_engine_create(bal_study *s, bal_engine *e)
{
    *e = (bal_engine){.study = s};
    bal_status status = plan(e);
    deck_amplitudes(s);
    for (size_t i = 0; i < s->n_systems && status == BAL_OK; i++)
        status = make_system(e, (int)i);
    if (status != BAL_OK)
        bal_engine_destroy(e);
    return status;
}

void bal_engine_destroy(bal_engine *e)
{
    for (size_t i = 0; i < e->n_solves; i++)
        bal_free(e->solves[i].x);
    for (size_t i = 0; i < e->n_adjoints; i++)
        bal_free(e->adjoints[i].y);
    for (size_t i = 0; i < e->study->n_systems; i++)
        bal_system_clear(e->study, &e->study->systems[i]);
    bal_free(e->solves);
    bal_free(e->adjoints);
    bal_free(e->solve_of);
    bal_free(e->adjoint_of);
    bal_free(e->values);
    bal_free(e->known);
    bal_free(e->ready);
    *e = (bal_engine){.study = e->study};
}

bal_status bal_engine_restamp(bal_engine *e)
{
    bal_study *s = e->study;
    size_t n = 0;
    const size_t *changed = bal_circuit_changed(s->circuit, &n);
    bal_status status = BAL_OK;
    for (size_t i = 0; i < s->n_systems && status == BAL_OK && n; i++) {
        bal_system *system = &s->systems[i];
        if (!system->mna)
            continue;
        const int before = bal_mna_unknowns(system->mna);
        if (system->device >= 0)
            status = make_variant(s, system);
        if (status == BAL_OK)
            status = bal_mna_restamp(system->mna, changed, n);
        if (status == BAL_OK)
            status = make_functionals(e, system);
        if (status == BAL_OK && bal_mna_unknowns(system->mna) != before)
            status = make_vectors(e, (int)i);
    }
    bal_circuit_settle(s->circuit);
    deck_amplitudes(s);
    bal_engine_forget(e);
    return status;
}
