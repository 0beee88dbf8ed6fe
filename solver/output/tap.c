/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bare '#' would begin a directive (# SKIP) and turn a failure into a pass. */
#include "tap.h"

#include <stdbool.h>

static bool is_control(char c)
{
    return (unsigned char)c < ' ' || c == 0x7f;
}

static void put_escaped(bal_bytes *bytes, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '#' || *text == '\\')
            bal_bytes_put(bytes, "\\", 1);
        bal_bytes_put(bytes, is_control(*text) ? " " : text, 1);
    }
}

/* A YAML scalar in double quotes. */
static void put_yaml(bal_bytes *bytes, const char *key, const char *text)
{
    bal_bytes_text(bytes, "  ");
    bal_bytes_text(bytes, key);
    bal_bytes_text(bytes, ": \"");
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            bal_bytes_put(bytes, "\\", 1);
        bal_bytes_put(bytes, is_control(*text) ? " " : text, 1);
    }
    bal_bytes_text(bytes, "\"\n");
}

static void put_part(bal_bytes *bytes, const char *text)
{
    if (text[0] == '\0')
        return;
    bal_bytes_text(bytes, "   ");
    put_escaped(bytes, text);
}

static void put_reason(bal_bytes *bytes, const bal_claim_line *line)
{
    bal_bytes_text(bytes, "  ---\n");
    put_yaml(bytes, "verdict", bal_line_verdict_text(line->verdict));
    if (line->detail[0] != '\0')
        put_yaml(bytes, "detail", line->detail);
    if (line->source[0] != '\0')
        put_yaml(bytes, "source", line->source);
    put_yaml(bytes, "file", line->file);
    bal_bytes_text(bytes, "  line: ");
    bal_bytes_number(bytes, (double)line->line);
    bal_bytes_text(bytes, "\n  ...\n");
}

void bal_tap_put(bal_bytes *bytes, size_t number, const bal_claim_line *line)
{
    const bool ok = line->verdict == BAL_LINE_HOLDS;
    bal_bytes_text(bytes, ok ? "ok " : "not ok ");
    bal_bytes_number(bytes, (double)number);
    bal_bytes_text(bytes, " - ");
    put_escaped(bytes, line->text);
    put_part(bytes, line->detail);
    put_part(bytes, line->source);
    bal_bytes_put(bytes, "\n", 1);
    if (!ok)
        put_reason(bytes, line);
}
