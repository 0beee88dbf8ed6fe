/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many elements a definition holds when flat, before anything is expanded: it finds recursion
 * and refuses circuits that would not fit. */
#include "internal.h"

const bal_token *bal_instance_name(const bal_card *card, uint32_t *n_nodes, uint32_t *first_key)
{
    uint32_t end = 1;
    while (end < card->n_tokens && !bal_card_is_key(card, end) &&
           !bal_text_is(bal_span_text(card->tokens[end].span), "params:"))
        end++;
    uint32_t last = end;
    while (last > 1 && card->tokens[last - 1].kind == BAL_TOKEN_RIGHT)
        last--;
    if (last <= 1 || !bal_token_is_name(&card->tokens[last - 1]))
        return NULL;
    *n_nodes = last - 2;
    *first_key = end < card->n_tokens && !bal_card_is_key(card, end) ? end + 1 : end;
    return &card->tokens[last - 1];
}

static bool is_instance(const bal_card *card)
{
    const bal_text word = bal_span_text(card->tokens[0].span);
    return word.n && bal_lower(word.p[0]) == 'x';
}

typedef struct walk {
    bal_circuit *c;
    bal_definition *stack[BAL_MAX_DEPTH];
    size_t next[BAL_MAX_DEPTH]; /* element of stack[k] to look at next */
    bal_span used_at[BAL_MAX_DEPTH];
    int depth;
} walk;

static bal_status report_cycle(const walk *w, const bal_definition *again, bal_span at)
{
    int k = w->depth - 1;
    while (k > 0 && w->stack[k] != again)
        k--;
    const bal_status status = bal_report(w->c->in.diag, BAL_D_RECURSIVE_SUBCKT, at,
                                         "subcircuit '%s' contains itself", BAL_SHOW(again->name));
    for (int j = k + 1; j < w->depth; j++)
        bal_note(w->c->in.diag, w->used_at[j], "'%s' uses '%s' here",
                 BAL_SHOW(w->stack[j - 1]->name), BAL_SHOW(w->stack[j]->name));
    return status;
}

static bal_status push(walk *w, bal_definition *d, bal_span at)
{
    if (d->visiting)
        return report_cycle(w, d, at);
    if (w->depth == BAL_MAX_DEPTH)
        return bal_report(w->c->in.diag, BAL_D_TOO_LARGE, at,
                          "subcircuits are nested more than %d deep", BAL_MAX_DEPTH);
    d->visiting = 1;
    d->size = 0.0;
    w->stack[w->depth] = d;
    w->next[w->depth] = 0;
    w->used_at[w->depth] = at;
    w->depth++;
    return BAL_OK;
}

static bal_status find_or_load(bal_circuit *c, const bal_definition *user, const bal_token *name,
                               bal_definition **found)
{
    const bal_text text = bal_span_text(name->span);
    *found = bal_definition_find(c, user, text);
    if (*found)
        return BAL_OK;
    const bal_status status = bal_library_need(c, bal_part_meant(c, user, text), false);
    *found = bal_definition_find(c, user, text);
    return status;
}

/* Looks at the elements of the top of the stack until one needs a definition not yet known. */
static bal_status step(walk *w)
{
    bal_definition *d = w->stack[w->depth - 1];
    for (size_t *i = &w->next[w->depth - 1]; *i < d->elements.n; ++*i) {
        const bal_card *card = d->elements.cards[*i];
        uint32_t n_nodes = 0;
        uint32_t key = 0;
        const bal_token *name = is_instance(card) ? bal_instance_name(card, &n_nodes, &key) : NULL;
        bal_definition *inner = NULL;
        const bal_status status = name ? find_or_load(w->c, d, name, &inner) : BAL_OK;
        if (status != BAL_OK)
            return status;
        if (inner && (inner->size < 0.0 || inner->visiting))
            return push(w, inner, name->span);
        d->size += inner ? inner->size : 1.0;
    }
    d->visiting = 0;
    w->depth--;
    return BAL_OK;
}

bal_status bal_definition_size(bal_circuit *c, bal_definition *top)
{
    walk *w = bal_arena_alloc(c->in.arena, 1, sizeof *w);
    if (!w)
        return BAL_E_NOMEM;
    w->c = c;
    bal_status status = push(w, top, top->at);
    while (status == BAL_OK && w->depth > 0)
        status = step(w);
    if (status == BAL_OK && top->size > BAL_MAX_DEVICES)
        status = bal_report(c->in.diag, BAL_D_TOO_LARGE, (bal_span){c->in.deck->source, 0, 0},
                            "the circuit has %.4g elements when flat; the limit is %d", top->size,
                            BAL_MAX_DEVICES);
    return status;
}
