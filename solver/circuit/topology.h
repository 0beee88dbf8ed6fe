/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CIRCUIT_TOPOLOGY_H
#define BAL_CIRCUIT_TOPOLOGY_H

#include "circuit.h"

/*
 * What can be said of solvability before any number: nodes without a path to ground, loops of
 * voltage sources, currents with nowhere to go.
 *
 * An island that no current enters and no controlled source reads from outside is harmless: its
 * voltages are determined up to a common constant. One of its nodes is tied to ground, which
 * changes no difference, and its single voltages may not be asked for.
 */
typedef struct bal_topology {
    int n_nodes;
    int *island; /* by node: number of its floating island, or -1 for nodes with a path to ground */
    int *tied;   /* one node of each floating island */
    int n_tied;
    bool told; /* unused islands were reported */
} bal_topology;

/* Devices that an analysis adds to the circuit. */
typedef struct bal_topology_extra {
    const bal_device *const *devices;
    size_t n;
} bal_topology_extra;

/* dc_only: the only frequency is 0, where capacitors are open and inductors shorts. Warns of
 * dangling nodes, but for those of `used` (by node; may be NULL), which an analysis reads or adds
 * devices to. BAL_E_SINGULAR (reported), BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_topology_create(bal_circuit *c, bool dc_only, const bool used[],
                                             bal_topology *topology);

/* The same with the devices added; nothing is said of dangling nodes. */
BAL_NODISCARD bal_status bal_topology_extend(bal_circuit *c, bool dc_only,
                                             const bal_topology_extra *extra,
                                             bal_topology *topology);
void bal_topology_release(bal_topology *topology);

/* Whether v(a) - v(b) is determined. BAL_E_SINGULAR after a report that names the island's nodes;
 * `at` is where the voltage is asked for, source = NULL when it is asked for because everything is.
 */
BAL_NODISCARD bal_status bal_topology_demand(bal_circuit *c, const bal_topology *topology, int a,
                                             int b, bal_span at);

/* One warning for each floating island, when nothing asked for it. */
bal_status bal_topology_warn(bal_circuit *c, bal_topology *topology);

#endif
