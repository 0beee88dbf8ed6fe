/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The residual once more, compiled for AVX2 and FMA (see solver/CMakeLists.txt). */
#if defined(__x86_64__)
#define BAL_RESIDUAL_NAME bal_residual_fma
#include "residual_kernel.h"
#else
#include "residual.h"
#endif
