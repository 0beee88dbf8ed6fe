/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_NETLIST_NETLIST_H
#define BAL_NETLIST_NETLIST_H

/*
 * Source text -> tokens -> cards. Text is never rewritten: a token is a span of the original file.
 * This layer opens every file that a deck names (.include, .inc, .lib) and knows nothing of what
 * cards mean beyond that, .end, and .control blocks.
 */
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "dd.h"
#include "diag.h"

typedef enum bal_token_kind {
    BAL_TOKEN_WORD,   /* R1, 10k, N001, v(a,b), Net-(R1-Pad1), POLY(2), SIN(0 1 1k): a '(' that
                         directly follows a character of the word belongs to it up to its ')' */
    BAL_TOKEN_EQUALS, /* a single '=' (==, >=, <=, != stay inside words) */
    BAL_TOKEN_LEFT,   /* '(' standing alone */
    BAL_TOKEN_RIGHT,  /* ')' that closes it */
    BAL_TOKEN_EXPR,   /* {...} or '...': the span is what stands between */
    BAL_TOKEN_STRING  /* "...": the span is what stands between */
} bal_token_kind;

typedef struct bal_token {
    bal_span span;
    uint8_t kind;     /* bal_token_kind */
    bool after_comma; /* a comma stood before it (commas separate like blanks) */
} bal_token;

/* One logical line: all tokens, continuation lines joined. tokens[0] is the name or the dot word.
 */
typedef struct bal_card {
    const bal_token *tokens;
    uint32_t n_tokens; /* >= 1 */
} bal_card;

typedef struct bal_deck {
    bal_text title;        /* first line, without a leading '*' and blanks */
    const bal_card *cards; /* in reading order, includes expanded, .end and what follows left out */
    size_t n_cards;
    const bal_source *source;   /* the deck's own file */
    const char *const *folders; /* of the options: searched for files that cards name */
    size_t n_folders;
    const char *library; /* of the options: folder of the part library; NULL: none */
} bal_deck;

typedef struct bal_read_options {
    const char *const *folders; /* -I: searched after the including file's folder */
    size_t n_folders;
    const char *library; /* folder of the part library, searched last; NULL: none */
} bal_read_options;

/*
 * Reads a deck and everything that it includes. Encodings: UTF-8 with or without BOM, UTF-16 LE/BE
 * with BOM or by its NUL pattern, Latin-1 micro sign; LF, CRLF, CR. "*>" at the start of a line is
 * a card hidden from other simulators. The deck and all text live in `arena`. BAL_E_DECK after at
 * least one report; BAL_E_NOMEM; BAL_E_IO when `path` itself cannot be read (reported too). .lib
 * FILE SECTION takes a section, .lib FILE without one includes the file.
 */
BAL_NODISCARD bal_status bal_deck_read(const char *path, const bal_read_options *options,
                                       bal_arena *arena, bal_diag *diag, bal_deck *deck);

/* The same from memory; name is shown in messages and is the folder for includes. Copies text. */
BAL_NODISCARD bal_status bal_deck_read_text(const char *name, const char *text, size_t n,
                                            const bal_read_options *options, bal_arena *arena,
                                            bal_diag *diag, bal_deck *deck);

/* Splits a word like "R(tc1=1m tc2=2u)" into its head "R" and the tokens between the parentheses.
 * A word without a parenthesis is all head and no tokens. */
BAL_NODISCARD bal_status bal_token_open(const bal_token *word, bal_arena *arena, bal_diag *diag,
                                        bal_span *head, const bal_token **inner, uint32_t *n_inner);

/* tokens[i] is a WORD and tokens[i+1] is EQUALS: a "key = value" begins at i. */
bool bal_card_is_key(const bal_card *card, uint32_t i);

/* A node, a model or a number: a word, which may be quoted as KiCad does ("Net-(R1-Pad2)", "10k").
 */
bool bal_token_is_name(const bal_token *token);

/* Numbers: [sign] decimal [suffix] [unit letters]. */
typedef struct bal_number_info {
    char suffix;      /* lower case: t g k m u n p f a, 'x' for meg, 'l' for mil, 0 for none */
    bool upper_m;     /* the suffix was written 'M' and nothing followed */
    bool only_suffix; /* no unit letters behind the suffix */
    bool rkm;         /* 1k5, 4R7: reported as a warning already */
    bool percent;     /* 1% is 0.01: for pure numbers only */
    bal_text unit;    /* the letters behind the suffix */
} bal_number_info;

/*
 * Parses the whole span as a number: SPICE suffixes, letters behind them ignored, micro as u,
 * U+00B5 or U+03BC, 1k5 and 4R7 with a warning. Not numbers: nan, inf, hex, "1e", "--5", "1k,5".
 * Reports and returns BAL_E_DECK, leaving *value alone. info may be NULL.
 */
BAL_NODISCARD bal_status bal_number_parse(bal_span span, bal_diag *diag, bal_dd *value,
                                          bal_number_info *info);

/* Does the text begin like a number ([+-] [.] digit)? Tells a value from a model name. */
bool bal_number_looks_like(bal_text text);

#endif
