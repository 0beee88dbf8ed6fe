/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vectors for tables and files: one by one, or all that there are. */
#include <string.h>

#include "study.h"

bal_status bal_list_term(bal_study *s, const bal_response_term *term, const char *label,
                         const char *unit, bal_index_list *list)
{
    int response = -1;
    int vector = -1;
    if (!label)
        return BAL_E_NOMEM;
    bal_status status = bal_study_response(s, term, 1, &response);
    const bal_primary_request q = {BAL_DECK_SYSTEM, BAL_DECK_EXCITATION, response, label, unit};
    if (status == BAL_OK)
        status = bal_study_primary(s, &q, &vector);
    return status == BAL_OK ? bal_index_add(list, vector) : status;
}

bal_status bal_list_expr(bal_study *s, bal_span text, const bal_expr *expr, bal_index_list *list)
{
    const char *label = bal_study_label(s, text);
    if (!label)
        return BAL_E_NOMEM;
    const bal_derived_request q = {label, bal_study_unit(s, label), expr, -1};
    bal_status status = BAL_OK;
    int vector = bal_vectors_find(&s->vectors, bal_text_of(label));
    if (vector < 0)
        status = bal_study_derived(s, &q, &vector);
    return status == BAL_OK ? bal_index_add(list, vector) : status;
}

bal_status bal_list_nodes(bal_study *s, bal_index_list *list)
{
    bal_status status = BAL_OK;
    for (int node = 1; node < bal_circuit_n_nodes(s->circuit) && status == BAL_OK; node++) {
        const bal_response_term term = {node, 0, -1, {1.0, 0.0}};
        const char *name = NULL;
        if (s->topology.island[node] >= 0)
            continue;
        status = bal_circuit_node_name(s->circuit, node, &name);
        if (status == BAL_OK)
            status = bal_list_term(s, &term, bal_arena_format(s->arena, "v(%s)", name), "V", list);
    }
    return status;
}

bal_status bal_list_currents(bal_study *s, bal_index_list *list)
{
    const bal_device *const *devices = bal_circuit_devices(s->circuit);
    bal_status status = BAL_OK;
    for (size_t i = 0; i < bal_circuit_n_devices(s->circuit) && status == BAL_OK; i++) {
        const bal_device *dev = devices[i];
        const bal_response_term term = {0, 0, (ptrdiff_t)i, {1.0, 0.0}};
        if (dev->ops->n_branches != 1 || dev->ops->current)
            continue;
        status = bal_list_term(s, &term,
                               bal_arena_format(s->arena, "i(%.*s)", (int)dev->name.n, dev->name.p),
                               "A", list);
    }
    return status;
}

static bool is_listed(const bal_index_list *list, int vector)
{
    for (size_t i = 0; i < list->n_items; i++)
        if (list->items[i] == vector)
            return true;
    return false;
}

bal_status bal_list_named(const bal_study *s, bal_index_list *list)
{
    bal_status status = BAL_OK;
    for (size_t i = 1; i < s->vectors.n_defs && status == BAL_OK; i++) {
        const char *name = s->vectors.defs[i].shown.name;
        const bool of_card = name[0] && !strchr(name, '(') && strchr(name, '.');
        if (of_card && !is_listed(list, (int)i))
            status = bal_index_add(list, (int)i);
    }
    return status;
}
