/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * |z| <= 2: power series. To 25: I1/I0 by its continued fraction, K by Steed's second one (Temme
 * 1975), I0 from the Wronskian I0 K1 + I1 K0 = 1/z. Beyond: Hankel's asymptotic series, whose
 * neglected part is exp(-2 Re z).
 */
#include "bessel.h"

#include <math.h>

#include "cdense.h"

static const double pi = 3.14159265358979323846;

/* Abramowitz and Stegun 9.6.12, 9.6.13. */
static bal_bessel by_series(double complex z)
{
    const double euler = 0.57721566490153286061;
    const double complex q = bal_cscale(bal_cmul(z, z), 0.25);
    const double complex log_half = clog(bal_cscale(z, 0.5)) + euler;
    double complex term0 = 1.0; /* q^k / k!^2 */
    double complex term1 = 1.0; /* q^k / (k! (k + 1)!) */
    double harmonic = 0.0;
    bal_bessel b = {1.0, 1.0, 0.0, 0.5};
    for (int k = 1; k < 24; k++) {
        term0 = bal_cscale(bal_cmul(term0, q), 1.0 / ((double)k * k));
        term1 = bal_cscale(bal_cmul(term1, q), 1.0 / ((double)k * (k + 1)));
        harmonic += 1.0 / k;
        b.i0 += term0;
        b.i1 += term1;
        b.k0 += bal_cscale(term0, harmonic);
        b.k1 += bal_cscale(term1, harmonic + 0.5 / (k + 1));
    }
    const double complex half = bal_cscale(z, 0.5);
    b.k0 -= bal_cmul(log_half, b.i0);
    b.k1 = 1.0 / z + bal_cmul(half, bal_cmul(log_half, b.i1) - b.k1);
    b.i1 = bal_cmul(half, b.i1);
    const double complex grow = cexp(z);
    return (bal_bessel){b.i0 / grow, b.i1 / grow, bal_cmul(b.k0, grow), bal_cmul(b.k1, grow)};
}

/* I1/I0. */
static double complex ratio(double complex z)
{
    const double complex inverse = 2.0 / z;
    double complex r = 0.0;
    for (int k = 24 + (int)(1.5 * cabs(z)); k > 0; k--)
        r = 1.0 / (bal_cscale(inverse, k) + r);
    return r;
}

static bal_bessel by_fractions(double complex z)
{
    double complex b = 2.0 * (1.0 + z);
    double complex d = 1.0 / b;
    double complex step = d;
    double complex h = d;
    double complex q1 = 0.0;
    double complex q2 = 1.0;
    double complex q = 0.25;
    double complex c = 0.25;
    double a = -0.25;
    double complex s = 1.0 + bal_cmul(q, step);
    for (int i = 2; i < 500; i++) {
        a -= 2.0 * (i - 1);
        c = bal_cscale(c, -a / i);
        const double complex q3 = bal_cscale(q1 - bal_cmul(b, q2), 1.0 / a);
        q1 = q2;
        q2 = q3;
        q += bal_cmul(c, q3);
        b += 2.0;
        d = 1.0 / (b + bal_cscale(d, a));
        step = bal_cmul(bal_cmul(b, d) - 1.0, step);
        h += step;
        const double complex more = bal_cmul(q, step);
        s += more;
        if (cabs(more) < 1e-17 * cabs(s))
            break;
    }
    bal_bessel out;
    out.k0 = csqrt(pi / (2.0 * z)) / s;
    out.k1 = bal_cmul(out.k0, z + 0.5 - bal_cscale(h, 0.25)) / z;
    const double complex r = ratio(z);
    out.i0 = 1.0 / bal_cmul(z, out.k1 + bal_cmul(r, out.k0));
    out.i1 = bal_cmul(r, out.i0);
    return out;
}

/* Hankel's sums of order v (0 or 1): *plus with all signs +, *minus alternating. */
static void hankel(double complex z, double v, double complex *plus, double complex *minus)
{
    const double complex inverse = 0.125 / z;
    double complex term = 1.0;
    *plus = 1.0;
    *minus = 1.0;
    for (int k = 1; k < 50; k++) {
        const double odd = 2.0 * k - 1.0;
        term = bal_cscale(bal_cmul(term, inverse), (4.0 * v * v - odd * odd) / k);
        *plus += term;
        *minus += k % 2 ? -term : term;
        if (cabs(term) < 1e-17)
            break;
    }
}

static bal_bessel by_asymptotics(double complex z)
{
    const double complex root_k = csqrt(pi / (2.0 * z));
    const double complex root_i = csqrt(1.0 / (2.0 * pi * z));
    bal_bessel out;
    double complex plus;
    double complex minus;
    hankel(z, 0.0, &plus, &minus);
    out.k0 = bal_cmul(root_k, plus);
    out.i0 = bal_cmul(root_i, minus);
    hankel(z, 1.0, &plus, &minus);
    out.k1 = bal_cmul(root_k, plus);
    out.i1 = bal_cmul(root_i, minus);
    return out;
}

bal_bessel bal_bessel_scaled(double complex z)
{
    const double size = cabs(z);
    if (size <= 2.0)
        return by_series(z);
    return size <= 25.0 ? by_fractions(z) : by_asymptotics(z);
}

double complex bal_bessel_wire(double complex z)
{
    const double size = cabs(z);
    if (size == 0.0)
        return 1.0;
    if (size > 25.0) {
        const bal_bessel b = by_asymptotics(z);
        return bal_cscale(bal_cmul(z, b.i0 / b.i1), 0.5);
    }
    if (size > 2.0)
        return bal_cscale(z / ratio(z), 0.5);
    /* The two series as they are: the reactive part of a thin wire keeps its digits. */
    const double complex q = bal_cscale(bal_cmul(z, z), 0.25);
    double complex term0 = 1.0;
    double complex term1 = 1.0;
    double complex sum0 = 1.0;
    double complex sum1 = 1.0;
    for (int k = 1; k < 20; k++) {
        term0 = bal_cscale(bal_cmul(term0, q), 1.0 / ((double)k * k));
        term1 = bal_cscale(bal_cmul(term1, q), 1.0 / ((double)k * (k + 1)));
        sum0 += term0;
        sum1 += term1;
    }
    return sum0 / sum1;
}
