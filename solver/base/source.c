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
