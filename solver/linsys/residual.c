/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The residual for any processor, and the choice between the two objects. */
#define BAL_RESIDUAL_NAME bal_residual_plain
#include "residual_kernel.h"

bal_residual_fn bal_residual_choose(void)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return bal_residual_fma;
#endif
    return bal_residual_plain;
}
