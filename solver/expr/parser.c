/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Recursive descent. From loose to tight: ?:, ||, &&, == !=, < > <= >=, + -, * / %, unary, ^ (to
 * the right; -2^2 is -4). Nesting is limited, so that no text can exhaust the stack.
 */
#include "parser.h"

#include <string.h>

const bal_node *bal_parser_fail(bal_parser *parser, bal_status status)
{
    parser->build->status = status == BAL_OK ? BAL_E_DECK : status;
    return NULL;
}

bool bal_parser_next(bal_parser *parser)
{
    parser->end = parser->token.span.end;
    const bal_status status = bal_lexer_next(&parser->lexer, &parser->token);
    if (status != BAL_OK)
        bal_parser_fail(parser, status);
    return status == BAL_OK;
}

bool bal_parser_is(const bal_parser *parser, const char *symbol)
{
    return parser->token.kind == BAL_LEX_SYMBOL && strcmp(parser->token.symbol, symbol) == 0;
}

/* What a message says of the token found. */
static const char *found(const bal_parser *p, char buffer[72])
{
    if (p->token.kind == BAL_LEX_END)
        return "the end";
    char *end = buffer;
    *end++ = '\'';
    bal_show(end, 64, bal_span_text(p->token.span));
    end += strlen(end);
    *end++ = '\'';
    *end = '\0';
    return buffer;
}

const bal_node *bal_parser_expected(bal_parser *parser, const char *expected)
{
    char buffer[72];
    const bal_status status = bal_report(parser->lexer.diag, BAL_D_EXPR_SYNTAX, parser->token.span,
                                         "expected %s, found %s", expected, found(parser, buffer));
    return bal_parser_fail(parser, status);
}

/* From `begin` to the last token consumed. */
static bal_span since(const bal_parser *p, uint32_t begin)
{
    return (bal_span){p->token.span.source, begin, p->end};
}

static const bal_node *call(bal_parser *p, const char *name, const bal_node *const x[], int n,
                            uint32_t begin)
{
    return bal_node_call(p->build, bal_function_find(bal_text_of(name)), x, n, since(p, begin));
}

static const bal_node *group(bal_parser *p, const char *close)
{
    const bal_span open = p->token.span;
    char expected[] = "' '";
    if (!bal_parser_next(p))
        return NULL;
    const bal_node *node = bal_parse_expression(p);
    if (!node)
        return NULL;
    if (!bal_parser_is(p, close)) {
        expected[1] = close[0];
        bal_parser_expected(p, expected);
        bal_note(p->lexer.diag, open, "to close this one");
        return NULL;
    }
    return bal_parser_next(p) ? node : NULL;
}

static const bal_node *primary(bal_parser *p)
{
    if (p->token.kind == BAL_LEX_NAME)
        return bal_parse_name(p);
    if (p->token.kind == BAL_LEX_NUMBER) {
        const bal_ddc value = {p->token.number, {0.0, 0.0}};
        const bal_node *node = bal_node_constant(p->build, value, p->token.span);
        return node && bal_parser_next(p) ? node : NULL;
    }
    if (bal_parser_is(p, "("))
        return group(p, ")");
    if (bal_parser_is(p, "{"))
        return group(p, "}");
    if (bal_parser_is(p, "'"))
        return group(p, "'");
    return bal_parser_expected(p, "a value");
}

static const bal_node *unary(bal_parser *p);

/* A primary with its signs. */
static const bal_node *exponent(bal_parser *p)
{
    const uint32_t begin = p->token.span.begin;
    bool minus = false;
    while (bal_parser_is(p, "-") || bal_parser_is(p, "+")) {
        minus ^= bal_parser_is(p, "-");
        if (!bal_parser_next(p))
            return NULL;
    }
    const bal_node *node = bal_parser_is(p, "!") ? unary(p) : primary(p);
    return node && minus ? call(p, "-", &node, 1, begin) : node;
}

/* From the left, as ngspice does; mathematics and some simulators begin at the right. */
static const bal_node *power(bal_parser *p)
{
    const uint32_t begin = p->token.span.begin;
    const bal_node *x[2] = {primary(p), NULL};
    for (int n = 0; x[0] && bal_parser_is(p, "^"); n++) {
        const bal_span at = p->token.span;
        if (n == 1 && bal_report(p->lexer.diag, BAL_D_POWER_CHAIN, at,
                                 "a^b^c is read as (a^b)^c, as ngspice does: parentheses make it "
                                 "certain") != BAL_OK)
            return bal_parser_fail(p, BAL_E_DECK);
        x[1] = bal_parser_next(p) ? exponent(p) : NULL;
        x[0] = x[1] ? call(p, "^", x, 2, begin) : NULL;
    }
    return x[0];
}

static const bal_node *signed_operand(bal_parser *p)
{
    const uint32_t begin = p->token.span.begin;
    const bool minus = bal_parser_is(p, "-");
    const bool invert = bal_parser_is(p, "!");
    if (!minus && !invert && !bal_parser_is(p, "+"))
        return power(p);
    if (!bal_parser_next(p))
        return NULL;
    const bal_node *operand = unary(p);
    if (!operand || !(minus || invert))
        return operand;
    return call(p, minus ? "-" : "!", &operand, 1, begin);
}

static const bal_node *unary(bal_parser *p)
{
    if (p->nesting >= BAL_EXPR_NESTING)
        return bal_parser_fail(p, bal_report(p->lexer.diag, BAL_D_EXPR_DEPTH, p->token.span,
                                             "an expression nested more than %d levels deep",
                                             BAL_EXPR_NESTING));
    p->nesting++;
    const bal_node *node = signed_operand(p);
    p->nesting--;
    return node;
}

static int precedence(const bal_parser *p)
{
    static const struct {
        const char *symbol;
        int level;
    } levels[] = {{"||", 1}, {"&&", 2}, {"==", 3}, {"!=", 3}, {"<", 4}, {">", 4}, {"<=", 4},
                  {">=", 4}, {"+", 5},  {"-", 5},  {"*", 6},  {"/", 6}, {"%", 6}};
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
        if (bal_parser_is(p, levels[i].symbol))
            return levels[i].level;
    return 0;
}

static const bal_node *binary(bal_parser *p, int least)
{
    const uint32_t begin = p->token.span.begin;
    const bal_node *x[2] = {unary(p), NULL};
    while (x[0]) {
        const int level = precedence(p);
        const char *symbol = p->token.symbol;
        if (level < least || level == 0)
            return x[0];
        x[1] = bal_parser_next(p) ? binary(p, level + 1) : NULL;
        x[0] = x[1] ? call(p, symbol, x, 2, begin) : NULL;
    }
    return NULL;
}

const bal_node *bal_parse_expression(bal_parser *parser)
{
    const uint32_t begin = parser->token.span.begin;
    const bal_node *x[3] = {binary(parser, 1), NULL, NULL};
    if (!x[0] || !bal_parser_is(parser, "?"))
        return x[0];
    if (parser->nesting >= BAL_EXPR_NESTING)
        return unary(parser); /* reports the nesting */
    parser->nesting++;
    x[1] = bal_parser_next(parser) ? bal_parse_expression(parser) : NULL;
    if (x[1] && !bal_parser_is(parser, ":"))
        return bal_parser_expected(parser, "':' of a ?:");
    x[2] = x[1] && bal_parser_next(parser) ? bal_parse_expression(parser) : NULL;
    parser->nesting--;
    return x[2] ? call(parser, "if", x, 3, begin) : NULL;
}

const bal_node *bal_parse_all(bal_parser *parser)
{
    parser->token = (bal_lex_token){.span = parser->lexer.span};
    parser->token.span.end = parser->token.span.begin;
    if (!bal_parser_next(parser))
        return NULL;
    if (parser->token.kind == BAL_LEX_END)
        return bal_parser_fail(parser, bal_report(parser->lexer.diag, BAL_D_EXPR_SYNTAX,
                                                  parser->token.span, "an empty expression"));
    const bal_node *node = bal_parse_expression(parser);
    if (!node || parser->token.kind == BAL_LEX_END)
        return node;
    if (bal_parser_is(parser, "="))
        return bal_parser_expected(parser, "an operator (== compares)");
    return bal_parser_expected(parser, "an operator");
}

bal_status bal_expr_compile(bal_span span, const bal_names *names, const bal_expr_options *options,
                            bal_arena *arena, bal_diag *diag, const bal_expr **out)
{
    static const bal_names no_names = {0};
    static const bal_expr_options no_options = {0};
    bal_build build = {.arena = arena, .diag = diag};
    bal_parser parser = {.build = &build,
                         .names = names ? names : &no_names,
                         .options = options ? options : &no_options};
    bal_lexer_init(&parser.lexer, span, diag);
    const bal_node *root = bal_parse_all(&parser);
    const bal_expr *expr = root ? bal_expr_finish(&build, root) : NULL;
    if (!expr)
        return build.status;
    *out = expr;
    return BAL_OK;
}
