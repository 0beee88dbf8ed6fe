/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An n-port as measured: ports between p1 ... pn and one reference. Unknowns are the port currents;
 * the rows are its waves, (V - z0 I) - R (V + z0 I) = 0 with R = q S / q, q = sqrt(z0), so that
 * opens, shorts and resonances, where Y or Z do not exist, are points like others.
 */
#include "cdense.h"
#include "models.h"
#include "table.h"

#include <float.h>
#include <string.h>

enum { P_FILE, P_EXTRAPOLATE };
enum { MOST_PORTS = 16, MOST_SQUARE = MOST_PORTS * MOST_PORTS };

/* Gain of power that digits of a file and the calibration of an analyser may feign: 0.004 dB. */
static const double FILE_ROUNDING = 1e-3;
static const double ENTRY_ROUNDING = 0x1p-50;
static const double SOLUTION_ROUNDING = 0x1p-46;

static const bal_param_spec params[] = {
    [P_FILE] = {"file", "", BAL_P_NETWORK, 0, BAL_REQUIRED, 0.0, 0.0, "Touchstone file"},
    [P_EXTRAPOLATE] = {"extrapolate", "", BAL_P_REAL, 0, 0.0, 0.0, 1.0,
                       "1: outside of the file's frequencies S is held, the phase down to a real "
                       "value at 0"},
};

static const bal_network *network_of(const bal_device *dev)
{
    return dev->data ? dev->data[P_FILE].network : NULL;
}

static bal_status check(const bal_device *dev, bal_diag *diag)
{
    const bal_network *net = network_of(dev);
    if (net && net->n_ports > MOST_PORTS)
        return bal_report(diag, BAL_D_WRONG_TERMINALS, dev->at, "'%s': at most %d ports",
                          BAL_SHOW(dev->name), MOST_PORTS);
    if (net && dev->n_nodes != net->n_ports + 1)
        return bal_report(diag, BAL_D_WRONG_TERMINALS, dev->at,
                          "'%s' has %d terminals: '%s' has %d ports, which need %d and their "
                          "reference",
                          BAL_SHOW(dev->name), dev->n_nodes, net->path, net->n_ports, net->n_ports);
    return BAL_OK;
}

static bal_status check_range(const bal_device *dev, const bal_sweep_range *range, bal_diag *diag)
{
    const bal_network *net = network_of(dev);
    const double turn = 2.0 * 3.14159265358979323846;
    const double low = range->omega_min / turn;
    const double high = range->omega_max / turn;
    const double first = net->hertz[0];
    const double last = net->hertz[net->n_points - 1];
    if (bal_dd_double(dev->values[P_EXTRAPOLATE]) != 0.0 ||
        (low >= first * (1.0 - 1e-12) && high <= last * (1.0 + 1e-12)))
        return BAL_OK;
    return bal_report(diag, BAL_D_PARAMETER_RANGE, dev->at,
                      "'%s' is known from %g to %g Hz only, and %g to %g Hz are asked for; "
                      "extrapolate=1 allows it",
                      BAL_SHOW(dev->name), first, last, low, high);
}

static int branches(const bal_device *dev, const bal_sweep_range *range)
{
    (void)range;
    return dev->n_nodes - 1;
}

static void ties(const bal_device *dev, bal_ties *t)
{
    for (int i = 0; i + 1 < dev->n_nodes; i++)
        bal_tie(t, BAL_TIE_CONDUCTANCE, i, dev->n_nodes - 1);
}

/* S of one point: itself, or (z - I)(z + I)^-1 of z = Z / (q q), or its dual. */
static bool scattering(const bal_network *net, size_t point, double complex out[])
{
    const int n = net->n_ports;
    const double complex *values = net->values + point * (size_t)(n * n);
    double complex lu[MOST_SQUARE];
    int pivot[MOST_PORTS];
    if (net->kind == 's') {
        memcpy(out, values, (size_t)(n * n) * sizeof *out);
        return true;
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            const double qq = sqrt(net->reference[i] * net->reference[j]);
            const double unit = i == j ? 1.0 : 0.0;
            const double complex z = values[i * n + j] * (net->kind == 'z' ? 1.0 / qq : qq);
            lu[i * n + j] = unit + z;
            out[i * n + j] = net->kind == 'z' ? z - unit : unit - z;
        }
    if (!bal_dense_factor(n, lu, pivot))
        return false;
    bal_dense_solve(n, lu, pivot, n, out); /* both factors are functions of one matrix */
    return true;
}

/* Below the first frequency: the size is held, the phase goes to that of a real value. */
static double complex below(double complex s, double part)
{
    const double sign = creal(s) < 0.0 ? -1.0 : 1.0;
    const double angle = carg(sign * s) * part;
    return sign * cabs(s) * bal_cplx(cos(angle), sin(angle));
}

static bool interpolate(const bal_network *net, double hertz, double complex s[])
{
    const int n = net->n_ports;
    double complex next[MOST_SQUARE];
    size_t i = 0;
    double part = 0.0;
    (void)bal_bracket(net->hertz, net->n_points, 1, hertz, &i, &part);
    if (!scattering(net, i, s) || (part > 0.0 && !scattering(net, i + 1, next)))
        return false;
    for (int k = 0; k < n * n; k++) {
        if (hertz < net->hertz[0])
            s[k] = below(s[k], hertz / net->hertz[0]);
        else if (part > 0.0)
            s[k] = s[k] * (1.0 - part) + next[k] * part;
    }
    return true;
}

/* With s = NULL the places only. */
static void stamp_rows(const bal_device *dev, bal_stamper *st, const double complex s[])
{
    const bal_network *net = network_of(dev);
    const int n = net->n_ports;
    for (int i = 0; i < n; i++) {
        bal_ddc reference = bal_ddc_real(0.0);
        for (int j = 0; j < n; j++) {
            const double ratio = sqrt(net->reference[i] / net->reference[j]);
            const bal_ddc r = bal_ddc_from(s ? -s[i * n + j] * ratio : 0.0);
            const bal_dd unit = bal_dd_of(i == j ? 1.0 : 0.0);
            const bal_dd z0 = bal_dd_of(net->reference[j] / dev->multiplicity);
            const bal_ddc v = {bal_dd_add(unit, r.re), r.im};
            bal_stamp_block(st, BAL_BRANCH(i), j, v);
            bal_stamp_block(
                st, BAL_BRANCH(i), BAL_BRANCH(j),
                (bal_ddc){bal_dd_mul(z0, bal_dd_sub(r.re, unit)), bal_dd_mul(z0, r.im)});
            reference = bal_ddc_sub(reference, v);
        }
        bal_stamp_block(st, BAL_BRANCH(i), n, reference);
    }
}

static void stamp(const bal_device *dev, bal_stamper *st)
{
    const int n = dev->n_nodes - 1;
    for (int i = 0; i < n; i++) {
        bal_stamp_g(st, i, BAL_BRANCH(i), bal_dd_of(1.0));
        bal_stamp_g(st, n, BAL_BRANCH(i), bal_dd_of(-1.0));
    }
    stamp_rows(dev, st, NULL);
}

static void stamp_at(const bal_device *dev, bal_stamper *st)
{
    double complex s[MOST_SQUARE];
    if (interpolate(network_of(dev), bal_dd_double(bal_stamp_frequency(st)), s))
        stamp_rows(dev, st, s);
    else
        bal_stamp_block(st, BAL_BRANCH(0), 0, bal_ddc_real((double)NAN)); /* reported as such */
}

/* What a network of real temperature sends out, of waves c = b - S a: 1 - S S^H, where S is passive
 * (Bosma 1967). 2 q c stands in the rows. */
static void noise(const bal_device *dev, bal_noise *out)
{
    const bal_network *net = network_of(dev);
    const int n = net->n_ports;
    const double kt = BAL_BOLTZMANN * (dev->temperature + BAL_KELVIN_OF_0C) / dev->multiplicity;
    double complex s[MOST_SQUARE];
    double complex density[MOST_SQUARE];
    int rows[MOST_PORTS];
    if (!interpolate(net, bal_noise_frequency(out), s))
        return;
    bal_dense_loss(n, s, density);
    if (!bal_dense_positive(n, density, FILE_ROUNDING)) {
        bal_noise_unknown(out);
        return;
    }
    for (int i = 0; i < n; i++) {
        rows[i] = BAL_BRANCH(i);
        for (int j = 0; j < n; j++)
            density[i * n + j] = bal_cscale(density[i * n + j],
                                            4.0 * kt * sqrt(net->reference[i] * net->reference[j]));
    }
    bal_noise_matrix(out, n, rows, density);
}

/* What comes in at port j: V + z0 I, over q. */
static double incoming(const bal_network *net, bal_doubt *d, int j, double multiplicity)
{
    const bal_ddc v = bal_ddc_sub(bal_doubt_value(d, j), bal_doubt_value(d, net->n_ports));
    const bal_ddc i = bal_doubt_value(d, BAL_BRANCH(j));
    const bal_ddc sum =
        bal_ddc_add(v, bal_ddc_scale(i, bal_dd_of(net->reference[j] / multiplicity)));
    return bal_ddc_abs(sum) / sqrt(net->reference[j]);
}

/* Rounding of S in double: of each entry that stands in the file so, else of a solution. */
static void doubt(const bal_device *dev, bal_doubt *d)
{
    const bal_network *net = network_of(dev);
    const int n = net->n_ports;
    double complex s[MOST_SQUARE];
    if (!interpolate(net, bal_dd_double(bal_doubt_omega(d)) / BAL_DD_2PI.hi, s))
        return;
    for (int j = 0; j < n; j++) {
        const double wave = incoming(net, d, j, dev->multiplicity);
        for (int i = 0; i < n; i++) {
            const double wrong =
                net->kind == 's' ? ENTRY_ROUNDING * cabs(s[i * n + j]) : SOLUTION_ROUNDING;
            bal_doubt_add(d, bal_doubt_gain(d, BAL_BRANCH(i)) * sqrt(net->reference[i]) * wrong *
                                 wave);
        }
    }
}

const bal_device_ops bal_element_nport = {
    .letter = 'N',
    .name = "nport",
    .usage = "Nname p1 ... pn ref file=\"x.s2p\" [extrapolate=1]",
    .summary =
        "An n-port as measured, from a Touchstone file: S, Y or Z, interpolated. A passive one has "
        "the thermal noise of its losses.",
    .n_nodes = -1,
    .params = params,
    .n_params = BAL_COUNT(params),
    .check = check,
    .check_range = check_range,
    .branches = branches,
    .ties = ties,
    .stamp = stamp,
    .stamp_at = stamp_at,
    .noise = noise,
    .doubt = doubt,
};
