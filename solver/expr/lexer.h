/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_EXPR_LEXER_H
#define BAL_EXPR_LEXER_H

/* Splits the text of an expression into tokens; knows nothing of what names mean. */
#include "dd.h"
#include "diag.h"

typedef enum bal_lexeme {
    BAL_LEX_END,
    BAL_LEX_NUMBER,
    BAL_LEX_NAME,
    BAL_LEX_SYMBOL /* operators and brackets */
} bal_lexeme;

typedef struct bal_lex_token {
    bal_lexeme kind;
    const char
        *symbol; /* static, of a symbol: "&&"; "**" is given as "^", "&" as "&&", "~" as "!" */
    bal_span span;
    bal_dd number;
} bal_lex_token;

typedef struct bal_lexer {
    const char *text; /* of the whole file */
    bal_span span;    /* what is read; span.begin moves */
    bal_diag *diag;
} bal_lexer;

void bal_lexer_init(bal_lexer *lexer, bal_span span, bal_diag *diag);

/* The next token; BAL_E_DECK (reported) for a bad number or character. */
BAL_NODISCARD bal_status bal_lexer_next(bal_lexer *lexer, bal_lex_token *token);

/*
 * Raw arguments: splits what follows a '(' at commas outside of parentheses and quotes, up to the
 * balanced ')', which is consumed. Each span is trimmed of blanks and of a pair of double quotes.
 * At most `room` are kept, *n counts all. BAL_E_DECK (reported at `open`) when the ')' is missing.
 */
BAL_NODISCARD bal_status bal_lexer_raw(bal_lexer *lexer, bal_span open, bal_span arguments[],
                                       int room, int *n);

#endif
