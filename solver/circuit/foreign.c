/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters that other programs use for something else: their keys tell them apart, and the message
 * names the program. */
#include "element.h"

static bool has_key(const bal_card *card, const char *key)
{
    for (uint32_t i = 1; i < card->n_tokens; i++)
        if (bal_card_is_key(card, i) && bal_text_is(bal_span_text(card->tokens[i].span), key))
            return true;
    return false;
}

static bal_status refuse(bal_circuit *c, const bal_card *card, const char *what)
{
    const bal_span at = card->tokens[0].span;
    return bal_report(c->in.diag, BAL_D_FOREIGN_ELEMENT, at, "'%s' %s", BAL_SHOW(bal_span_text(at)),
                      what);
}

static bal_status refuse_w(bal_circuit *c, const bal_card *card)
{
    if (has_key(card, "n") || has_key(card, "rlgcmodel") || has_key(card, "rlgcfile") ||
        has_key(card, "umodel") || has_key(card, "fsmodel"))
        return refuse(c, card,
                      "is a W element of HSPICE, a coupled line: write it as a P element with a "
                      ".model of type w, line or cpl");
    return bal_report(
        c->in.diag, BAL_D_NONLINEAR_ELEMENT, card->tokens[0].span,
        "'%s' is a switch, which needs the operating point, and that is not computed: "
        "write a resistor of its value, or leave it out",
        BAL_SHOW(bal_span_text(card->tokens[0].span)));
}

bal_status bal_foreign_check(bal_circuit *c, const bal_card *card)
{
    switch (bal_lower(bal_span_text(card->tokens[0].span).p[0])) {
    case 'p':
        if (has_key(card, "port") || has_key(card, "z0"))
            return refuse(c, card,
                          "is a port of Xyce; here P is a coupled line: write a V source with "
                          "portnum= and z0=");
        return BAL_OK;
    case 'n':
        if (!has_key(card, "file"))
            return refuse(
                c, card,
                "is an OSDI device of ngspice (Verilog-A), which is not read; here N is a "
                "block from a Touchstone file, with file=");
        return BAL_OK;
    case 'w':
        return refuse_w(c, card);
    default:
        return BAL_OK;
    }
}
