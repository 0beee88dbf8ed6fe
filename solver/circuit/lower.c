/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which form a source card has, by the keyword behind its nodes: E1 a b POLY(2) ..., G1 a b VALUE =
 * {...}, E1 a b c d LAPLACE = ..., B1 a b V = .... A card without one is plain and read by the
 * table of its letter.
 */
#include "linear.h"

#include <string.h>

#include "alloc.h"

typedef struct keyword {
    const char *word;
    const char *letters; /* of the cards that know it */
    bal_status (*read)(bal_linear *l);
    const char *usage; /* behind the nodes */
} keyword;

static const keyword keywords[] = {
    {"poly", "efgh", bal_form_poly, "POLY(n) <n inputs> c0 c1 ... cn"},
    {"value", "eg", bal_form_value, "VALUE = {<expression of v() and i()>}"},
    {"vol", "e", bal_form_value, "VOL = '<expression of v() and i()>'"},
    {"cur", "g", bal_form_value, "CUR = '<expression of v() and i()>'"},
    {"laplace", "eg", bal_form_laplace,
     "LAPLACE {<input>} = {<expression of s>} | LAPLACE c d <k0> ... / <d0> ..."},
    {"freq", "eg", bal_form_freq, "FREQ {<input>} = (<hertz>,<dB>,<degree>) ..."},
    {"table", "eg", bal_form_table, "TABLE {<input>} = (<x>,<y>) (<x>,<y>) ..."},
};

static bool is_bracket(const bal_token *token)
{
    return token->kind == BAL_TOKEN_LEFT || token->kind == BAL_TOKEN_RIGHT;
}

/* POLY(2) is POLY. */
static bal_text head_of(bal_text word)
{
    const char *open = memchr(word.p, '(', word.n);
    return open ? (bal_text){word.p, (size_t)(open - word.p)} : word;
}

static const keyword *find_keyword(const bal_token *token, char letter)
{
    if (token->kind != BAL_TOKEN_WORD)
        return NULL;
    const bal_text head = head_of(bal_span_text(token->span));
    for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++)
        if (strchr(keywords[i].letters, letter) && bal_text_is(head, keywords[i].word))
            return &keywords[i];
    return NULL;
}

/* Behind two nodes, or behind four where a '=' follows (LTspice's laplace= and table=). */
static bal_form find_form(const bal_card *card, char letter)
{
    int nodes = 0;
    for (uint32_t i = 1; i < card->n_tokens && nodes <= 4; i++) {
        if (is_bracket(&card->tokens[i]))
            continue;
        const keyword *k = nodes == 2 || (nodes == 4 && bal_card_is_key(card, i))
                               ? find_keyword(&card->tokens[i], letter)
                               : NULL;
        if (k)
            return (bal_form){k->read, strchr("gf", letter) != NULL, i,
                              nodes,   (char)(letter - 32),          k->usage};
        if (bal_card_is_key(card, i))
            break;
        nodes++;
    }
    return (bal_form){0};
}

static bool mentions_frequency(const bal_token *token)
{
    const bal_text text = bal_span_text(token->span);
    return token->kind >= BAL_TOKEN_EXPR && (bal_text_mentions(text, bal_text_of("freq")) ||
                                             bal_text_mentions(text, bal_text_of("hertz")));
}

/* A plain source whose gain depends on the frequency. */
static bal_form find_gain(const bal_card *card, char letter)
{
    const bool by_nodes = letter == 'e' || letter == 'g';
    int fields = 0;
    for (uint32_t i = 1; i < card->n_tokens && !bal_card_is_key(card, i); i++) {
        if (is_bracket(&card->tokens[i]))
            continue;
        if (fields++ == (by_nodes ? 4 : 3) && mentions_frequency(&card->tokens[i]))
            return (bal_form){bal_form_gain,
                              strchr("gf", letter) != NULL,
                              i,
                              4,
                              (char)(letter - 32),
                              by_nodes ? "c d {<gain>}" : "Vname {<gain>}"};
    }
    return (bal_form){0};
}

static bal_form behavioural_form(bal_circuit *c, const bal_card *card, bal_status *status)
{
    static const char usage[] = "V = <expression> or I = <expression>";
    for (uint32_t i = 1; i < card->n_tokens; i++) {
        const bal_text key = bal_span_text(card->tokens[i].span);
        if (!bal_card_is_key(card, i))
            continue;
        if (bal_text_is(key, "v") || bal_text_is(key, "i"))
            return (bal_form){bal_form_value, bal_text_is(key, "i"), i, 2, 'B', usage};
    }
    *status = bal_report(c->in.diag, BAL_D_ELEMENT_SYNTAX, card->tokens[card->n_tokens - 1].span,
                         "expected V=<expression> or I=<expression> after this; usage: Bname a b "
                         "V=<expression>");
    return (bal_form){0};
}

bal_form bal_form_of(bal_circuit *c, const bal_card *card, bal_status *status)
{
    const bal_text name = bal_span_text(card->tokens[0].span);
    const char letter = bal_lower(name.p[0]);
    *status = BAL_OK;
    if (letter == 'b')
        return behavioural_form(c, card, status);
    if (letter == 'a')
        return (bal_form){bal_form_code, false, 0, 0, 'A', "<input> <output> MODEL"};
    if (!letter || !strchr("efgh", letter))
        return (bal_form){0};
    const bal_form form = find_form(card, letter);
    return form.read ? form : find_gain(card, letter);
}

/* The two output nodes; *next receives the token behind them. */
static bal_status read_output(bal_linear *l, uint32_t *next)
{
    bal_element *r = l->r;
    l->nodes = bal_alloc(2, sizeof *l->nodes);
    if (!l->nodes)
        return BAL_E_NOMEM;
    l->nodes_capacity = 2;
    for (uint32_t i = 1; i < r->form->at && l->n_nodes < 2; i++) {
        const bal_token *token = &r->card->tokens[i];
        if (is_bracket(token))
            continue;
        if (!bal_token_is_name(token) || bal_card_is_key(r->card, i))
            return bal_element_usage(r, token->span, "expected a node here");
        const bal_status status =
            bal_scope_node(r->c, r->scope, token->span, &l->nodes[l->n_nodes++]);
        if (status != BAL_OK)
            return status;
        *next = i + 1;
    }
    if (l->n_nodes < 2)
        return bal_element_usage(r, r->card->tokens[r->form->at - 1].span,
                                 "expected a node after this");
    return BAL_OK;
}

bal_status bal_form_read(bal_element *r)
{
    bal_linear l = {.r = r};
    uint32_t next = 1;
    r->dev->forces_current = r->form->makes_current;
    bal_status status = r->form->n_nodes > 0 ? read_output(&l, &next) : BAL_OK;
    r->at = r->form->at + 1;
    if (status == BAL_OK)
        status = r->form->read(&l);
    if (status == BAL_OK)
        status = bal_linear_finish(&l);
    r->behind = r->at;
    if (r->form->n_nodes > 0)
        r->at = next < r->form->at && r->form->n_nodes == 2 ? next : r->form->at;
    bal_free(l.terms);
    bal_free(l.nodes);
    return status;
}
