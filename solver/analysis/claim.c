/* SPDX-License-Identifier: GPL-3.0-or-later */
/* .claim: a sentence and a comparison that must hold, over the whole interval of each operand. */
#include <string.h>

#include "analyses.h"

static const char *text_of(bal_study *s, const bal_token *token)
{
    const bal_text text = bal_span_text(token->span);
    return bal_arena_copy(s->arena, text.p, text.n);
}

static bool is_field(const bal_card *card, uint32_t i)
{
    if (!bal_card_is_key(card, i))
        return false;
    const bal_text key = bal_span_text(card->tokens[i].span);
    return bal_text_is(key, "source") || bal_text_is(key, "breaks");
}

static bal_status read_fields(bal_study *s, const bal_card *card, uint32_t i, bal_study_claim *c)
{
    for (; i < card->n_tokens; i += 3) {
        if (!is_field(card, i) || i + 2 >= card->n_tokens)
            return bal_study_usage(s, card->tokens[i].span,
                                   "expected source=\"...\" or breaks=\"...\"");
        const char *value = text_of(s, &card->tokens[i + 2]);
        if (!value)
            return BAL_E_NOMEM;
        if (bal_text_is(bal_span_text(card->tokens[i].span), "source"))
            c->source = value;
        else
            c->breaks = value;
    }
    return BAL_OK;
}

static bal_status parse(bal_study *s, const bal_card *card)
{
    bal_study_claim claim = {.source = "", .breaks = "", .at = card->tokens[0].span};
    if (card->n_tokens < 3 || card->tokens[1].kind != BAL_TOKEN_STRING)
        return bal_study_usage(s, card->tokens[0].span, "expected a sentence in quotes after this");
    uint32_t end = 2;
    while (end < card->n_tokens && !is_field(card, end))
        end++;
    if (end == 2)
        return bal_study_usage(s, card->tokens[1].span, "expected a comparison after this");
    claim.text = text_of(s, &card->tokens[1]);
    if (!claim.text)
        return BAL_E_NOMEM;
    bal_status status = read_fields(s, card, end, &claim);
    const bal_span text = bal_fields_span(card->tokens, 2, end);
    s->bounded = true;
    if (status == BAL_OK)
        status = bal_study_compile(s, text, &claim.expr);
    s->bounded = false;
    if (status != BAL_OK)
        return status;
    if (bal_expr_type(claim.expr) != BAL_BOOL)
        return bal_report(s->diag, BAL_D_ANALYSIS_SYNTAX, text,
                          "expected a comparison, such as db(rx.cmrr) > 60");
    bal_study_claim *grown = BAL_GROW_LIST(s, claims);
    if (!grown)
        return BAL_E_NOMEM;
    s->claims = grown;
    status = bal_watch_create(claim.expr, &claim.watch);
    if (status == BAL_OK)
        s->claims[s->n_claims++] = claim;
    return status;
}

const bal_analysis_ops bal_analysis_claim = {
    .keyword = ".claim",
    .usage = ".claim \"text\" <comparison> [source=\"...\"] [breaks=\"R3=11k\"]",
    .summary = "A fact about the circuit, checked at every run and, for vectors, every frequency.",
    .phase = 3,
    .parse = parse,
};
