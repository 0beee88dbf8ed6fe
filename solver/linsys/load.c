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

bal_status bal_load(const bal_ddc from[], const double scale[], int n, bal_pair to[], int *exponent)
{
    double most = 0.0;
    double poison = 0.0;
    for (int i = 0; i < n; i++) {
        const double s = scale ? scale[i] : 1.0;
        to[i] = (bal_pair){{from[i].re.hi * s, from[i].im.hi * s},
                           {from[i].re.lo * s, from[i].im.lo * s}};
        const double re = fabs(to[i].hi[0]);
        const double im = fabs(to[i].hi[1]);
        poison += (re + im) * 0.0 + (to[i].lo[0] + to[i].lo[1]) * 0.0;
        const double size = re > im ? re : im;
        most = size > most ? size : most;
    }
    *exponent = 0;
    if (poison != 0.0)
        return BAL_E_NUMERIC;
    /* Near enough to 1 for anything: volts and amperes pass as they are. */
    if (most == 0.0 || (most > 0x1p-100 && most < 0x1p100))
        return BAL_OK;
    (void)frexp(most, exponent);
    const bal_power down = bal_power_of(-*exponent);
    for (int i = 0; i < n; i++)
        bal_multiply(&to[i], down);
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
