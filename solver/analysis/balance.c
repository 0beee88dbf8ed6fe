/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * .balance: how well an output is balanced. The load is two halves of load= from the legs to a
 * centre.
 *
 *   sbr   signal balance ratio: 20 lg |v(p,n) / v(centre)|, the deck's sources driving, the centre
 *         open (the test circuit of the makers of line drivers, after the BBC)
 *   ocmr  output common-mode rejection: 20 lg |E / v(p,n)|, E between reference and centre, all
 *         sources of the deck 0
 *   osb   output signal balance of ITU-T O.9: 20 lg |v(p,n) / v(mean)|, the sources driving, the
 *         centre tied to the reference, so that the longitudinal load is load/4
 */
#include "analyses.h"
#include "ports.h"

typedef struct balance {
    bal_text name;
    bal_port_set set;
} balance;

typedef struct reading {
    int system, open, excitation;
} reading;

/* over: what stands above the transverse voltage or below it. */
static bal_status read_voltage(bal_study *s, const balance *x, const reading *r, bal_mode mode,
                               const bal_expr **out)
{
    const bal_port_request q = {&x->set, r->system, r->open, 0, mode, r->excitation, false};
    return bal_port_expr(s, &q, out);
}

static bal_status put(bal_study *s, const balance *x, const char *what, const bal_expr *over,
                      const bal_expr *under)
{
    const bal_port_vector v = {x->name, what, "dB", bal_two(s, "/", over, under), true};
    return bal_port_declare(s, &v);
}

static bal_status put_signal(bal_study *s, const balance *x, const char *what, const reading *r)
{
    const bal_expr *transverse = NULL;
    const bal_expr *mean = NULL;
    bal_status status = read_voltage(s, x, r, BAL_TRANSVERSE, &transverse);
    if (status == BAL_OK)
        status = read_voltage(s, x, r, BAL_LONGITUDINAL, &mean);
    return status == BAL_OK ? put(s, x, what, transverse, mean) : status;
}

static bal_status declare(bal_study *s, const balance *x)
{
    reading open = {-1, 0, BAL_DECK_EXCITATION};
    reading tied = {-1, -1, BAL_DECK_EXCITATION};
    reading driven = {-1, -1, -1};
    const bal_expr *transverse = NULL;
    bal_status status = bal_port_system(s, &x->set, open.open, &open.system);
    if (status == BAL_OK)
        status = bal_port_system(s, &x->set, tied.open, &tied.system);
    if (status == BAL_OK)
        status = bal_study_port_excitation(s, bal_port_number(-1, 0, BAL_LONGITUDINAL),
                                           &driven.excitation);
    driven.system = tied.system;
    if (status == BAL_OK)
        status = put_signal(s, x, "sbr", &open);
    if (status == BAL_OK)
        status = read_voltage(s, x, &driven, BAL_TRANSVERSE, &transverse);
    if (status == BAL_OK)
        status = put(s, x, "ocmr", bal_number(s, 1.0), transverse);
    return status == BAL_OK ? put_signal(s, x, "osb", &tied) : status;
}

static bal_status parse(bal_study *s, const bal_card *card)
{
    balance x = {.set = {.n = 1}};
    bal_field f[] = {{.key = "port"}, {.key = "load"}};
    bal_span at = {0};
    double load = 600.0;
    bal_status status = bal_study_name(s, card, &at);
    if (status == BAL_OK)
        status = bal_study_fields(s, card, 2, f, sizeof f / sizeof f[0]);
    if (status == BAL_OK && !f[0].value.source)
        return bal_study_usage(s, card->tokens[1].span, "port= is needed");
    if (status == BAL_OK)
        status = bal_port_read(s, card, &f[0], &x.set.port[0]);
    if (status == BAL_OK)
        status = bal_field_real(s, card, &f[1], &load);
    if (status == BAL_OK && !(load > 0.0))
        return bal_study_usage(s, f[1].value, "the load must be above 0 ohm");
    x.name = bal_span_text(at);
    x.set.impedance[BAL_TRANSVERSE] = load;
    x.set.impedance[BAL_LONGITUDINAL] = load / 4.0;
    s->bounded = true;
    if (status == BAL_OK)
        status = declare(s, &x);
    s->bounded = false;
    return status;
}

const bal_analysis_ops bal_analysis_balance = {
    .keyword = ".balance",
    .usage = ".balance NAME port=(p,n[,ref]) [load=600]",
    .summary = "Balance of an output, in dB, loaded by two halves of load= with a centre: NAME.sbr "
               "(signal over centre voltage, centre open), .ocmr (emf at the centre over what it "
               "makes between the legs, sources 0), .osb (ITU-T O.9: signal over mean, centre at "
               "ref).",
    .phase = 1,
    .parse = parse,
};
