/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * .noise: reading the card. The form is that of SPICE, with a name in front if there is more than
 * one, and fields behind: .noise [NAME] v(o[,r]) SRC [dec n f1 f2] [from= to= rs=].
 */
#include "noise_card.h"

#include "alloc.h"
#include "analyses.h"

static bool is_sweep(bal_text word)
{
    return bal_text_is(word, "dec") || bal_text_is(word, "oct") || bal_text_is(word, "lin") ||
           bal_text_is(word, "list");
}

static bool is_call(bal_span span)
{
    const bal_text text = bal_span_text(span);
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '(')
            return true;
    return false;
}

/* The sweep of the card is that of the deck unless there is an .ac card. */
static bal_status read_sweep(bal_study *s, const bal_card *card, uint32_t first, uint32_t end)
{
    bal_card sweep = {card->tokens + first - 1, end - first + 1};
    if (s->grid.kind == BAL_GRID_NONE)
        return bal_analysis_ac.parse(s, &sweep);
    if (!s->grid.at.source) /* --freq */
        return BAL_OK;
    const bal_status status =
        bal_report(s->diag, BAL_D_IGNORED_CARD, card->tokens[first].span,
                   "the sweep of .noise is ignored: that of the .ac card counts");
    bal_note(s->diag, s->grid.at, "here");
    return status;
}

static bal_status read_source(bal_study *s, bal_noise_card *x, bal_span source)
{
    const size_t n = (size_t)bal_circuit_n_sources(s->circuit);
    bal_ddc *amplitude = bal_arena_alloc(s->arena, n + 1, sizeof *amplitude);
    int excitation = -1;
    if (!amplitude)
        return BAL_E_NOMEM;
    bal_status status = bal_study_sources(s, source, amplitude);
    if (status == BAL_OK)
        status = bal_study_excitation(s, amplitude, &excitation);
    const bal_primary_request q = {BAL_DECK_SYSTEM, excitation, x->response, NULL, ""};
    return status == BAL_OK ? bal_study_primary(s, &q, &x->gain) : status;
}

static bal_status read_output(bal_study *s, bal_noise_card *x, bal_span text)
{
    const char *unit = "";
    const bal_status status = bal_study_linear(s, text, &x->response, &unit);
    if (status == BAL_OK && unit[0] != 'V')
        return bal_study_usage(s, text, "the output is a voltage");
    return status;
}

/* rs=R1,R2: the resistors whose noise is the source's own. */
static bal_status read_resistors(bal_study *s, const bal_card *card, const bal_field *field,
                                 bal_noise_card *x)
{
    bool *mine = bal_arena_alloc(s->arena, bal_circuit_n_devices(s->circuit), sizeof *mine);
    if (!mine)
        return BAL_E_NOMEM;
    for (uint32_t i = field->first; i < field->end; i++) {
        ptrdiff_t device = -1;
        const bal_status status = bal_study_find_device(s, card->tokens[i].span, &device);
        if (status != BAL_OK)
            return status;
        mine[device] = true;
    }
    x->of_source = mine;
    return BAL_OK;
}

static bal_status read_fields(bal_study *s, const bal_card *card, uint32_t i, bal_noise_card *x)
{
    bal_field fields[] = {{.key = "from"}, {.key = "to"}, {.key = "rs"}};
    bal_status status = bal_study_fields(s, card, i, fields, sizeof fields / sizeof fields[0]);
    if (status == BAL_OK)
        status = bal_field_real(s, card, &fields[0], &x->from);
    if (status == BAL_OK)
        status = bal_field_real(s, card, &fields[1], &x->to);
    if (status == BAL_OK && !(x->from > 0.0 && x->from < x->to && isfinite(x->to)))
        return bal_study_usage(s, fields[fields[1].value.source ? 1 : 0].value,
                               "the band must begin above 0 Hz and end above its beginning");
    if (status == BAL_OK && fields[2].value.source)
        status = read_resistors(s, card, &fields[2], x);
    return status;
}

/* What stands before the fields. */
static bal_status read_words(bal_study *s, const bal_card *card, bal_noise_card *x, uint32_t *next)
{
    uint32_t i = 1;
    if (card->n_tokens > 1 && !is_call(card->tokens[1].span)) {
        x->name = bal_span_text(card->tokens[1].span);
        i = 2;
    }
    if (card->n_tokens < i + 2 || bal_card_is_key(card, i) || bal_card_is_key(card, i + 1))
        return bal_study_usage(s, card->tokens[0].span, "expected an output and a source");
    x->at = card->tokens[i == 2 ? 1 : 0].span;
    bal_status status = bal_study_name_free(s, x->at, x->name);
    if (status == BAL_OK)
        status = read_output(s, x, card->tokens[i].span);
    if (status == BAL_OK)
        status = read_source(s, x, card->tokens[i + 1].span);
    *next = i + 2;
    if (status != BAL_OK || *next >= card->n_tokens ||
        !is_sweep(bal_span_text(card->tokens[*next].span)))
        return status;
    const uint32_t first = *next;
    const bool list = bal_text_is(bal_span_text(card->tokens[first].span), "list");
    for (uint32_t k = 0; *next < card->n_tokens && !bal_card_is_key(card, *next); k++)
        if (list || k < 5) /* dec n f1 f2 [points per summary, which SPICE has here] */
            ++*next;
        else
            break;
    const uint32_t most = first + 4;
    return read_sweep(s, card, first, list || *next < most ? *next : most);
}

static bal_status declare(bal_study *s, bal_noise_card *x)
{
    const char *names[2] = {bal_study_member(s, x->name, "onoise"),
                            bal_study_member(s, x->name, "inoise")};
    if (!names[0] || !names[1])
        return BAL_E_NOMEM;
    bal_status status = bal_study_filled(s, names[0], "V/rtHz", &x->onoise);
    if (status != BAL_OK)
        return status;
    const bal_expr *gain = bal_expr_variable(s->arena, x->gain, BAL_COMPLEX);
    const bal_expr *parts[2] = {bal_expr_variable(s->arena, x->onoise, BAL_REAL),
                                gain ? bal_expr_call(s->arena, "abs", &gain, 1) : NULL};
    const bal_expr *ratio = parts[0] && parts[1] ? bal_expr_call(s->arena, "/", parts, 2) : NULL;
    if (!ratio)
        return BAL_E_NOMEM;
    const bal_derived_request q = {names[1], "V/rtHz", ratio, -1};
    int bound = -1;
    status = bal_study_derived(s, &q, &x->inoise);
    const bal_derived_request b = {NULL, "dB", NULL, x->inoise};
    if (status == BAL_OK)
        status = bal_study_derived(s, &b, &bound);
    if (status == BAL_OK)
        status = bal_index_add(&s->summary, x->onoise);
    if (status == BAL_OK)
        status = bal_index_add(&s->summary, x->inoise);
    return status == BAL_OK ? bal_index_add(&s->summary, bound) : status;
}

static bal_status declare_scalars(bal_study *s, bal_noise_card *x)
{
    static const char *const rows[BAL_NOISE_SCALARS][2] = {
        [BAL_NOISE_ONOISE_TOTAL] = {"onoise_total", "V"},
        [BAL_NOISE_INOISE_TOTAL] = {"inoise_total", "V"},
        [BAL_NOISE_OUT_DBU] = {"out_dbu", "dBu"},
        [BAL_NOISE_OUT_DBU_A] = {"out_dbu_a", "dBu"},
        [BAL_NOISE_EIN_DBU] = {"ein_dbu", "dBu"},
        [BAL_NOISE_EIN_DBU_A] = {"ein_dbu_a", "dBu"},
        [BAL_NOISE_NF] = {"nf", "dB"}};
    bal_status status = BAL_OK;
    for (int k = 0; k < BAL_NOISE_SCALARS && status == BAL_OK; k++) {
        if (k == BAL_NOISE_NF && !x->of_source)
            continue;
        const bal_scalar_request q = {bal_study_member(s, x->name, rows[k][0]), rows[k][1], x->at};
        status = bal_study_scalar(s, &q, &x->scalars[k]);
    }
    return status;
}

static bal_status parse(bal_study *s, const bal_card *card)
{
    bal_noise_card *x = bal_arena_alloc(s->arena, 1, sizeof *x);
    uint32_t next = 0;
    if (!x)
        return BAL_E_NOMEM;
    *x = (bal_noise_card){.name = bal_text_of("noise"), .from = 20.0, .to = 20e3};
    s->bounded = true;
    bal_status status = read_words(s, card, x, &next);
    s->bounded = false;
    if (status == BAL_OK)
        status = read_fields(s, card, next, x);
    if (status == BAL_OK)
        status = declare(s, x);
    if (status == BAL_OK)
        status = declare_scalars(s, x);
    return status == BAL_OK ? bal_study_duty(s, &bal_noise_duty, x) : status;
}

const bal_analysis_ops bal_analysis_noise = {
    .keyword = ".noise",
    .usage = ".noise [NAME] v(o[,r]) <source> [dec|oct|lin <points> <f1> <f2>] [from=20 to=20k] "
             "[rs=<resistors>]",
    .summary =
        "Noise densities NAME.onoise .inoise (NAME is noise unless given); over the band, RMS: "
        "NAME.onoise_total .inoise_total .out_dbu .ein_dbu, A-weighted .out_dbu_a .ein_dbu_a; "
        "against the noise of the resistors rs= alone: .nf.",
    .phase = 1,
    .parse = parse,
};
