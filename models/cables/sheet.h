/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CABLE_SHEET_H
#define BAL_CABLE_SHEET_H

/*
 * What coax, pair and quad have in common: the parameters of their shield, insulation and ground,
 * and the way from a data sheet to the matrices. A type lists its parameters as X(name, unit,
 * flags, default, min, max, help), name being a field of bal_sheet; enum, table and offsets come
 * from the list. P_shield and P_zt_file stand first in each.
 */
#include <float.h>
#include <stddef.h>

#include "cable.h"
#include "cable_model.h"

typedef struct bal_sheet {
    double r, r_unb, d_wire, sigma, f1;               /* wires */
    double l, l_cs, l_aa, spacing, dl;                /* H/m, m */
    double kp, pitch;                                 /* 1, m */
    double c, c_cc, c_cs, c_op, c_unb, c1, c2;        /* F/m */
    double er, tan_d, f_d, g;                         /* insulation */
    double rs, mt, t_sh, d_sh, sigma_s, drain, lay;   /* shield */
    double carriers, ends, strand, picks, braid, c_t; /* braid */
    double scin, a_res;
    double le, ce, h, tan_e, ge, re, sigma_g; /* ground */
} bal_sheet;

enum { P_shield, P_zt_file, P_FIRST };

#define BAL_SHEET_TEXTS                                                                            \
    [P_shield] = {"shield", "",  BAL_P_TEXT, 0,                                                    \
                  0.0,      0.0, 0.0,        "thin (default), tube, braid, foil or served"},       \
    [P_zt_file] = {"zt_file",   "",                                                                \
                   BAL_P_TABLE, 0,                                                                 \
                   0.0,         0.0,                                                               \
                   0.0,         "measured transfer impedance: columns hertz, Re and Im in ohm/m"}

#define BAL_SHEET_SKIN(X)                                                                          \
    X(d_wire, "m", 0, 0.0, 0.0, 1.0, "diameter of a solid wire: exact skin effect instead of r")   \
    X(sigma, "S/m", BAL_POSITIVE, 5.8e7, 0.0, DBL_MAX, "conductivity of the wire")                 \
    X(f1, "Hz", 0, 0.0, 0.0, DBL_MAX, "corner of the skin effect; 0: that of a round wire of r")

#define BAL_SHEET_WIRE(X)                                                                          \
    BAL_SHEET_SKIN(X)                                                                              \
    X(er, "", BAL_POSITIVE, 2.25, 0.0, DBL_MAX, "relative permittivity, with the geometry")        \
    X(f_d, "Hz", 0, 0.0, 0.0, DBL_MAX, "> 0: causal constant loss angle, C as given at f_d")       \
    X(g, "S/m", 0, 0.0, 0.0, DBL_MAX, "leakage of the insulation, wire to shield")

/* Defaults that differ: resistance, Mt, wall, shield to ground. */
#define BAL_SHEET_SHIELD(X, rs0, mt0, t0, le0, ce0)                                                \
    X(rs, "ohm/m", 0, rs0, 0.0, DBL_MAX, "shield at DC")                                           \
    X(mt, "H/m", 0, mt0, -DBL_MAX, DBL_MAX, "inductance of the transfer impedance, holes or slot") \
    X(t_sh, "m", 0, t0, 0.0, 1.0, "thickness of the shield or of a braid's wires")                 \
    X(d_sh, "m", 0, 0.0, 0.0, 1.0, "inner diameter of the shield")                                 \
    X(sigma_s, "S/m", BAL_POSITIVE, 5.8e7, 0.0, DBL_MAX, "conductivity of the shield")             \
    X(drain, "ohm/m", 0, 0.0, 0.0, DBL_MAX, "drain wire in parallel with the shield; 0: none")     \
    X(lay, "degree", 0, 30.0, 0.0, 80.0, "shield=served: angle of its wires to the axis")          \
    X(carriers, "", BAL_POSITIVE, 16.0, 0.0, 1000.0, "shield=braid: bundles of wires")             \
    X(ends, "", BAL_POSITIVE, 6.0, 0.0, 1000.0, "shield=braid: wires of a bundle")                 \
    X(strand, "m", BAL_POSITIVE, 1e-4, 0.0, 0.01, "shield=braid: diameter of a wire")              \
    X(picks, "1/m", BAL_POSITIVE, 300.0, 0.0, 1e5, "shield=braid: crossings per metre")            \
    X(braid, "", 0, 1.0, 1.0, 3.0, "formula: 1 Vance, 2 Tyni, 3 Kley")                             \
    X(c_t, "F/m", 0, 0.0, 0.0, DBL_MAX, "capacitance through the holes of the shield")             \
    BAL_SHEET_GROUND(X, le0, ce0)

#define BAL_SHEET_GROUND(X, le0, ce0)                                                              \
    X(le, "H/m", BAL_POSITIVE, le0, 0.0, DBL_MAX, "loop with the ground; or from h")               \
    X(ce, "F/m", BAL_POSITIVE, ce0, 0.0, DBL_MAX, "capacitance to it; or from h")                  \
    X(h, "m", BAL_POSITIVE, 0.05, 0.0, 1000.0, "height over the ground; makes le and ce")          \
    X(tan_e, "", 0, 0.02, 0.0, 10.0, "loss of the jacket")                                         \
    X(ge, "S/m", 0, 0.0, 0.0, DBL_MAX, "leakage of the jacket")                                    \
    X(re, "ohm/m", 0, 0.0, 0.0, DBL_MAX, "resistance of the ground conductor")

#define BAL_SHEET_ENUM(name, ...) P_##name,
#define BAL_SHEET_ROW(name, unit, flags, fallback, min, max, help)                                 \
    [P_##name] = {#name, unit, BAL_P_REAL, flags, fallback, min, max, help},
#define BAL_SHEET_OFFSET(name, ...) [P_##name] = offsetof(bal_sheet, name),

/* The model's numbers; offsets by parameter index. */
void bal_sheet_read(const bal_device *model, const size_t offsets[], bal_sheet *sheet);

/* What stands on the card and is then not computed from the rest. */
typedef struct bal_sheet_given {
    bool rs, mt, le, ce, h;
} bal_sheet_given;
#define BAL_SHEET_GIVEN(model)                                                                     \
    {                                                                                              \
        bal_device_given(model, P_rs), bal_device_given(model, P_mt),                              \
            bal_device_given(model, P_le), bal_device_given(model, P_ce),                          \
            bal_device_given(model, P_h)                                                           \
    }

/* Loop with the ground, for a conductor of radius cable->outside. */
void bal_sheet_ground(const bal_sheet *sheet, const bal_sheet_given *given, bal_cable *cable);

/* Wires, shield, insulation and ground; inductances and capacitances of the modes are the type's.
 * False: the braid's wires do not fit. */
bool bal_sheet_cable(const bal_device *model, const bal_sheet *sheet, const bal_sheet_given *given,
                     double complex s, bal_cable *cable);

/* The hooks of a cable that its bal_cable_model.cable describes. */
int bal_sheet_modes(const bal_device *model, int conductors, double basis[]);
void bal_sheet_matrices(const bal_device *model, int n, double complex s, double complex z[],
                        double complex y[]);
void bal_sheet_drives(const bal_device *model, int n, double complex s, double length,
                      bal_line_drive out[2]);
void bal_sheet_member(const bal_device *model, double complex s, bal_cable_member *out);
#define BAL_SHEET_HOOKS(count, of)                                                                 \
    .modes = bal_sheet_modes, .matrices = bal_sheet_matrices, .drives = bal_sheet_drives,          \
    .member = bal_sheet_member, .length_param = -1, .wires = (count), .cable = (of)

/* A given height h (m) that makes le or ce is more than the radius `outside` (m). Reports. */
BAL_NODISCARD bal_status bal_sheet_above(const bal_device *model, double h, double outside,
                                         bal_diag *diag);

/* The shield's name, a braid that fits, and a height above the ground. Reports. */
BAL_NODISCARD bal_status bal_sheet_check(const bal_device *model, const bal_sheet *sheet,
                                         bal_diag *diag);

/* Whether a passive cable can have these matrices: stored and lost energies positive, no mode
 * faster than light. Names the pair of modes that is at fault. Reports. */
BAL_NODISCARD bal_status bal_cable_check(const bal_device *model, int conductors, bal_diag *diag);

#endif
