/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conditions at the top of the deck: its parameters are evaluated on a circuit of their own, and
 * the cards of the branches that count make a new deck. */
#include "condition.h"

#include "alloc.h"

/* What a walk over the cards of a deck knows: how deep in .subckt it is. */
static bool at_top(bal_text word, int *depth)
{
    const bool opens = bal_text_is(word, ".subckt") || bal_text_is(word, ".macro");
    const bool closes = bal_text_is(word, ".ends") || bal_text_is(word, ".eom");
    *depth += opens - (closes && *depth > 0);
    return *depth == 0 && !closes;
}

static bal_text word_of(const bal_card *card)
{
    return bal_span_text(card->tokens[0].span);
}

static bool has_conditions(const bal_deck *deck)
{
    int depth = 0;
    for (size_t i = 0; i < deck->n_cards; i++) {
        const bal_text word = word_of(&deck->cards[i]);
        if (word.n && word.p[0] == '.' && at_top(word, &depth) && bal_is_condition(word))
            return true;
    }
    return false;
}

static bool is_param(bal_text word)
{
    return bal_text_is(word, ".param") || bal_text_is(word, ".params") ||
           bal_text_is(word, ".global_param");
}

static bool settles(bal_text word)
{
    return is_param(word) || bal_text_is(word, ".func") || bal_text_is(word, ".temp") ||
           bal_text_starts(word, ".opt");
}

/* The cards at the top, outside of any .if, that values of parameters depend on. */
static bal_deck *parameters_of(bal_circuit *c)
{
    const bal_deck *from = c->in.deck;
    bal_deck *to = bal_arena_alloc(c->in.arena, 1, sizeof *to);
    bal_card *cards = bal_arena_alloc(c->in.arena, from->n_cards, sizeof *cards);
    int depth = 0;
    int ifs = 0;
    if (!to || !cards)
        return NULL;
    *to = *from;
    to->n_cards = 0;
    to->cards = cards;
    for (size_t i = 0; i < from->n_cards; i++) {
        const bal_text word = word_of(&from->cards[i]);
        if (word.n == 0 || word.p[0] != '.' || !at_top(word, &depth))
            continue;
        ifs += bal_text_is(word, ".if") - bal_text_is(word, ".endif");
        if (ifs == 0 && settles(word))
            cards[to->n_cards++] = from->cards[i];
    }
    return to;
}

typedef struct filter {
    bal_circuit *trial; /* its parameters */
    bal_conditions conditions;
    int depth; /* in .subckt */
    bal_card *kept;
    size_t n_kept;
} filter;

static bal_status take(filter *f, const bal_card *card)
{
    const bal_text word = word_of(card);
    const bool dot = word.n && word.p[0] == '.';
    const bool top = dot ? at_top(word, &f->depth) : f->depth == 0;
    bal_scope *scope = f->trial->scopes[0];
    if (dot && top && bal_is_condition(word))
        return bal_conditions_card(f->trial, scope, &f->conditions, card);
    if (!bal_conditions_active(&f->conditions))
        return BAL_OK;
    f->kept[f->n_kept++] = *card;
    if (!top || f->conditions.depth == 0 || !is_param(word))
        return BAL_OK;
    return bal_parameters_of_fields(f->trial, scope, scope, card->tokens + 1, card->n_tokens - 1,
                                    false);
}

static bal_status take_all(filter *f, const bal_deck *deck)
{
    bal_status worst = BAL_OK;
    for (size_t i = 0; i < deck->n_cards && !bal_diag_full(f->trial->in.diag); i++) {
        const bal_status status = take(f, &deck->cards[i]);
        if (status == BAL_E_NOMEM)
            return status;
        worst = status != BAL_OK ? status : worst;
    }
    const bal_status status = bal_conditions_end(f->trial, &f->conditions);
    return worst == BAL_OK ? status : worst;
}

/* Their names, for bal_circuit_decides. */
static bal_status keep_deciding(bal_circuit *c, const bal_circuit *trial)
{
    for (size_t i = 0; i < trial->n_parameters; i++) {
        int existing = -1;
        if (!trial->parameters[i].decides)
            continue;
        const bal_status status =
            bal_names_add(&c->deciding, c->in.arena, trial->parameters[i].name, 1, &existing);
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}

static bal_status settle(bal_circuit *c, bal_circuit *trial)
{
    const bal_deck *deck = c->in.deck;
    bal_deck *settled = bal_arena_alloc(c->in.arena, 1, sizeof *settled);
    filter f = {.trial = trial,
                .kept = bal_arena_alloc(c->in.arena, deck->n_cards, sizeof *f.kept)};
    if (!settled || !f.kept)
        return BAL_E_NOMEM;
    bal_status status = bal_definitions_collect(trial);
    if (status == BAL_OK)
        status = bal_expand_top(trial);
    if (status == BAL_OK)
        status = take_all(&f, deck);
    if (status != BAL_OK)
        return status;
    *settled = *deck;
    settled->cards = f.kept;
    settled->n_cards = f.n_kept;
    c->in.deck = settled;
    return keep_deciding(c, trial);
}

bal_status bal_conditions_resolve(bal_circuit *c)
{
    if (!has_conditions(c->in.deck))
        return BAL_OK;
    bal_circuit_input input = c->in;
    input.deck = parameters_of(c);
    bal_circuit *trial = input.deck ? bal_circuit_blank(&input) : NULL;
    const bal_status status = trial ? settle(c, trial) : BAL_E_NOMEM;
    bal_circuit_release(trial);
    return status;
}
