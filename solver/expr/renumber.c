/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two expressions in one: each counts the slots of its functions over frequency from 0, so those of
 * the second move up. Only the nodes above such a function are copied. */
#include "tree.h"

static bool over_frequency(const bal_node *node)
{
    bool found = node->kind == BAL_NODE_REDUCER;
    for (int i = 0; node->kind == BAL_NODE_CALL && i < node->n && !found; i++)
        found = over_frequency(node->argument[i]);
    return found;
}

static const bal_reducer *moved(bal_build *b, const bal_reducer *from, int offset)
{
    bal_reducer *to = bal_arena_alloc(b->arena, 1, sizeof *to);
    const bal_expr **arguments =
        bal_arena_alloc(b->arena, (size_t)from->n_arguments, sizeof *arguments);
    if (!to || !arguments)
        return NULL;
    for (int i = 0; i < from->n_arguments; i++) {
        const bal_node *root = bal_node_renumbered(b, from->arguments[i]->root, offset);
        arguments[i] = root ? bal_expr_finish(b, root) : NULL;
        if (!arguments[i])
            return NULL;
    }
    *to = *from;
    to->slot += offset;
    to->arguments = arguments;
    return to;
}

const bal_node *bal_node_renumbered(bal_build *build, const bal_node *node, int offset)
{
    if (!over_frequency(node))
        return node;
    bal_node *copy = bal_arena_alloc(build->arena, 1, sizeof *copy);
    bool complete = copy != NULL;
    if (complete)
        *copy = *node;
    if (complete && node->kind == BAL_NODE_REDUCER)
        complete = (copy->reducer = moved(build, node->reducer, offset)) != NULL;
    for (int i = 0; complete && node->kind == BAL_NODE_CALL && i < node->n; i++)
        complete = (copy->argument[i] = bal_node_renumbered(build, node->argument[i], offset));
    if (!complete)
        build->status = BAL_E_NOMEM;
    return complete ? copy : NULL;
}
