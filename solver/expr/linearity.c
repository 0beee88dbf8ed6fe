/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is an expression a straight line, or some, in variables given? Decided by its operations alone.
 */
#include <string.h>

#include "tree.h"

typedef struct search {
    int first;
    bal_span culprit; /* the innermost operation that is not linear */
} search;

static bal_linearity of_node(search *s, const bal_node *node);

static bal_linearity larger(bal_linearity a, bal_linearity b)
{
    return a > b ? a : b;
}

/* Calls that bend a straight line at corners only. */
static bool has_corners(const char *name)
{
    static const char *const names[] = {"limit",     "min", "max",   "abs",        "mag",
                                        "magnitude", "if",  "uramp", "ternary_fcn"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* Truth values: constant between the places where they change. */
static bool compares(const char *name)
{
    return strchr("<>=!&|", name[0]) != NULL;
}

static bal_linearity of_call(search *s, const bal_node *node)
{
    bal_linearity a[BAL_EXPR_ARGUMENTS] = {BAL_CONSTANT};
    bal_linearity worst = BAL_CONSTANT;
    for (int i = 0; i < node->n; i++) {
        a[i] = of_node(s, node->argument[i]);
        worst = larger(worst, a[i]);
    }
    if (worst == BAL_CONSTANT || worst == BAL_NONLINEAR)
        return worst;
    const char *name = node->function->name;
    if (strcmp(name, "+") == 0 || strcmp(name, "-") == 0)
        return worst;
    if (strcmp(name, "*") == 0 && (a[0] == BAL_CONSTANT || a[1] == BAL_CONSTANT))
        return worst;
    if ((strcmp(name, "/") == 0 || strcmp(name, "deg") == 0 || strcmp(name, "rad") == 0) &&
        a[1] == BAL_CONSTANT)
        return worst;
    if (has_corners(name) && a[0] == BAL_CONSTANT && node->n == 3 && name[0] != 'l')
        return worst;
    if (has_corners(name) || compares(name))
        return BAL_PIECEWISE;
    s->culprit = node->at;
    return BAL_NONLINEAR;
}

static bal_linearity of_node(search *s, const bal_node *node)
{
    switch (node->kind) {
    case BAL_NODE_VARIABLE:
        return node->id >= s->first ? BAL_AFFINE : BAL_CONSTANT;
    case BAL_NODE_CALL:
        return of_call(s, node);
    case BAL_NODE_REDUCER:
        s->culprit = node->at;
        return BAL_NONLINEAR;
    default:
        return BAL_CONSTANT;
    }
}

bal_linearity bal_expr_linearity(const bal_expr *expr, int first, bal_span *culprit)
{
    search s = {.first = first, .culprit = expr->root->at};
    const bal_linearity found = of_node(&s, expr->root);
    if (culprit)
        *culprit = s.culprit;
    return found;
}
