/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_ANALYSIS_TRANSFER_H
#define BAL_ANALYSIS_TRANSFER_H

#include "study.h"

/* .tf: each card's gain, input and output resistance at f = 0, as one point into the sink. */
BAL_NODISCARD bal_status bal_transfers_run(bal_study *s, bal_sink *sink);

#endif
