/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is right and still looks like a slip, in the sources and the control cards. */
#include "study.h"

static double parameter(const bal_device *dev, const char *name, bool *given)
{
    for (int i = 0; i < dev->ops->n_params; i++) {
        if (!bal_text_is(bal_text_of(name), dev->ops->params[i].name))
            continue;
        *given = bal_device_given(dev, i);
        return bal_dd_double(dev->values[i]);
    }
    *given = false;
    return 0.0;
}

/* A part in some excitation, or what makes a source useful without one. */
static bool is_used(const bal_study *s, const bal_device *dev)
{
    static const char *const other[] = {"ac", "noise", "portnum", "spectrum"};
    bool given = false;
    for (size_t i = 0; i < sizeof other / sizeof other[0] && !given; i++)
        (void)parameter(dev, other[i], &given);
    for (size_t i = 0; i < s->n_excitations && !given; i++)
        given = !bal_dd_is_zero(s->excitations[i].amplitude[dev->source].re) ||
                !bal_dd_is_zero(s->excitations[i].amplitude[dev->source].im);
    return given;
}

static bal_status lint_source(bal_study *s, const bal_device *dev)
{
    bool given = false;
    if (is_used(s, dev) || parameter(dev, "dc", &given) == 0.0)
        return BAL_OK;
    return bal_report(s->diag, BAL_D_QUIET_SOURCE, dev->at,
                      "'%s' has a DC value and no AC value: in an AC analysis it is %s",
                      BAL_SHOW(dev->name), dev->ops->letter == 'I' ? "open" : "a short");
}

static bal_status lint_claim(bal_study *s, const bal_study_claim *claim)
{
    const bool source = claim->source[0] != '\0';
    const bool breaks = claim->breaks[0] != '\0';
    if (source && breaks)
        return BAL_OK;
    return bal_report(s->diag, BAL_D_BARE_CLAIM, claim->at, "this claim has no %s%s%s",
                      source ? "" : "source=\"...\"", source || breaks ? "" : " and no ",
                      breaks ? "" : "breaks=\"...\", which proves that it can fail");
}

bal_status bal_study_lint(bal_study *s)
{
    const bal_device *const *devices = bal_circuit_devices(s->circuit);
    bal_status worst = bal_circuit_lint(s->circuit);
    for (size_t i = 0; i < bal_circuit_n_devices(s->circuit); i++)
        if (devices[i]->ops->is_source && lint_source(s, devices[i]) != BAL_OK)
            worst = BAL_E_DECK;
    for (size_t i = 0; i < s->n_claims; i++)
        if (lint_claim(s, &s->claims[i]) != BAL_OK)
            worst = BAL_E_DECK;
    return worst;
}
