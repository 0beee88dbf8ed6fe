/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vectors in and out of the scaled system. Factors are powers of two, hence exact. */
#include "state.h"

#include <math.h>

/* 2^e as a product of two, since 2^e itself may not fit. */
typedef struct bal_power {
    double first;
    double second;
} bal_power;

static bal_power bal_power_of(int e)
{
    return (bal_power){ldexp(1.0, e / 2), ldexp(1.0, e - e / 2)};
}

static void bal_multiply(bal_pair *v, bal_power by)
{
    for (int k = 0; k < 2; k++) {
        v->hi[k] = v->hi[k] * by.first * by.second;
        v->lo[k] = v->lo[k] * by.first * by.second;
    }
}

static double bal_largest_part(const bal_pair v[], int n)
{
    double most = 0.0;
    for (int i = 0; i < n; i++)
        most = fmax(most, fmax(fabs(v[i].hi[0]), fabs(v[i].hi[1])));
    return most;
}

/* Brings the largest part to [0.5, 1); returns the exponent taken out. */
static int bal_normalise(bal_pair v[], int n)
{
    int exponent = 0;
    (void)frexp(bal_largest_part(v, n), &exponent);
    const bal_power down = bal_power_of(-exponent);
    for (int i = 0; i < n; i++)
        bal_multiply(&v[i], down);
    return exponent;
}

/* Near enough to 1 for anything: volts and amperes pass as they are. */
static bool bal_is_moderate(double size)
{
    return size == 0.0 || (size > 0x1p-100 && size < 0x1p100);
}

bal_status bal_load(const bal_ddc from[], const double scale[], int n, bal_pair to[], int *exponent)
{
    double raw = 0.0;
    double scaled = 0.0;
    double poison = 0.0;
    for (int i = 0; i < n; i++) {
        to[i] = (bal_pair){{from[i].re.hi, from[i].im.hi}, {from[i].re.lo, from[i].im.lo}};
        const double re = fabs(to[i].hi[0]);
        const double im = fabs(to[i].hi[1]);
        poison += (re + im) * 0.0 + (to[i].lo[0] + to[i].lo[1]) * 0.0;
        const double size = re > im ? re : im;
        const double after = size * (scale ? scale[i] : 1.0);
        raw = size > raw ? size : raw;
        scaled = after > scaled ? after : scaled;
    }
    *exponent = 0;
    if (poison != 0.0)
        return BAL_E_NUMERIC;
    const bool moderate = bal_is_moderate(raw) && bal_is_moderate(scaled);
    if (!moderate)
        *exponent = bal_normalise(to, n);
    for (int i = 0; scale && i < n; i++)
        bal_multiply(&to[i], (bal_power){scale[i], 1.0});
    if (!moderate)
        *exponent += bal_normalise(to, n);
    return BAL_OK;
}

bal_status bal_load_by(const bal_ddc from[], int n, int exponent, bal_pair to[])
{
    const bal_power by = bal_power_of(exponent);
    double poison = 0.0;
    for (int i = 0; i < n; i++) {
        to[i] = (bal_pair){{from[i].re.hi, from[i].im.hi}, {from[i].re.lo, from[i].im.lo}};
        bal_multiply(&to[i], by);
        poison += (to[i].hi[0] + to[i].hi[1]) * 0.0;
    }
    return poison == 0.0 ? BAL_OK : BAL_E_NUMERIC;
}

bal_status bal_unload(const bal_pair from[], const double scale[], int n, int exponent,
                      bal_ddc to[])
{
    const bal_power up = bal_power_of(exponent);
    double poison = 0.0;
    for (int i = 0; i < n; i++) {
        bal_pair v = from[i];
        if (scale)
            bal_multiply(&v, (bal_power){scale[i], 1.0});
        if (exponent != 0)
            bal_multiply(&v, up);
        to[i] = (bal_ddc){{v.hi[0], v.lo[0]}, {v.hi[1], v.lo[1]}};
        poison += (v.hi[0] + v.hi[1]) * 0.0;
    }
    return poison == 0.0 ? BAL_OK : BAL_E_NUMERIC;
}
