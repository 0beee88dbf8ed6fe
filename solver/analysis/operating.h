/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_ANALYSIS_OPERATING_H
#define BAL_ANALYSIS_OPERATING_H

#include "study.h"

/* .op: node voltages and branch currents at f = 0 for the sources' DC values, as one point into the
 * sink. */
BAL_NODISCARD bal_status bal_operating_point(bal_study *s, bal_sink *sink);

#endif
