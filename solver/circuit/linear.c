/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Terms of linear sources. The operating point of a linear circuit is no part of the answer, so a
 * coefficient is the slope of its expression with all voltages and currents at 0.
 */
#include "linear.h"

#include <string.h>

#include "alloc.h"
#include "term.h"

static bal_status add_terminal(bal_linear *l, int node, int *terminal)
{
    for (size_t i = 2; i < l->n_nodes; i++)
        if (l->nodes[i] == node) {
            *terminal = (int)i;
            return BAL_OK;
        }
    int *grown = BAL_GROW(l, nodes);
    if (!grown)
        return BAL_E_NOMEM;
    l->nodes = grown;
    *terminal = (int)l->n_nodes;
    l->nodes[l->n_nodes++] = node;
    return BAL_OK;
}

bal_status bal_linear_ground(bal_linear *l, int *terminal)
{
    return add_terminal(l, 0, terminal);
}

/* A node of the scope; x1.n of an instance that is there already. */
static bal_status find_node(const bal_element *r, bal_span name, int *node)
{
    const bal_text text = bal_span_text(name);
    const bool own = bal_names_find(&r->scope->nodes, text) >= 0;
    if (!own && memchr(text.p, '.', text.n)) {
        *node = bal_circuit_find_node(r->c, text);
        if (*node >= 0)
            return BAL_OK;
    }
    return bal_scope_node(r->c, r->scope, name, node);
}

bal_status bal_linear_node(bal_linear *l, const bal_token *token, int *terminal)
{
    int node = 0;
    const bal_status status = find_node(l->r, token->span, &node);
    return status == BAL_OK ? add_terminal(l, node, terminal) : status;
}

bal_term *bal_linear_term(bal_linear *l)
{
    bal_term *grown = BAL_GROW(l, terms);
    if (!grown)
        return NULL;
    l->terms = grown;
    l->terms[l->n_terms] = (bal_term){.variable = -1};
    return &l->terms[l->n_terms++];
}

/* ---- compilation ---- */

typedef struct probe_names {
    bal_scope_names scope; /* first: what the callbacks for parameters take it for */
    bal_linear *l;
    size_t first; /* terms before it belong to another expression */
    bal_status status;
} probe_names;

static int fail(probe_names *names, bal_status status)
{
    names->status = status;
    return status == BAL_E_NOMEM ? -3 : -2;
}

static int term_of(probe_names *names, bal_term term)
{
    bal_linear *l = names->l;
    for (size_t i = names->first; i < l->n_terms; i++) {
        const bal_term *t = &l->terms[i];
        if (t->reads_current == term.reads_current && t->a == term.a && t->b == term.b)
            return BAL_TERM_BASE + (int)i;
    }
    bal_term *new = bal_linear_term(l);
    if (!new)
        return fail(names, BAL_E_NOMEM);
    *new = term;
    new->variable = BAL_TERM_BASE + (int)(new - l->terms);
    return new->variable;
}

static int probe_voltage(probe_names *names, const bal_span *arguments, int n)
{
    bal_linear *l = names->l;
    int terminal[2] = {-1, -1};
    for (int i = 0; i < n; i++) {
        int node = 0;
        bal_status status = find_node(l->r, arguments[i], &node);
        if (status == BAL_OK)
            status = add_terminal(l, node, &terminal[i]);
        if (status != BAL_OK)
            return fail(names, status);
    }
    if (n == 1) {
        const bal_status status = add_terminal(l, 0, &terminal[1]);
        if (status != BAL_OK)
            return fail(names, status);
    }
    return term_of(names, (bal_term){.a = terminal[0], .b = terminal[1]});
}

static int probe(void *user, const char *function, const bal_span *arguments, int n, bal_span at,
                 bal_type *type)
{
    probe_names *names = user;
    *type = BAL_REAL; /* at the operating point, which the slope is taken at */
    (void)at;
    for (int i = 0; i < n; i++)
        if (arguments[i].begin == arguments[i].end)
            return -1;
    if (strcmp(function, "v") == 0 && (n == 1 || n == 2))
        return probe_voltage(names, arguments, n);
    if (strcmp(function, "i") != 0 || n != 1)
        return -1;
    int ref = 0;
    const bal_status status = bal_element_reference(names->l->r, arguments[0], &ref);
    if (status != BAL_OK)
        return fail(names, status);
    return term_of(names, (bal_term){.reads_current = true, .a = ref});
}

/* Parameters must have values before anything is evaluated. */
static bal_status need_parameters(bal_circuit *c, const bal_expr *expr)
{
    int n = 0;
    const int *ids = expr ? bal_expr_variables(expr, &n) : NULL;
    for (int i = 0; i < n && ids[i] < BAL_TERM_BASE; i++) {
        const bal_status status = bal_parameter_evaluate(c, ids[i]);
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}

bal_status bal_linear_bind(bal_linear *l, size_t first, const bal_expr *input)
{
    for (size_t i = first; i < l->n_terms; i++)
        l->terms[i].input = input;
    const bal_status status = need_parameters(l->r->c, input);
    return status == BAL_OK ? bal_linear_check(l, first, input) : status;
}

bal_status bal_linear_input(bal_linear *l, bal_span text, const bal_expr **input)
{
    bal_circuit *c = l->r->c;
    probe_names user = {{c, l->r->scope}, l, l->n_terms, BAL_OK};
    bal_names names = bal_names_of_scope(&user.scope);
    names.probe = probe;
    bal_status status =
        bal_expr_compile(text, &names, &c->options.expr, c->in.arena, c->in.diag, input);
    if (user.status == BAL_E_NOMEM)
        status = user.status;
    return status;
}

bal_status bal_linear_coefficient(bal_linear *l, bal_term *term, const bal_token *token)
{
    bal_number_info info;
    return bal_scope_field(l->r->c, l->r->scope, token, &term->coefficient, &term->input, &info);
}

/* ---- values ---- */

static bool varies(const bal_term *term)
{
    return term->curve || (term->input && bal_expr_used(term->input).frequency) ||
           (term->transfer && bal_expr_used(term->transfer).frequency);
}

static bal_status evaluate(bal_circuit *c, const bal_device *dev, bal_term *term)
{
    bal_status status = need_parameters(c, term->input);
    if (status == BAL_OK)
        status = need_parameters(c, term->transfer);
    term->varies = varies(term);
    if (status != BAL_OK || term->varies || (!term->input && !term->transfer))
        return status;
    bal_fault fault = {NULL, {0}};
    bal_env env = *c->environment;
    env.temperature = c->options.temperature;
    env.fault = &fault;
    bal_ddc value = bal_ddc_real(0.0);
    status = bal_term_value(term, &env, &value);
    if (status == BAL_E_NUMERIC)
        return bal_report(c->in.diag, BAL_D_EXPR_DOMAIN, fault.at.source ? fault.at : dev->at, "%s",
                          fault.text ? fault.text : "not a finite number");
    term->coefficient = value.re;
    term->varies = !bal_dd_is_zero(value.im);
    return status;
}

bal_status bal_linear_finish(bal_linear *l)
{
    bal_circuit *c = l->r->c;
    bal_device *dev = l->r->dev;
    bal_term *terms = bal_arena_alloc(c->in.arena, l->n_terms, sizeof *terms);
    int *nodes = bal_arena_alloc(c->in.arena, l->n_nodes, sizeof *nodes);
    bal_linear_entry *grown = BAL_GROW(c, linears);
    if (grown)
        c->linears = grown;
    if (!terms || !nodes || !grown)
        return BAL_E_NOMEM;
    if (l->n_terms > 0)
        memcpy(terms, l->terms, l->n_terms * sizeof *terms);
    memcpy(nodes, l->nodes, l->n_nodes * sizeof *nodes);
    dev->terms = terms;
    dev->n_terms = (int)l->n_terms;
    dev->environment = c->environment;
    dev->nodes = nodes;
    dev->n_nodes = (int)l->n_nodes;
    c->linears[c->n_linears++] = (bal_linear_entry){l->r->number, terms};
    for (int k = 0; k < dev->n_terms; k++) {
        const bal_status status = evaluate(c, dev, &terms[k]);
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}

bal_status bal_linear_update(bal_circuit *c)
{
    for (size_t i = 0; i < c->n_linears; i++) {
        const bal_linear_entry *entry = &c->linears[i];
        const bal_device *dev = c->devices[entry->device];
        bool moved = false;
        for (int k = 0; k < dev->n_terms; k++) {
            bal_term *term = &entry->terms[k];
            const bal_dd old = term->coefficient;
            const bal_status status = evaluate(c, dev, term);
            if (status != BAL_OK)
                return status;
            moved = moved || term->varies || old.hi != term->coefficient.hi ||
                    old.lo != term->coefficient.lo;
        }
        const bal_status status = moved ? bal_circuit_mark(c, entry->device) : BAL_OK;
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}
