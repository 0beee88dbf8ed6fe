/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ports.h"

/* ---- terminations as devices ---- */

/* Values: impedance, then the weights of p, n and the reference in the voltage of the mode; the
 * current of the mode leaves the nodes with the same weights, so that no mode loads another. */
enum { V_IMPEDANCE, V_WEIGHT };

static void stamp(const bal_device *dev, bal_stamper *st)
{
    for (int k = 0; k < dev->n_nodes; k++) {
        bal_stamp_g(st, k, BAL_BRANCH(0), dev->values[V_WEIGHT + k]);
        bal_stamp_g(st, BAL_BRANCH(0), k, dev->values[V_WEIGHT + k]);
    }
    bal_stamp_g(st, BAL_BRANCH(0), BAL_BRANCH(0), bal_dd_neg(dev->values[V_IMPEDANCE]));
    bal_stamp_source(st, BAL_BRANCH(0), bal_dd_of(1.0));
}

static void ties(const bal_device *dev, bal_ties *t)
{
    const bool longitudinal = !bal_dd_is_zero(dev->values[V_WEIGHT + 2]);
    bal_tie(t, BAL_TIE_CONDUCTANCE, 0, longitudinal ? 2 : 1);
    if (longitudinal)
        bal_tie(t, BAL_TIE_CONDUCTANCE, 1, 2);
}

static const bal_device_ops termination = {
    .letter = 'V',
    .name = "port",
    .usage = "",
    .summary = "",
    .n_nodes = 3,
    .n_branches = 1,
    .ties = ties,
    .stamp = stamp,
};

static const bal_device *make(bal_study *s, const bal_port_set *set, int port, bal_mode mode)
{
    static const double weights[BAL_MODES][3] = {{1.0, -1.0, 0.0}, {0.5, 0.5, -1.0}};
    bal_device *dev = bal_arena_alloc(s->arena, 1, sizeof *dev);
    bal_dd *values = bal_arena_alloc(s->arena, V_WEIGHT + 3, sizeof *values);
    int *nodes = bal_arena_alloc(s->arena, 3, sizeof *nodes);
    if (!dev || !values || !nodes)
        return NULL;
    values[V_IMPEDANCE] = bal_dd_of(set->impedance[mode]);
    for (int k = 0; k < 3; k++) {
        values[V_WEIGHT + k] = bal_dd_of(weights[mode][k]);
        nodes[k] = set->port[port].nodes[k];
    }
    *dev = (bal_device){.ops = &termination,
                        .name = bal_text_of("port"),
                        .at = set->port[port].at,
                        .nodes = nodes,
                        .n_nodes = 3,
                        .values = values,
                        .multiplicity = 1.0,
                        .source = -1};
    return dev;
}

int bal_port_number(int open, int port, bal_mode mode)
{
    const int before = open >= 0 && open < port ? 1 : 0;
    return port * BAL_MODES + (int)mode - before;
}

bal_status bal_port_system(bal_study *s, const bal_port_set *set, int open, int *system)
{
    const bal_device **list =
        bal_arena_alloc(s->arena, BAL_PORTS * BAL_MODES, sizeof(const bal_device *));
    const int own = bal_circuit_n_sources(s->circuit);
    size_t n = 0;
    for (int port = 0; port < set->n && list; port++)
        for (int mode = 0; mode < BAL_MODES; mode++) {
            if (mode == BAL_LONGITUDINAL && port == open)
                continue;
            const bal_device *made = make(s, set, port, (bal_mode)mode);
            bal_device *dev = bal_arena_alloc(s->arena, 1, sizeof *dev);
            if (!made || !dev)
                return BAL_E_NOMEM;
            *dev = *made;
            dev->source = own + (int)n;
            list[n++] = dev;
        }
    s->demands = true;
    return list ? bal_study_port_system(s, list, n, system) : BAL_E_NOMEM;
}

/* ---- reading ---- */

bal_status bal_port_read(bal_study *s, const bal_card *card, const bal_field *field, bal_port *port)
{
    int n = 0;
    port->at = field->value;
    port->nodes[2] = 0;
    for (uint32_t i = field->first; i < field->end; i++) {
        const bal_token *token = &card->tokens[i];
        if (token->kind == BAL_TOKEN_LEFT || token->kind == BAL_TOKEN_RIGHT)
            continue;
        if (n == 3)
            return bal_study_usage(s, token->span, "a port is (p,n) or (p,n,ref)");
        const bal_status status = bal_study_find_node(s, token->span, &port->nodes[n++]);
        if (status != BAL_OK)
            return status;
    }
    if (n < 2)
        return bal_study_usage(s, field->value, "a port is (p,n) or (p,n,ref)");
    if (port->nodes[0] == port->nodes[1])
        return bal_study_usage(s, field->value, "the legs of a port are two nodes");
    return BAL_OK;
}

/* ---- responses ---- */

static int voltage_terms(const bal_port *port, bal_mode mode, bal_response_term terms[2])
{
    const int p = port->nodes[0];
    const int n = port->nodes[1];
    const int ref = port->nodes[2];
    if (mode == BAL_TRANSVERSE) {
        terms[0] = (bal_response_term){p, n, -1, bal_dd_of(1.0)};
        return 1;
    }
    terms[0] = (bal_response_term){p, ref, -1, bal_dd_of(0.5)};
    terms[1] = (bal_response_term){n, ref, -1, bal_dd_of(0.5)};
    return 2;
}

bal_status bal_port_expr(bal_study *s, const bal_port_request *q, const bal_expr **out)
{
    bal_response_term terms[2];
    int n = 1;
    if (q->current) {
        const ptrdiff_t first = (ptrdiff_t)bal_circuit_n_devices(s->circuit);
        const int number = bal_port_number(q->open, q->port, q->mode);
        terms[0] = (bal_response_term){0, 0, first + number, bal_dd_of(-1.0)};
    } else {
        n = voltage_terms(&q->set->port[q->port], q->mode, terms);
    }
    int response = -1;
    int vector = -1;
    bal_status status = bal_study_port_response(s, q->system, terms, n, &response);
    const bal_primary_request p = {q->system, q->excitation, response, NULL,
                                   q->current ? "A" : "V"};
    if (status == BAL_OK)
        status = bal_study_primary(s, &p, &vector);
    if (status != BAL_OK)
        return status;
    *out = bal_expr_variable(s->arena, vector, BAL_COMPLEX);
    return *out ? BAL_OK : BAL_E_NOMEM;
}

/* ---- expressions ---- */

const bal_expr *bal_two(bal_study *s, const char *function, const bal_expr *a, const bal_expr *b)
{
    const bal_expr *const parts[2] = {a, b};
    return a && b ? bal_expr_call(s->arena, function, parts, 2) : NULL;
}

const bal_expr *bal_one(bal_study *s, const char *function, const bal_expr *a)
{
    return a ? bal_expr_call(s->arena, function, &a, 1) : NULL;
}

const bal_expr *bal_number(bal_study *s, double value)
{
    return bal_expr_constant(s->arena, bal_ddc_real(value));
}

/* 20 lg of it, with its bound behind it in the table. */
static bal_status declare_level(bal_study *s, const char *name, const bal_expr *ratio)
{
    const bal_derived_request hidden = {NULL, "", ratio, -1};
    int vectors[3] = {-1, -1, -1};
    bal_status status = bal_study_derived(s, &hidden, &vectors[0]);
    if (status != BAL_OK)
        return status;
    const bal_expr *level = bal_one(s, "db", bal_expr_variable(s->arena, vectors[0], BAL_COMPLEX));
    if (!level)
        return BAL_E_NOMEM;
    const bal_derived_request q = {name, "dB", level, -1};
    const bal_derived_request bound = {NULL, "dB", NULL, vectors[0]};
    status = bal_study_derived(s, &q, &vectors[1]);
    if (status == BAL_OK)
        status = bal_study_derived(s, &bound, &vectors[2]);
    for (int k = 1; k < 3 && status == BAL_OK; k++)
        status = bal_index_add(&s->summary, vectors[k]);
    return status;
}

bal_status bal_port_declare(bal_study *s, const bal_port_vector *v)
{
    const char *name = bal_study_member(s, v->name, v->what);
    int vector = -1;
    if (!name || !v->expr)
        return BAL_E_NOMEM;
    if (v->level)
        return declare_level(s, name, v->expr);
    const bal_derived_request q = {name, v->unit, v->expr, -1};
    return bal_study_derived(s, &q, &vector);
}
