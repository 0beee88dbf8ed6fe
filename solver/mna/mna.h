/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_MNA_MNA_H
#define BAL_MNA_MNA_H

#include <stddef.h>
#include <stdint.h>

#include "device.h"
#include "expr.h"
#include "linsys.h"

/*
 * Modified nodal analysis: contributions of devices -> G, C, blocks and excitations over one
 * pattern -> direct and adjoint solutions.
 *
 * Unknowns are the node voltages (but ground and the tied nodes) and the branch currents of the
 * devices. The system keeps a slice of contributions per device; after a parameter change
 * bal_mna_restamp redoes the slices of the devices named and accumulates again in double-double.
 *
 * Not thread-safe per object; distinct objects may be used in parallel.
 */
typedef struct bal_mna bal_mna;

typedef struct bal_mna_input {
    const bal_device *const *devices; /* by number; pointers and array must outlive the object */
    size_t n_devices;
    int n_nodes; /* circuit nodes including ground (0) */
    const int
        *tied; /* node numbers whose voltage is set to 0 because their island floats; may be NULL */
    int n_tied;
    int n_sources; /* independent sources: device.source is in 0..n_sources-1 */
    bal_sweep_range range;
    double omega_reference; /* rad/s, where pivots are taken */
    double temperature;     /* degrees Celsius, for expressions of BAL_P_FREQ parameters */
} bal_mna_input;

/* Stamps everything: points may follow at once. BAL_E_NOMEM; BAL_E_NUMERIC: a value is not finite;
 * BAL_E_USAGE when there is no unknown at all, a reference is not among the devices or a model
 * stamps where it has no place. */
BAL_NODISCARD bal_status bal_mna_create(const bal_mna_input *input, bal_mna **out);

/* Replaces device `number` by another instance of the same structure (a variant of its parameters)
 * for this system only; takes effect with the next restamp. */
void bal_mna_replace(bal_mna *m, size_t number, const bal_device *variant);

/* Stamps the devices listed (all if devices is NULL) again. If the number of branches or the
 * pattern of a device changed, the system is built anew. BAL_E_NOMEM, BAL_E_NUMERIC (a value is not
 * finite), BAL_E_USAGE: the values in force are then undefined until a restamp succeeds. */
BAL_NODISCARD bal_status bal_mna_restamp(bal_mna *m, const size_t devices[], size_t n);

/* Moves to frequency f (hertz) and factors. BAL_E_SINGULAR (see bal_mna_culprit), BAL_E_NUMERIC,
 * BAL_E_NOMEM. The path from here to a solution does not allocate, but for the first point after a
 * restamp, the first adjoint after it, and points that need pivots of their own. */
BAL_NODISCARD bal_status bal_mna_point(bal_mna *m, bal_dd hertz);

/* A linear functional of the solution: sum of (g + jw c) * unknown, in double-double. Unknown
 * numbers are those of the system it was made for and survive restamps that keep the structure. */
typedef struct bal_functional {
    int n;
    int *unknown;
    bal_dd *g;
    bal_dd *c;
    /* frequency-dependent parts (a current through a block) are not representable: see
     * bal_mna_current */
} bal_functional;
void bal_functional_release(bal_functional *functional);
/* into += factor * from; into starts as {0}. */
BAL_NODISCARD bal_status bal_functional_add(bal_functional *into, const bal_functional *from,
                                            bal_dd factor);

/* v(a) - v(b); 0 is ground. */
BAL_NODISCARD bal_status bal_mna_voltage(const bal_mna *m, int a, int b, bal_functional *out);
/* Current into terminal 0 of a device. BAL_E_USAGE when the device has none that is linear in G +
 * jwC. */
BAL_NODISCARD bal_status bal_mna_current(const bal_mna *m, size_t device, bal_functional *out);

int bal_mna_unknowns(const bal_mna *m);

/* Direct solution for source amplitudes amplitude[n_sources]; x[unknowns]. */
BAL_NODISCARD bal_status bal_mna_solve(bal_mna *m, const bal_ddc amplitude[], bal_ddc x[]);
/* Adjoint solution A^T y = c of a functional; y[unknowns]. */
BAL_NODISCARD bal_status bal_mna_adjoint(bal_mna *m, const bal_functional *functional, bal_ddc y[]);

/* c^T x at the current frequency. */
bal_ddc bal_mna_apply(const bal_mna *m, const bal_functional *functional, const bal_ddc x[]);
/* y^T b: response of the functional behind y to source amplitudes. */
bal_ddc bal_mna_response(const bal_mna *m, const bal_ddc y[], const bal_ddc amplitude[]);
/* Noise at the output of the functional behind y, by device, in its unit squared per hertz:
 * density[devices], -1 of a device whose noise is unknown. y of the current point. BAL_E_NUMERIC:
 * that of the device with a NaN is not finite. */
BAL_NODISCARD bal_status bal_mna_noise(bal_mna *m, const bal_ddc y[], double density[]);
/* Bound of the error of c^T x: bal_linsys_bound, and what the devices' own rounding does. x and y
 * of the current point. */
double bal_mna_bound(bal_mna *m, const bal_ddc amplitude[], const bal_ddc x[],
                     const bal_functional *functional, const bal_ddc y[]);

/* Which unknown a failed point or solution blames: a node (*device = -1) or a branch of a device
 * (*node = -1); both -1 when it is not known. */
void bal_mna_culprit(const bal_mna *m, int *node, ptrdiff_t *device);

/* The device whose values at the frequency failed the last point, BAL_E_NUMERIC, and, if an
 * expression is at fault, why; -1 when it was no device. */
ptrdiff_t bal_mna_fault(const bal_mna *m, bal_fault *fault);

bal_linsys_statistics bal_mna_stats(const bal_mna *m);
void bal_mna_destroy(bal_mna *m); /* NULL is allowed */

#endif
