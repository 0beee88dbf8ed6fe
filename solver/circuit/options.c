/* SPDX-License-Identifier: GPL-3.0-or-later */
/* .options and .temp. Options that steer other simulators' iterations are accepted without effect.
 */
#include "internal.h"

#include <string.h>

/* Has no effect on a linear solution here; known so that a misspelt option is noticed. */
static const char *const without_effect[] = {
    "abstol",   "acct",   "bypass", "chgtol",       "cptime", "defad",       "defas",
    "defl",     "defw",   "gmin",   "gminsteps",    "itl1",   "itl2",        "itl3",
    "itl4",     "itl5",   "itl6",   "keepopinfo",   "klu",    "limpts",      "list",
    "maxord",   "method", "noacct", "node",         "noinit", "nomod",       "nopage",
    "noopac",   "numdgt", "opts",   "pivrel",       "pivtol", "plotwinsize", "post",
    "probe",    "reltol", "rshunt", "savecurrents", "scale",  "seed",        "sparse",
    "srcsteps", "tnom",   "trtol",  "vntol",        "warn",   "width",       "xmu"};

static bool known_without_effect(bal_text name)
{
    for (size_t i = 0; i < sizeof without_effect / sizeof without_effect[0]; i++)
        if (bal_text_is(name, without_effect[i]))
            return true;
    return false;
}

static bal_status value_of(bal_circuit *c, const bal_token *token, bal_dd *value)
{
    const bal_expr *expr = NULL;
    return bal_scope_field(c, c->scopes[0], token, value, &expr, NULL);
}

static bal_status set_number(bal_circuit *c, bal_text name, const bal_token *token)
{
    bal_dd value = {0.0, 0.0};
    const bal_status status = value_of(c, token, &value);
    if (status != BAL_OK)
        return status;
    if (bal_text_is(name, "temp") && value.hi > -273.15)
        c->options.temperature = value.hi;
    else if (bal_text_is(name, "rbranch") && value.hi >= 0.0)
        c->options.r_branch = value.hi;
    else if (bal_text_is(name, "log") && value.hi == 10.0)
        c->options.expr.log_is_10 = true;
    else
        return bal_report(c->in.diag, BAL_D_OPTION_VALUE, token->span, "option '%s' cannot be %g",
                          BAL_SHOW(name), value.hi);
    return BAL_OK;
}

static bal_status apply_option(bal_circuit *c, const bal_card *card, uint32_t *i)
{
    const bal_token *name = &card->tokens[*i];
    const bal_text text = bal_span_text(name->span);
    const bool key = bal_card_is_key(card, *i);
    const bal_token *value = key && *i + 2 < card->n_tokens ? &card->tokens[*i + 2] : NULL;

    *i += key ? 3 : 1;
    if (bal_text_is(text, "temp") || bal_text_is(text, "rbranch") || bal_text_is(text, "log")) {
        if (value)
            return set_number(c, text, value);
        return bal_report(c->in.diag, BAL_D_OPTION_VALUE, name->span, "option '%s' needs a value",
                          BAL_SHOW(text));
    }
    if (known_without_effect(text))
        return BAL_OK;
    return bal_report(c->in.diag, BAL_D_UNKNOWN_OPTION, name->span, "unknown option '%s'",
                      BAL_SHOW(text));
}

static bal_status apply_temp(bal_circuit *c, const bal_card *card)
{
    if (card->n_tokens != 2)
        return bal_report(c->in.diag, BAL_D_CARD_SYNTAX, card->tokens[0].span,
                          "expected .temp <degrees Celsius>; use .step temp for several");
    return set_number(c, bal_text_of("temp"), &card->tokens[1]);
}

bal_status bal_options_apply(bal_circuit *c)
{
    bal_status worst = BAL_OK;
    for (size_t k = 0; k < c->option_cards.n; k++) {
        const bal_card *card = c->option_cards.cards[k];
        bal_status status = BAL_OK;
        if (bal_text_is(bal_span_text(card->tokens[0].span), ".temp"))
            status = apply_temp(c, card);
        else
            for (uint32_t i = 1; i < card->n_tokens && status == BAL_OK;)
                status = apply_option(c, card, &i);
        worst = status != BAL_OK ? status : worst;
    }
    return worst;
}
