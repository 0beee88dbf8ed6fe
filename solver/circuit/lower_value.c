/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sources given by expressions: VALUE, VOL, CUR, B. */
#include "linear.h"

static bool is_equals(const bal_element *r, uint32_t i)
{
    return i < r->card->n_tokens && r->card->tokens[i].kind == BAL_TOKEN_EQUALS;
}

/* An expression in braces or quotes is one field; else it ends before the next key. */
bal_status bal_linear_take(bal_element *r, bal_span *text)
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

bal_status bal_linear_take_input(bal_linear *l)
{
    bal_span text = {0};
    const bal_expr *input = NULL;
    const size_t first = l->n_terms;
    bal_status status = bal_linear_take(l->r, &text);
    if (status == BAL_OK)
        status = bal_linear_input(l, text, &input);
    return status == BAL_OK ? bal_linear_bind(l, first, input) : status;
}

/* LTspice: B1 a b V=... Laplace=H(s) */
static bal_status find_laplace(bal_linear *l)
{
    bal_element *r = l->r;
    if (!bal_card_is_key(r->card, r->at) ||
        !bal_text_is(bal_span_text(r->card->tokens[r->at].span), "laplace"))
        return BAL_OK;
    r->at += 2;
    return bal_linear_transfer(l);
}

bal_status bal_form_value(bal_linear *l)
{
    bal_element *r = l->r;
    if (is_equals(r, r->at))
        r->at++;
    if (r->form->n_nodes == 4)
        return bal_element_usage(r, r->card->tokens[r->form->at].span,
                                 "expected two nodes before this");
    const bal_status status = bal_linear_take_input(l);
    return status == BAL_OK ? find_laplace(l) : status;
}
