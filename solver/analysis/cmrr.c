/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * .cmrr: signal and common are combinations of sources applied with unit amplitude. cmrr = signal /
 * common is referred to the input. IEC 60268-3 (2000) measures the common-mode gain with 10 ohm
 * added to one leg of an otherwise matched source, then to the other, and takes the worse.
 */
#include "analyses.h"

typedef struct cmrr {
    bal_span name, out, signal, common, legs[2];
    int n_legs;
    bal_dd imbalance;
} cmrr;

enum { OUT, SIGNAL, COMMON, LEGS, IMBALANCE, FIELDS };

static bal_status read_legs(bal_study *s, const bal_card *card, const bal_field *field, cmrr *x)
{
    if (!field->value.source)
        return BAL_OK;
    if (field->end - field->first != 2)
        return bal_study_usage(s, field->value, "expected two resistors: legs=R1,R2");
    x->legs[0] = card->tokens[field->first].span;
    x->legs[1] = card->tokens[field->first + 1].span;
    x->n_legs = 2;
    return BAL_OK;
}

static bal_status read_card(bal_study *s, const bal_card *card, cmrr *x)
{
    bal_field fields[FIELDS] = {[OUT] = {.key = "out"},
                                [SIGNAL] = {.key = "signal"},
                                [COMMON] = {.key = "common"},
                                [LEGS] = {.key = "legs"},
                                [IMBALANCE] = {.key = "imbalance"}};
    const bal_field *imbalance = &fields[IMBALANCE];
    bal_status status = bal_study_name(s, card, &x->name);
    if (status == BAL_OK)
        status = bal_study_fields(s, card, 2, fields, FIELDS);
    if (status == BAL_OK)
        status = read_legs(s, card, &fields[LEGS], x);
    if (status == BAL_OK && imbalance->value.source)
        status = bal_circuit_real(s->circuit, &card->tokens[imbalance->first], &x->imbalance);
    x->out = fields[OUT].value;
    x->signal = fields[SIGNAL].value;
    x->common = fields[COMMON].value;
    if (status == BAL_OK && (!x->out.source || !x->signal.source || !x->common.source))
        return bal_study_usage(s, card->tokens[card->n_tokens - 1].span,
                               "out=, signal= and common= are needed");
    return status;
}

static const char *label(bal_study *s, const cmrr *x, const char *what)
{
    const bal_text name = bal_span_text(x->name);
    return bal_arena_format(s->arena, "%.*s.%s", (int)name.n, name.p, what);
}

static bal_status excitation(bal_study *s, bal_span text, int *out)
{
    const size_t n = (size_t)bal_circuit_n_sources(s->circuit);
    bal_ddc *amplitude = bal_arena_alloc(s->arena, n + 1, sizeof *amplitude);
    if (!amplitude)
        return BAL_E_NOMEM;
    const bal_status status = bal_study_sources(s, text, amplitude);
    return status == BAL_OK ? bal_study_excitation(s, amplitude, out) : status;
}

/* A vector that is function(arguments) of vectors. */
static bal_status derive(bal_study *s, const char *name, const char *function,
                         const int arguments[2], int *vector)
{
    const bal_expr *parts[2];
    for (int i = 0; i < 2; i++) {
        parts[i] = arguments[i] < 0 ? bal_expr_constant(s->arena, bal_ddc_real(1.0))
                                    : bal_expr_variable(s->arena, arguments[i], BAL_COMPLEX);
        if (!parts[i])
            return BAL_E_NOMEM;
    }
    const bal_expr *expr = bal_expr_call(s->arena, function, parts, 2);
    if (!expr || !name)
        return BAL_E_NOMEM;
    const bal_derived_request q = {name, "", expr, -1};
    return bal_study_derived(s, &q, vector);
}

/* The quantity in dB with its bound behind it, as columns of the summary. */
static bal_status summarise(bal_study *s, const cmrr *x, const char *what, int vector)
{
    const bal_expr *inner = bal_expr_variable(s->arena, vector, BAL_COMPLEX);
    const bal_expr *expr = inner ? bal_expr_call(s->arena, "db", &inner, 1) : NULL;
    const bal_text name = bal_span_text(x->name);
    const char *shown = bal_arena_format(s->arena, "db(%.*s.%s)", (int)name.n, name.p, what);
    if (!expr || !shown)
        return BAL_E_NOMEM;
    int column = -1;
    int bound = -1;
    const bal_derived_request q = {shown, "dB", expr, -1};
    const bal_derived_request b = {NULL, "dB", NULL, vector};
    bal_status status = bal_study_derived(s, &q, &column);
    if (status == BAL_OK)
        status = bal_study_derived(s, &b, &bound);
    if (status == BAL_OK)
        status = bal_index_add(&s->summary, column);
    return status == BAL_OK ? bal_index_add(&s->summary, bound) : status;
}

/* worse(a, b): the one of smaller modulus. */
static bal_status worse(bal_study *s, const char *name, const int legs[2], int *vector)
{
    const bal_expr *part[2];
    const bal_expr *size[2];
    for (int i = 0; i < 2; i++) {
        part[i] = bal_expr_variable(s->arena, legs[i], BAL_COMPLEX);
        size[i] = part[i] ? bal_expr_call(s->arena, "abs", &part[i], 1) : NULL;
        if (!size[i])
            return BAL_E_NOMEM;
    }
    const bal_expr *less = bal_expr_call(s->arena, "<", size, 2);
    const bal_expr *three[3] = {less, part[0], part[1]};
    const bal_expr *expr = less ? bal_expr_call(s->arena, "if", three, 3) : NULL;
    if (!expr || !name)
        return BAL_E_NOMEM;
    const bal_derived_request q = {name, "", expr, -1};
    return bal_study_derived(s, &q, vector);
}

static bal_status leg_system(bal_study *s, const cmrr *x, int leg, int *system)
{
    ptrdiff_t device = -1;
    const bal_status status = bal_study_find_device(s, x->legs[leg], &device);
    if (status != BAL_OK)
        return status;
    const bal_device *dev = bal_circuit_devices(s->circuit)[device];
    if (bal_lower(dev->ops->letter) != 'r')
        return bal_report(s->diag, BAL_D_WRONG_REFERENCE, x->legs[leg],
                          "a leg is a resistor; '%.*s' is a %s", (int)dev->name.n, dev->name.p,
                          dev->ops->name);
    return bal_study_system(s, device, 0, x->imbalance, system);
}

static bal_status declare_iec(bal_study *s, const cmrr *x, int signal, int common, int response)
{
    static const char *const names[2] = {"iec_leg1", "iec_leg2"};
    int legs[2] = {-1, -1};
    for (int k = 0; k < 2; k++) {
        int system = -1;
        int gain = -1;
        bal_status status = leg_system(s, x, k, &system);
        const bal_primary_request q = {system, common, response, NULL, ""};
        if (status == BAL_OK)
            status = bal_study_primary(s, &q, &gain);
        const int parts[2] = {signal, gain};
        if (status == BAL_OK)
            status = derive(s, label(s, x, names[k]), "/", parts, &legs[k]);
        if (status != BAL_OK)
            return status;
    }
    int iec = -1;
    const bal_status status = worse(s, label(s, x, "iec"), legs, &iec);
    return status == BAL_OK ? summarise(s, x, "iec", iec) : status;
}

static bal_status declare(bal_study *s, const cmrr *x)
{
    int excitations[2] = {-1, -1};
    int response = -1;
    int gains[2] = {-1, -1};
    const char *unit = "";
    bal_status status = bal_study_linear(s, x->out, &response, &unit);
    if (status == BAL_OK)
        status = excitation(s, x->signal, &excitations[0]);
    if (status == BAL_OK)
        status = excitation(s, x->common, &excitations[1]);
    for (int k = 0; k < 2 && status == BAL_OK; k++) {
        const char *name = label(s, x, k ? "common" : "signal");
        const bal_primary_request q = {BAL_DECK_SYSTEM, excitations[k], response, name, ""};
        status = name ? bal_study_primary(s, &q, &gains[k]) : BAL_E_NOMEM;
        if (status == BAL_OK)
            status = summarise(s, x, k ? "common" : "signal", gains[k]);
    }
    int ratio = -1;
    int other = -1;
    const int inverse[2] = {-1, gains[1]};
    if (status == BAL_OK)
        status = derive(s, label(s, x, "cmrr"), "/", gains, &ratio);
    const bal_derived_request bound = {label(s, x, "bound"), "dB", NULL, ratio};
    if (status == BAL_OK)
        status = bound.name ? bal_study_derived(s, &bound, &other) : BAL_E_NOMEM;
    if (status == BAL_OK)
        status = derive(s, label(s, x, "cmrr_rto"), "/", inverse, &other);
    if (status == BAL_OK)
        status = summarise(s, x, "cmrr", ratio);
    if (status == BAL_OK && x->n_legs)
        status = declare_iec(s, x, gains[0], excitations[1], response);
    return status;
}

static bal_status parse(bal_study *s, const bal_card *card)
{
    cmrr x = {.imbalance = {10.0, 0.0}};
    bal_status status = read_card(s, card, &x);
    if (status != BAL_OK)
        return status;
    s->bounded = true;
    status = declare(s, &x);
    s->bounded = false;
    return status;
}

const bal_analysis_ops bal_analysis_cmrr = {
    .keyword = ".cmrr",
    .usage = ".cmrr NAME out=<voltage> signal=<sources> common=<sources> [legs=R1,R2 imbalance=10]",
    .summary =
        "Common-mode rejection: NAME.signal .common .cmrr .cmrr_rto .iec .iec_leg1 .iec_leg2 "
        ".bound.",
    .phase = 1,
    .parse = parse,
};
