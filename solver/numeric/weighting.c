/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "weighting.h"

#include <math.h>

double bal_weight_none(double hertz)
{
    (void)hertz;
    return 1.0;
}

/* Four poles at two double frequencies and two single ones, four zeros at 0. The pole frequencies
 * solve the standard's own conditions (annex E): f_L = 10^1.5 Hz and f_H = 10^3.9 Hz are the -3 dB
 * points of a C law that is 0 dB at 1 kHz, f_A = 10^2.45 Hz. */
static double a_law(double f)
{
    const double low = 1e3;                   /* f_L^2 */
    const double high = 6.3095734448019325e7; /* f_H^2 */
    const double reference = 1e6;
    const double d = sqrt(0.5);
    const double b = (reference + low * high / reference - d * (low + high)) / (1.0 - d);
    const double c = low * high;
    const double root = sqrt(b * b - 4.0 * c);
    const double f1 = sqrt((-b - root) / 2.0); /* 20.60 Hz */
    const double f4 = sqrt((-b + root) / 2.0); /* 12194 Hz */
    const double fa = 281.83829312644537;
    const double f2 = 0.5 * (3.0 - sqrt(5.0)) * fa; /* 107.7 Hz */
    const double f3 = 0.5 * (3.0 + sqrt(5.0)) * fa; /* 737.9 Hz */
    const double top = f4 * f * (f4 * f) * (f * f);
    return top / ((f * f + f1 * f1) * hypot(f, f2) * hypot(f, f3) * (f * f + f4 * f4));
}

double bal_weight_a(double hertz)
{
    return a_law(hertz) / a_law(1e3);
}

/* The transfer function of the network of table 1, 18.2 dB up at its nominal insertion gain: a
 * fraction whose denominator is h1 + j h2. */
static double law_468(double f)
{
    const double f2 = f * f;
    const double h1 =
        ((-4.737338981378384e-24 * f2 + 2.043828333606125e-15) * f2 - 1.363894795463638e-7) * f2 +
        1.0;
    const double h2 =
        ((1.306612257412824e-19 * f2 - 2.118150887518656e-11) * f2 + 5.559489023498642e-4) * f;
    return 1.246332637532143e-4 * f / hypot(h1, h2);
}

double bal_weight_itu468(double hertz)
{
    return law_468(hertz) / law_468(1e3);
}

double bal_weight_arm(double hertz)
{
    return bal_weight_itu468(hertz) * pow(10.0, -5.6 / 20.0);
}

static const bal_weighting table[] = {{"none", bal_weight_none},
                                      {"a", bal_weight_a},
                                      {"itu468", bal_weight_itu468},
                                      {"arm", bal_weight_arm}};

const bal_weighting *bal_weightings(int *count)
{
    *count = (int)(sizeof table / sizeof table[0]);
    return table;
}
