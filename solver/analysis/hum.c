/* SPDX-License-Identifier: GPL-3.0-or-later */
/* .hum: reading the card. */
#include "hum.h"

#include <math.h>
#include <string.h>

#include "alloc.h"
#include "analyses.h"

enum { OUT, FROM, NOMINAL, SIGNAL, WEIGHT, COHERENT, FIELDS };

static const char *spectrum_text(const bal_device *dev)
{
    for (int i = 0; i < dev->ops->n_params && dev->texts; i++)
        if (strcmp(dev->ops->params[i].name, "spectrum") == 0)
            return dev->texts[i];
    return NULL;
}

static bal_status source_spectrum(bal_study *s, const bal_device *dev, bal_span from,
                                  const bal_spectrum **out)
{
    const char *name = spectrum_text(dev);
    if (!name)
        return bal_report(s->diag, BAL_D_WRONG_REFERENCE, from,
                          "'%.*s' has no spectrum=: its lines are not known", (int)dev->name.n,
                          dev->name.p);
    *out = bal_spectrum_find(s, bal_text_of(name));
    if (*out)
        return BAL_OK;
    return bal_report(s->diag, BAL_D_UNKNOWN_NAME, dev->at, "no .spectrum '%s'",
                      BAL_SHOW(bal_text_of(name)));
}

static void list_spectrum(bal_hum *x, const bal_spectrum **list, const bal_spectrum *one)
{
    for (int k = 0; k < x->n_spectra; k++)
        if (list[k] == one)
            return;
    list[x->n_spectra++] = one;
}

static bal_status read_sources(bal_study *s, bal_hum *x, bal_span from)
{
    const size_t n = (size_t)bal_circuit_n_sources(s->circuit);
    bal_ddc *weight = bal_arena_alloc(s->arena, n + 1, sizeof *weight);
    const bal_spectrum **of = bal_arena_alloc(s->arena, n + 1, sizeof(const bal_spectrum *));
    const bal_spectrum **list = bal_arena_alloc(s->arena, n + 1, sizeof(const bal_spectrum *));
    ptrdiff_t *device = bal_arena_alloc(s->arena, n + 1, sizeof *device);
    x->amplitude = bal_arena_alloc(s->arena, n + 1, sizeof *x->amplitude);
    if (!weight || !of || !list || !device || !x->amplitude)
        return BAL_E_NOMEM;
    bal_status status = bal_study_sources(s, from, weight);
    for (size_t i = 0; i < bal_circuit_n_devices(s->circuit) && status == BAL_OK; i++) {
        const bal_device *dev = bal_circuit_devices(s->circuit)[i];
        if (!dev->ops->is_source || bal_ddc_is_zero(weight[dev->source]))
            continue;
        device[dev->source] = (ptrdiff_t)i;
        status = source_spectrum(s, dev, from, &of[dev->source]);
        if (status == BAL_OK)
            list_spectrum(x, list, of[dev->source]);
    }
    x->weight = weight;
    x->of = of;
    x->device = device;
    x->n_sources = (int)n;
    x->spectra = list;
    return status;
}

/* "4dBu", "-10dBV" or "1.23V". */
static bal_status read_nominal(bal_study *s, bal_span text, bal_hum *x)
{
    const bal_text word = bal_span_text(text);
    const bool dbu = word.n > 3 && bal_text_is((bal_text){word.p + word.n - 3, 3}, "dbu");
    const bool dbv = word.n > 3 && bal_text_is((bal_text){word.p + word.n - 3, 3}, "dbv");
    bal_span number = text;
    number.end -= dbu || dbv ? 3 : 0;
    bal_dd value = {0.0, 0.0};
    if (!dbu && !dbv && (word.n == 0 || bal_lower(word.p[word.n - 1]) != 'v'))
        return bal_study_usage(s, text, "expected a level with its unit: 4dBu, -10dBV or 1.23V");
    const bal_status status = bal_number_parse(number, s->diag, &value, NULL);
    const double level = bal_dd_double(value);
    x->has_nominal = true;
    x->nominal = dbu ? sqrt(0.6) * pow(10.0, level / 20.0) : dbv ? pow(10.0, level / 20.0) : level;
    if (status == BAL_OK && !(x->nominal > 0.0))
        return bal_study_usage(s, text, "the nominal level must be above 0 V");
    return status;
}

static bal_status read_weight(bal_study *s, const bal_field *field, bal_hum *x)
{
    int n = 0;
    const bal_weighting *table = bal_weightings(&n);
    x->weighting = &table[1];
    if (!field->value.source)
        return BAL_OK;
    for (int i = 0; i < n; i++)
        if (bal_text_is(bal_span_text(field->value), table[i].name)) {
            x->weighting = &table[i];
            return BAL_OK;
        }
    return bal_study_usage(s, field->value, "expected none, a, itu468 or arm");
}

static bal_status read_signal(bal_study *s, const bal_field *field, bal_hum *x)
{
    const size_t n = (size_t)bal_circuit_n_sources(s->circuit);
    bal_ddc *amplitude = bal_arena_alloc(s->arena, n + 1, sizeof *amplitude);
    if (!amplitude)
        return BAL_E_NOMEM;
    if (!x->has_nominal)
        return bal_study_usage(s, field->at, "signal= says where nominal= is: give that too");
    bal_status status = bal_study_sources(s, field->value, amplitude);
    if (status == BAL_OK)
        status = bal_study_excitation(s, amplitude, &x->signal);
    const bal_primary_request q = {BAL_DECK_SYSTEM, x->signal, x->response, NULL, ""};
    return status == BAL_OK ? bal_study_primary(s, &q, &x->gain) : status;
}

static bal_status read_fields(bal_study *s, const bal_card *card, bal_hum *x)
{
    bal_field f[FIELDS] = {{.key = "out"},    {.key = "from"},   {.key = "nominal"},
                           {.key = "signal"}, {.key = "weight"}, {.key = "coherent"}};
    const char *unit = "";
    double coherent = 1.0;
    bal_status status = bal_study_fields(s, card, 2, f, FIELDS);
    if (status == BAL_OK && (!f[OUT].value.source || !f[FROM].value.source))
        return bal_study_usage(s, card->tokens[card->n_tokens - 1].span,
                               "out= and from= are needed");
    if (status == BAL_OK)
        status = bal_study_linear(s, f[OUT].value, &x->response, &unit);
    if (status == BAL_OK && unit[0] != 'V')
        return bal_study_usage(s, f[OUT].value, "the output is a voltage");
    if (status == BAL_OK)
        status = read_sources(s, x, f[FROM].value);
    if (status == BAL_OK && f[NOMINAL].value.source)
        status = read_nominal(s, f[NOMINAL].value, x);
    if (status == BAL_OK && f[SIGNAL].value.source)
        status = read_signal(s, &f[SIGNAL], x);
    if (status == BAL_OK)
        status = read_weight(s, &f[WEIGHT], x);
    if (status == BAL_OK)
        status = bal_field_real(s, card, &f[COHERENT], &coherent);
    x->coherent = coherent != 0.0;
    return status;
}

static bal_status declare(bal_study *s, bal_hum *x)
{
    static const char *const rows[BAL_HUM_SCALARS][2] = {
        [BAL_HUM_DBU] = {"dbu", "dBu"},
        [BAL_HUM_WEIGHTED] = {"weighted", "dBu"},
        [BAL_HUM_NOMINAL] = {"nominal", "dBu"},
        [BAL_HUM_SNR] = {"snr", "dB"},
        [BAL_HUM_SNR_WEIGHTED] = {"snr_weighted", "dB"}};
    bal_status status = BAL_OK;
    for (int k = 0; k < BAL_HUM_SCALARS && status == BAL_OK; k++) {
        const bal_scalar_request q = {bal_study_member(s, x->name, rows[k][0]), rows[k][1], x->at};
        if (k < BAL_HUM_NOMINAL || x->has_nominal)
            status = bal_study_scalar(s, &q, &x->scalars[k]);
    }
    if (status == BAL_OK && x->signal >= 0)
        status = bal_headroom_declare(s, x);
    return status;
}

/* Without .ac the sweep is the fundamental and the frequency of levels. */
static bal_status need_grid(bal_study *s, const bal_hum *x)
{
    if (s->grid.kind != BAL_GRID_NONE || x->n_spectra == 0)
        return BAL_OK;
    s->grid.list = bal_alloc(2, sizeof *s->grid.list);
    if (!s->grid.list)
        return BAL_E_NOMEM;
    s->grid.list[0] = x->spectra[0]->mains;
    s->grid.list[1] = 1e3;
    s->grid.kind = BAL_GRID_LIST;
    s->grid.n = 2;
    return BAL_OK;
}

static bal_status parse(bal_study *s, const bal_card *card)
{
    bal_hum *x = bal_arena_alloc(s->arena, 1, sizeof *x);
    if (!x)
        return BAL_E_NOMEM;
    x->signal = -1;
    x->gain = -1;
    bal_status status = bal_study_name(s, card, &x->at);
    if (status != BAL_OK)
        return status;
    x->name = bal_span_text(x->at);
    status = read_fields(s, card, x);
    if (status == BAL_OK)
        status = declare(s, x);
    if (status == BAL_OK)
        status = need_grid(s, x);
    x->lines = bal_arena_alloc(s->arena, (size_t)x->n_spectra * BAL_LINES + 1, sizeof *x->lines);
    if (!x->lines)
        return BAL_E_NOMEM;
    return status == BAL_OK ? bal_study_duty(s, &bal_hum_duty, x) : status;
}

const bal_analysis_ops bal_analysis_hum = {
    .keyword = ".hum",
    .usage = ".hum NAME out=<voltage> from=<sources> [nominal=<level>dBu|dBV|V] "
             "[signal=<sources>] [weight=none|a|itu468|arm] [coherent=0|1]",
    .summary = "Hum of sources with spectrum=: a table of lines, their sum NAME.dbu and "
               "NAME.weighted (A unless weight= says otherwise), RMS; with nominal= (at out, or "
               "with signal= the emf of those sources) NAME.nominal .snr .snr_weighted; with "
               "signal= and elements that have vmax= NAME.headroom: from nominal to where the "
               "first of them clips, at 1 kHz. Sources of one spectrum add as phasors, line n "
               "with n times their AC phase.",
    .phase = 1,
    .parse = parse,
};
