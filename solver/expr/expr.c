/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a finished expression tells about itself, and the builders. */
#include "expr.h"

#include <stdlib.h>

#include "alloc.h"
#include "tree.h"

/* Lists that grow while the graph is walked. */
typedef struct census {
    int *ids;
    size_t n_ids;
    size_t ids_capacity;
    bal_reducer *reducers;
    size_t n_reducers;
    size_t reducers_capacity;
    bal_expr_uses uses;
    bal_status status;
} census;

static void add_id(census *c, int id)
{
    for (size_t i = 0; i < c->n_ids; i++)
        if (c->ids[i] == id)
            return;
    int *grown = bal_grow(c->ids, &c->ids_capacity, c->n_ids + 1, sizeof *c->ids);
    if (!grown) {
        c->status = BAL_E_NOMEM;
        return;
    }
    c->ids = grown;
    c->ids[c->n_ids++] = id;
}

static void add_reducer(census *c, const bal_reducer *reducer)
{
    for (size_t i = 0; i < c->n_reducers; i++)
        if (c->reducers[i].slot == reducer->slot)
            return;
    bal_reducer *grown =
        bal_grow(c->reducers, &c->reducers_capacity, c->n_reducers + 1, sizeof *c->reducers);
    if (!grown) {
        c->status = BAL_E_NOMEM;
        return;
    }
    c->reducers = grown;
    c->reducers[c->n_reducers++] = *reducer;
}

/* Frequency inside a reducer is not the frequency of the point, so it does not count. */
static void visit_reducer(census *c, const bal_reducer *reducer)
{
    for (int i = 0; i < reducer->n_arguments; i++) {
        const bal_expr *x = reducer->arguments[i];
        for (int k = 0; k < x->n_variables; k++)
            add_id(c, x->variables[k]);
        for (int k = 0; k < x->n_reducers; k++)
            add_reducer(c, &x->reducers[k]);
        c->uses.temperature = c->uses.temperature || x->uses.temperature;
        c->uses.random = c->uses.random || x->uses.random;
    }
    add_reducer(c, reducer);
}

/* limit() draws with two arguments and clamps with three. */
static bool draws(const bal_node *node)
{
    const bool clamp = bal_text_is(bal_text_of(node->function->name), "limit") && node->n == 3;
    return (node->function->flags & BAL_F_RANDOM) && !clamp;
}

static void visit(census *c, const bal_node *node)
{
    switch (node->kind) {
    case BAL_NODE_CONSTANT:
        break;
    case BAL_NODE_VARIABLE:
        add_id(c, node->id);
        break;
    case BAL_NODE_FREQUENCY:
    case BAL_NODE_OMEGA:
    case BAL_NODE_LAPLACE:
        c->uses.frequency = true;
        break;
    case BAL_NODE_TEMPERATURE:
        c->uses.temperature = true;
        break;
    case BAL_NODE_REDUCER:
        visit_reducer(c, node->reducer);
        break;
    case BAL_NODE_CALL:
        c->uses.random = c->uses.random || draws(node);
        for (int i = 0; i < node->n; i++)
            visit(c, node->argument[i]);
        break;
    }
}

static int by_value(const void *a, const void *b)
{
    const int x = *(const int *)a;
    const int y = *(const int *)b;
    return (x > y) - (x < y);
}

static int by_rank(const void *a, const void *b)
{
    const bal_reducer *x = a;
    const bal_reducer *y = b;
    if (x->rank != y->rank)
        return (x->rank > y->rank) - (x->rank < y->rank);
    return (x->slot > y->slot) - (x->slot < y->slot);
}

static void *keep(bal_arena *arena, const void *from, size_t n, size_t size)
{
    unsigned char *to = bal_arena_alloc(arena, n, size);
    const unsigned char *bytes = from;
    for (size_t i = 0; to && i < n * size; i++)
        to[i] = bytes[i];
    return to;
}

static const bal_expr *settle(bal_build *b, const bal_node *root, census *c)
{
    if (c->n_ids > 0)
        qsort(c->ids, c->n_ids, sizeof *c->ids, by_value);
    if (c->n_reducers > 0)
        qsort(c->reducers, c->n_reducers, sizeof *c->reducers, by_rank);
    bal_expr *expr = bal_arena_alloc(b->arena, 1, sizeof *expr);
    const int *ids = keep(b->arena, c->ids, c->n_ids, sizeof *c->ids);
    const bal_reducer *reducers = keep(b->arena, c->reducers, c->n_reducers, sizeof *c->reducers);
    if (!expr || !ids || !reducers)
        return NULL;
    *expr = (bal_expr){root, ids, (int)c->n_ids, reducers, (int)c->n_reducers, c->uses};
    return expr;
}

const bal_expr *bal_expr_finish(bal_build *build, const bal_node *root)
{
    census c = {0};
    visit(&c, root);
    const bal_expr *expr = c.status == BAL_OK ? settle(build, root, &c) : NULL;
    if (!expr)
        build->status = BAL_E_NOMEM;
    bal_free(c.ids);
    bal_free(c.reducers);
    return expr;
}

bal_type bal_expr_type(const bal_expr *expr)
{
    return expr->root->type;
}

bal_span bal_expr_span(const bal_expr *expr)
{
    return expr->root->at;
}

const int *bal_expr_variables(const bal_expr *expr, int *count)
{
    *count = expr->n_variables;
    return expr->variables;
}

bal_expr_uses bal_expr_used(const bal_expr *expr)
{
    return expr->uses;
}

const bal_reducer *bal_expr_reducers(const bal_expr *expr, int *count)
{
    *count = expr->n_reducers;
    return expr->reducers;
}

bool bal_expr_is_constant(const bal_expr *expr)
{
    return expr->n_variables == 0 && expr->n_reducers == 0 && !expr->uses.frequency &&
           !expr->uses.temperature && !expr->uses.random;
}

/* Degree in the variables: 0 constant, 1 linear and homogeneous, -1 neither. */
static int degree(const bal_node *node)
{
    if (node->kind == BAL_NODE_CONSTANT)
        return 0;
    if (node->kind == BAL_NODE_VARIABLE)
        return 1;
    if (node->kind != BAL_NODE_CALL)
        return -1;
    int d[BAL_EXPR_ARGUMENTS] = {0};
    bool constant = true;
    for (int i = 0; i < node->n; i++) {
        d[i] = degree(node->argument[i]);
        constant = constant && d[i] == 0;
    }
    const char *name = node->function->name;
    const bool is_sum = name[0] == '+' || name[0] == '-';
    if (constant)
        return draws(node) ? -1 : 0;
    if (is_sum && (node->n == 1 || d[0] == d[1]))
        return d[0];
    if (name[0] == '*' && d[0] >= 0 && d[1] >= 0 && d[0] + d[1] == 1)
        return 1;
    return name[0] == '/' && d[0] == 1 && d[1] == 0 ? 1 : -1;
}

bool bal_expr_is_linear(const bal_expr *expr)
{
    return degree(expr->root) == 1;
}

static const bal_span nowhere = {NULL, 0, 0};

const bal_expr *bal_expr_constant(bal_arena *arena, bal_ddc value)
{
    bal_build build = {.arena = arena};
    const bal_node *node = bal_node_constant(&build, value, nowhere);
    return node ? bal_expr_finish(&build, node) : NULL;
}

const bal_expr *bal_expr_variable(bal_arena *arena, int id, bal_type type)
{
    bal_build build = {.arena = arena};
    const bal_node *node = bal_node_variable(&build, id, type, nowhere);
    return node ? bal_expr_finish(&build, node) : NULL;
}

enum { BUILDER_ARGUMENTS = 16 };

const bal_expr *bal_expr_call(bal_arena *arena, const char *function,
                              const bal_expr *const arguments[], int n_arguments)
{
    const bal_function *f = bal_function_find(bal_text_of(function));
    const bal_node *roots[BUILDER_ARGUMENTS] = {0};
    bal_build build = {.arena = arena};
    if (!f || n_arguments < f->min_arguments || n_arguments > f->max_arguments ||
        n_arguments > BUILDER_ARGUMENTS)
        return NULL;
    for (int i = 0; i < n_arguments; i++) {
        const bal_expr *x = arguments[i];
        int most = 0;
        for (int k = 0; k < x->n_reducers; k++)
            most = x->reducers[k].slot >= most ? x->reducers[k].slot + 1 : most;
        const bool apart = most > 0 && build.slots > 0; /* two expressions count from 0 */
        roots[i] = apart ? bal_node_renumbered(&build, x->root, build.slots) : x->root;
        if (!roots[i])
            return NULL;
        build.slots += most;
    }
    const bal_node *node = bal_node_call(&build, f, roots, n_arguments, nowhere);
    return node ? bal_expr_finish(&build, node) : NULL;
}
