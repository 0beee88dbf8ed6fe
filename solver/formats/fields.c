/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fields.h"

#include <string.h>

#include "decimal.h"

static bool is_separator(const bal_fields *f, char c)
{
    return (c == ' ' && !f->phrases) || c == '\t' || c == '\r' || (c && strchr(f->separators, c));
}

static void skip(bal_fields *f)
{
    while (f->p < f->line.end && is_separator(f, f->source->text[f->p]))
        f->p++;
}

bool bal_fields_line(bal_fields *f)
{
    const char *text = f->source->text;
    while (f->at < f->source->length) {
        const char *feed = memchr(text + f->at, '\n', f->source->length - f->at);
        uint32_t end = feed ? (uint32_t)(feed - text) : f->source->length;
        f->p = f->at;
        f->at = feed ? end + 1 : end;
        for (uint32_t i = f->p; i < end; i++)
            if (strchr(f->trailing, text[i]))
                end = i;
        f->line = (bal_span){f->source, f->p, end};
        skip(f);
        if (f->p < end && !strchr(f->comments, text[f->p]))
            return true;
    }
    return false;
}

bool bal_fields_next(bal_fields *f, bal_span *field)
{
    const char *text = f->source->text;
    skip(f);
    if (f->p >= f->line.end)
        return false;
    const bool quoted = text[f->p] == '"';
    const uint32_t begin = f->p + (quoted ? 1 : 0);
    f->p = begin;
    while (f->p < f->line.end && (quoted ? text[f->p] != '"' : !is_separator(f, text[f->p])))
        f->p++;
    *field = (bal_span){f->source, begin, f->p};
    f->p += quoted && f->p < f->line.end ? 1 : 0;
    return true;
}

bool bal_field_number(bal_span field, double *value)
{
    const bal_text text = bal_span_text(field);
    bal_dd number;
    size_t used = 0;
    if (bal_decimal_parse(text.p, text.n, &number, &used) != BAL_DECIMAL_OK || used != text.n)
        return false;
    *value = bal_dd_double(number);
    return true;
}
