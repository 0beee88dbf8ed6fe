/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_OUTPUT_JSON_ROWS_H
#define BAL_OUTPUT_JSON_ROWS_H

/* What the JSON of a run and that of a deck log have in common. */
#include "claim_line.h"
#include "json.h"

/* The i-th value of a list, one a line; takes the reference. */
void bal_json_row(bal_bytes *bytes, size_t i, json_t *value);

/* {"text", "verdict", "detail", "source", "breaks", "file", "line"}; NULL when memory is out. */
json_t *bal_json_claim(const bal_claim_line *line);

#endif
