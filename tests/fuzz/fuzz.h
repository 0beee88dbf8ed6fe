/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_TESTS_FUZZ_H
#define BAL_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* One input; a broken property ends in abort(). Always returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
