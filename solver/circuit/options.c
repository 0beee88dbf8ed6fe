/* SPDX-License-Identifier: GPL-3.0-or-later */
/* .options and .temp. Options that steer other simulators' iterations are accepted without effect.
 */
#include "internal.h"

#include <math.h>

/* Has no effect on a linear solution here; known so that a misspelt option is noticed. */
static const char *const without_effect[] = {
    /* ngspice */
    "abstol", "acct", "autostop", "badmos3", "bypass", "chgtol", "convabsstep", "convlimit",
    "convstep", "cptime", "defad", "defas", "defl", "defpd", "defps", "defw", "delmax", "diagonal",
    "epsmin", "gmin", "gminfactor", "gminsteps", "indverbosity", "interp", "itl1", "itl2", "itl3",
    "itl4", "itl5", "itl6", "keepopinfo", "klu", "limpts", "list", "maxevtiter", "maxopalter",
    "maxord", "maxwarns", "measdgt", "measfail", "method", "minbreak", "mincontime", "mu",
    "newtrunc", "noacct", "nodcpath", "node", "noinit", "nomod", "noopac", "noopalter", "noopiter",
    "nopage", "numdgt", "opts", "oldlimit", "pivrel", "pivtol", "ramptime", "reltol",
    "savecurrents", "seed", "seedinfo", "sparse", "srcsteps", "trtol", "trytocompact", "vntol",
    "warn", "wnflag", "xmu", "xtrtol",
    /* LTspice, PSpice, HSPICE */
    "accurate", "advconv", "brief", "captab", "co", "cshuntintern", "cvar", "dcon", "dcstep",
    "debug", "dv", "expand", "fast", "fastaccess", "gmindc", "gramp", "ingold", "itlrng", "library",
    "lvltim", "maxclocks", "maxstep", "meascplxfmt", "mindelta", "nomarch", "noprobe", "nowarn",
    "numthread", "parhier", "plotreltol", "plotvntol", "plotwinsize", "plotabstol", "post",
    "post_version", "preordr", "probe", "psf", "ptranmax", "ptrantau", "relv", "runlvl", "stepgmin",
    "startclocks", "search", "skip", "solver", "spice", "startup", "symbol", "thev_induc",
    "topologycheck", "trtol2", "unwrap", "width", "wl", "distribution",
    /* gnucap, as its command `options` lists them, each switch with its no-form */
    "nolist", "clobber", "noclobber", "out", "ydivisions", "phase", "harmonics", "edit", "noedit",
    "language", "insensitive", "noinsensitive", "units", "recursion", "digits", "floor", "vfloor",
    "roundofftol", "short", "bypasstol", "loadtol", "nobypass", "incmode", "noincmode", "lcbypass",
    "nolcbypass", "lubypass", "nolubypass", "fbbypass", "nofbbypass", "traceload", "notraceload",
    "order", "mode", "transits", "quitconvfail", "noquitconvfail", "itl7", "itl8", "itermin",
    "vmax", "vmin", "dampmax", "dampmin", "dampstrategy", "dtmin", "dtratio", "trstepgrow",
    "trstephold", "trstepshrink", "trreject", "trsteporder", "trstepcoef1", "trstepcoef2",
    "trstepcoef3", "rstray", "norstray", "cstray", "nocstray"};

/* Changes the circuit elsewhere, unless it has this value. */
static const struct {
    const char *name;
    double value;
    const char *meaning;
} not_followed[] = {
    {"tnom", 27.0, "values hold at 27 degrees Celsius"},
    {"rshunt", (double)INFINITY, "no resistor is added at the nodes"},
    {"cshunt", 0.0, "no capacitor is added at the nodes"},
    {"gshunt", 0.0, "no conductance is added at the nodes"},
    {"rseries", 0.0, "no resistor is added to the inductors"},
    {"scale", 1.0, "lengths are in metres as they are written"},
};

/* Xyce names a package before its options. */
static const char *const packages[] = {
    "device",          "linsol",      "nonlin",    "output",      "parser",      "timeint",
    "measure",         "dist",        "loca",      "sensitivity", "samples",     "diagnostic",
    "restart",         "conductance", "loggin",    "linsol-ac",   "nonlin-tran", "pces",
    "embeddedsamples", "hbint",       "linsol-hb", "nonlin-hb"};

static bool known_without_effect(bal_text name)
{
    for (size_t i = 0; i < sizeof without_effect / sizeof without_effect[0]; i++)
        if (bal_text_is(name, without_effect[i]))
            return true;
    return false;
}

static bal_status value_of(bal_circuit *c, const bal_token *token, bal_dd *value)
{
    const bal_expr *expr = NULL;
    return bal_scope_field(c, c->scopes[0], token, value, &expr, NULL);
}

static bal_status set_number(bal_circuit *c, bal_text name, const bal_token *token)
{
    bal_dd value = {0.0, 0.0};
    const bal_status status = value_of(c, token, &value);
    if (status != BAL_OK)
        return status;
    if (bal_text_is(name, "temp") && value.hi > -273.15)
        c->options.temperature = value.hi;
    else if (bal_text_is(name, "rbranch") && value.hi >= 0.0)
        c->options.r_branch = value.hi;
    else if (bal_text_is(name, "log") && value.hi == 10.0)
        c->options.expr.log_is_10 = true;
    else
        return bal_report(c->in.diag, BAL_D_OPTION_VALUE, token->span, "option '%s' cannot be %g",
                          BAL_SHOW(name), value.hi);
    return BAL_OK;
}

/* BAL_OK with *found = false when the option is none of these. */
static bal_status check_not_followed(bal_circuit *c, const bal_token *name, const bal_token *value,
                                     bool *found)
{
    const bal_text text = bal_span_text(name->span);
    *found = false;
    for (size_t i = 0; i < sizeof not_followed / sizeof not_followed[0]; i++) {
        bal_dd given = {(double)NAN, 0.0};
        if (!bal_text_is(text, not_followed[i].name))
            continue;
        *found = true;
        const bal_status status = value ? value_of(c, value, &given) : BAL_OK;
        if (status != BAL_OK || given.hi == not_followed[i].value)
            return status;
        return bal_report(c->in.diag, BAL_D_OPTION_NOT_FOLLOWED, name->span,
                          "option '%s' is not followed: %s", BAL_SHOW(text),
                          not_followed[i].meaning);
    }
    return BAL_OK;
}

static bool is_package(bal_text name)
{
    for (size_t i = 0; i < sizeof packages / sizeof packages[0]; i++)
        if (bal_text_is(name, packages[i]))
            return true;
    return false;
}

static bal_status unknown_option(const bal_circuit *c, bal_span at)
{
    static const char *const own[] = {"temp", "rbranch", "log"};
    const bal_text text = bal_span_text(at);
    bal_nearest nearest;
    bal_nearest_init(&nearest, text);
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        bal_nearest_offer(&nearest, bal_text_of(own[i]));
    for (size_t i = 0; i < sizeof not_followed / sizeof not_followed[0]; i++)
        bal_nearest_offer(&nearest, bal_text_of(not_followed[i].name));
    for (size_t i = 0; i < sizeof without_effect / sizeof without_effect[0]; i++)
        bal_nearest_offer(&nearest, bal_text_of(without_effect[i]));
    const bal_text best = bal_nearest_get(&nearest);
    return bal_report(c->in.diag, BAL_D_UNKNOWN_OPTION, at, "unknown option '%s'%s%s%s",
                      BAL_SHOW(text), best.n ? "; did you mean '" : "",
                      best.n ? BAL_SHOW(best) : "", best.n ? "'?" : "");
}

static bal_status apply_option(bal_circuit *c, const bal_card *card, uint32_t *i)
{
    const bal_token *name = &card->tokens[*i];
    const bal_text text = bal_span_text(name->span);
    const bool key = bal_card_is_key(card, *i);
    const bal_token *value = key && *i + 2 < card->n_tokens ? &card->tokens[*i + 2] : NULL;

    *i += key ? 3 : 1;
    if (bal_text_is(text, "temp") || bal_text_is(text, "rbranch") || bal_text_is(text, "log")) {
        if (value)
            return set_number(c, text, value);
        return bal_report(c->in.diag, BAL_D_OPTION_VALUE, name->span, "option '%s' needs a value",
                          BAL_SHOW(text));
    }
    bool found = known_without_effect(text);
    const bal_status status = found ? BAL_OK : check_not_followed(c, name, value, &found);
    if (found)
        return status;
    return unknown_option(c, name->span);
}

static bal_status apply_card(bal_circuit *c, const bal_card *card)
{
    const bool package = card->n_tokens > 1 && !bal_card_is_key(card, 1) &&
                         is_package(bal_span_text(card->tokens[1].span));
    bal_status worst = BAL_OK;
    for (uint32_t i = package ? 2 : 1; i < card->n_tokens && worst != BAL_E_NOMEM;) {
        const bal_text word = bal_span_text(card->tokens[i].span);
        if (package && !bal_text_is(word, "temp") && !bal_text_is(word, "tnom")) {
            i += bal_card_is_key(card, i) ? 3 : 1; /* they steer how Xyce solves */
            continue;
        }
        const bal_status status = apply_option(c, card, &i);
        worst = status != BAL_OK ? status : worst;
    }
    return worst;
}

static bal_status apply_temp(bal_circuit *c, const bal_card *card)
{
    if (card->n_tokens != 2)
        return bal_report(c->in.diag, BAL_D_CARD_SYNTAX, card->tokens[0].span,
                          "expected .temp <degrees Celsius>; use .step temp for several");
    return set_number(c, bal_text_of("temp"), &card->tokens[1]);
}

bal_status bal_options_apply(bal_circuit *c)
{
    bal_status worst = BAL_OK;
    for (size_t k = 0; k < c->option_cards.n; k++) {
        const bal_card *card = c->option_cards.cards[k];
        bal_status status = BAL_OK;
        if (bal_text_is(bal_span_text(card->tokens[0].span), ".temp"))
            status = apply_temp(c, card);
        else
            status = apply_card(c, card);
        worst = status != BAL_OK ? status : worst;
    }
    return worst;
}
