/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * .tf OUTPUT SOURCE: at f = 0 the response of the output to a unit of the source, all other sources
 * at 0; the resistance that the source sees; and the one between the nodes of v(a,b), or that the
 * voltage source of i(V) sees.
 */
#include "transfer.h"

#include "alloc.h"
#include "analyses.h"
#include "engine.h"

static bal_status parse(bal_study *s, const bal_card *card)
{
    bal_transfer t = {.response = -1, .device = -1};
    const char *unit = "";
    if (card->n_tokens != 3)
        return bal_study_usage(s, card->tokens[0].span, "expected an output and a source");
    bal_status status = bal_study_linear(s, card->tokens[1].span, &t.response, &unit);
    if (status == BAL_OK)
        status = bal_study_find_device(s, card->tokens[2].span, &t.device);
    if (status != BAL_OK)
        return status;
    const bal_device *dev = bal_circuit_devices(s->circuit)[t.device];
    if (!dev->ops->is_source)
        return bal_report(s->diag, BAL_D_WRONG_REFERENCE, card->tokens[2].span,
                          "'%.*s' is not an independent source", (int)dev->name.n, dev->name.p);
    t.output = bal_study_label(s, card->tokens[1].span);
    t.source = bal_study_label(s, card->tokens[2].span);
    bal_transfer *grown = BAL_GROW_LIST(s, transfers);
    if (!t.output || !t.source || !grown)
        return BAL_E_NOMEM;
    s->transfers = grown;
    s->transfers[s->n_transfers++] = t;
    return BAL_OK;
}

const bal_analysis_ops bal_analysis_tf = {
    .keyword = ".tf",
    .usage = ".tf v(<node>[,<node>])|i(<source>) <source>",
    .summary = "DC gain from a source to an output, with the resistances at both.",
    .phase = 3,
    .parse = parse,
};

/* A current into a node, to see the resistance there. */
static void inject(const bal_device *dev, bal_stamper *st)
{
    (void)dev;
    bal_stamp_source(st, 0, bal_dd_of(1.0));
    bal_stamp_source(st, 1, bal_dd_of(-1.0));
}

static void tie(const bal_device *dev, bal_ties *ties)
{
    (void)dev;
    bal_tie(ties, BAL_TIE_CURRENT, 0, 1);
}

static const bal_device_ops injection = {.letter = 'I',
                                         .name = "injection",
                                         .usage = "",
                                         .summary = "",
                                         .n_nodes = 2,
                                         .ties = tie,
                                         .stamp = inject};

typedef struct solution {
    bal_study *s;
    const bal_transfer *t;
    const bal_device **devices; /* those of the circuit and the probe */
    bal_device probe;
    int nodes[2];
    int n_sources; /* with it */
    bal_mna *mna;
    bal_ddc *amplitude;
    bal_ddc *x;
} solution;

static bal_status prepare(solution *k)
{
    bal_mna_input input = bal_engine_input(k->s, 0.0, 0.0);
    const bal_device *const *given = bal_circuit_devices(k->s->circuit);
    const bal_response_term *term = &k->s->responses[k->t->response].terms[0];
    k->devices = bal_alloc(input.n_devices + 1, sizeof(const bal_device *));
    k->amplitude = bal_alloc((size_t)input.n_sources + 1, sizeof *k->amplitude);
    if (!k->devices || !k->amplitude)
        return BAL_E_NOMEM;
    for (size_t i = 0; i < input.n_devices; i++)
        k->devices[i] = given[i];
    k->nodes[0] = term->device < 0 ? term->a : 0;
    k->nodes[1] = term->device < 0 ? term->b : 0;
    k->probe = (bal_device){.ops = &injection,
                            .name = bal_text_of("tf"),
                            .nodes = k->nodes,
                            .n_nodes = 2,
                            .multiplicity = 1.0,
                            .source = input.n_sources};
    k->devices[input.n_devices++] = &k->probe;
    k->n_sources = ++input.n_sources;
    input.devices = k->devices;
    bal_status status = bal_mna_create(&input, &k->mna);
    if (status != BAL_OK)
        return status;
    k->x = bal_alloc((size_t)bal_mna_unknowns(k->mna), sizeof *k->x);
    return k->x ? bal_mna_point(k->mna, bal_dd_of(0.0)) : BAL_E_NOMEM;
}

/* The solution for one source at 1. */
static bal_status excite(solution *k, int source)
{
    for (int i = 0; i < k->n_sources; i++)
        k->amplitude[i] = bal_ddc_real(i == source ? 1.0 : 0.0);
    return bal_mna_solve(k->mna, k->amplitude, k->x);
}

static bal_status read_term(const solution *k, const bal_response_term *term, double *value)
{
    bal_functional f = {0};
    const bal_status status = term->device < 0 ? bal_mna_voltage(k->mna, term->a, term->b, &f)
                                               : bal_mna_current(k->mna, (size_t)term->device, &f);
    if (status == BAL_OK)
        *value = bal_dd_double(bal_dd_mul(bal_mna_apply(k->mna, &f, k->x).re, term->factor));
    bal_functional_release(&f);
    return status;
}

static bal_status read_output(const solution *k, double *value)
{
    const bal_response *r = &k->s->responses[k->t->response];
    bal_status status = BAL_OK;
    *value = 0.0;
    for (int i = 0; i < r->n_terms && status == BAL_OK; i++) {
        double part = 0.0;
        status = read_term(k, &r->terms[i], &part);
        *value += part;
    }
    return status;
}

/* What a source at 1 sees: -v/i of a voltage source, v of a current source. */
static bal_status seen_by(solution *k, ptrdiff_t device, double *ohm)
{
    const bal_device *dev = k->devices[device];
    const bal_response_term voltage = {dev->nodes[1], dev->nodes[0], -1, {1.0, 0.0}};
    const bal_response_term current = {0, 0, device, {1.0, 0.0}};
    double v = 0.0;
    double i = 1.0;
    bal_status status = read_term(k, &voltage, &v);
    if (status == BAL_OK && bal_lower(dev->ops->letter) == 'v')
        status = read_term(k, &current, &i);
    *ohm = v / i;
    return status;
}

static bal_status output_resistance(solution *k, double *ohm)
{
    const bal_response *r = &k->s->responses[k->t->response];
    const ptrdiff_t device = r->terms[0].device;
    *ohm = (double)NAN;
    if (r->n_terms != 1 || (device >= 0 && !k->devices[device]->ops->is_source))
        return BAL_OK;
    bal_status status = excite(k, device < 0 ? k->probe.source : k->devices[device]->source);
    if (status != BAL_OK)
        return status;
    const bal_response_term voltage = {k->nodes[0], k->nodes[1], -1, {1.0, 0.0}};
    return device < 0 ? read_term(k, &voltage, ohm) : seen_by(k, device, ohm);
}

static bal_status solve(solution *k, double values[3])
{
    bal_status status = prepare(k);
    if (status == BAL_OK)
        status = excite(k, k->devices[k->t->device]->source);
    if (status == BAL_OK)
        status = read_output(k, &values[0]);
    if (status == BAL_OK)
        status = seen_by(k, k->t->device, &values[1]);
    if (status == BAL_OK)
        status = output_resistance(k, &values[2]);
    return k->mna ? bal_engine_report(k->s, k->mna, 0.0, status) : status;
}

static const char *gain_unit(const bal_study *s, const bal_transfer *t)
{
    const bool volts_out = s->responses[t->response].terms[0].device < 0;
    const char letter = bal_lower(bal_circuit_devices(s->circuit)[t->device]->ops->letter);
    return volts_out == (letter == 'v') ? "" : volts_out ? "ohm" : "S";
}

static bal_status show(bal_study *s, const bal_transfer *t, const double values[3], bal_sink *sink)
{
    const bal_vector vectors[4] = {
        {.name = "frequency", .unit = "Hz", .is_real = true},
        {.name = bal_arena_format(s->arena, "tf(%s,%s)", t->output, t->source),
         .unit = gain_unit(s, t),
         .is_real = true},
        {.name = bal_arena_format(s->arena, "rin(%s)", t->source), .unit = "ohm", .is_real = true},
        {.name = bal_arena_format(s->arena, "rout(%s)", t->output),
         .unit = "ohm",
         .is_real = true}};
    const bal_stream stream = {.title = "transfer function",
                               .vectors = vectors,
                               .n_vectors = isnan(values[2]) ? 3 : 4,
                               .n_runs = 1,
                               .n_frequencies = 1};
    const double complex row[4] = {0.0, values[0], values[1], values[2]};
    if (!vectors[1].name || !vectors[2].name || !vectors[3].name)
        return BAL_E_NOMEM;
    bal_status status = sink->begin(sink, &stream);
    if (status == BAL_OK)
        status = sink->run(sink, 0, NULL);
    if (status == BAL_OK)
        status = sink->point(sink, row);
    return status == BAL_OK ? sink->end(sink) : status;
}

bal_status bal_transfers_run(bal_study *s, bal_sink *sink)
{
    bal_status status = BAL_OK;
    for (size_t i = 0; i < s->n_transfers && status == BAL_OK; i++) {
        solution k = {.s = s, .t = &s->transfers[i]};
        double values[3] = {0.0, 0.0, 0.0};
        status = solve(&k, values);
        if (status == BAL_OK)
            status = show(s, k.t, values, sink);
        bal_mna_destroy(k.mna);
        bal_free((void *)k.devices);
        bal_free(k.amplitude);
        bal_free(k.x);
    }
    return status;
}
