/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that more than one JSON writer puts. */
#include "json_rows.h"

void bal_json_row(bal_bytes *bytes, size_t i, json_t *value)
{
    bal_bytes_text(bytes, i > 0 ? ",\n" : "");
    bal_json_put(bytes, value);
}

json_t *bal_json_claim(const bal_claim_line *line)
{
    json_t *row = json_object();
    bal_json_member(&row, "text", bal_json_text(line->text));
    bal_json_member(&row, "verdict", bal_json_text(bal_line_verdict_text(line->verdict)));
    bal_json_member(&row, "detail", bal_json_text(line->detail));
    bal_json_member(&row, "source", bal_json_text(line->source));
    bal_json_member(&row, "breaks", bal_json_text(line->breaks));
    bal_json_member(&row, "file", bal_json_text(line->file));
    bal_json_member(&row, "line", json_integer((json_int_t)line->line));
    return row;
}
