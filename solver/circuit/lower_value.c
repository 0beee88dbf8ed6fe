/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sources given by expressions: VALUE, VOL, CUR, B; LAPLACE, a linear input behind H(s). */
#include "linear.h"

static bool is_equals(const bal_element *r, uint32_t i)
{
    return i < r->card->n_tokens && r->card->tokens[i].kind == BAL_TOKEN_EQUALS;
}

/* An expression in braces or quotes is one field; else it ends before the next key. */
static bal_status take_expression(bal_element *r, bal_span *text)
{
    const bal_card *card = r->card;
    const uint32_t first = r->at;
    if (first >= card->n_tokens || bal_card_is_key(card, first))
        return bal_element_usage(r, card->tokens[first - 1].span,
                                 "expected an expression after this");
    const bool delimited = card->tokens[first].kind >= BAL_TOKEN_EXPR;
    const uint32_t end = delimited ? first + 1 : bal_field_end(card->tokens, card->n_tokens, first);
    *text = bal_fields_span(card->tokens, first, end);
    r->at = end;
    return BAL_OK;
}

static bal_status take_input(bal_linear *l)
{
    bal_span text = {0};
    const bal_expr *input = NULL;
    const size_t first = l->n_terms;
    bal_status status = take_expression(l->r, &text);
    if (status == BAL_OK)
        status = bal_linear_input(l, text, &input);
    return status == BAL_OK ? bal_linear_bind(l, first, input) : status;
}

static bal_status take_transfer(bal_linear *l)
{
    bal_element *r = l->r;
    bal_span text = {0};
    const bal_expr *transfer = NULL;
    bal_status status = take_expression(r, &text);
    if (status == BAL_OK)
        status = bal_scope_compile(r->c, r->scope, text, &transfer);
    for (size_t i = 0; i < l->n_terms; i++)
        l->terms[i].transfer = transfer;
    return status;
}

bal_status bal_form_pair(bal_linear *l)
{
    const bal_element *r = l->r;
    int terminal[2] = {0, 0};
    int seen = 0;
    for (uint32_t i = 1; i < r->form->at; i++) {
        const bal_token *token = &r->card->tokens[i];
        if (!bal_token_is_name(token) || ++seen <= 2)
            continue;
        const bal_status status = bal_linear_node(l, token, &terminal[seen - 3]);
        if (status != BAL_OK)
            return status;
    }
    bal_term *term = bal_linear_term(l);
    if (!term)
        return BAL_E_NOMEM;
    term->a = terminal[0];
    term->b = terminal[1];
    term->coefficient = bal_dd_of(1.0);
    return BAL_OK;
}

/* LTspice: B1 a b V=... Laplace=H(s) */
static bal_status find_laplace(bal_linear *l)
{
    bal_element *r = l->r;
    if (!bal_card_is_key(r->card, r->at) ||
        !bal_text_is(bal_span_text(r->card->tokens[r->at].span), "laplace"))
        return BAL_OK;
    r->at += 2;
    return take_transfer(l);
}

bal_status bal_form_value(bal_linear *l)
{
    bal_element *r = l->r;
    if (is_equals(r, r->at))
        r->at++;
    if (r->form->n_nodes == 4)
        return bal_element_usage(r, r->card->tokens[r->form->at].span,
                                 "expected two nodes before this");
    const bal_status status = take_input(l);
    return status == BAL_OK ? find_laplace(l) : status;
}

bal_status bal_form_laplace(bal_linear *l)
{
    bal_element *r = l->r;
    bal_status status = BAL_OK;
    if (r->form->n_nodes == 4) {
        r->at++;
        status = bal_form_pair(l);
        return status == BAL_OK ? take_transfer(l) : status;
    }
    if (is_equals(r, r->at))
        r->at++;
    const uint32_t first = r->at;
    const bool bare = first < r->card->n_tokens && r->card->tokens[first].kind == BAL_TOKEN_WORD;
    if (bare && !is_equals(r, first + 1))
        return bal_element_usage(r, r->card->tokens[first].span,
                                 "expected the input in braces, and '=' behind it");
    if (bare) { /* LAPLACE V(1) = {...}: no key, though it looks like one */
        const bal_expr *input = NULL;
        r->at++;
        status = bal_linear_input(l, r->card->tokens[first].span, &input);
        status = status == BAL_OK ? bal_linear_bind(l, 0, input) : status;
    } else {
        status = take_input(l);
    }
    if (status == BAL_OK && is_equals(r, r->at))
        r->at++;
    return status == BAL_OK ? take_transfer(l) : status;
}
