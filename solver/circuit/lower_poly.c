/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * POLY(n): c0 + c1 x1 + ... + cn xn + products of inputs. The constant has no part in AC; products
 * need the operating point and are refused unless their coefficients are 0.
 */
#include "linear.h"

enum { MAX_INPUTS = 1000 };

static const bal_token *next_word(bal_element *r)
{
    const bal_card *card = r->card;
    while (r->at < card->n_tokens && (card->tokens[r->at].kind == BAL_TOKEN_LEFT ||
                                      card->tokens[r->at].kind == BAL_TOKEN_RIGHT))
        r->at++;
    if (r->at >= card->n_tokens || bal_card_is_key(card, r->at) ||
        card->tokens[r->at].kind == BAL_TOKEN_EQUALS)
        return NULL;
    return &card->tokens[r->at++];
}

static const bal_token *needed(bal_element *r, const char *what, bal_status *status)
{
    const bal_token *token = next_word(r);
    if (!token)
        *status = bal_element_usage(r, r->card->tokens[r->at - 1].span, what);
    return token;
}

/* POLY(2) or POLY (2) */
static bal_status read_count(bal_linear *l, int *n)
{
    bal_element *r = l->r;
    const bal_token *word = &r->card->tokens[r->form->at];
    const bal_token *inner = NULL;
    uint32_t n_inner = 0;
    bal_span head = {0};
    bal_status status =
        bal_token_open(word, r->c->in.arena, r->c->in.diag, &head, &inner, &n_inner);
    if (status != BAL_OK)
        return status;
    const bal_token *token = n_inner == 1 ? inner : NULL;
    if (!token)
        token = needed(r, "expected the number of inputs in parentheses after this", &status);
    if (!token)
        return status;
    bal_dd value = {0.0, 0.0};
    const bal_expr *expr = NULL;
    status = bal_scope_field(r->c, r->scope, token, &value, &expr, NULL);
    if (status != BAL_OK)
        return status;
    if (!(value.hi >= 1.0 && value.hi <= MAX_INPUTS && value.hi == floor(value.hi)))
        return bal_element_usage(r, token->span, "expected a number of inputs here");
    *n = (int)value.hi;
    return BAL_OK;
}

static bal_status read_voltage(bal_linear *l)
{
    int terminal[2] = {0, 0};
    for (int i = 0; i < 2; i++) {
        bal_status status = BAL_OK;
        const bal_token *token = needed(l->r, "expected a node after this", &status);
        if (token)
            status = bal_linear_node(l, token, &terminal[i]);
        if (status != BAL_OK)
            return status;
    }
    bal_term *term = bal_linear_term(l);
    if (!term)
        return BAL_E_NOMEM;
    term->a = terminal[0];
    term->b = terminal[1];
    return BAL_OK;
}

static bal_status read_current(bal_linear *l)
{
    bal_status status = BAL_OK;
    int ref = 0;
    const bal_token *token = needed(l->r, "expected the name of an element after this", &status);
    if (token)
        status = bal_element_reference(l->r, token->span, &ref);
    bal_term *term = status == BAL_OK ? bal_linear_term(l) : NULL;
    if (!term)
        return status == BAL_OK ? BAL_E_NOMEM : status;
    term->reads_current = true;
    term->a = ref;
    return BAL_OK;
}

/* A coefficient behind the linear ones. */
static bal_status read_product(bal_linear *l, const bal_token *token, int n)
{
    bal_term scrap = {.variable = -1};
    const bal_status status = bal_linear_coefficient(l, &scrap, token);
    if (status != BAL_OK || (bal_dd_is_zero(scrap.coefficient) && !scrap.input))
        return status;
    if (scrap.input && bal_dd_is_zero(scrap.coefficient))
        return BAL_OK;
    return bal_report(
        l->r->c->in.diag, BAL_D_NOT_LINEAR, token->span,
        "'%s' is not linear: behind the coefficients of its %d input%s this one, of a "
        "product, needs the operating point, which is not computed",
        BAL_SHOW(l->r->dev->name), n, n == 1 ? "" : "s");
}

static bal_status read_coefficients(bal_linear *l, int n)
{
    bal_element *r = l->r;
    bal_status status = BAL_OK;
    const bal_token *first = needed(r, "expected the coefficients after this", &status);
    const bal_token *token = first ? next_word(r) : NULL;
    if (first && !token && n == 1) /* the only coefficient of the only input is its gain */
        return bal_linear_coefficient(l, &l->terms[0], first);
    for (int k = 0; token && status == BAL_OK; k++) {
        if (k < n)
            status = bal_linear_coefficient(l, &l->terms[k], token);
        else
            status = read_product(l, token, n);
        token = next_word(r);
    }
    return status;
}

bal_status bal_form_poly(bal_linear *l)
{
    const char letter = bal_lower(bal_span_text(l->r->card->tokens[0].span).p[0]);
    int n = 0;
    bal_status status = read_count(l, &n);
    for (int i = 0; i < n && status == BAL_OK; i++)
        status = letter == 'e' || letter == 'g' ? read_voltage(l) : read_current(l);
    return status == BAL_OK ? read_coefficients(l, n) : status;
}
