/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Gains that are functions of the frequency: LAPLACE with an expression of s, or with HSPICE's
 * lists of coefficients, and a plain E, G, F or H whose gain holds freq.
 */
#include "linear.h"

#include <string.h>

enum { MOST_COEFFICIENTS = 64 };

static bool is_equals(const bal_element *r, uint32_t i)
{
    return i < r->card->n_tokens && r->card->tokens[i].kind == BAL_TOKEN_EQUALS;
}

static void set_transfer(bal_linear *l, const bal_expr *transfer)
{
    for (size_t i = 0; i < l->n_terms; i++)
        l->terms[i].transfer = transfer;
}

bal_status bal_linear_transfer(bal_linear *l)
{
    bal_element *r = l->r;
    bal_span text = {0};
    const bal_expr *transfer = NULL;
    bal_status status = bal_linear_take(r, &text);
    if (status == BAL_OK)
        status = bal_scope_compile(r->c, r->scope, text, &transfer);
    set_transfer(l, transfer);
    return status;
}

static bal_status input_of_nodes(bal_linear *l, const bal_token *a, const bal_token *b)
{
    int terminal[2] = {0, 0};
    bal_status status = bal_linear_node(l, a, &terminal[0]);
    if (status == BAL_OK)
        status = bal_linear_node(l, b, &terminal[1]);
    bal_term *term = status == BAL_OK ? bal_linear_term(l) : NULL;
    if (!term)
        return status == BAL_OK ? BAL_E_NOMEM : status;
    term->a = terminal[0];
    term->b = terminal[1];
    term->coefficient = bal_dd_of(1.0);
    return BAL_OK;
}

bal_status bal_form_pair(bal_linear *l)
{
    const bal_element *r = l->r;
    const bal_token *field[4] = {NULL};
    int n = 0;
    for (uint32_t i = 1; i < r->form->at && n < 4; i++)
        if (bal_token_is_name(&r->card->tokens[i]))
            field[n++] = &r->card->tokens[i];
    return n == 4 ? input_of_nodes(l, field[2], field[3])
                  : bal_element_usage(r, r->card->tokens[r->form->at].span,
                                      "expected four nodes before this");
}

bal_status bal_linear_s(const bal_linear *l, const bal_expr **s)
{
    static const char name[] = "s";
    const bal_circuit *c = l->r->c;
    bal_source *source = bal_arena_alloc(c->in.arena, 1, sizeof *source);
    if (!source)
        return BAL_E_NOMEM;
    *source = (bal_source){.name = "s", .text = name, .length = 1};
    const bal_names none = {0};
    return bal_expr_compile((bal_span){source, 0, 1}, &none, &c->options.expr, c->in.arena,
                            c->in.diag, s);
}

static const bal_expr *combine(const bal_linear *l, const char *name, const bal_expr *a,
                               const bal_expr *b)
{
    const bal_expr *pair[2] = {a, b};
    return a && b ? bal_expr_call(l->r->c->in.arena, name, pair, 2) : NULL;
}

bal_status bal_linear_polynomial(const bal_linear *l, const bal_expr *const value[], int n,
                                 const bal_expr *s, const bal_expr **out)
{
    *out = value[0];
    for (int i = 1; i < n && *out; i++)
        *out = combine(l, "+", combine(l, "*", *out, s), value[i]);
    return *out ? BAL_OK : BAL_E_NOMEM;
}

/* Coefficients up to '/', a key or the end, the lowest power first. */
static bal_status take_list(const bal_linear *l, const bal_expr *s, const bal_expr **out)
{
    bal_element *r = l->r;
    const bal_expr *value[MOST_COEFFICIENTS];
    uint32_t end = r->at;
    while (end < r->card->n_tokens && !bal_card_is_key(r->card, end) &&
           !bal_text_is(bal_span_text(r->card->tokens[end].span), "/"))
        end++;
    const int n = (int)(end - r->at);
    if (n == 0)
        return bal_element_usage(r, r->card->tokens[r->at - 1].span,
                                 "expected coefficients after this");
    if (n > MOST_COEFFICIENTS)
        return bal_report(r->c->in.diag, BAL_D_TOO_LARGE, r->card->tokens[end - 1].span,
                          "more than %d coefficients", MOST_COEFFICIENTS);
    for (int i = n; i-- > 0; r->at++) {
        bal_dd number = {0.0, 0.0};
        const bal_status status =
            bal_scope_field(r->c, r->scope, &r->card->tokens[r->at], &number, &value[i], NULL);
        if (status != BAL_OK)
            return status;
        if (!value[i])
            value[i] = bal_expr_constant(r->c->in.arena, bal_ddc_of(number, bal_dd_of(0.0)));
        if (!value[i])
            return BAL_E_NOMEM;
    }
    return bal_linear_polynomial(l, value, n, s, out);
}

/* HSPICE: LAPLACE c d k0 k1 ... / d0 d1 ... */
static bal_status laplace_of_lists(bal_linear *l)
{
    bal_element *r = l->r;
    const bal_expr *s = NULL;
    const bal_expr *above = NULL;
    const bal_expr *below = NULL;
    bal_status status = input_of_nodes(l, &r->card->tokens[r->at], &r->card->tokens[r->at + 1]);
    r->at += 2;
    if (status == BAL_OK)
        status = bal_linear_s(l, &s);
    if (status == BAL_OK)
        status = take_list(l, s, &above);
    if (status != BAL_OK)
        return status;
    if (r->at >= r->card->n_tokens || bal_card_is_key(r->card, r->at))
        return bal_element_usage(r, r->card->tokens[r->at - 1].span,
                                 "expected '/' and the denominator after this");
    r->at++;
    status = take_list(l, s, &below);
    if (status != BAL_OK)
        return status;
    const bal_expr *transfer = combine(l, "/", above, below);
    set_transfer(l, transfer);
    return transfer ? BAL_OK : BAL_E_NOMEM;
}

/* Two names without parentheses; V(in) is an expression. */
static bool is_node_pair(const bal_element *r, uint32_t i)
{
    for (uint32_t k = i; k < i + 2; k++) {
        if (k >= r->card->n_tokens || bal_card_is_key(r->card, k) ||
            !bal_token_is_name(&r->card->tokens[k]))
            return false;
        const bal_text word = bal_span_text(r->card->tokens[k].span);
        if (memchr(word.p, '(', word.n))
            return false;
    }
    return true;
}

/* LAPLACE V(1) = {...}: no key, though it looks like one */
static bal_status input_of_word(bal_linear *l)
{
    bal_element *r = l->r;
    const bal_span word = r->card->tokens[r->at].span;
    if (!is_equals(r, r->at + 1))
        return bal_element_usage(r, word, "expected the input in braces, and '=' behind it");
    const bal_expr *input = NULL;
    r->at++;
    const bal_status status = bal_linear_input(l, word, &input);
    return status == BAL_OK ? bal_linear_bind(l, 0, input) : status;
}

bal_status bal_form_laplace(bal_linear *l)
{
    bal_element *r = l->r;
    bal_status status = BAL_OK;
    if (r->form->n_nodes == 4) {
        r->at++;
        status = bal_form_pair(l);
        return status == BAL_OK ? bal_linear_transfer(l) : status;
    }
    if (is_equals(r, r->at))
        r->at++;
    if (is_node_pair(r, r->at))
        return laplace_of_lists(l);
    const bool bare = r->at < r->card->n_tokens && r->card->tokens[r->at].kind == BAL_TOKEN_WORD;
    status = bare ? input_of_word(l) : bal_linear_take_input(l);
    if (status == BAL_OK && is_equals(r, r->at))
        r->at++;
    return status == BAL_OK ? bal_linear_transfer(l) : status;
}

/* E1 a b c d {1/(1+freq/1k)}, F1 a b V1 {...} */
bal_status bal_form_gain(bal_linear *l)
{
    bal_element *r = l->r;
    r->at = r->form->at;
    if (r->form->letter == 'E' || r->form->letter == 'G') {
        const bal_status status = bal_form_pair(l);
        return status == BAL_OK ? bal_linear_transfer(l) : status;
    }
    int sensed = 0;
    const bal_status status = bal_element_reference(r, r->card->tokens[r->at - 1].span, &sensed);
    bal_term *term = status == BAL_OK ? bal_linear_term(l) : NULL;
    if (!term)
        return status == BAL_OK ? BAL_E_NOMEM : status;
    term->reads_current = true;
    term->a = sensed;
    term->coefficient = bal_dd_of(1.0);
    return bal_linear_transfer(l);
}
