/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places are counted from the text when a message needs them: tokens stay small. */
#include "source.h"

#include <string.h>

bal_text bal_span_text(bal_span span)
{
    if (!span.source || span.begin > span.end || span.end > span.source->length)
        return (bal_text){"", 0};
    return (bal_text){span.source->text + span.begin, span.end - span.begin};
}

bal_place bal_span_place(bal_span span)
{
    bal_place place = {1, 1};
    if (!span.source)
        return place;
    const char *p = span.source->text;
    const char *stop = p + (span.begin < span.source->length ? span.begin : span.source->length);
    const char *feed = memchr(p, '\n', (size_t)(stop - p));
    while (feed) {
        place.line++;
        p = feed + 1;
        feed = memchr(p, '\n', (size_t)(stop - p));
    }
    for (; p < stop; p++) {
        if (((unsigned char)*p & 0xC0u) != 0x80u) /* not a continuation byte of UTF-8 */
            place.column++;
    }
    return place;
}

bal_span bal_span_join(bal_span first, bal_span last)
{
    if (first.source != last.source || last.end < first.begin)
        return first;
    return (bal_span){first.source, first.begin, last.end};
}

size_t bal_blank_length(const char *p, const char *end)
{
    if (p >= end)
        return 0;
    if (*p == ' ' || *p == '\t' || *p == '\f' || *p == '\v')
        return 1;
    return end - p >= 2 && memcmp(p, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

bool bal_is_comment(const char *p, const char *end)
{
    if (p >= end)
        return false;
    const bool last = p + 1 >= end;
    if (*p == '/')
        return !last && p[1] == '/';
    if (*p == '$')
        return last || p[1] == '\n' || bal_blank_length(p + 1, end) > 0;
    return *p == ';';
}

static const char *skip_blanks(const char *p, const char *end)
{
    size_t n = bal_blank_length(p, end);
    while (n > 0) {
        p += n;
        n = bal_blank_length(p, end);
    }
    return p;
}

const char *bal_line_continues(const char *p, const char *end, bool *hidden)
{
    while (p < end) { /* p is at a line feed */
        p = skip_blanks(p + 1, end);
        const bool mark = end - p >= 2 && p[0] == '*' && p[1] == '>';
        if (mark)
            p = skip_blanks(p + 2, end);
        if (p < end && *p == '+') {
            if (hidden)
                *hidden = mark;
            return p + 1;
        }
        const bool comment = p < end && (*p == '*' || *p == '#' || bal_is_comment(p, end));
        if (p < end && *p != '\n' && !comment)
            return NULL;
        p = p < end ? memchr(p, '\n', (size_t)(end - p)) : NULL;
        if (!p)
            return NULL;
    }
    return NULL;
}
