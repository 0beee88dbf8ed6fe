/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_DEVICE_TERM_H
#define BAL_DEVICE_TERM_H

#include "device.h"
#include "expr.h"

/* The coefficient of a term in the surroundings given (frequency, values of the variables). *out is
 * left alone on a fault of an expression, BAL_E_NUMERIC. */
BAL_NODISCARD bal_status bal_term_value(const bal_term *term, const bal_env *env, bal_ddc *out);

#endif
