/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pointwise evaluation: recursion over the graph, whose depth is bounded when it is built. */
#include "tree.h"

#include <stddef.h>

bal_status bal_fault_at(const bal_env *env, const char *text, bal_span at)
{
    if (env->fault)
        *env->fault = (bal_fault){text, at};
    return BAL_E_NUMERIC;
}

static bal_status variable(const bal_node *node, const bal_env *env, bal_ddc *out)
{
    bal_status status = BAL_E_USAGE;
    if (env->value) {
        status = env->value(env->user, node->id, out);
    } else if (env->bounded) {
        bal_bounded b = {0};
        status = env->bounded(env->user, node->id, &b);
        *out = b.value;
    }
    return status;
}

static bal_ddc omega(const bal_env *env)
{
    return (bal_ddc){bal_dd_mul(BAL_DD_2PI, env->frequency), {0.0, 0.0}};
}

bal_status bal_leaf_value(const bal_node *node, const bal_env *env, bal_ddc *out)
{
    bal_status status = BAL_OK;
    switch (node->kind) {
    case BAL_NODE_VARIABLE:
        status = variable(node, env, out);
        break;
    case BAL_NODE_FREQUENCY:
        *out = (bal_ddc){env->frequency, {0.0, 0.0}};
        break;
    case BAL_NODE_OMEGA:
        *out = omega(env);
        break;
    case BAL_NODE_LAPLACE:
        *out = (bal_ddc){{0.0, 0.0}, omega(env).re};
        break;
    case BAL_NODE_TEMPERATURE:
        *out = bal_ddc_real(env->temperature);
        break;
    case BAL_NODE_REDUCER:
        if (!env->reduced)
            return bal_fault_at(env, "a function over frequency has no value here", node->at);
        *out = env->reduced[node->reducer->slot];
        break;
    case BAL_NODE_CONSTANT:
    case BAL_NODE_CALL:
        *out = node->constant;
        break;
    }
    if (status == BAL_OK && node->type != BAL_COMPLEX)
        out->im = (bal_dd){0.0, 0.0};
    return status;
}

const char *bal_call_value(const bal_node *node, const bal_ddc x[], bal_ddc *y)
{
    const bal_call call = {node->function->rule, x, node->n, node->is_complex};
    const char *fault = call.rule->value(&call, y);
    if (fault)
        return fault;
    if (node->type != BAL_COMPLEX)
        y->im = (bal_dd){0.0, 0.0}; /* not -0 */
    return bal_ddc_is_finite(*y) ? NULL : "a result beyond the range of floating point";
}

static bal_status evaluate(const bal_node *node, const bal_env *env, bal_ddc *out);

/* if: one branch only. && and ||: the second argument only where it decides. */
static bal_status evaluate_lazy(const bal_node *node, const bal_env *env, bal_ddc *out)
{
    bal_ddc x = {{0.0, 0.0}, {0.0, 0.0}};
    bal_status status = evaluate(node->argument[0], env, &x);
    if (status != BAL_OK)
        return status;
    const bool holds = !bal_ddc_is_zero(x);
    if (node->n == 3)
        return evaluate(node->argument[holds ? 1 : 2], env, out);
    const bool is_or = node->function->name[0] == '|';
    if (holds != is_or) {
        status = evaluate(node->argument[1], env, &x);
        if (status != BAL_OK)
            return status;
    }
    *out = bal_ddc_real(bal_ddc_is_zero(x) ? 0.0 : 1.0);
    return BAL_OK;
}

static bal_status evaluate(const bal_node *node, const bal_env *env, bal_ddc *out)
{
    if (node->kind == BAL_NODE_CONSTANT) {
        *out = node->constant;
        return BAL_OK;
    }
    if (node->kind != BAL_NODE_CALL)
        return bal_leaf_value(node, env, out);
    if (node->function->flags & BAL_F_LAZY)
        return evaluate_lazy(node, env, out);
    bal_ddc x[BAL_EXPR_ARGUMENTS] = {0};
    for (int i = 0; i < node->n; i++) {
        const bal_status status = evaluate(node->argument[i], env, &x[i]);
        if (status != BAL_OK)
            return status;
    }
    const char *fault = bal_call_value(node, x, out);
    return fault ? bal_fault_at(env, fault, node->at) : BAL_OK;
}

bal_status bal_expr_value(const bal_expr *expr, const bal_env *env, bal_ddc *out)
{
    bal_ddc y = {{0.0, 0.0}, {0.0, 0.0}};
    const bal_status status = evaluate(expr->root, env, &y);
    if (status != BAL_OK)
        return status;
    if (!bal_ddc_is_finite(y))
        return bal_fault_at(env, "a value that is not finite", expr->root->at);
    *out = y;
    return BAL_OK;
}
