/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The phase of a delay in double-double: libm's sin and cos of the rounded angle would be off by
 * angle * 1e-16, which an audio line of many turns, or a null of two lines against each other,
 * shows. Reduced by quarter turns to |r| <= pi/4, then Taylor (14 terms: 0.79^29 / 29! < 2^-107).
 */
#include "delay.h"

/* Third part of pi/2 beyond BAL_DD_PI / 2. */
static const double half_pi_tail = -0x1.f1976b7ed8fbcp-110;

/* r^start/start! - r^(start+2)/(start+2)! + ... */
static bal_dd alternating(bal_dd r, int start)
{
    const bal_dd square = bal_dd_mul(r, r);
    bal_dd term = start == 0 ? bal_dd_of(1.0) : r;
    bal_dd sum = term;
    for (int k = start + 2; k < start + 30; k += 2) {
        term = bal_dd_mul(term, square);
        term = bal_dd_neg(bal_dd_div(term, bal_dd_of((double)(k * (k - 1)))));
        sum = bal_dd_add(sum, term);
    }
    return sum;
}

static bal_dd reduce(bal_dd angle, double quarters)
{
    const bal_dd half_pi = bal_dd_scale(BAL_DD_PI, 0.5);
    bal_dd r = bal_dd_sub(angle, bal_two_prod(half_pi.hi, quarters));
    r = bal_dd_sub(r, bal_two_prod(half_pi.lo, quarters));
    return bal_dd_sub(r, bal_dd_of(half_pi_tail * quarters));
}

void bal_sine_cosine(bal_dd angle, bal_dd *sine, bal_dd *cosine)
{
    const double quarters = nearbyint(angle.hi / (0.5 * BAL_DD_PI.hi));
    if (!(fabs(quarters) < 0x1p54)) {
        *sine = bal_dd_of((double)NAN);
        *cosine = *sine;
        return;
    }
    const bal_dd r = reduce(angle, quarters);
    const bal_dd s = alternating(r, 1);
    const bal_dd c = alternating(r, 0);
    const int turn = (int)(quarters - 4.0 * floor(quarters / 4.0));
    const bal_dd sines[] = {s, c, bal_dd_neg(s), bal_dd_neg(c)};
    *sine = sines[turn];
    *cosine = sines[(turn + 1) % 4];
}
