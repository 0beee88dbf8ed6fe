/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Life cycle of a study: reads the control cards in three phases, so that a card may use what
 * stands below it. */
#include "study.h"

#include <math.h>
#include <string.h>

#include "alloc.h"
#include "analyses.h"

static const bal_analysis_ops *const table[] = {
#define BAL_ANALYSIS(file) &bal_analysis_##file,
#include "analyses.def"
#undef BAL_ANALYSIS
};

const bal_analysis_ops *const *bal_analyses(size_t *n)
{
    *n = sizeof table / sizeof table[0];
    return table;
}

/* Other spellings, and cards of other analyses that are noted once and skipped. */
static const struct {
    const char *word, *means; /* NULL: ignored */
} aliases[] = {
    {".plot", ".print"},  {".probe", ".save"}, {".probe64", ".save"}, {".measure", ".meas"},
    {".ic", NULL},        {".nodeset", NULL},  {".tran", NULL},       {".four", NULL},
    {".disto", NULL},     {".dc", NULL},       {".initcond", NULL},   {".preprocess", NULL},
    {".device", NULL},    {".backanno", NULL}, {".width", NULL},      {".list", NULL},
    {".status", NULL},    {".eval", NULL},     {".csparam", NULL},    {".alarm", NULL},
    {".generator", NULL}, {".fanout", NULL}};

static const bal_analysis_ops *find_ops(bal_text word)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (bal_text_is(word, table[i]->keyword))
            return table[i];
    return NULL;
}

static const bal_analysis_ops *find_alias(bal_text word, bool *ignored)
{
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
        if (bal_text_is(word, aliases[i].word)) {
            *ignored = !aliases[i].means;
            return *ignored ? NULL : find_ops(bal_text_of(aliases[i].means));
        }
    return NULL;
}

static bal_status unknown_card(bal_study *s, const bal_card *card)
{
    static const char *const others[] = {".param", ".subckt", ".include", ".lib",  ".model",
                                         ".func",  ".global", ".options", ".temp", ".end"};
    const bal_text word = bal_span_text(card->tokens[0].span);
    bal_nearest nearest;
    bal_nearest_init(&nearest, word);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        bal_nearest_offer(&nearest, bal_text_of(table[i]->keyword));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        bal_nearest_offer(&nearest, bal_text_of(others[i]));
    const bal_text best = bal_nearest_get(&nearest);
    return bal_report(s->diag, BAL_D_UNKNOWN_CARD, card->tokens[0].span, "unknown card '%s'%s%s%s",
                      BAL_SHOW(word), best.n ? "; did you mean '" : "",
                      best.n ? BAL_SHOW(best) : "", best.n ? "'?" : "");
}

/* Analyses of other simulators that have no counterpart here. */
static bool is_computed_elsewhere(bal_text word)
{
    static const char *const words[] = {
        ".sens", ".pz",   ".sp",        ".lin", ".net",   ".sampling", ".embeddedsampling",
        ".pce",  ".hb",   ".pss",       ".mc",  ".wcase", ".wc",       ".fft",
        ".lstb", ".mpde", ".distortion"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (bal_text_is(word, words[i]))
            return true;
    return false;
}

static bal_status other_card(bal_study *s, const bal_card *card)
{
    const bal_span at = card->tokens[0].span;
    const bal_text word = bal_span_text(at);
    if (word.n == 0 || word.p[0] != '.' || bal_text_is(word, ".enddata"))
        return BAL_OK; /* rows of .data */
    if (is_computed_elsewhere(word))
        return bal_report(s->diag, BAL_D_NOT_COMPUTED, at, "'%s' is not computed by this version",
                          BAL_SHOW(word));
    return unknown_card(s, card);
}

/* Says it at the first card of the kind only. */
static bal_status ignore_card(bal_study *s, const bal_card *card)
{
    const bal_text word = bal_span_text(card->tokens[0].span);
    const bal_control *k = bal_circuit_controls(s->circuit);
    while (k && !bal_text_same(bal_span_text(k->card->tokens[0].span), word))
        k = k->next;
    if (k && k->card != card)
        return BAL_OK;
    return bal_report(s->diag, BAL_D_IGNORED_CARD, card->tokens[0].span,
                      "'%s' has no meaning in small-signal analysis and is ignored",
                      BAL_SHOW(word));
}

static bal_status read_card(bal_study *s, const bal_card *card, int phase)
{
    const bal_text word = bal_span_text(card->tokens[0].span);
    bool ignored = false;
    const bal_analysis_ops *ops = find_ops(word);
    if (!ops)
        ops = find_alias(word, &ignored);
    if (ops && ops->phase == phase) {
        s->usage = ops->usage;
        return ops->parse(s, card);
    }
    if (ops || phase != 0)
        return BAL_OK;
    return ignored ? ignore_card(s, card) : other_card(s, card);
}

static bal_status read_cards(bal_study *s)
{
    bal_status worst = BAL_OK;
    for (int phase = -1; phase < 4; phase++)
        for (const bal_control *k = bal_circuit_controls(s->circuit); k; k = k->next) {
            const bal_status status =
                bal_diag_full(s->diag) ? BAL_E_DECK : read_card(s, k->card, phase);
            if (status == BAL_E_NOMEM)
                return status;
            worst = status != BAL_OK ? status : worst;
        }
    return worst;
}

bal_status bal_study_usage(bal_study *s, bal_span at, const char *what)
{
    return bal_report(s->diag, BAL_D_ANALYSIS_SYNTAX, at, "%s; usage: %s", what, s->usage);
}

/* --freq 20,1k,20k */
static bal_status read_frequencies(bal_study *s, const char *text)
{
    const size_t n = strlen(text);
    bal_source *source = bal_arena_alloc(s->arena, 1, sizeof *source);
    s->grid.list = bal_alloc(n + 1, sizeof *s->grid.list);
    char *copy = bal_arena_copy(s->arena, text, n);
    if (!source || !copy || !s->grid.list)
        return BAL_E_NOMEM;
    *source = (bal_source){.name = "--freq", .text = copy, .length = (uint32_t)n};
    for (size_t i = 0; i < n;) {
        const size_t length = strcspn(copy + i, ", ");
        const bal_span span = {source, (uint32_t)i, (uint32_t)(i + length)};
        bal_dd value = {0.0, 0.0};
        i += length + 1;
        if (length == 0)
            continue;
        if (bal_number_parse(span, s->diag, &value, NULL) != BAL_OK || value.hi < 0.0)
            return BAL_E_USAGE;
        s->grid.list[s->grid.n++] = bal_dd_double(value);
    }
    s->grid.kind = BAL_GRID_LIST;
    return s->grid.n ? BAL_OK : BAL_E_USAGE;
}

size_t bal_study_runs(const bal_study *s)
{
    size_t runs = 1;
    for (size_t i = 0; i < s->n_steps; i++)
        runs *= s->steps[i].n_values;
    return runs;
}

/* The first card's axis turns fastest. */
bal_dd bal_study_step_value(const bal_study *s, size_t axis, size_t run)
{
    size_t index = 0;
    for (size_t i = 0; i <= axis; i++) {
        if (s->steps[i].tied)
            continue;
        index = run % s->steps[i].n_values;
        run /= s->steps[i].n_values;
    }
    return s->steps[axis].values[index];
}

static bal_status check_runs(bal_study *s)
{
    double runs = 1.0;
    for (size_t i = 0; i < s->n_steps; i++)
        runs *= (double)s->steps[i].n_values;
    if (runs <= (double)s->max_runs)
        return BAL_OK;
    return bal_report(s->diag, BAL_D_TOO_MANY_RUNS, s->steps[0].at,
                      "the steps make more than %llu runs; --max-runs allows more", s->max_runs);
}

static bal_status check_excitation(bal_study *s)
{
    const bal_device *const *devices = bal_circuit_devices(s->circuit);
    bool any = false;
    for (size_t i = 0; i < bal_circuit_n_devices(s->circuit) && !any; i++)
        any = devices[i]->ops->is_source &&
              !bal_dd_is_zero(devices[i]->values[devices[i]->ops->ac_magnitude]);
    bool needed = s->n_excitations < 2;
    for (size_t i = 0; i < s->n_primaries && !needed; i++)
        needed = s->primaries[i].excitation == BAL_DECK_EXCITATION;
    if (any || !needed)
        return BAL_OK;
    return bal_report(s->diag, BAL_D_NO_EXCITATION,
                      (bal_span){bal_circuit_deck(s->circuit)->source, 0, 0},
                      "no source has an AC value: every result is 0");
}

static bal_status setup(bal_study *s, const bal_study_input *input)
{
    const size_t n = (size_t)bal_circuit_n_sources(s->circuit);
    bal_ddc *none = bal_arena_alloc(s->arena, n + 1, sizeof *none);
    int index = -1;
    if (!none)
        return BAL_E_NOMEM;
    bal_status status = bal_study_excitation(s, none, &index); /* filled at each run */
    if (status == BAL_OK)
        status = bal_study_system(s, -1, 0, bal_dd_of(0.0), &index);
    if (status == BAL_OK && input->frequencies)
        status = read_frequencies(s, input->frequencies);
    if (status != BAL_OK)
        return status;
    const bal_vector_def frequency = {.shown = {.name = "frequency", .unit = "Hz", .is_real = true},
                                      .type = BAL_REAL,
                                      .bound_of = -1,
                                      .primary = -1};
    status = bal_vectors_add(&s->vectors, &frequency, &index);
    if (status == BAL_OK)
        status = read_cards(s);
    if (status == BAL_OK)
        status = check_runs(s);
    if (status == BAL_OK && s->grid.kind == BAL_GRID_NONE && s->n_measures)
        status = bal_report(s->diag, BAL_D_NO_ANALYSIS, s->measures[0].at,
                            "'%s' measures a sweep, and there is no .ac card", s->measures[0].name);
    if (status == BAL_OK && s->grid.kind == BAL_GRID_NONE && !s->wants_op && !s->n_transfers)
        status = bal_report(s->diag, BAL_D_NO_ANALYSIS,
                            (bal_span){bal_circuit_deck(s->circuit)->source, 0, 0},
                            "the deck asks for nothing: add a card such as .ac dec 10 20 20k");
    if (status == BAL_OK && s->grid.kind != BAL_GRID_NONE)
        status = check_excitation(s);
    return status;
}

bal_status bal_study_create(const bal_study_input *input, bal_study **out)
{
    bal_study *s = bal_alloc(1, sizeof *s);
    if (!s)
        return BAL_E_NOMEM;
    s->circuit = input->circuit;
    s->arena = bal_circuit_arena(input->circuit);
    s->diag = bal_circuit_diag(input->circuit);
    s->max_runs = input->max_runs ? input->max_runs : 1000000;
    s->vectors.arena = s->arena;
    const bal_status status = setup(s, input);
    if (status != BAL_OK) {
        bal_study_destroy(s);
        return status;
    }
    *out = s;
    return BAL_OK;
}

bool bal_study_uses_circuit(const bal_study *s)
{
    bool used = s->n_duties > 0 || s->n_ports == 0;
    for (size_t i = 0; i < s->n_primaries && !used; i++)
        used = s->systems[s->primaries[i].system].n_ports == 0;
    const bal_device *const *devices = bal_circuit_devices(s->circuit);
    for (size_t i = 0; i < bal_circuit_n_devices(s->circuit) && !used; i++)
        used = devices[i]->ops->is_source &&
               !bal_dd_is_zero(devices[i]->values[devices[i]->ops->ac_magnitude]);
    return used;
}

void bal_system_clear(bal_study *s, bal_system *system)
{
    for (size_t k = 0; system->functionals && k < s->n_responses; k++)
        bal_functional_release(&system->functionals[k]);
    bal_free(system->functionals);
    bal_mna_destroy(system->mna);
    system->functionals = NULL;
    system->mna = NULL;
}

void bal_study_destroy(bal_study *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->n_systems; i++) {
        bal_system_clear(s, &s->systems[i]);
        bal_topology_release(&s->systems[i].topology);
    }
    bal_free(s->ports);
    for (size_t i = 0; i < s->n_excitations; i++)
        bal_free(s->excitations[i].amplitude);
    for (size_t i = 0; i < s->n_steps; i++)
        bal_free(s->steps[i].values);
    for (size_t i = 0; i < s->n_claims; i++)
        bal_watch_destroy(s->claims[i].watch);
    for (size_t i = 0; i < s->n_measures; i++) {
        bal_watch_destroy(s->measures[i].watch);
        bal_free(s->measures[i].values);
    }
    for (size_t i = 0; i < s->n_duties; i++)
        if (s->duties[i].ops->release)
            s->duties[i].ops->release(s->duties[i].state);
    bal_free(s->duties);
    bal_free(s->spectra);
    bal_vectors_release(&s->vectors);
    bal_topology_release(&s->topology);
    bal_free(s->grid.list);
    bal_free(s->tables);
    bal_free(s->responses);
    bal_free(s->excitations);
    bal_free(s->systems);
    bal_free(s->steps);
    bal_free(s->primaries);
    bal_free(s->claims);
    bal_free(s->measures);
    bal_free(s->transfers);
    bal_free(s->printed.items);
    bal_free(s->summary.items);
    bal_free(s->saved.items);
    bal_free(s);
}
