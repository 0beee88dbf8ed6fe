/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * .modes: mixed-mode figures of one or two balanced ports, each seeing zdiff to the difference and
 * a total of zcom to the mean (ITU-T G.117 and O.9 with zcom = zdiff/4).
 *
 * With an emf E_j behind Z_j in one mode, S_ij = 2 V_i / E_j sqrt(Z_j / Z_i) - delta_ij (power
 * waves; Bockelman and Eisenstadt 1995 for the names). Modal input impedances are those of the
 * port without its terminations: zd of a floating source, zc of the tied legs; both follow from
 * what the terminated port does when it is driven in either mode.
 */
#include <assert.h>
#include <math.h>

#include "analyses.h"
#include "ports.h"

typedef struct modes {
    bal_text name;
    bal_port_set set;
    int system;
    const bal_expr *v[BAL_PORTS][BAL_MODES][BAL_PORTS][BAL_MODES]; /* [read][driven] */
    const bal_expr *i[BAL_PORTS][BAL_MODES][BAL_MODES];            /* of the driven port */
} modes;

static bal_status put(bal_study *s, const modes *x, const char *what, const char *unit,
                      const bal_expr *expr)
{
    const bool level = unit[0] == 'd';
    const bal_port_vector v = {x->name, what, unit, expr, level};
    return bal_port_declare(s, &v);
}

static bal_status solve_for(bal_study *s, modes *x, int port, int mode)
{
    int excitation = -1;
    bal_status status =
        bal_study_port_excitation(s, bal_port_number(-1, port, (bal_mode)mode), &excitation);
    for (int p = 0; p < x->set.n; p++)
        for (int m = 0; m < BAL_MODES && status == BAL_OK; m++) {
            bal_port_request q = {&x->set, x->system, -1, p, (bal_mode)m, excitation, false};
            status = bal_port_expr(s, &q, &x->v[p][m][port][mode]);
            q.current = true;
            if (status == BAL_OK && p == port)
                status = bal_port_expr(s, &q, &x->i[p][m][mode]);
        }
    return status;
}

/* ---- scattering ---- */

static const bal_expr *scattering(bal_study *s, const modes *x, int read[2], int driven[2])
{
    const double *z = x->set.impedance;
    const double scale = 2.0 * sqrt(z[driven[1]] / z[read[1]]);
    const bal_expr *wave =
        bal_two(s, "*", x->v[read[0]][read[1]][driven[0]][driven[1]], bal_number(s, scale));
    const bool same = read[0] == driven[0] && read[1] == driven[1];
    return same ? bal_two(s, "-", wave, bal_number(s, 1.0)) : wave;
}

static bal_status put_scattering(bal_study *s, const modes *x)
{
    bal_status status = BAL_OK;
    for (int k = 0; k < 16 && status == BAL_OK; k++) {
        int read[2] = {k & 1, k >> 2 & 1};
        int driven[2] = {k >> 1 & 1, k >> 3};
        if (read[0] >= x->set.n || driven[0] >= x->set.n)
            continue;
        const char *what = bal_arena_format(s->arena, "s%c%c%d%d", "dc"[read[1]], "dc"[driven[1]],
                                            read[0] + 1, driven[0] + 1);
        status = what ? put(s, x, what, "", scattering(s, x, read, driven)) : BAL_E_NOMEM;
    }
    return status;
}

/* ---- conversion losses ---- */

static const bal_expr *loss(bal_study *s, const bal_expr *over, const bal_expr *under)
{
    return bal_two(s, "/", over, under);
}

static bal_status put_losses(bal_study *s, const modes *x, int port)
{
    enum { D = BAL_TRANSVERSE, C = BAL_LONGITUDINAL };
    static const char *const names[2][3] = {{"lcl", "tcl", "tcl_p"}, {"lctl", "tctl", "tctl_p"}};
    int read[2] = {port, C};
    int driven[2] = {0, D};
    bal_status status =
        put(s, x, names[port][0], "dB", loss(s, bal_number(s, 1.0), x->v[port][D][0][C]));
    if (status == BAL_OK)
        status = put(s, x, names[port][1], "dB", loss(s, x->v[0][D][0][D], x->v[port][C][0][D]));
    if (status == BAL_OK)
        status = put(s, x, names[port][2], "dB",
                     loss(s, bal_number(s, 1.0), scattering(s, x, read, driven)));
    return status;
}

/* ---- impedances ---- */

/* a b - c d */
static const bal_expr *cross(bal_study *s, const bal_expr *a, const bal_expr *b, const bal_expr *c,
                             const bal_expr *d)
{
    return bal_two(s, "-", bal_two(s, "*", a, b), bal_two(s, "*", c, d));
}

/* Both drives together so that the transverse voltage is zero: the legs are tied. */
static bal_status put_tied(bal_study *s, const modes *x, int port)
{
    enum { D = BAL_TRANSVERSE, C = BAL_LONGITUDINAL };
    static const char *const names[BAL_PORTS][3] = {{"zc1", "zc1_p", "zc1_n"},
                                                    {"zc2", "zc2_p", "zc2_n"}};
    assert(port < BAL_PORTS);
    const bal_expr *dd = x->v[port][D][port][D];
    const bal_expr *dc = x->v[port][D][port][C];
    const bal_expr *volt = cross(s, x->v[port][C][port][C], dd, x->v[port][C][port][D], dc);
    const bal_expr *both = cross(s, x->i[port][C][C], dd, x->i[port][C][D], dc);
    const bal_expr *apart = cross(s, x->i[port][D][C], dd, x->i[port][D][D], dc);
    const bal_expr *half = bal_two(s, "*", both, bal_number(s, 0.5));
    bal_status status = put(s, x, names[port][0], "ohm", bal_two(s, "/", volt, both));
    if (status == BAL_OK)
        status =
            put(s, x, names[port][1], "ohm", bal_two(s, "/", volt, bal_two(s, "+", half, apart)));
    if (status == BAL_OK)
        status =
            put(s, x, names[port][2], "ohm", bal_two(s, "/", volt, bal_two(s, "-", half, apart)));
    return status;
}

static bal_status put_floating(bal_study *s, const modes *x, int port)
{
    int system = -1;
    int excitation = -1;
    const bal_expr *volt = NULL;
    const bal_expr *ampere = NULL;
    bal_status status = bal_port_system(s, &x->set, port, &system);
    if (status == BAL_OK)
        status =
            bal_study_port_excitation(s, bal_port_number(port, port, BAL_TRANSVERSE), &excitation);
    bal_port_request q = {&x->set, system, port, port, BAL_TRANSVERSE, excitation, false};
    if (status == BAL_OK)
        status = bal_port_expr(s, &q, &volt);
    q.current = true;
    if (status == BAL_OK)
        status = bal_port_expr(s, &q, &ampere);
    return status == BAL_OK ? put(s, x, port ? "zd2" : "zd1", "ohm", bal_two(s, "/", volt, ampere))
                            : status;
}

/* ---- the card ---- */

static bal_status declare(bal_study *s, modes *x)
{
    bal_status status = bal_port_system(s, &x->set, -1, &x->system);
    for (int port = 0; port < x->set.n; port++)
        for (int mode = 0; mode < BAL_MODES && status == BAL_OK; mode++)
            status = solve_for(s, x, port, mode);
    if (status == BAL_OK)
        status = put_scattering(s, x);
    for (int port = 0; port < x->set.n && status == BAL_OK; port++)
        status = put_losses(s, x, port);
    for (int port = 0; port < x->set.n && status == BAL_OK; port++) {
        status = put_floating(s, x, port);
        if (status == BAL_OK)
            status = put_tied(s, x, port);
    }
    return status;
}

static bal_status read_card(bal_study *s, const bal_card *card, modes *x)
{
    bal_field f[] = {{.key = "port1"}, {.key = "port2"}, {.key = "zdiff"}, {.key = "zcom"}};
    bal_status status = bal_study_fields(s, card, 2, f, sizeof f / sizeof f[0]);
    if (status == BAL_OK && !f[0].value.source)
        return bal_study_usage(s, card->tokens[1].span, "port1= is needed");
    for (int k = 0; k < BAL_PORTS && status == BAL_OK && f[k].value.source; k++)
        status = bal_port_read(s, card, &f[k], &x->set.port[x->set.n++]);
    double *z = x->set.impedance;
    z[BAL_TRANSVERSE] = 600.0;
    if (status == BAL_OK)
        status = bal_field_real(s, card, &f[2], &z[BAL_TRANSVERSE]);
    z[BAL_LONGITUDINAL] = z[BAL_TRANSVERSE] / 4.0;
    if (status == BAL_OK)
        status = bal_field_real(s, card, &f[3], &z[BAL_LONGITUDINAL]);
    for (int m = 0; m < BAL_MODES && status == BAL_OK; m++)
        if (!(z[m] > 0.0))
            return bal_study_usage(s, f[2 + m].value, "the impedances must be above 0 ohm");
    return status;
}

static bal_status parse(bal_study *s, const bal_card *card)
{
    modes *x = bal_arena_alloc(s->arena, 1, sizeof *x);
    bal_span at = {0};
    if (!x)
        return BAL_E_NOMEM;
    bal_status status = bal_study_name(s, card, &at);
    if (status != BAL_OK)
        return status;
    *x = (modes){.name = bal_span_text(at)};
    status = read_card(s, card, x);
    s->bounded = true;
    if (status == BAL_OK)
        status = declare(s, x);
    s->bounded = false;
    return status;
}

const bal_analysis_ops bal_analysis_modes = {
    .keyword = ".modes",
    .usage = ".modes NAME port1=(p,n[,ref]) [port2=(p,n[,ref])] [zdiff=600] [zcom=zdiff/4]",
    .summary = "Balance of ports, in dB: NAME.lcl .tcl (emf and port voltages), .tcl_p (power "
               "waves), with a second port .lctl .tctl .tctl_p; mixed-mode .sdd11 .sdc21 .scd11 "
               "... (read mode, driven mode, read port, driven port); input impedances .zd1 "
               "(floating drive) .zc1 (legs tied) .zc1_p .zc1_n (of one leg then). No source of "
               "the deck is needed.",
    .phase = 1,
    .parse = parse,
};
