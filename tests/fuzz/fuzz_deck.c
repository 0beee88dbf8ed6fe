/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A deck from memory: read exactly when nothing was reported; every token lies inside its source.
 */
#include "fuzz.h"
#include "netlist.h"

#include <stdlib.h>

static void check_card(const bal_card *card)
{
    if (card->n_tokens == 0)
        abort();
    for (uint32_t i = 0; i < card->n_tokens; i++) {
        bal_span span = card->tokens[i].span;
        if (!span.source || span.begin > span.end || span.end > span.source->length)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bal_arena arena = {0};
    bal_diag diag = {0};
    bal_deck deck = {.n_cards = 0};
    bal_status status =
        bal_deck_read_text("fuzz.cir", (const char *)data, size, NULL, &arena, &diag, &deck);

    if ((status == BAL_OK) != (diag.errors == 0))
        abort();
    for (size_t i = 0; status == BAL_OK && i < deck.n_cards; i++)
        check_card(&deck.cards[i]);
    bal_arena_release(&arena);
    return 0;
}
