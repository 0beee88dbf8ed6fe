/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is right and still looks like a slip. Files that the deck includes are left alone: a library
 * holds more than one deck uses.
 */
#include <math.h>

#include "element.h"

static bool is_own(const bal_circuit *c, bal_span at)
{
    return at.source && at.source == c->in.deck->source;
}

static bal_status worse(bal_status a, bal_status b)
{
    return a != BAL_OK ? a : b;
}

static bal_status lint_parameters(bal_circuit *c)
{
    bal_status worst = BAL_OK;
    for (size_t i = 0; i < c->n_parameters; i++) {
        const bal_parameter *p = &c->parameters[i];
        const int id = bal_names_find(&c->scopes[0]->parameters, p->name);
        if (!p->used && id == (int)i && is_own(c, p->at))
            worst = worse(bal_report(c->in.diag, BAL_D_UNUSED_PARAMETER, p->at,
                                     "nothing names the parameter '%s'", BAL_SHOW(p->name)),
                          worst);
    }
    return worst;
}

static bal_status lint_definitions(bal_circuit *c)
{
    bal_status worst = BAL_OK;
    for (size_t i = 1; i < c->n_definitions; i++) {
        const bal_definition *d = c->definitions[i];
        if (!d->used && is_own(c, d->at) && (d->parent == c->definitions[0] || d->parent->used))
            worst = worse(bal_report(c->in.diag, BAL_D_UNUSED_SUBCKT, d->at,
                                     "nothing names the subcircuit '%s'", BAL_SHOW(d->name)),
                          worst);
    }
    for (size_t i = 0; i < c->n_models; i++) {
        const bal_model *m = &c->models[i];
        if (!m->used && is_own(c, m->at))
            worst = worse(bal_report(c->in.diag, BAL_D_UNUSED_MODEL, m->at,
                                     "nothing names the model '%s'", BAL_SHOW(m->name)),
                          worst);
    }
    return worst;
}

/* Sizes that audio has no use for and a lost or doubled suffix makes. */
static bal_status lint_value(bal_circuit *c, const bal_device *dev)
{
    static const struct {
        char letter;
        double least, most;
        const char *too_small, *too_large, *unit;
    } rows[] = {{'R', 1e-3, 1e12, "below a milliohm", "above a teraohm", "ohm"},
                {'C', 0.0, 1.0, "", "above a farad", "F"},
                {'L', 0.0, 1e3, "", "above a kilohenry", "H"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const double value = fabs(bal_dd_double(dev->values[0]));
        if (dev->ops->letter != rows[i].letter || value == 0.0)
            continue;
        if (value >= rows[i].least && value <= rows[i].most)
            continue;
        return bal_report(c->in.diag, BAL_D_UNLIKELY_VALUE, dev->at, "'%s' has %g %s: %s",
                          BAL_SHOW(dev->name), value, rows[i].unit,
                          value < rows[i].least ? rows[i].too_small : rows[i].too_large);
    }
    return BAL_OK;
}

/* The unit behind the value of an R, C or L. */
static bal_status lint_unit(bal_circuit *c, const bal_card *card)
{
    static const struct {
        char letter;
        const char *name, *units;
    } rows[] = {{'r', "resistor", "ohm ohms o r \xE2\x84\xA6 \xCE\xA9"},
                {'c', "capacitor", "f farad farads"},
                {'l', "inductor", "h hy henry henries"}};
    enum { VALUE = 3 };
    const char letter = bal_lower(bal_span_text(card->tokens[0].span).p[0]);
    bal_number_info info = {0};
    bal_diag quiet = {0}; /* what is wrong was told when the card was read */
    bal_dd value;
    if (card->n_tokens <= VALUE || card->tokens[1].kind == BAL_TOKEN_LEFT ||
        !bal_token_is_name(&card->tokens[VALUE]) ||
        bal_number_parse(card->tokens[VALUE].span, &quiet, &value, &info) != BAL_OK ||
        info.unit.n == 0)
        return BAL_OK;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].letter == letter && !bal_in_list(rows[i].units, info.unit))
            return bal_report(c->in.diag, BAL_D_ODD_UNIT, card->tokens[VALUE].span,
                              "'%s' is no unit of this %s, and is not read", BAL_SHOW(info.unit),
                              rows[i].name);
    return BAL_OK;
}

bal_status bal_circuit_lint(bal_circuit *c)
{
    bal_status worst = lint_parameters(c);
    worst = worse(lint_definitions(c), worst);
    for (size_t i = 0; i < c->n_devices; i++)
        if (c->devices[i]->ops->n_params > 0 && is_own(c, c->devices[i]->at))
            worst = worse(lint_value(c, c->devices[i]), worst);
    for (size_t i = 0; i < c->in.deck->n_cards; i++)
        if (is_own(c, c->in.deck->cards[i].tokens[0].span))
            worst = worse(lint_unit(c, &c->in.deck->cards[i]), worst);
    return worst;
}
