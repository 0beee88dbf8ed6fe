/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_ANALYSIS_CURVE_H
#define BAL_ANALYSIS_CURVE_H

#include "study.h"

/* .data NAME file=...: a vector NAME.column for each column of the file. Reports. */
BAL_NODISCARD bal_status bal_curve_read(bal_study *s, const bal_card *card);

#endif
