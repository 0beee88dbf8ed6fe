/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tokens of expressions. Line feeds of continued cards are blanks here, see skip_line. */
#include "lexer.h"

#include <string.h>

#include "decimal.h"
#include "suffix.h"

void bal_lexer_init(bal_lexer *lexer, bal_span span, bal_diag *diag)
{
    *lexer = (bal_lexer){span.source ? span.source->text : "", span, diag};
}

static bool at_end(const bal_lexer *l)
{
    return l->span.begin >= l->span.end;
}

/* The character `ahead` of the next one, NUL beyond the end. */
static char peek(const bal_lexer *l, uint32_t ahead)
{
    return l->span.end - l->span.begin > ahead ? l->text[l->span.begin + ahead] : '\0';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\f' || c == '\v';
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    const char low = bal_lower(c);
    return (low >= 'a' && low <= 'z') || (unsigned char)c >= 0x80;
}

static void skip_to_line_end(bal_lexer *l)
{
    while (!at_end(l) && !is_line_end(peek(l, 0)))
        l->span.begin++;
}

/* Behind a line end: blank lines, comment lines and the mark of the continuation. */
static void skip_line(bal_lexer *l)
{
    const char *next = bal_line_continues(l->text + l->span.begin, l->text + l->span.end, NULL);
    l->span.begin = next ? (uint32_t)(next - l->text) : l->span.begin + 1;
}

/* An inline comment needs a blank before it and a line end behind it, else it is no comment. */
static bool comment_here(const bal_lexer *l, bool blank_before)
{
    const bool dollar = peek(l, 0) == '$' && is_blank(peek(l, 1));
    const bool slashes = peek(l, 0) == '/' && peek(l, 1) == '/';
    if (!blank_before || !(peek(l, 0) == ';' || dollar || slashes))
        return false;
    const char *rest = l->text + l->span.begin;
    const size_t n = l->span.end - l->span.begin;
    return memchr(rest, '\n', n) || memchr(rest, '\r', n);
}

static void skip_blanks(bal_lexer *l)
{
    bool blank = false;
    while (!at_end(l)) {
        if (is_line_end(peek(l, 0)))
            skip_line(l);
        else if (comment_here(l, blank))
            skip_to_line_end(l);
        else if (is_blank(peek(l, 0)))
            l->span.begin++;
        else
            return;
        blank = true;
    }
}

static bal_span from(const bal_lexer *l, uint32_t begin)
{
    return (bal_span){l->span.source, begin, l->span.begin};
}

static bool starts_name(char c)
{
    return is_letter(c) || c == '_' || c == '@' || c == '#' || c == '$';
}

static void lex_name(bal_lexer *l, bal_lex_token *token)
{
    const uint32_t begin = l->span.begin;
    const bool device = peek(l, 0) == '@'; /* @r.x1.r3[i] */
    for (;; l->span.begin++) {
        const char c = peek(l, 0);
        const bool bracket = device && (c == '[' || c == ']');
        if (!starts_name(c) && !is_digit(c) && c != '.' && !bracket)
            break;
    }
    token->kind = BAL_LEX_NAME;
    token->span = from(l, begin);
}

/* Skips what belongs to a malformed number, so that the message shows all of it. */
static void skip_word(bal_lexer *l)
{
    while (starts_name(peek(l, 0)) || is_digit(peek(l, 0)) || peek(l, 0) == '.')
        l->span.begin++;
}

static bal_status bad_number(bal_lexer *l, uint32_t begin, const char *what)
{
    skip_word(l);
    const bal_span at = from(l, begin);
    return bal_report(l->diag, BAL_D_BAD_NUMBER, at, "'%s' is not a number: %s",
                      BAL_SHOW(bal_span_text(at)), what);
}

/* 1k5 and 4R7: the letter stands where the point would. The digits before it are text[begin..dot).
 */
static bal_status lex_rkm(bal_lexer *l, uint32_t begin, uint32_t dot, bal_dd *value)
{
    char digits[64];
    bal_suffix suffix = {0, 1, 'r'};
    const char *p = l->text;
    const size_t head = dot - begin;
    (void)bal_suffix_read(p + dot, l->span.end - dot, &suffix);
    l->span.begin = dot + 1;
    while (is_digit(peek(l, 0)))
        l->span.begin++;
    const size_t tail = l->span.begin - dot - 1;
    if (head + tail + 1 > sizeof digits || memchr(p + begin, '.', head))
        return bad_number(l, begin, "digits behind its suffix");
    memcpy(digits, p + begin, head);
    digits[head] = '.';
    memcpy(digits + head + 1, p + dot + 1, tail);
    size_t used = 0;
    if (bal_decimal_parse(digits, head + tail + 1, value, &used) != BAL_DECIMAL_OK ||
        used != head + tail + 1)
        return bad_number(l, begin, "digits behind its suffix");
    *value = bal_suffix_apply(*value, &suffix);
    const bal_span at = from(l, begin);
    char shown[32];
    return bal_report(l->diag, BAL_D_RKM_NUMBER, at, "'%s' is read as %s",
                      BAL_SHOW(bal_span_text(at)), bal_decimal_print(value->hi, shown));
}

static bool rkm_here(const bal_lexer *l)
{
    const char c = bal_lower(peek(l, 0));
    return c != '\0' && strchr("rtgkmunpf", c) && is_digit(peek(l, 1));
}

/* Suffix and unit letters behind the digits. */
static bal_status lex_suffix(bal_lexer *l, uint32_t begin, bal_dd *value)
{
    const char *p = l->text + l->span.begin;
    const size_t n = l->span.end - l->span.begin;
    const size_t letters = bal_unit_length(p, n);
    const bool pi = letters == 2 && bal_text_is((bal_text){p, 2}, "pi");
    bal_suffix suffix = {0};
    if (bal_suffix_read(p, n, &suffix)) {
        *value = bal_suffix_apply(*value, &suffix);
        l->span.begin += (uint32_t)suffix.used;
    }
    l->span.begin +=
        (uint32_t)bal_unit_length(l->text + l->span.begin, l->span.end - l->span.begin);
    if (starts_name(peek(l, 0)) || is_digit(peek(l, 0)) || peek(l, 0) == '.')
        return bad_number(l, begin, "letters and digits mixed");
    if (!pi)
        return BAL_OK;
    const bal_span at = from(l, begin);
    return bal_report(l->diag, BAL_D_SUSPICIOUS_SUFFIX, at,
                      "'%s' is read with the suffix p and a unit 'i': write *pi for a product",
                      BAL_SHOW(bal_span_text(at)));
}

static bal_status lex_number(bal_lexer *l, bal_lex_token *token)
{
    const uint32_t begin = l->span.begin;
    size_t used = 0;
    token->kind = BAL_LEX_NUMBER;
    if (peek(l, 0) == '0' && bal_lower(peek(l, 1)) == 'x')
        return bad_number(l, begin, "no hexadecimal numbers here");
    const bal_decimal_result result =
        bal_decimal_parse(l->text + begin, l->span.end - begin, &token->number, &used);
    l->span.begin += (uint32_t)used;
    bal_status status = BAL_OK;
    if (result == BAL_DECIMAL_EXPONENT)
        return bad_number(l, begin, "its exponent has no digits");
    if (result == BAL_DECIMAL_NONE)
        return bad_number(l, begin, "a digit is missing");
    if (result == BAL_DECIMAL_OK && rkm_here(l))
        status = lex_rkm(l, begin, l->span.begin, &token->number);
    else
        status = lex_suffix(l, begin, &token->number);
    token->span = from(l, begin);
    if (status == BAL_OK && (result == BAL_DECIMAL_RANGE || !isfinite(token->number.hi)))
        return bal_report(l->diag, BAL_D_NUMBER_RANGE, token->span,
                          "'%s' is beyond the range of numbers",
                          BAL_SHOW(bal_span_text(token->span)));
    return status;
}

/* Longer ones first. The second column is what the parser sees. */
static const char *const symbols[][2] = {
    {"**", "^"},  {"&&", "&&"}, {"||", "||"}, {"==", "=="}, {"!=", "!="}, {"<>", "!="},
    {"<=", "<="}, {">=", ">="}, {"&", "&&"},  {"|", "||"},  {"~", "!"},   {"+", "+"},
    {"-", "-"},   {"*", "*"},   {"/", "/"},   {"%", "%"},   {"^", "^"},   {"!", "!"},
    {"<", "<"},   {">", ">"},   {"?", "?"},   {":", ":"},   {"(", "("},   {")", ")"},
    {"{", "{"},   {"}", "}"},   {"'", "'"},   {",", ","},   {"=", "="},
};

static bal_status lex_symbol(bal_lexer *l, bal_lex_token *token)
{
    const uint32_t begin = l->span.begin;
    token->kind = BAL_LEX_SYMBOL;
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++) {
        const char *s = symbols[i][0];
        if (peek(l, 0) != s[0] || (s[1] != '\0' && peek(l, 1) != s[1]))
            continue;
        l->span.begin += (uint32_t)strlen(s);
        token->symbol = symbols[i][1];
        token->span = from(l, begin);
        return BAL_OK;
    }
    l->span.begin++;
    token->span = from(l, begin);
    return bal_report(l->diag, BAL_D_EXPR_SYNTAX, token->span, "unexpected '%s' in an expression",
                      BAL_SHOW(bal_span_text(token->span)));
}

bal_status bal_lexer_next(bal_lexer *lexer, bal_lex_token *token)
{
    skip_blanks(lexer);
    *token = (bal_lex_token){.span = from(lexer, lexer->span.begin)};
    if (at_end(lexer))
        return BAL_OK;
    const char c = peek(lexer, 0);
    if (is_digit(c) || (c == '.' && is_digit(peek(lexer, 1))))
        return lex_number(lexer, token);
    if (starts_name(c)) {
        lex_name(lexer, token);
        return BAL_OK;
    }
    return lex_symbol(lexer, token);
}

static bal_span trimmed(bal_span s)
{
    const char *text = s.source->text;
    while (s.begin < s.end && (is_blank(text[s.begin]) || is_line_end(text[s.begin])))
        s.begin++;
    while (s.end > s.begin && (is_blank(text[s.end - 1]) || is_line_end(text[s.end - 1])))
        s.end--;
    if (s.end - s.begin >= 2 && text[s.begin] == '"' && text[s.end - 1] == '"') {
        s.begin++;
        s.end--;
    }
    return s;
}

/* Moves over one raw argument; stops at its ',' or ')' or at the end. */
static void skip_raw(bal_lexer *l)
{
    unsigned open = 0;
    bool quoted = false;
    for (; !at_end(l); l->span.begin++) {
        const char c = peek(l, 0);
        if (c == '"')
            quoted = !quoted;
        if (quoted)
            continue;
        if (open == 0 && (c == ',' || c == ')'))
            return;
        if (c == '(')
            open++;
        if (c == ')')
            open--;
    }
}

bal_status bal_lexer_raw(bal_lexer *lexer, bal_span open, bal_span arguments[], int room, int *n)
{
    *n = 0;
    for (;;) {
        const uint32_t begin = lexer->span.begin;
        skip_raw(lexer);
        if (at_end(lexer))
            return bal_report(lexer->diag, BAL_D_EXPR_SYNTAX, open, "this '(' is not closed");
        if (*n < room)
            arguments[*n] = trimmed(from(lexer, begin));
        ++*n;
        lexer->span.begin++;
        if (lexer->text[lexer->span.begin - 1] == ')')
            return BAL_OK;
    }
}
