/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CIRCUIT_FOREST_H
#define BAL_CIRCUIT_FOREST_H

#include <stdbool.h>
#include <stddef.h>

#include "status.h"

/* Two nodes that an element joins. */
typedef struct bal_edge {
    int a, b;
    size_t device;
} bal_edge;

/* Of edges without a cycle over the nodes 0..n_nodes-1: those on the way from node a to node b get
 * on_way[i] = true (a way that does not exist leaves all false). Linear time. BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_forest_way(const bal_edge edges[], size_t n_edges, int n_nodes, int a,
                                        int b, bool on_way[]);

#endif
