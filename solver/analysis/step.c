/* SPDX-License-Identifier: GPL-3.0-or-later */
/* .step: an axis over a parameter, an element's value or the temperature; the first card is the
 * innermost. */
#include <math.h>
#include <string.h>

#include "alloc.h"
#include "analyses.h"

typedef struct spec {
    enum { SPEC_LIN, SPEC_DEC, SPEC_OCT, SPEC_LIST } kind;
    uint32_t at; /* first token of the values */
} spec;

static bal_status real(bal_study *s, const bal_card *card, uint32_t i, bal_dd *value)
{
    return bal_circuit_real(s->circuit, &card->tokens[i], value);
}

/* Value k of a sweep of n: ends included where they fall on the grid. */
static bal_dd sweep_value(const spec *sp, const bal_dd v[3], size_t k)
{
    if (sp->kind == SPEC_LIN)
        return bal_dd_add(v[0], bal_dd_scale(v[2], (double)k));
    const double base = sp->kind == SPEC_DEC ? 10.0 : 2.0;
    return bal_dd_scale(v[0], pow(base, (double)k / v[2].hi));
}

static bal_status count(bal_study *s, const bal_card *card, const spec *sp, const bal_dd v[3],
                        size_t *n)
{
    const double span = sp->kind == SPEC_LIN   ? (v[1].hi - v[0].hi) / v[2].hi
                        : sp->kind == SPEC_DEC ? v[2].hi * log10(v[1].hi / v[0].hi)
                                               : v[2].hi * log2(v[1].hi / v[0].hi);
    const double values = floor(span + 1e-9) + 1.0;
    if (!(values >= 1.0 && values < 1e9))
        return bal_study_usage(s, card->tokens[sp->at].span,
                               "expected a first value, a last one and a step that leads to it");
    *n = (size_t)values;
    return BAL_OK;
}

static bal_status read_sweep(bal_study *s, const bal_card *card, const spec *sp, bal_step *step)
{
    bal_dd v[3];
    if (card->n_tokens != sp->at + 3)
        return bal_study_usage(s, card->tokens[card->n_tokens - 1].span,
                               "expected a first value, a last one and a step");
    for (uint32_t i = 0; i < 3; i++) {
        const bal_status status = real(s, card, sp->at + i, &v[i]);
        if (status != BAL_OK)
            return status;
    }
    const bal_status status = count(s, card, sp, v, &step->n_values);
    if (status != BAL_OK)
        return status;
    if (step->n_values > s->max_runs)
        step->n_values = (size_t)s->max_runs + 1; /* refused later with the product */
    step->values = bal_alloc(step->n_values, sizeof *step->values);
    if (!step->values)
        return BAL_E_NOMEM;
    for (size_t k = 0; k < step->n_values; k++)
        step->values[k] = sweep_value(sp, v, k);
    return BAL_OK;
}

static bal_status read_list(bal_study *s, const bal_card *card, const spec *sp, bal_step *step)
{
    step->values = bal_alloc(card->n_tokens, sizeof *step->values);
    if (!step->values)
        return BAL_E_NOMEM;
    for (uint32_t i = sp->at; i < card->n_tokens; i++) {
        const bal_status status = real(s, card, i, &step->values[step->n_values]);
        if (status != BAL_OK)
            return status;
        step->n_values++;
    }
    return step->n_values
               ? BAL_OK
               : bal_study_usage(s, card->tokens[sp->at - 1].span, "expected values after this");
}

/* PSpice and LTspice name the type before a value of a model: .step res rm(r) list 1k 2k */
static bool is_model_type(const bal_card *card, uint32_t i)
{
    const bal_token *next = i + 1 < card->n_tokens ? &card->tokens[i + 1] : NULL;
    const bal_text text = next ? bal_span_text(next->span) : (bal_text){"", 0};
    return text.n > 0 && next->kind == BAL_TOKEN_WORD && text.p[text.n - 1] == ')';
}

/* .step [lin|dec|oct] [param] NAME first last step | .step [param] NAME list v ... */
static bal_status read_words(bal_study *s, const bal_card *card, spec *sp, uint32_t *name)
{
    uint32_t i = 1;
    sp->kind = SPEC_LIN;
    for (; i < card->n_tokens; i++) {
        const bal_text word = bal_span_text(card->tokens[i].span);
        if (bal_text_is(word, "dec"))
            sp->kind = SPEC_DEC;
        else if (bal_text_is(word, "oct"))
            sp->kind = SPEC_OCT;
        else if (!bal_text_is(word, "lin") && !bal_text_is(word, "param") &&
                 !is_model_type(card, i))
            break;
    }
    if (i >= card->n_tokens)
        return bal_study_usage(s, card->tokens[i - 1].span, "expected what to step after this");
    *name = i++;
    const bal_text word = bal_span_text(card->tokens[i < card->n_tokens ? i : 0].span);
    const bool counted = bal_text_is(word, "poi"); /* HSPICE: poi 2 1k 2k */
    if (counted || bal_text_is(word, "list")) {
        sp->kind = SPEC_LIST;
        i += counted && i + 1 < card->n_tokens ? 2 : 1;
    }
    sp->at = i;
    return BAL_OK;
}

bal_status bal_study_find_handle(bal_study *s, bal_span name, bal_handle *handle)
{
    const bal_text text = bal_span_text(name);
    *handle = bal_circuit_handle(s->circuit, text);
    if (bal_circuit_decides(s->circuit, *handle))
        return bal_report(s->diag, BAL_D_CONDITION, name,
                          "'%s' decides an .if and cannot be stepped; --set changes it",
                          BAL_SHOW(text));
    if (handle->kind != BAL_HANDLE_NONE)
        return BAL_OK;
    bal_nearest nearest;
    bal_nearest_init(&nearest, text);
    bal_circuit_offer_parameters(s->circuit, &nearest);
    bal_circuit_offer_devices(s->circuit, &nearest);
    const bal_text best = bal_nearest_get(&nearest);
    return bal_report(s->diag, BAL_D_UNKNOWN_NAME, name,
                      "'%s' is no parameter, no element and no value of a model%s%s%s",
                      BAL_SHOW(text), best.n ? "; did you mean '" : "",
                      best.n ? BAL_SHOW(best) : "", best.n ? "'?" : "");
}

static bal_status add(bal_study *s, const bal_step *step)
{
    bal_step *grown = BAL_GROW_LIST(s, steps);
    if (!grown)
        return BAL_E_NOMEM;
    s->steps = grown;
    s->steps[s->n_steps++] = *step;
    return BAL_OK;
}

/* Each column of a table is a step of its own that turns with the last, which is added first so
 * that the columns come out in their order. */
static bal_status add_column(bal_study *s, const bal_data_table *table, size_t column,
                             bal_step *step)
{
    step->name = bal_study_label(s, table->columns[column]);
    step->values = bal_alloc(table->n_rows, sizeof *step->values);
    if (!step->name || !step->values)
        return BAL_E_NOMEM;
    for (size_t k = 0; k < table->n_rows; k++)
        step->values[k] = table->values[k * table->n_columns + column];
    step->tied = column + 1 < table->n_columns;
    step->n_values = step->tied ? 1 : table->n_rows;
    const bal_status status = bal_study_find_handle(s, table->columns[column], &step->handle);
    return status == BAL_OK ? add(s, step) : status;
}

static bal_status parse_data(bal_study *s, const bal_card *card)
{
    const bal_data_table *table = NULL;
    if (card->n_tokens != 4)
        return bal_study_usage(s, card->tokens[card->n_tokens - 1].span,
                               "expected the name of one table after data=");
    bal_status status = bal_study_table(s, card->tokens[3].span, &table);
    for (size_t c = status == BAL_OK ? table->n_columns : 0; status == BAL_OK && c-- > 0;) {
        bal_step step = {.at = card->tokens[0].span};
        status = add_column(s, table, c, &step);
        if (status != BAL_OK)
            bal_free(step.values);
    }
    return status;
}

static bal_status parse(bal_study *s, const bal_card *card)
{
    spec sp = {SPEC_LIN, 0};
    uint32_t name = 0;
    bal_step step = {.at = card->tokens[0].span};
    if (bal_card_is_key(card, 1) && bal_text_is(bal_span_text(card->tokens[1].span), "data"))
        return parse_data(s, card);
    bal_status status = read_words(s, card, &sp, &name);
    if (status == BAL_OK)
        status = bal_study_find_handle(s, card->tokens[name].span, &step.handle);
    if (status != BAL_OK)
        return status;
    step.name = bal_study_label(s, card->tokens[name].span);
    if (!step.name)
        return BAL_E_NOMEM;
    status =
        sp.kind == SPEC_LIST ? read_list(s, card, &sp, &step) : read_sweep(s, card, &sp, &step);
    if (status == BAL_OK)
        status = add(s, &step);
    if (status != BAL_OK)
        bal_free(step.values);
    return status;
}

const bal_analysis_ops bal_analysis_step = {
    .keyword = ".step",
    .usage = ".step [dec|oct] [param] NAME <first> <last> <step>, .step [param] NAME list <v> "
             "..., or .step data=NAME",
    .summary = "Repeats everything for each value of a parameter, an element, one of its own "
               "parameters (C1:rser), a value that a model gives (RMOD(r)) or temp.",
    .phase = 0,
    .parse = parse,
};
