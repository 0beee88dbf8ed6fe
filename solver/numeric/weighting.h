/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_NUMERIC_WEIGHTING_H
#define BAL_NUMERIC_WEIGHTING_H

/*
 * Weighting curves of noise and hum: the gain of the network at a frequency, a pure number, 1 at
 * 1 kHz. frequency in hertz, >= 0.
 */
double bal_weight_none(double hertz);   /* 1 */
double bal_weight_a(double hertz);      /* IEC 61672-1, annex E */
double bal_weight_itu468(double hertz); /* ITU-R BS.468-4, annex 1: the passive network */
double bal_weight_arm(double hertz);    /* CCIR/ARM: 468 less 5.6 dB, which is 0 dB at 2 kHz */

typedef struct bal_weighting {
    const char *name; /* "none" "a" "itu468" "arm" */
    double (*gain)(double hertz);
} bal_weighting;
const bal_weighting *bal_weightings(int *count);

#endif
