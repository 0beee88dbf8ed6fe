/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a deck and writes its tokens out, so that a test is a comparison of two texts. */
#include "read_deck.h"

#include <string.h>

/* What does not fit is left out: a test that compares it has less. */
static void add(char *text, size_t size, const char *more, size_t n)
{
    const size_t used = strlen(text);
    if (used + n >= size)
        return;
    memcpy(text + used, more, n);
    text[used + n] = '\0';
}

static void hear(void *user, const bal_message *message)
{
    bal_reading *r = user;
    add(r->said, sizeof r->said, message->rendered, strlen(message->rendered));
}

static void add_card(bal_reading *r, const char *text, size_t n)
{
    add(r->cards, sizeof r->cards, text, n);
}

static void write_token(bal_reading *r, const bal_token *token, bool first)
{
    static const char *const marks[] = {"", "", "", "", "x:", "s:"};
    const bal_text text = bal_span_text(token->span);
    add_card(r, " ", first ? 0 : 1);
    add_card(r, ",", token->after_comma ? 1 : 0);
    add_card(r, marks[token->kind], strlen(marks[token->kind]));
    add_card(r, text.p, text.n);
}

static void write_cards(bal_reading *r)
{
    for (size_t i = 0; i < r->deck.n_cards; i++) {
        const bal_card *card = &r->deck.cards[i];
        for (uint32_t k = 0; k < card->n_tokens; k++)
            write_token(r, &card->tokens[k], k == 0);
        add_card(r, "\n", 1);
    }
}

static void begin(bal_reading *r)
{
    bal_arena_release(&r->arena);
    memset(r, 0, sizeof *r);
    r->diag.sink = hear;
    r->diag.user = r;
}

void bal_read_bytes(bal_reading *r, const char *text, size_t n)
{
    begin(r);
    r->status = bal_deck_read_text("t.cir", text, n, NULL, &r->arena, &r->diag, &r->deck);
    write_cards(r);
}

void bal_read_path(bal_reading *r, const char *path, const bal_read_options *options)
{
    begin(r);
    r->status = bal_deck_read(path, options, &r->arena, &r->diag, &r->deck);
    write_cards(r);
}
