/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands inside the parentheses of a word is text until somebody asks for its tokens. */
#include <string.h>

#include "alloc.h"
#include "scan.h"

bool bal_card_is_key(const bal_card *card, uint32_t i)
{
    return i + 1 < card->n_tokens && card->tokens[i].kind == BAL_TOKEN_WORD &&
           card->tokens[i + 1].kind == BAL_TOKEN_EQUALS;
}

bool bal_token_is_name(const bal_token *token)
{
    return token->kind == BAL_TOKEN_WORD ||
           (token->kind == BAL_TOKEN_STRING && token->span.end > token->span.begin);
}

/* The ')' that closes the word's first '(' must be its last byte. */
static bal_status find_close(bal_span word, bal_text text, size_t open, bal_diag *diag,
                             size_t *close)
{
    size_t depth = 0;
    size_t i = open;
    for (; i < text.n; i++) {
        depth += text.p[i] == '(';
        depth -= text.p[i] == ')' && depth > 0;
        if (depth == 0)
            break;
    }
    *close = i; /* text.n: not closed, which the tokenizer has told already */
    if (i + 1 >= text.n)
        return BAL_OK;
    const uint32_t behind = word.begin + (uint32_t)i + 1;
    return bal_report(diag, BAL_D_CARD_SYNTAX, (bal_span){word.source, behind, word.end},
                      "unexpected text behind the ')' of '%s'",
                      BAL_SHOW(((bal_text){text.p, open})));
}

static bal_status scan_inside(bal_span inside, bal_arena *arena, bal_diag *diag,
                              const bal_token **inner, uint32_t *n_inner)
{
    const char *text = inside.source->text;
    bal_scanner s = {
        .source = inside.source, .p = text + inside.begin, .end = text + inside.end, .diag = diag};
    bal_status status = bal_scan_card(&s);
    bal_token *copy = NULL;
    if (status == BAL_OK) {
        copy = bal_arena_alloc(arena, s.n_tokens, sizeof *copy);
        status = copy ? BAL_OK : BAL_E_NOMEM;
    }
    if (status == BAL_OK && s.n_tokens > 0)
        memcpy(copy, s.tokens, s.n_tokens * sizeof *copy);
    bal_free(s.tokens);
    if (status != BAL_OK)
        return status;
    *inner = copy;
    *n_inner = (uint32_t)s.n_tokens;
    return BAL_OK;
}

bal_status bal_token_open(const bal_token *word, bal_arena *arena, bal_diag *diag, bal_span *head,
                          const bal_token **inner, uint32_t *n_inner)
{
    const bal_span span = word->span;
    const bal_text text = bal_span_text(span);
    const char *open = text.n > 0 ? memchr(text.p, '(', text.n) : NULL;
    if (!open || word->kind != BAL_TOKEN_WORD) {
        *head = span;
        *inner = NULL;
        *n_inner = 0;
        return BAL_OK;
    }
    size_t close = 0;
    const size_t at = (size_t)(open - text.p);
    bal_status status = find_close(span, text, at, diag, &close);
    if (status != BAL_OK)
        return status;
    const bal_span inside = {span.source, span.begin + (uint32_t)at + 1,
                             span.begin + (uint32_t)close};
    status = scan_inside(inside, arena, diag, inner, n_inner);
    if (status == BAL_OK)
        *head = (bal_span){span.source, span.begin, span.begin + (uint32_t)at};
    return status;
}
