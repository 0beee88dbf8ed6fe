/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Nodes: inference and check of types, folding of constants, functions that are built from smaller
 * ones. The graph's depth and the visits of one evaluation are bounded here.
 */
#include <stddef.h>

#include "tree.h"

static const bal_node *no_memory(bal_build *b)
{
    b->status = BAL_E_NOMEM;
    return NULL;
}

static bal_status too_large(bal_build *b, bal_span at, int limit, const char *what)
{
    if (!b->diag)
        return BAL_E_DECK;
    return bal_report(b->diag, BAL_D_EXPR_DEPTH, at, "an expression of more than %d %s", limit,
                      what);
}

static bal_node *new_node(bal_build *b, bal_node_kind kind, bal_type type, bal_span at)
{
    if (++b->nodes > BAL_EXPR_SIZE) { /* functions that double at each level, folded or not */
        b->status = too_large(b, at, BAL_EXPR_SIZE, "operations");
        return NULL;
    }
    bal_node *node = bal_arena_alloc(b->arena, 1, sizeof *node);
    if (!node) {
        b->status = BAL_E_NOMEM;
        return NULL;
    }
    node->kind = kind;
    node->type = type;
    node->at = at;
    node->depth = 1;
    node->size = 1;
    return node;
}

const bal_node *bal_node_leaf(bal_build *build, bal_node_kind kind, bal_type type, bal_span at)
{
    return new_node(build, kind, type, at);
}

const bal_node *bal_node_constant(bal_build *build, bal_ddc value, bal_span at)
{
    const bool is_real = value.im.hi == 0.0;
    bal_node *node = new_node(build, BAL_NODE_CONSTANT, is_real ? BAL_REAL : BAL_COMPLEX, at);
    if (node)
        node->constant = value;
    return node;
}

const bal_node *bal_node_variable(bal_build *build, int id, bal_type type, bal_span at)
{
    bal_node *node = new_node(build, BAL_NODE_VARIABLE, type, at);
    if (node)
        node->id = id;
    return node;
}

static const bal_node *wrong(bal_build *b, bal_status status)
{
    b->status = status == BAL_OK ? BAL_E_DECK : status;
    return NULL;
}

/* Which arguments of a function must be real. */
static bool needs_real(const bal_function *f, int i)
{
    if (f->flags & BAL_F_ORDER)
        return true;
    if (bal_text_is(bal_text_of(f->name), "within"))
        return i == 2;
    if (f->flags & BAL_F_LAZY)
        return i == 0;
    if (!(f->flags & BAL_F_OVER_F))
        return false;
    const bool complex_response = f->name[0] == 'a' && f->name[1] == 't';
    const bool ratio = f->name[0] == 'b';
    return i > 0 || !(complex_response || ratio);
}

static bool types_fit(bal_build *b, const bal_function *f, const bal_node *const x[], int n)
{
    for (int i = 0; i < n; i++) {
        if (x[i]->type != BAL_COMPLEX || !needs_real(f, i))
            continue;
        bal_status status = BAL_E_DECK;
        if (b->diag && f->usage)
            status = bal_report(
                b->diag, BAL_D_COMPLEX_COMPARED, x[i]->at,
                "'%s' needs a real value and this one is complex: use db() or abs()", f->name);
        else if (b->diag)
            status =
                bal_report(b->diag, BAL_D_COMPLEX_COMPARED, x[i]->at,
                           "'%s' of a complex value has no meaning: use db() or abs()", f->name);
        wrong(b, status);
        return false;
    }
    return true;
}

static bal_type result_type(const bal_function *f, const bal_node *const x[], int n)
{
    if (f->flags & BAL_F_B)
        return BAL_BOOL;
    if (f->flags & BAL_F_R)
        return BAL_REAL;
    for (int i = f->flags & BAL_F_LAZY ? 1 : 0; i < n; i++)
        if (x[i]->type == BAL_COMPLEX)
            return BAL_COMPLEX;
    const bool both_bool =
        (f->flags & BAL_F_LAZY) && x[1]->type == BAL_BOOL && x[2]->type == BAL_BOOL;
    return both_bool ? BAL_BOOL : BAL_REAL;
}

/* Depth and size from the arguments; reports when they are beyond the limits. */
static bool measure(bal_build *b, bal_node *node)
{
    for (int i = 0; i < node->n; i++) {
        const bal_node *x = node->argument[i];
        node->depth = x->depth >= node->depth ? x->depth + 1 : node->depth;
        node->size += x->size;
    }
    if (node->depth <= BAL_EXPR_DEPTH && node->size <= BAL_EXPR_SIZE)
        return true;
    if (node->size > BAL_EXPR_SIZE)
        wrong(b, too_large(b, node->at, BAL_EXPR_SIZE, "operations"));
    else
        wrong(b, too_large(b, node->at, BAL_EXPR_DEPTH, "operations in each other"));
    return false;
}

/* A call of constants becomes one, unless it has a fault, which then waits for the evaluation. */
static const bal_node *fold(bal_node *node)
{
    bal_ddc x[BAL_EXPR_ARGUMENTS] = {0};
    const unsigned never = BAL_F_RANDOM | BAL_F_LAZY | BAL_F_B;
    if (node->function->flags & never)
        return node;
    for (int i = 0; i < node->n; i++) {
        if (node->argument[i]->kind != BAL_NODE_CONSTANT)
            return node;
        x[i] = node->argument[i]->constant;
    }
    if (bal_call_value(node, x, &node->constant) == NULL)
        node->kind = BAL_NODE_CONSTANT;
    if (node->kind == BAL_NODE_CONSTANT) {
        node->n = 0;
        node->depth = 1;
        node->size = 1;
    }
    return node;
}

static const bal_node *plain_call(bal_build *b, const bal_function *f, const bal_node *const x[],
                                  int n, bal_span at)
{
    bal_node *node = new_node(b, BAL_NODE_CALL, result_type(f, x, n), at);
    if (!node)
        return NULL;
    node->function = f;
    node->n = n;
    for (int i = 0; i < n; i++) {
        node->argument[i] = x[i];
        node->is_complex = node->is_complex || x[i]->type == BAL_COMPLEX;
    }
    return measure(b, node) ? fold(node) : NULL;
}

/* f(a, b, c, ...) as f(f(a, b), c) ... for min and max. */
static const bal_node *chain(bal_build *b, const bal_function *f, const bal_node *const x[], int n,
                             bal_span at)
{
    const bal_node *sum = x[0];
    for (int i = 1; i < n && sum; i++) {
        const bal_node *pair[2] = {sum, x[i]};
        sum = plain_call(b, f, pair, 2, at);
    }
    return sum;
}

static const bal_node *binary(bal_build *b, const char *name, const bal_node *left,
                              const bal_node *right, bal_span at)
{
    const bal_node *pair[2] = {left, right};
    if (!left || !right)
        return NULL;
    return plain_call(b, bal_function_find(bal_text_of(name)), pair, 2, at);
}

/* (y2 - y1) * limit((x - x1) / (x2 - x1), 0, 1): one piece of a table */
static const bal_node *piece(bal_build *b, const bal_node *x, const bal_node *const p[],
                             const bal_node *const ends[2])
{
    const bal_span at = p[0]->at;
    const bal_node *part =
        binary(b, "/", binary(b, "-", x, p[0], at), binary(b, "-", p[2], p[0], at), p[2]->at);
    const bal_node *arguments[3] = {part, ends[0], ends[1]};
    if (!part)
        return NULL;
    const bal_node *clamped =
        plain_call(b, bal_function_find(bal_text_of("limit")), arguments, 3, at);
    return binary(b, "*", binary(b, "-", p[3], p[1], at), clamped, at);
}

static bool ascending(bal_build *b, const bal_node *left, const bal_node *right)
{
    const bool known = left->kind == BAL_NODE_CONSTANT && right->kind == BAL_NODE_CONSTANT;
    if (!known || bal_dd_less(left->constant.re, right->constant.re))
        return true;
    bal_status status = BAL_E_DECK;
    if (b->diag)
        status = bal_report(b->diag, BAL_D_WRONG_ARGUMENTS, right->at,
                            "the points of 'table' must ascend in x");
    wrong(b, status);
    return false;
}

/* A table is the sum of its clamped pieces, so that value, slope and bound come of themselves. */
static const bal_node *table(bal_build *b, const bal_node *const x[], int n, bal_span at)
{
    if (n % 2 == 0) {
        bal_status status = BAL_E_DECK;
        if (b->diag)
            status = bal_report(b->diag, BAL_D_WRONG_ARGUMENTS, at,
                                "'table' needs pairs: table(x, x1, y1, x2, y2, ...)");
        return wrong(b, status);
    }
    const bal_node *ends[2] = {bal_node_constant(b, bal_ddc_real(0.0), at),
                               bal_node_constant(b, bal_ddc_real(1.0), at)};
    if (!ends[0] || !ends[1])
        return NULL;
    const bal_node *sum = x[2];
    for (int i = 1; i + 3 < n && sum; i += 2) {
        if (!ascending(b, x[i], x[i + 2]))
            return NULL;
        sum = binary(b, "+", sum, piece(b, x[0], x + i, ends), at);
    }
    return sum;
}

static const bal_expr **finish_arguments(bal_build *b, const bal_node *const x[], int n)
{
    const bal_expr **arguments = bal_arena_alloc(b->arena, (size_t)n, sizeof(const bal_expr *));
    for (int i = 0; arguments && i < n; i++) {
        arguments[i] = bal_expr_finish(b, x[i]);
        if (!arguments[i])
            return NULL;
    }
    return arguments;
}

static const bal_node *reduction(bal_build *b, const bal_function *f, const bal_node *const x[],
                                 int n, bal_span at)
{
    bal_node *node = new_node(b, BAL_NODE_REDUCER, result_type(f, x, n), at);
    bal_reducer *reducer = bal_arena_alloc(b->arena, 1, sizeof *reducer);
    const bal_expr **arguments = finish_arguments(b, x, n);
    if (!node || !reducer || !arguments)
        return no_memory(b);
    /* "at" is complex where its response is; a complex frequency is refused already. */
    if (f->flags & BAL_F_S)
        node->type = x[0]->type == BAL_COMPLEX ? BAL_COMPLEX : BAL_REAL;
    *reducer = (bal_reducer){f->name, arguments, n, b->slots++, 0, at};
    for (int i = 0; i < n; i++) {
        int count = 0;
        const bal_reducer *inner = bal_expr_reducers(arguments[i], &count);
        if (count > 0 && inner[count - 1].rank >= reducer->rank)
            reducer->rank = inner[count - 1].rank + 1;
    }
    node->reducer = reducer;
    return node;
}

const bal_node *bal_node_call(bal_build *build, const bal_function *function,
                              const bal_node *const arguments[], int n, bal_span at)
{
    if (!types_fit(build, function, arguments, n))
        return NULL;
    if (function->flags & BAL_F_OVER_F)
        return reduction(build, function, arguments, n, at);
    const bal_text name = bal_text_of(function->name);
    if (bal_text_is(name, "table"))
        return table(build, arguments, n, at);
    if (bal_text_is(name, "min") || bal_text_is(name, "max"))
        return chain(build, function, arguments, n, at);
    return plain_call(build, function, arguments, n, at);
}
