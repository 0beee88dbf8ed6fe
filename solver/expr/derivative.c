/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forward derivatives: every node yields its value and its change per change of one variable. */
#include <stddef.h>

#include "tree.h"

typedef struct dual {
    bal_ddc value;
    bal_ddc slope;
} dual;

typedef struct forward {
    const bal_env *env;
    int id; /* of the variable */
} forward;

static bool reducer_uses(const bal_reducer *reducer, int id)
{
    for (int i = 0; i < reducer->n_arguments; i++) {
        int count = 0;
        const int *ids = bal_expr_variables(reducer->arguments[i], &count);
        for (int k = 0; k < count; k++)
            if (ids[k] == id)
                return true;
    }
    return false;
}

static bal_status differentiate(const bal_node *node, const forward *f, dual *out);

static bal_status differentiate_leaf(const bal_node *node, const forward *f, dual *out)
{
    if (node->kind == BAL_NODE_REDUCER && reducer_uses(node->reducer, f->id))
        return BAL_E_USAGE;
    const bool is_it = node->kind == BAL_NODE_VARIABLE && node->id == f->id;
    out->slope = bal_ddc_real(is_it ? 1.0 : 0.0);
    return bal_leaf_value(node, f->env, &out->value);
}

static bal_status differentiate_lazy(const bal_node *node, const forward *f, dual *out)
{
    dual x = {0};
    bal_status status = differentiate(node->argument[0], f, &x);
    if (status != BAL_OK)
        return status;
    const bool holds = !bal_ddc_is_zero(x.value);
    if (node->n == 3)
        return differentiate(node->argument[holds ? 1 : 2], f, out);
    const bool is_or = node->function->name[0] == '|';
    if (holds != is_or) {
        status = differentiate(node->argument[1], f, &x);
        if (status != BAL_OK)
            return status;
    }
    *out = (dual){bal_ddc_real(bal_ddc_is_zero(x.value) ? 0.0 : 1.0), bal_ddc_real(0.0)};
    return BAL_OK;
}

static bal_status differentiate(const bal_node *node, const forward *f, dual *out)
{
    if (node->kind != BAL_NODE_CALL)
        return differentiate_leaf(node, f, out);
    if (node->function->flags & BAL_F_LAZY)
        return differentiate_lazy(node, f, out);
    bal_ddc x[BAL_EXPR_ARGUMENTS] = {0};
    bal_ddc dx[BAL_EXPR_ARGUMENTS] = {0};
    bool moves = false;
    for (int i = 0; i < node->n; i++) {
        dual argument = {0};
        const bal_status status = differentiate(node->argument[i], f, &argument);
        if (status != BAL_OK)
            return status;
        x[i] = argument.value;
        dx[i] = argument.slope;
        moves = moves || !bal_ddc_is_zero(dx[i]);
    }
    const char *fault = bal_call_value(node, x, &out->value);
    if (fault)
        return bal_fault_at(f->env, fault, node->at);
    out->slope = bal_ddc_real(0.0);
    if (!moves)
        return BAL_OK;
    const bal_call call = {node->function->rule, x, node->n, node->is_complex};
    out->slope = call.rule->tangent(&call, dx, out->value);
    if (!bal_ddc_is_finite(out->slope))
        return bal_fault_at(f->env, "a slope that is not finite", node->at);
    return BAL_OK;
}

bal_status bal_expr_derivative(const bal_expr *expr, const bal_env *env, int id, bal_ddc *value,
                               bal_ddc *derivative)
{
    const forward f = {env, id};
    dual y = {0};
    const bal_status status = differentiate(expr->root, &f, &y);
    if (status != BAL_OK)
        return status;
    if (!bal_ddc_is_finite(y.value))
        return bal_fault_at(env, "a value that is not finite", expr->root->at);
    *value = y.value;
    *derivative = y.slope;
    return BAL_OK;
}
