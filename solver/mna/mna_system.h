/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_MNA_MNA_SYSTEM_H
#define BAL_MNA_MNA_SYSTEM_H

#include "mna.h"
#include "stamper.h"

/*
 * One numbering of unknowns and everything that hangs on it. Built as a whole and replaced as a
 * whole when the structure changes, so that a failure half-way leaves the old one in place.
 */
typedef struct bal_mna_system {
    int n_full; /* unknowns as devices see them: node voltages, then branch currents */
    int n;      /* unknowns as solved, see series.h */
    int n_voltages;
    int *row; /* by full number: as solved, -1 when eliminated */
    int *col;
    double *row_sign; /* +1 or -1 */
    double *col_sign;
    int *recover; /* by full number of an eliminated node voltage: the row that tells it; else -1 */
    int *full_of; /* by number as solved */
    int *unknown_of_node; /* by circuit node, -1 for ground and tied ones */
    int *node_of_unknown; /* of the first n_voltages */
    int *first_branch;    /* by device, and the end: unknown numbers */
    int *ref_first;       /* by device and reference, see bal_mna.ref_offset */
    int *ref_count;

    bal_contribution *items; /* of all devices, in their order */
    size_t n_items;
    size_t items_capacity;
    size_t *slice; /* by device, and the end: its items */
    int *position; /* by item: place in the pattern, -1 for none */

    int *colptr;
    int *rowidx;
    bal_dd *g;
    bal_dd *c;

    int *sources; /* the items that are sources */
    int n_sources;

    size_t *block_devices; /* those with blocks */
    size_t n_block_devices;
    int *block_at;         /* by place that is not grounded */
    bal_ddc *block_values; /* the same, at the current frequency */
    bal_ddc *block_reference;
    bal_ddc *block_raw; /* by place of one device, as stamp_at gives them */
    int n_blocks;

    bal_ddc *b; /* workspace, by number as solved */
    bal_ddc *weight;
    bal_ddc *value; /* workspace, by full number: what devices see of a solution, */
    bal_ddc *gain;  /* and of an adjoint one */
    bool *dead;     /* rows that were eliminated; their gain is 0 */

    bal_linsys *linsys;
} bal_mna_system;

struct bal_mna {
    const bal_device **devices; /* the variants in force */
    size_t n_devices;
    int n_nodes;
    int *tied;
    int n_tied;
    int n_sources;
    bal_sweep_range range;
    double omega_reference;
    double temperature;
    size_t *ref_offset; /* by device, and the end */
    size_t *ref_device; /* device numbers of all references */

    bal_mna_system *system;
    bal_stamper stamper;
    bal_dd omega;          /* of the current point */
    bool reference_is_old; /* block_reference is to be taken anew */
    ptrdiff_t failed;      /* device whose blocks failed the last point, else -1 */
    bal_dd hertz;          /* of the current point */
};

/* functional.c: right-hand sides of source amplitudes, and of a functional at the current point. */
void bal_mna_excite(const bal_mna *m, const bal_ddc amplitude[], bal_ddc b[]);
void bal_mna_weigh(const bal_mna *m, const bal_functional *functional, bal_ddc c[]);

BAL_NODISCARD bal_status bal_mna_system_build(bal_mna *m, bal_mna_system **out);
void bal_mna_system_destroy(bal_mna_system *s); /* NULL is allowed */

/* Adds the items up and hands G and C to the linear system. */
BAL_NODISCARD bal_status bal_mna_system_accumulate(const bal_mna *m, bal_mna_system *s);

/* Number of branches that a device wants. */
int bal_mna_branches(const bal_mna *m, size_t device);

bal_stamp_place bal_mna_place(const bal_mna *m, const bal_mna_system *s, size_t device);

#endif
