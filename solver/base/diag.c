/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rendering and counting of messages. Everything is built in one buffer on the stack, so that a
 * message can be given when memory is out and no message is longer than the buffer; with the limits
 * on their number this bounds what a hostile deck can make us print.
 */
#include "diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    LONGEST_MESSAGE = 2048,
    LONGEST_HEADLINE = 600,
    SHOWN_LEFT = 70,  /* bytes of a long line that are shown before the caret */
    SHOWN_RIGHT = 60, /* and from it on */
    SHOWN_FRAMES = 6, /* lines of the instance path, and of the include chain */
    WARNING_BYTES = 20480
};

typedef struct writer {
    char text[LONGEST_MESSAGE];
    size_t n;
} writer;

static const bal_diagnostic rows[] = {
#define SEVERITY_ERROR BAL_ERROR
#define SEVERITY_WARNING BAL_WARNING
#define SEVERITY_LENIENT BAL_ERROR
#define IS_LENIENT_ERROR false
#define IS_LENIENT_WARNING false
#define IS_LENIENT_LENIENT true
#define BAL_DIAGNOSTIC(id, severity, number, title)                                                \
    {#id, SEVERITY_##severity, number, title, IS_LENIENT_##severity},
#include "diagnostics.def"
#undef BAL_DIAGNOSTIC
};

const bal_diagnostic *bal_diagnostic_row(bal_diag_id id)
{
    return &rows[id];
}

/* One byte stays free for the NUL and one for the closing newline. */
static void put(writer *w, const char *text, size_t n)
{
    const size_t room = sizeof w->text - 2 - w->n;
    if (n > room)
        return;
    memcpy(w->text + w->n, text, n);
    w->n += n;
}

static void put_string(writer *w, const char *text)
{
    put(w, text, strlen(text));
}

static void end_line(writer *w)
{
    w->text[w->n] = '\n';
    w->n += w->n < sizeof w->text - 2;
}

/* C1 controls and the marks that reorder or break a line (U+202A.., U+2066.., U+2028..). */
static bool is_harmful(const char *p, size_t length)
{
    const unsigned char a = (unsigned char)p[0];
    const unsigned char b = length > 1 ? (unsigned char)p[1] : 0;
    const unsigned char c = length > 2 ? (unsigned char)p[2] : 0;
    if (length == 1)
        return a < 0x20 || a == 0x7F;
    if (length == 2)
        return a == 0xC2 && b < 0xA0;
    return a == 0xE2 &&
           ((b == 0x80 && c >= 0xA8 && c <= 0xAE) || (b == 0x81 && c >= 0xA6 && c <= 0xA9));
}

/* The character at p as it is shown: bytes consumed, text in out, columns in *width. */
static size_t show_character(const char *p, size_t n, char out[8], size_t *width)
{
    const size_t length = bal_utf8_length(p, n);
    if (length == 0 || is_harmful(p, length)) {
        (void)snprintf(out, 8, "\\x%02x", (unsigned)(unsigned char)p[0]);
        *width = 4;
        return 1;
    }
    memcpy(out, p, length);
    out[length] = '\0';
    *width = 1;
    return length;
}

const char *bal_show(char *buffer, size_t size, bal_text text)
{
    static const char dots[] = "...";
    if (size == 0)
        return "";
    size_t used = 0;
    size_t cut = 0; /* where dots would still fit */
    for (size_t i = 0; i < text.n;) {
        char out[8];
        size_t width = 0;
        i += show_character(text.p + i, text.n - i, out, &width);
        const size_t n = strlen(out);
        if (used + n >= size) {
            (void)snprintf(buffer + cut, size - cut, "%s", dots);
            return buffer;
        }
        memcpy(buffer + used, out, n);
        used += n;
        if (used + sizeof dots <= size)
            cut = used;
    }
    buffer[used] = '\0';
    return buffer;
}

static void put_shown(writer *w, bal_text text, size_t limit)
{
    char buffer[LONGEST_HEADLINE];
    put_string(w, bal_show(buffer, limit < sizeof buffer ? limit : sizeof buffer, text));
}

static void put_place(writer *w, bal_span at)
{
    const bal_place place = bal_span_place(at);
    char numbers[32];
    (void)snprintf(numbers, sizeof numbers, ":%u:%u", place.line, place.column);
    put_shown(w, bal_text_of(at.source->name), 300);
    put_string(w, numbers);
}

/* The part of the line that is shown around the caret: [begin, end), and whether it was cut. */
typedef struct window {
    uint32_t begin;
    uint32_t end;
    bool cut_left;
    bool cut_right;
} window;

static bool is_inside_character(const char *text, uint32_t i)
{
    return ((unsigned char)text[i] & 0xC0u) == 0x80u;
}

static window window_of(bal_span at)
{
    const char *text = at.source->text;
    const uint32_t length = at.source->length;
    const uint32_t caret = at.begin < length ? at.begin : length;
    window v = {caret, caret, false, false};
    while (v.begin > 0 && text[v.begin - 1] != '\n' && caret - v.begin < SHOWN_LEFT)
        v.begin--;
    while (v.begin < caret && is_inside_character(text, v.begin))
        v.begin++;
    while (v.end < length && text[v.end] != '\n' && v.end - caret < SHOWN_RIGHT)
        v.end++;
    while (v.end < length && v.end > caret && is_inside_character(text, v.end))
        v.end--;
    v.cut_left = v.begin > 0 && text[v.begin - 1] != '\n';
    v.cut_right = v.end < length && text[v.end] != '\n';
    return v;
}

static void put_source_line(writer *w, const char *text, window v)
{
    put_string(w, v.cut_left ? "  ..." : "  ");
    for (uint32_t i = v.begin; i < v.end;) {
        char out[8];
        size_t width = 0;
        if (text[i] == '\t') {
            put(w, "\t", 1);
            i++;
            continue;
        }
        i += (uint32_t)show_character(text + i, v.end - i, out, &width);
        put_string(w, out);
    }
    put_string(w, v.cut_right ? "..." : "");
    end_line(w);
}

static void put_caret_line(writer *w, bal_span at, window v)
{
    const char *text = at.source->text;
    bool first = true;
    put_string(w, v.cut_left ? "     " : "  ");
    for (uint32_t i = v.begin; i < v.end && (i < at.end || i <= at.begin);) {
        char out[8];
        size_t width = 1;
        const bool before = i < at.begin;
        const bool tab = text[i] == '\t';
        i += tab ? 1 : (uint32_t)show_character(text + i, v.end - i, out, &width);
        if (before && tab)
            put(w, "\t", 1);
        for (size_t k = 0; k < width && !(before && tab); k++) {
            put_string(w, before ? " " : first ? "^" : "~");
            first = first && before;
        }
    }
    put_string(w, first ? "^" : ""); /* at the end of the line */
    end_line(w);
}

static void put_source(writer *w, bal_span at)
{
    const window v = window_of(at);
    put_source_line(w, at.source->text, v);
    put_caret_line(w, at, v);
}

static void put_rest(writer *w, unsigned more)
{
    char line[48];
    if (more == 0)
        return;
    (void)snprintf(line, sizeof line, "  and %u more", more);
    put_string(w, line);
    end_line(w);
}

static void put_frames(writer *w, const bal_diag_frame *frame)
{
    unsigned n = 0;
    for (; frame; frame = frame->parent) {
        if (++n > SHOWN_FRAMES)
            continue;
        put_string(w, "  in ");
        put_shown(w, bal_text_of(frame->path), 64);
        if (frame->at.source) {
            put_string(w, ", instance at ");
            put_place(w, frame->at);
        }
        end_line(w);
    }
    put_rest(w, n > SHOWN_FRAMES ? n - SHOWN_FRAMES : 0);
}

static void put_includes(writer *w, const bal_source *source)
{
    unsigned n = 0;
    for (; source && source->included_at.source; source = source->included_at.source) {
        if (++n > SHOWN_FRAMES)
            continue;
        put_string(w, "  included from ");
        put_place(w, source->included_at);
        end_line(w);
    }
    put_rest(w, n > SHOWN_FRAMES ? n - SHOWN_FRAMES : 0);
}

static const char *const severity_names[] = {"note", "warning", "error"};

/* Place, severity, text and number: the first line, then the source. */
static void render(writer *w, const bal_message *m, bal_span at)
{
    if (at.source) {
        put_place(w, at);
        put_string(w, ": ");
    }
    put_string(w, severity_names[m->severity]);
    put_string(w, ": ");
    put_string(w, m->headline);
    if (m->number != 0) {
        char number[16];
        (void)snprintf(number, sizeof number, " [%c%d]", m->severity == BAL_ERROR ? 'E' : 'W',
                       m->number);
        put_string(w, number);
    }
    end_line(w);
    if (at.source && at.source->length > 0)
        put_source(w, at);
}

typedef struct kind {
    bal_severity severity;
    int number;
} kind;

/* Without a sink nothing is made: a place costs a walk over the source, and what tries whether a
 * word is a number asks often. */
static void send(bal_diag *diag, kind what, bal_span at, const char *text)
{
    if (!diag->sink)
        return;
    char headline[LONGEST_HEADLINE];
    writer w = {.n = 0};
    const bal_place place = bal_span_place(at);
    const bal_message m = {
        .severity = what.severity,
        .number = what.number,
        .file = at.source ? at.source->name : "",
        .line = at.source ? place.line : 0,
        .column = at.source ? place.column : 0,
        .headline = bal_show(headline, sizeof headline, bal_text_of(text)),
        .rendered = w.text,
    };
    render(&w, &m, at);
    if (m.number != 0) {
        put_frames(&w, diag->frame);
        put_includes(&w, at.source);
    }
    w.text[w.n] = '\0';
    if (w.text[w.n - 1] != '\n')
        memcpy(w.text + w.n, "\n", 2);
    if (m.severity != BAL_ERROR)
        diag->warning_bytes += w.n;
    diag->sink(diag->user, &m);
}

static bal_severity judge(const bal_diag *diag, const bal_diagnostic *row)
{
    bal_severity severity = row->severity;
    if (row->lenient && diag->lenient)
        severity = BAL_WARNING;
    return severity == BAL_WARNING && diag->warnings_are_errors ? BAL_ERROR : severity;
}

static void send_last(bal_diag *diag, bal_severity severity, const char *text)
{
    send(diag, (kind){severity, 0}, (bal_span){NULL, 0, 0}, text);
    diag->muted = true;
}

/* Counts the message and says whether it may be shown. */
static bool admit(bal_diag *diag, bal_severity severity)
{
    diag->muted = bal_diag_full(diag);
    if (severity == BAL_ERROR) {
        diag->errors++;
        return !diag->muted;
    }
    diag->warnings++;
    if (diag->muted || diag->warnings_over) {
        diag->muted = true;
        return false;
    }
    if (diag->warnings > BAL_MAX_WARNINGS || diag->warning_bytes > WARNING_BYTES) {
        diag->warnings_over = true;
        send_last(diag, BAL_NOTE, "too many warnings: the rest is not shown");
    }
    return !diag->muted;
}

/* Whether the same warning was given lately; remembers it. FNV-1a, 64 bits (Fowler, Noll, Vo). */
static bool is_repeated(bal_diag *diag, int number, bal_span at, const char *text)
{
    const uint64_t prime = 1099511628211u;
    uint64_t key = 14695981039346656037u;
    for (const char *p = text; *p; p++)
        key = (key ^ (unsigned char)*p) * prime;
    key = (key ^ (uint64_t)(uintptr_t)at.source) * prime;
    key = (key ^ at.begin) * prime;
    key = (key ^ (uint64_t)number) * prime;
    uint64_t *slot = &diag->told[(key >> 32) % (sizeof diag->told / sizeof diag->told[0])];
    const bool same = *slot == key;
    *slot = key;
    return same;
}

bal_status bal_report(bal_diag *diag, bal_diag_id id, bal_span at, const char *format, ...)
{
    const bal_diagnostic *row = bal_diagnostic_row(id);
    const kind what = {judge(diag, row), row->number};
    const bal_status status = what.severity == BAL_ERROR ? BAL_E_DECK : BAL_OK;
    char text[LONGEST_HEADLINE + 8]; /* so that bal_show sees that it is cut */
    va_list arguments;
    va_start(arguments, format);
    if (vsnprintf(text, sizeof text, format, arguments) < 0)
        text[0] = '\0';
    va_end(arguments);
    if (what.severity == BAL_WARNING && is_repeated(diag, what.number, at, text)) {
        diag->muted = true;
        return status;
    }
    if (!admit(diag, what.severity))
        return status;
    send(diag, what, at, text);
    if (what.severity == BAL_ERROR && bal_diag_full(diag))
        send_last(diag, BAL_ERROR, "too many errors: the rest is not shown");
    return status;
}

void bal_note(bal_diag *diag, bal_span at, const char *format, ...)
{
    if (diag->muted)
        return;
    char text[LONGEST_HEADLINE + 8]; /* so that bal_show sees that it is cut */
    va_list arguments;
    va_start(arguments, format);
    if (vsnprintf(text, sizeof text, format, arguments) < 0)
        text[0] = '\0';
    va_end(arguments);
    send(diag, (kind){BAL_NOTE, 0}, at, text);
}

bool bal_diag_full(const bal_diag *diag)
{
    return diag->errors >= BAL_MAX_ERRORS;
}
