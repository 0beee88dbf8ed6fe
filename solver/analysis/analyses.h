/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_ANALYSIS_ANALYSES_H
#define BAL_ANALYSIS_ANALYSES_H

#include "study.h"

#define BAL_ANALYSIS(file) extern const bal_analysis_ops bal_analysis_##file;
#include "analyses.def"
#undef BAL_ANALYSIS

#endif
