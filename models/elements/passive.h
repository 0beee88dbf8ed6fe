/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_MODELS_PASSIVE_H
#define BAL_MODELS_PASSIVE_H

/*
 * What R, C and L have in common: the parameters behind the value, and
 * value(T) = value * scale * (1 + tc1 dT + tc2 dT^2), dT = T - tnom, 27 degrees Celsius unless
 * given.
 */
#include <float.h>

#include "models.h"

enum {
    P_VALUE,
    P_MODEL,
    P_TC1,
    P_TC,
    P_TC2,
    P_TEMP,
    P_DTEMP,
    P_TNOM,
    P_SCALE,
    P_M,
    P_TOL,
    P_DIST,
    P_MATCH,
    P_PASSIVE_COUNT
};

#define BAL_T_NOMINAL 27.0
#define BAL_T_ZERO (-273.15) /* absolute zero, degrees Celsius */

/* clang-format off */
#define BAL_PASSIVE_PARAMS                                                                         \
    [P_MODEL] = {"model", "", BAL_P_MODEL, BAL_POSITIONAL, 0.0, 0.0, 0.0,                          \
                 "name of a .model that supplies what the card does not"},                         \
    [P_TC1] = {"tc1", "1/K", BAL_P_REAL, 0, 0.0, -DBL_MAX, DBL_MAX,                                \
               "linear temperature coefficient"},                                                  \
    [P_TC] = {"tc", "1/K", BAL_P_REAL, 0, 0.0, -DBL_MAX, DBL_MAX,                                  \
              "tc1 and, after a comma, tc2"},                                                      \
    [P_TC2] = {"tc2", "1/K^2", BAL_P_REAL, BAL_FOLLOWS, 0.0, -DBL_MAX, DBL_MAX,                    \
               "quadratic temperature coefficient"},                                               \
    [P_TEMP] = {"temp", "degC", BAL_P_REAL, 0, BAL_T_NOMINAL, BAL_T_ZERO, DBL_MAX,                 \
                "own temperature instead of the circuit's"},                                       \
    [P_DTEMP] = {"dtemp", "K", BAL_P_REAL, 0, 0.0, -DBL_MAX, DBL_MAX,                              \
                 "warmer than the circuit by this much (without temp=)"},                          \
    [P_TNOM] = {"tnom", "degC", BAL_P_REAL, 0, BAL_T_NOMINAL, BAL_T_ZERO, DBL_MAX,                 \
                "temperature at which the value holds"},                                           \
    [P_SCALE] = {"scale", "", BAL_P_REAL, 0, 1.0, -DBL_MAX, DBL_MAX, "factor of the value"},       \
    [P_M] = {"m", "", BAL_P_REAL, BAL_POSITIVE, 1.0, 0.0, DBL_MAX,                                 \
             "this many in parallel"},                                                             \
    [P_TOL] = {"tol", "", BAL_P_REAL, 0, 0.0, 0.0, DBL_MAX,                                        \
               "tolerance, a fraction or with %"},                                                 \
    [P_DIST] = {"dist", "", BAL_P_TEXT, 0, 0.0, 0.0, 0.0,                                          \
                "distribution: uniform, normal (tol = 3 sigma) or corner"},                        \
    [P_MATCH] = {"match", "", BAL_P_TEXT, 0, 0.0, 0.0, 0.0,                                        \
                 "GROUP:tolerance of parts that track each other"}
/* clang-format on */

/* Kelvin above the temperature at which the value holds. */
static inline bal_dd bal_passive_warmth(const bal_device *dev)
{
    const bal_dd warmer = bal_dd_add(bal_dd_of(dev->temperature), dev->values[P_DTEMP]);
    const bal_dd t = bal_device_given(dev, P_TEMP) ? dev->values[P_TEMP] : warmer;
    return bal_dd_sub(t, dev->values[P_TNOM]);
}

/* 4 k T, joule. */
static inline double bal_passive_4kt(const bal_device *dev)
{
    const double celsius = bal_dd_double(bal_dd_add(bal_passive_warmth(dev), dev->values[P_TNOM]));
    return 4.0 * BAL_BOLTZMANN * fmax(celsius + BAL_KELVIN_OF_0C, 0.0);
}

/* scale * (1 + tc1 dT + tc2 dT^2) */
static inline bal_dd bal_passive_factor(const bal_device *dev)
{
    const bal_dd dt = bal_passive_warmth(dev);
    if (bal_dd_is_zero(dt)) /* nearly always: the deck is read a tenth faster */
        return dev->values[P_SCALE];
    const bal_dd tc1 = dev->values[bal_device_given(dev, P_TC) ? P_TC : P_TC1];
    const bal_dd slope = bal_dd_add(tc1, bal_dd_mul(dev->values[P_TC2], dt));
    const bal_dd warm = bal_dd_add(bal_dd_of(1.0), bal_dd_mul(slope, dt));
    return bal_dd_mul(dev->values[P_SCALE], warm);
}

/* Is the value an expression of the frequency? */
static inline bool bal_passive_varies(const bal_device *dev)
{
    return dev->functions != NULL && dev->functions[P_VALUE] != NULL;
}

/* An impedance of one part -> of m parts in parallel. */
static inline bal_dd bal_passive_share(const bal_device *dev, bal_dd impedance)
{
    return bal_dd_div(impedance, bal_dd_of(dev->multiplicity));
}

#endif
