/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which parts fit a slot of the deck: those with the pins, by name and in order, of the part drawn.
 */
#include <string.h>

#include "alloc.h"
#include "compare.h"
#include "part.h"

static const char *add_pin(bal_arena *arena, const char *pins, bal_text pin)
{
    char *all = pins ? bal_arena_format(arena, "%s%.*s ", pins, (int)pin.n, pin.p) : NULL;
    for (char *p = all; p && *p; p++)
        *p = bal_lower(*p);
    return all;
}

static bool ends_pins(bal_text word)
{
    return memchr(word.p, '=', word.n) || bal_text_is(word, "params:");
}

/* Up to the end of the line; *p is moved behind that. */
static bal_text take_line(const char **p, const char *end)
{
    const char *begin = *p;
    const char *feed = memchr(begin, '\n', (size_t)(end - begin));
    *p = feed ? feed + 1 : end;
    bal_text line = {begin, (size_t)((feed ? feed : end) - begin)};
    if (line.n > 0 && line.p[line.n - 1] == '\r')
        line.n--;
    return line;
}

/* Of ".subckt NAME pin ..." in the text of a library, with its continuation lines. */
static const char *pins_in_library(bal_compared *c, const bal_part *part)
{
    const bal_text whole = c->library.files[part->file].file->text;
    const char *end = whole.p + whole.n;
    const char *p = part->name.p + part->name.n;
    const char *pins = "";
    for (bool more = true; more && pins;) {
        bal_text line = take_line(&p, end);
        bal_text word = bal_part_word(&line);
        for (; word.n > 0 && !ends_pins(word) && pins; word = bal_part_word(&line))
            pins = add_pin(&c->arena, pins, word);
        more = word.n == 0 && p < end && *p == '+';
        p += more ? 1 : 0;
    }
    return pins;
}

static const char *pins_on_card(bal_compared *c, const bal_card *card)
{
    const char *pins = "";
    for (uint32_t i = 2; i < card->n_tokens && !bal_card_is_key(card, i); i++) {
        const bal_text word = bal_span_text(card->tokens[i].span);
        if (ends_pins(word))
            break;
        if (card->tokens[i].kind == BAL_TOKEN_WORD)
            pins = add_pin(&c->arena, pins, word);
    }
    return pins;
}

static bool opens(const bal_card *card)
{
    const bal_text word = bal_span_text(card->tokens[0].span);
    return card->n_tokens > 1 && (bal_text_is(word, ".subckt") || bal_text_is(word, ".macro"));
}

static bool closes(const bal_card *card)
{
    const bal_text word = bal_span_text(card->tokens[0].span);
    return bal_text_is(word, ".ends") || bal_text_is(word, ".eom");
}

typedef struct card_walk {
    const bal_deck *deck;
    size_t next;
    int depth; /* of .subckt */
} card_walk;

/* The next card of the top of the deck, the .subckt cards there included; NULL behind the last. */
static const bal_card *next_card(card_walk *w)
{
    while (w->next < w->deck->n_cards) {
        const bal_card *card = &w->deck->cards[w->next++];
        const bool at_top = w->depth == 0;
        w->depth += opens(card) ? 1 : closes(card) && w->depth > 0 ? -1 : 0;
        if (at_top)
            return card;
    }
    return NULL;
}

typedef bal_status (*part_fn)(bal_compared *c, void *user, bal_text name, const char *pins);

/* Every part: the subcircuits of the deck, then those of the library. */
static bal_status each_part(bal_compared *c, part_fn take, void *user)
{
    bal_status status = BAL_OK;
    card_walk w = {.deck = bal_circuit_deck(c->base->circuit)};
    for (const bal_card *card = next_card(&w); card && status == BAL_OK; card = next_card(&w)) {
        const char *pins = opens(card) ? pins_on_card(c, card) : "";
        if (opens(card))
            status = pins ? take(c, user, bal_span_text(card->tokens[1].span), pins) : BAL_E_NOMEM;
    }
    for (size_t i = 0; i < c->library.n_parts && status == BAL_OK; i++) {
        const bal_part *part = &c->library.parts[i];
        const char *pins = part->is_model ? "" : pins_in_library(c, part);
        if (!part->is_model)
            status = pins ? take(c, user, part->name, pins) : BAL_E_NOMEM;
    }
    return status;
}

typedef struct search {
    const bal_slot_parts *s;
    bal_text name;
    const char *pins; /* found */
    const char *found;
    bal_nearest nearest;
} search;

static bal_status match(bal_compared *c, void *user, bal_text name, const char *pins)
{
    search *q = user;
    bal_nearest_offer(&q->nearest, name);
    if (q->pins || !bal_text_same(name, q->name))
        return BAL_OK;
    q->pins = pins;
    q->found = bal_arena_copy(&c->arena, name.p, name.n);
    return q->found ? BAL_OK : BAL_E_NOMEM;
}

static bal_status add_part(bal_compared *c, bal_slot_parts *s, const char *name)
{
    const char **grown = bal_arena_alloc(&c->arena, s->n_parts + 1, sizeof *grown);
    if (!grown)
        return BAL_E_NOMEM;
    if (s->n_parts > 0)
        memcpy(grown, s->parts, s->n_parts * sizeof *grown);
    grown[s->n_parts++] = name;
    s->parts = grown;
    return BAL_OK;
}

/* The first part of a name counts. */
static bal_status add_if_it_fits(bal_compared *c, void *user, bal_text name, const char *pins)
{
    bal_slot_parts *s = user;
    for (size_t i = 0; i < s->n_parts; i++)
        if (bal_text_is(name, s->parts[i]))
            return BAL_OK;
    if (strcmp(pins, s->pins) != 0)
        return BAL_OK;
    const char *copy = bal_arena_copy(&c->arena, name.p, name.n);
    return copy ? add_part(c, s, copy) : BAL_E_NOMEM;
}

static bal_status refuse_part(bal_compared *c, const bal_slot_parts *s, const search *q)
{
    const size_t n = strlen(q->pins);
    const size_t n_drawn = strlen(s->pins);
    return bal_compare_refuse(
        c, BAL_D_PIN_COUNT,
        bal_arena_format(&c->arena,
                         "'%s' cannot take the place of '%s': its pins are %.*s, not %.*s",
                         q->found, s->drawn, n > 0 ? (int)n - 1 : 0, q->pins,
                         n_drawn > 0 ? (int)n_drawn - 1 : 0, s->pins));
}

static bal_status add_named(bal_compared *c, bal_slot_parts *s, bal_text name)
{
    search q = {.name = name};
    bal_nearest_init(&q.nearest, name);
    const bal_status status = each_part(c, match, &q);
    if (status != BAL_OK)
        return status;
    if (!q.pins)
        return bal_compare_refuse(
            c, BAL_D_UNKNOWN_SUBCKT,
            bal_arena_format(&c->arena, "no part '%.*s' in the library or the deck%s", (int)name.n,
                             name.p, bal_compare_nearest(c, &q.nearest)));
    if (strcmp(q.pins, s->pins) != 0)
        return refuse_part(c, s, &q);
    return add_part(c, s, q.found);
}

static bal_status add_list(bal_compared *c, bal_slot_parts *s, const char *list)
{
    bal_status status = BAL_OK;
    while (list && status == BAL_OK) {
        const char *comma = strchr(list, ',');
        const bal_text name = {list, comma ? (size_t)(comma - list) : strlen(list)};
        status = bal_text_is(name, "all") ? each_part(c, add_if_it_fits, s) : add_named(c, s, name);
        list = comma ? comma + 1 : NULL;
    }
    return status;
}

/* ---- slots ---- */

/* The last word before the keys of the X card. */
static bal_text part_on_card(const bal_card *card)
{
    uint32_t last = 0;
    for (uint32_t i = 1; i < card->n_tokens && !bal_card_is_key(card, i) &&
                         !bal_text_is(bal_span_text(card->tokens[i].span), "params:");
         i++)
        if (card->tokens[i].kind == BAL_TOKEN_WORD)
            last = i;
    return bal_span_text(card->tokens[last].span);
}

static bal_status find_slot(bal_compared *c, const bal_slot *given, bal_slot_parts *s)
{
    card_walk w = {.deck = bal_circuit_deck(c->base->circuit)};
    bal_nearest nearest;
    bal_nearest_init(&nearest, bal_text_of(given->instance));
    for (const bal_card *card = next_card(&w); card; card = next_card(&w)) {
        const bal_text name = bal_span_text(card->tokens[0].span);
        const bal_text part = part_on_card(card);
        if (bal_text_is(name, given->instance))
            s->drawn = bal_arena_copy(&c->arena, part.p, part.n);
        if (bal_text_is(name, given->instance))
            return s->drawn ? BAL_OK : BAL_E_NOMEM;
        if (bal_lower(name.p[0]) == 'x')
            bal_nearest_offer(&nearest, name);
    }
    return bal_compare_refuse(c, BAL_D_UNKNOWN_NAME,
                              bal_arena_format(&c->arena,
                                               "'%s' has no card %s: nothing to put a %s into%s",
                                               c->what->path, given->instance, given->title,
                                               bal_compare_nearest(c, &nearest)));
}

static bal_status fill_slot(bal_compared *c, const bal_slot *given, bal_slot_parts *s)
{
    bal_status status = find_slot(c, given, s);
    search drawn = {0};
    if (status != BAL_OK)
        return status;
    drawn.name = bal_text_of(s->drawn);
    bal_nearest_init(&drawn.nearest, drawn.name);
    status = each_part(c, match, &drawn);
    s->pins = drawn.pins;
    if (status != BAL_OK)
        return status;
    return given->parts ? add_list(c, s, given->parts) : add_part(c, s, s->drawn);
}

/* A part is replaced wherever the deck names it: two slots that hold one part cannot differ. */
static bal_status check_apart(bal_compared *c, size_t i, size_t k)
{
    const bal_slot *slots = c->what->slots;
    const char *drawn = c->slots[i].drawn;
    if ((!slots[i].parts && !slots[k].parts) || !bal_text_is(bal_text_of(drawn), c->slots[k].drawn))
        return BAL_OK;
    return bal_compare_refuse(c, BAL_D_NAME_TAKEN,
                              bal_arena_format(&c->arena,
                                               "%s and %s of '%s' are both '%s', which is replaced "
                                               "wherever the deck names it: draw one of them with "
                                               "a part of another name",
                                               slots[i].instance, slots[k].instance, c->what->path,
                                               drawn));
}

static bal_status open_library(bal_compared *c)
{
    const size_t n = c->options.n_folders;
    const char **folders = bal_arena_alloc(&c->arena, n + 1, sizeof *folders);
    if (!folders)
        return BAL_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        folders[i] = c->options.folders[i];
    folders[n] = c->options.library;
    return bal_library_open(&c->library, folders, n + (c->options.library ? 1 : 0), &c->arena);
}

bal_status bal_compare_fill(bal_compared *c)
{
    const size_t n = c->what->n_slots;
    bal_status status = open_library(c);
    c->slots = bal_arena_alloc(&c->arena, n + 1, sizeof *c->slots);
    if (!c->slots)
        return BAL_E_NOMEM;
    for (size_t k = 0; k < n && status == BAL_OK; k++)
        status = fill_slot(c, &c->what->slots[k], &c->slots[k]);
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < k && status == BAL_OK; i++)
            status = check_apart(c, i, k);
    return status;
}
