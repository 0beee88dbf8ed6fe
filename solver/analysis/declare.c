/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Declaring responses, excitations, systems and vectors; the same one asked for twice is solved
 * once. */
#include "study.h"

#include <string.h>

#include "alloc.h"

static bool same_dd(bal_dd a, bal_dd b)
{
    return a.hi == b.hi && a.lo == b.lo;
}

static bool same_terms(const bal_response *r, const bal_response_term terms[], int n)
{
    if (r->n_terms != n || r->system >= 0)
        return false;
    for (int i = 0; i < n; i++)
        if (r->terms[i].a != terms[i].a || r->terms[i].b != terms[i].b ||
            r->terms[i].device != terms[i].device || !same_dd(r->terms[i].factor, terms[i].factor))
            return false;
    return true;
}

static bal_status add_response(bal_study *s, int system, const bal_response_term terms[], int n,
                               int *response)
{
    bal_response *grown = BAL_GROW_LIST(s, responses);
    if (grown)
        s->responses = grown;
    bal_response_term *copy = bal_arena_alloc(s->arena, (size_t)n + 1, sizeof *copy);
    if (!grown || !copy)
        return BAL_E_NOMEM;
    memcpy(copy, terms, (size_t)n * sizeof *copy);
    *response = (int)s->n_responses;
    s->responses[s->n_responses++] = (bal_response){copy, n, system};
    return BAL_OK;
}

bal_status bal_study_response(bal_study *s, const bal_response_term terms[], int n, int *response)
{
    /* Only the newest are compared: all nodes of a large deck are asked for once each. */
    const size_t from = s->n_responses > 64 ? s->n_responses - 64 : 0;
    for (size_t i = from; i < s->n_responses; i++)
        if (same_terms(&s->responses[i], terms, n)) {
            *response = (int)i;
            return BAL_OK;
        }
    return add_response(s, -1, terms, n, response);
}

bal_status bal_study_port_response(bal_study *s, int system, const bal_response_term terms[], int n,
                                   int *response)
{
    return add_response(s, system, terms, n, response);
}

/* amplitude: of the circuit's sources; port: number of an added one with 1, or -1. */
static bal_status add_excitation(bal_study *s, const bal_ddc amplitude[], int port, int *excitation)
{
    const size_t own = (size_t)bal_circuit_n_sources(s->circuit);
    const size_t n = own + BAL_PORT_SOURCES;
    bal_ddc *copy = bal_alloc(n, sizeof *copy);
    bal_excitation *grown = BAL_GROW_LIST(s, excitations);
    if (grown)
        s->excitations = grown;
    if (!grown || !copy) {
        bal_free(copy);
        return BAL_E_NOMEM;
    }
    if (amplitude && own)
        memcpy(copy, amplitude, own * sizeof *copy);
    if (port >= 0)
        copy[own + (size_t)port] = bal_ddc_real(1.0);
    for (size_t i = 1; i < s->n_excitations; i++)
        if (memcmp(s->excitations[i].amplitude, copy, n * sizeof *copy) == 0) {
            bal_free(copy);
            *excitation = (int)i;
            return BAL_OK;
        }
    *excitation = (int)s->n_excitations;
    s->excitations[s->n_excitations++] = (bal_excitation){copy};
    return BAL_OK;
}

bal_status bal_study_excitation(bal_study *s, const bal_ddc amplitude[], int *excitation)
{
    return add_excitation(s, amplitude, -1, excitation);
}

bal_status bal_study_port_excitation(bal_study *s, int k, int *excitation)
{
    return add_excitation(s, NULL, k, excitation);
}

bal_status bal_study_system(bal_study *s, ptrdiff_t device, int index, bal_dd add, int *system)
{
    for (size_t i = 0; i < s->n_systems; i++)
        if (s->systems[i].n_ports == 0 && s->systems[i].device == device &&
            s->systems[i].index == index && same_dd(s->systems[i].add, add)) {
            *system = (int)i;
            return BAL_OK;
        }
    bal_system *grown = BAL_GROW_LIST(s, systems);
    if (!grown)
        return BAL_E_NOMEM;
    s->systems = grown;
    *system = (int)s->n_systems;
    s->systems[s->n_systems++] = (bal_system){.device = device, .index = index, .add = add};
    return BAL_OK;
}

bal_status bal_study_port_system(bal_study *s, const bal_device *const ports[], size_t n,
                                 int *system)
{
    const size_t own = bal_circuit_n_devices(s->circuit);
    const bal_device **all = bal_arena_alloc(s->arena, own + n, sizeof(const bal_device *));
    if (!all)
        return BAL_E_NOMEM;
    for (size_t i = 0; i < own; i++)
        all[i] = bal_circuit_devices(s->circuit)[i];
    for (size_t i = 0; i < n; i++) {
        const bal_device **more = BAL_GROW_LIST(s, ports);
        if (!more)
            return BAL_E_NOMEM;
        s->ports = more;
        s->ports[s->n_ports++] = all[own + i] = ports[i];
    }
    bal_system *grown = BAL_GROW_LIST(s, systems);
    if (!grown)
        return BAL_E_NOMEM;
    s->systems = grown;
    *system = (int)s->n_systems;
    s->systems[s->n_systems++] =
        (bal_system){.device = -1, .ports = ports, .n_ports = n, .devices = all};
    return BAL_OK;
}

static int find_primary(const bal_study *s, const bal_primary_request *q)
{
    const size_t from = s->n_primaries > 64 ? s->n_primaries - 64 : 0;
    for (size_t i = from; i < s->n_primaries; i++) {
        const bal_primary *p = &s->primaries[i];
        if (p->system == q->system && p->excitation == q->excitation &&
            p->response == q->response &&
            (!q->name || strcmp(s->vectors.defs[p->vector].shown.name, q->name) == 0))
            return (int)i;
    }
    return -1;
}

bal_status bal_study_primary(bal_study *s, const bal_primary_request *q, int *vector)
{
    const int old = find_primary(s, q);
    if (old >= 0) {
        *vector = s->primaries[old].vector;
        s->primaries[old].bounded |= s->bounded;
        return BAL_OK;
    }
    bal_primary *grown = BAL_GROW_LIST(s, primaries);
    if (!grown)
        return BAL_E_NOMEM;
    s->primaries = grown;
    const bal_vector_def def = {.shown = {.name = q->name ? q->name : "", .unit = q->unit},
                                .type = BAL_COMPLEX,
                                .bound_of = -1,
                                .primary = (int)s->n_primaries};
    const bal_status status = bal_vectors_add(&s->vectors, &def, vector);
    if (status == BAL_OK)
        s->primaries[s->n_primaries++] =
            (bal_primary){q->system, q->excitation, q->response, s->bounded, *vector};
    return status;
}

bal_status bal_study_derived(bal_study *s, const bal_derived_request *q, int *vector)
{
    const bal_type type = q->expr ? bal_expr_type(q->expr) : BAL_REAL;
    const bal_vector_def def = {.shown = {.name = q->name ? q->name : "",
                                          .unit = q->unit,
                                          .is_real = type != BAL_COMPLEX,
                                          .is_bound_of = !q->expr},
                                .type = type,
                                .expr = q->expr,
                                .bound_of = q->expr ? -1 : q->bound_of,
                                .primary = -1};
    return bal_vectors_add(&s->vectors, &def, vector);
}

bal_status bal_study_filled(bal_study *s, const char *name, const char *unit, int *vector)
{
    const bal_vector_def def = {.shown = {.name = name, .unit = unit, .is_real = true},
                                .type = BAL_REAL,
                                .bound_of = -1,
                                .primary = -1,
                                .duty = (int)s->n_duties};
    return bal_vectors_add(&s->vectors, &def, vector);
}

bal_status bal_index_add(bal_index_list *list, int index)
{
    int *grown =
        bal_grow(list->items, &list->items_capacity, list->n_items + 1, sizeof *list->items);
    if (!grown)
        return BAL_E_NOMEM;
    list->items = grown;
    list->items[list->n_items++] = index;
    return BAL_OK;
}
