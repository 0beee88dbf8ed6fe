/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_EXPR_PARSER_H
#define BAL_EXPR_PARSER_H

#include "lexer.h"
#include "tree.h"

/* One text being compiled: the expression itself, or the body of a .func with its arguments. */
typedef struct bal_parser {
    bal_lexer lexer;
    bal_lex_token token; /* the next one */
    uint32_t end;        /* where the token before it ended */
    bal_build *build;
    const bal_names *names;
    const bal_expr_options *options;
    const bal_user_function *function; /* whose body this is; NULL at the top */
    const bal_node *const *bound;      /* its arguments */
    int nesting;
    int calls; /* functions in functions */
} bal_parser;

/* All return NULL after a report (or BAL_E_NOMEM in build->status). */
const bal_node *bal_parse_all(bal_parser *parser);        /* the whole span */
const bal_node *bal_parse_expression(bal_parser *parser); /* up to what cannot belong to it */
const bal_node *bal_parse_name(bal_parser *parser); /* the token is a name: variable or call */

/* Reports "expected ..., found ..." at the token. */
const bal_node *bal_parser_expected(bal_parser *parser, const char *expected);
bool bal_parser_next(bal_parser *parser); /* reads the next token; false after a report */
bool bal_parser_is(const bal_parser *parser, const char *symbol);
const bal_node *bal_parser_fail(bal_parser *parser, bal_status status);

#endif
