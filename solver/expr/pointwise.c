/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does an expression vary from point to point? */
#include "tree.h"

static bool varies(const bal_node *node, int first_constant)
{
    switch (node->kind) {
    case BAL_NODE_VARIABLE:
        return node->id < first_constant;
    case BAL_NODE_FREQUENCY:
    case BAL_NODE_OMEGA:
    case BAL_NODE_LAPLACE:
        return true;
    case BAL_NODE_CALL:
        for (int i = 0; i < node->n; i++)
            if (varies(node->argument[i], first_constant))
                return true;
        return false;
    default:
        return false;
    }
}

bool bal_expr_is_pointwise(const bal_expr *expr, int first_constant)
{
    return varies(expr->root, first_constant);
}
