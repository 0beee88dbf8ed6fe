/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tokenizer. It walks over the source once and never copies: a token is a span, and a line feed
 * inside one is crossed only where the next line continues the card. Nesting is counted, not
 * recursed into, so that a million parentheses cost no stack.
 */
#include "scan.h"

#include <string.h>

#include "alloc.h"

typedef enum class {
    WORD,
    BLANK,
    COMMA,
    EQUALS,
    LEFT,
    RIGHT,
    BRACE,
    QUOTE,
    LINE,
    HIGH, /* U+0080 to U+00BF begin with it: the no-break space and the C1 controls among them */
    CONTROL
} class;

static const unsigned char classes[256] = {
    [0x00] = CONTROL, [0x01] = CONTROL, [0x02] = CONTROL, [0x03] = CONTROL, [0x04] = CONTROL,
    [0x05] = CONTROL, [0x06] = CONTROL, [0x07] = CONTROL, [0x08] = CONTROL, ['\t'] = BLANK,
    ['\n'] = LINE,    ['\v'] = BLANK,   ['\f'] = BLANK,   ['\r'] = CONTROL, [0x0E] = CONTROL,
    [0x0F] = CONTROL, [0x10] = CONTROL, [0x11] = CONTROL, [0x12] = CONTROL, [0x13] = CONTROL,
    [0x14] = CONTROL, [0x15] = CONTROL, [0x16] = CONTROL, [0x17] = CONTROL, [0x18] = CONTROL,
    [0x19] = CONTROL, [0x1A] = CONTROL, [0x1B] = CONTROL, [0x1C] = CONTROL, [0x1D] = CONTROL,
    [0x1E] = CONTROL, [0x1F] = CONTROL, [' '] = BLANK,    ['"'] = QUOTE,    ['('] = LEFT,
    [')'] = RIGHT,    [','] = COMMA,    ['='] = EQUALS,   ['{'] = BRACE,    [0x7F] = CONTROL,
    [0xC2] = HIGH,
};

static class class_of(const bal_scanner *s, const char *p)
{
    const class c = (class)classes[(unsigned char)*p];
    if (c != HIGH || p + 1 >= s->end)
        return c;
    const unsigned char next = (unsigned char)p[1];
    return next == 0xA0 ? BLANK : next < 0xA0 ? CONTROL : WORD;
}

bal_span bal_scan_span(const bal_scanner *scanner, const char *begin, const char *stop)
{
    const char *text = scanner->source->text;
    return (bal_span){scanner->source, (uint32_t)(begin - text), (uint32_t)(stop - text)};
}

static const char *line_end(const bal_scanner *s, const char *p)
{
    const char *feed = memchr(p, '\n', (size_t)(s->end - p));
    return feed ? feed : s->end;
}

/* p is at a line feed: behind the mark of the continuation line, or NULL at the end of the card. */
static const char *continued(const bal_scanner *s, const char *p)
{
    bool hidden = false;
    const char *q = bal_line_continues(p, s->end, &hidden);
    return s->hidden && !hidden ? NULL : q;
}

static void report_control(bal_scanner *s, const char *p)
{
    const size_t n = *p == '\xC2' ? 2 : 1;
    if (s->faulty)
        return;
    s->faulty = true;
    (void)bal_report(s->diag, BAL_D_CONTROL_CHARACTER, bal_scan_span(s, p, p + n),
                     "control character '%s' in the text", BAL_SHOW(((bal_text){p, n})));
}

static void report_unclosed(bal_scanner *s, const char *open)
{
    s->faulty = true;
    (void)bal_report(s->diag, BAL_D_UNCLOSED_QUOTE, bal_scan_span(s, open, open + 1),
                     "%s is not closed on this card", *open == '{' ? "this '{'" : "this quote");
}

static void report_parenthesis(bal_scanner *s, const char *p)
{
    (void)bal_report(s->diag, BAL_D_UNBALANCED, bal_scan_span(s, p, p + 1),
                     *p == '(' ? "no ')' for this '('" : "no '(' for this ')': it is ignored");
}

static bal_status push(bal_scanner *s, bal_token_kind kind, const char *begin, const char *stop)
{
    if (s->n_tokens == s->capacity || !s->tokens) {
        bal_token *bigger = bal_grow(s->tokens, &s->capacity, s->n_tokens + 1, sizeof *bigger);
        if (!bigger)
            return BAL_E_NOMEM;
        s->tokens = bigger;
    }
    s->tokens[s->n_tokens++] =
        (bal_token){.span = bal_scan_span(s, begin, stop), .kind = (uint8_t)kind};
    return BAL_OK;
}

/* Over blanks, commas, comments and ends of lines that are continued: to a token, or to the end of
 * the card. A comment needs a blank before it. */
static const char *skip_separators(const bal_scanner *s, const char *p, bool *comma)
{
    bool blank = p == s->p;
    while (p < s->end) {
        const size_t n = *p == ' ' ? 1 : class_of(s, p) == BLANK ? bal_blank_length(p, s->end) : 0;
        if (n > 0) {
            p += n;
            blank = true;
        } else if (*p == ',') {
            p++;
            blank = false;
            *comma = true;
        } else if (blank && bal_is_comment(p, s->end)) {
            p = line_end(s, p);
        } else if (*p == '\n') {
            const char *next = continued(s, p);
            if (!next)
                return p;
            p = next;
            blank = true;
        } else {
            return p;
        }
    }
    return p;
}

/* To the byte `close` on the same line, or NULL. */
static const char *find_on_line(const bal_scanner *s, const char *p, char close)
{
    return memchr(p, close, (size_t)(line_end(s, p) - p));
}

static bool opens_quote(const char *open, const char *p)
{
    return p > open && strchr(" \t(,=", p[-1]) != NULL;
}

/* From '(' behind its ')'. Quoted text and comments hide parentheses. */
static const char *skip_parentheses(bal_scanner *s, const char *open)
{
    size_t depth = 0;
    const char *p = open;
    while (p < s->end) {
        const class c = class_of(s, p);
        const char *close = NULL;
        if (c == LEFT) {
            depth++;
        } else if (c == RIGHT) {
            if (--depth == 0)
                return p + 1;
        } else if (c == CONTROL) {
            report_control(s, p);
        } else if (c == LINE) {
            close = continued(s, p);
            if (!close)
                break;
            p = close - 1;
        } else if (c == QUOTE || (*p == '\'' && opens_quote(open, p))) {
            close = find_on_line(s, p + 1, *p);
            p = close ? close : p;
        } else if (p > open && bal_is_comment(p, s->end) && class_of(s, p - 1) == BLANK) {
            p = line_end(s, p) - 1;
        }
        p++;
    }
    report_parenthesis(s, open);
    return p;
}

static bool is_comparison(char before)
{
    return before == '<' || before == '>' || before == '!' || before == '=';
}

static bal_status scan_word(bal_scanner *s, const char **at)
{
    const char *begin = *at;
    const char *p = begin;
    bool more = true;
    while (more && p < s->end) {
        while (p < s->end && classes[(unsigned char)*p] == WORD)
            p++;
        switch (p < s->end ? class_of(s, p) : BLANK) {
        case CONTROL:
            report_control(s, p);
            p++;
            break;
        case EQUALS: {
            const bool twice = p + 1 < s->end && p[1] == '=';
            more = twice || (p > begin && is_comparison(p[-1]));
            p += !more ? 0 : twice ? 2 : 1;
            break;
        }
        case LEFT:
            p = skip_parentheses(s, p);
            break;
        case WORD:
        case HIGH:
            p++;
            break;
        default:
            more = false;
        }
    }
    *at = p;
    return push(s, BAL_TOKEN_WORD, begin, p);
}

static bal_status scan_string(bal_scanner *s, const char **at)
{
    const char *open = *at;
    const char *close = find_on_line(s, open + 1, '"');
    const char *stop = close ? close : line_end(s, open);
    for (const char *p = open; p < stop; p++) {
        if (class_of(s, p) == CONTROL)
            report_control(s, p);
    }
    *at = close ? close + 1 : stop;
    if (!close) {
        report_unclosed(s, open);
        return BAL_OK;
    }
    return push(s, BAL_TOKEN_STRING, open + 1, close);
}

/* {...} with braces inside, or '...': both may run over continuation lines. */
static bal_status scan_expression(bal_scanner *s, const char **at)
{
    const char *open = *at;
    const char close = *open == '{' ? '}' : '\'';
    size_t depth = 1;
    const char *p = open + 1;
    while (p < s->end) {
        if (*p == close && --depth == 0)
            break;
        depth += *p == '{' && close == '}';
        if (*p == '\n') {
            const char *next = continued(s, p);
            if (!next)
                break;
            p = next;
            continue;
        }
        if (class_of(s, p) == CONTROL)
            report_control(s, p);
        p++;
    }
    if (p >= s->end || *p == '\n') {
        *at = p;
        report_unclosed(s, open);
        return BAL_OK;
    }
    *at = p + 1;
    return push(s, BAL_TOKEN_EXPR, open + 1, p);
}

static bal_status scan_single(bal_scanner *s, const char **at, bal_token_kind kind)
{
    const char *p = (*at)++;
    return push(s, kind, p, p + 1);
}

static bal_status scan_token(bal_scanner *s, const char **at)
{
    const char *p = *at;
    switch (class_of(s, p)) {
    case EQUALS:
        if (p + 1 < s->end && p[1] == '=')
            return scan_word(s, at);
        return scan_single(s, at, BAL_TOKEN_EQUALS);
    case LEFT:
        s->open++;
        return scan_single(s, at, BAL_TOKEN_LEFT);
    case RIGHT:
        if (s->open > 0) {
            s->open--;
            return scan_single(s, at, BAL_TOKEN_RIGHT);
        }
        report_parenthesis(s, p);
        *at = p + 1;
        return BAL_OK;
    case BRACE:
        return scan_expression(s, at);
    case QUOTE:
        return scan_string(s, at);
    default:
        return *p == '\'' ? scan_expression(s, at) : scan_word(s, at);
    }
}

/* The '(' that is still open: the last one that no ')' follows up on. */
static void report_open(bal_scanner *s)
{
    unsigned closed = 0;
    for (size_t i = s->n_tokens; i-- > 0;) {
        const bal_token *token = &s->tokens[i];
        closed += token->kind == BAL_TOKEN_RIGHT;
        if (token->kind != BAL_TOKEN_LEFT || closed-- > 0)
            continue;
        report_parenthesis(s, s->source->text + token->span.begin);
        return;
    }
}

bal_status bal_scan_card(bal_scanner *scanner)
{
    bal_scanner *s = scanner;
    const char *p = s->p;
    s->n_tokens = 0;
    s->open = 0;
    s->faulty = false;
    for (;;) {
        bool comma = false;
        p = skip_separators(s, p, &comma);
        if (p >= s->end || *p == '\n')
            break;
        const size_t before = s->n_tokens;
        const bal_status status = scan_token(s, &p);
        if (status != BAL_OK)
            return status;
        if (s->n_tokens > before)
            s->tokens[before].after_comma = comma;
    }
    s->p = p;
    if (s->open > 0)
        report_open(s);
    return s->faulty ? BAL_E_DECK : BAL_OK;
}
