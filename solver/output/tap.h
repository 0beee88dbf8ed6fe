/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_OUTPUT_TAP_H
#define BAL_OUTPUT_TAP_H

/* Claims as Test Anything Protocol, version 13 (prove of Debian 12 knows no later one). */
#include "bytes.h"
#include "claim_line.h"

/*
 * "ok 3 - TEXT   DETAIL   SOURCE", or "not ok 3 - ..." followed by a YAML block with the reason and
 * the place. '#' and '\' are escaped, control bytes become blanks. number counts from 1.
 */
void bal_tap_put(bal_bytes *bytes, size_t number, const bal_claim_line *line);

#endif
