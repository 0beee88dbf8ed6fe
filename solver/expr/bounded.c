/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bounded evaluation: values with intervals, rule by rule. */
#include "rules.h"

static bal_bounded exact_leaf(const bal_node *node, bal_ddc value)
{
    const double v = bal_dd_double(value.re);
    if (node->type == BAL_COMPLEX)
        return bal_bounded_disc(value, 0.0, 0.0, HUGE_VAL);
    if (node->type == BAL_BOOL)
        return bal_bounded_truth_value(v, (double)NAN, (double)NAN);
    return bal_bounded_real(value.re, v, v);
}

static bal_status leaf(const bal_node *node, const bal_env *env, bal_bounded *out)
{
    bal_status status = BAL_OK;
    const bool from_variable = node->kind == BAL_NODE_VARIABLE && env->bounded;
    const bool from_reducer = node->kind == BAL_NODE_REDUCER && env->reduced_bounded;
    if (from_variable) {
        *out = (bal_bounded){.margin = (double)NAN, .limit = (double)NAN};
        status = env->bounded(env->user, node->id, out);
    } else if (from_reducer) {
        *out = env->reduced_bounded[node->reducer->slot];
    } else {
        bal_ddc value = bal_ddc_real(0.0);
        status = bal_leaf_value(node, env, &value);
        *out = exact_leaf(node, value);
    }
    return status;
}

static bal_status bound(const bal_node *node, const bal_env *env, bal_bounded *out);

/* Either of two values: the interval of both. */
static bal_bounded hull(const bal_bounded *a, const bal_bounded *b, bool is_complex)
{
    const double low = fmin(a->low, b->low);
    const double high = fmax(a->high, b->high);
    if (!is_complex)
        return bal_bounded_real(a->value.re, low, high);
    const double apart = bal_ddc_abs(bal_ddc_sub(a->value, b->value));
    const double radius = isnan(apart) ? HUGE_VAL : fmax(a->radius, apart + b->radius);
    return bal_bounded_disc(a->value, radius, low, high);
}

static bal_bounded as_complex(const bal_node *node, bal_bounded x, bool is_complex)
{
    return is_complex && node->type != BAL_COMPLEX ? bal_bounded_modulus(x) : x;
}

static bal_status choose(const bal_node *node, const bal_env *env, bal_bounded *out)
{
    bal_bounded condition = {0};
    bal_bounded x[2] = {{.value = {{0.0, 0.0}, {0.0, 0.0}}}};
    const bool is_complex = node->type == BAL_COMPLEX;
    bal_status status = bound(node->argument[0], env, &condition);
    if (status != BAL_OK)
        return status;
    const double truth = bal_bounded_truth(&condition, false);
    for (int i = 0; i < 2; i++) {
        const double skipped = i == 0 ? 0.0 : 1.0;
        if (truth == skipped)
            continue;
        status = bound(node->argument[i + 1], env, &x[i]);
        if (status != BAL_OK)
            return status;
        x[i] = as_complex(node->argument[i + 1], x[i], is_complex);
    }
    *out = truth == 1.0 ? x[0] : truth == 0.0 ? x[1] : hull(&x[0], &x[1], is_complex);
    return BAL_OK;
}

/* && and || skip a second argument that could only have a fault. */
static bool decided(const bal_node *node, const bal_bounded *first)
{
    if (!(node->function->flags & BAL_F_LAZY))
        return false;
    const double truth = bal_bounded_truth(first, false);
    return node->function->name[0] == '&' ? truth == 0.0 : truth == 1.0;
}

static bal_status bound(const bal_node *node, const bal_env *env, bal_bounded *out)
{
    if (node->kind != BAL_NODE_CALL)
        return leaf(node, env, out);
    if (node->function->flags & BAL_F_LAZY && node->n == 3)
        return choose(node, env, out);
    bal_bounded x[BAL_EXPR_ARGUMENTS] = {{.value = {{0.0, 0.0}, {0.0, 0.0}}}};
    for (int i = 0; i < node->n; i++) {
        bal_status status = bound(node->argument[i], env, &x[i]);
        if (status == BAL_E_NUMERIC && i == 1 && decided(node, &x[0])) {
            x[1] = bal_bounded_truth_value(0.5, (double)NAN, (double)NAN);
            status = BAL_OK;
        }
        if (status != BAL_OK)
            return status;
        const bool within_tolerance = i == 2;
        x[i] = as_complex(node->argument[i], x[i], node->is_complex && !within_tolerance);
    }
    const bal_call call = {node->function->rule, NULL, node->n, node->is_complex};
    const char *fault = call.rule->bound(&call, x, out);
    return fault ? bal_fault_at(env, fault, node->at) : BAL_OK;
}

bal_status bal_expr_bounded(const bal_expr *expr, const bal_env *env, bal_bounded *out)
{
    bal_bounded y = {.margin = (double)NAN, .limit = (double)NAN};
    const bal_status status = bound(expr->root, env, &y);
    if (status == BAL_OK)
        *out = y;
    return status;
}
