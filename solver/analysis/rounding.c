/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Remembers, for every vector with a bound, the frequency at which rounding took most of it. */
#include "rounding.h"

#include <math.h>
#include <string.h>

#include "alloc.h"

#define WORTH_A_WARNING 1.0 /* dB */
#define IDEAL 1e15          /* a limit beyond it (300 dB) is a null by design: tables show it */

bal_status bal_rounding_create(const bal_study *s, bal_rounding **out)
{
    bal_rounding *list = bal_alloc(s->vectors.n_defs + 1, sizeof *list);
    *out = list;
    return list ? BAL_OK : BAL_E_NOMEM;
}

bal_status bal_rounding_point(bal_rounding list[], bal_engine *e)
{
    const bal_study *s = e->study;
    for (size_t i = 0; i < s->vectors.n_defs; i++) {
        const int of = s->vectors.defs[i].bound_of;
        if (of < 0 || !e->known[of])
            continue;
        const bal_status status = bal_engine_value(e, (int)i);
        if (status != BAL_OK)
            return status;
        const double bound = bal_dd_double(e->values[i].value.re);
        if (!(fabs(bound) > fabs(list[i].bound)))
            continue;
        const double complex shown = bal_bounded_shown(&e->values[of]);
        list[i] = (bal_rounding){bound, hypot(creal(shown), cimag(shown)), e->point.frequency};
    }
    return BAL_OK;
}

static bool is_worth_a_warning(const bal_rounding *r)
{
    if (isinf(r->bound))
        return r->bound > 0.0 ? r->size < IDEAL : r->size * IDEAL > 1.0;
    return fabs(r->bound) > WORTH_A_WARNING;
}

/* The card whose name stands before the dot: "rx" of "rx.cmrr". */
static bal_span place_of(const bal_study *s, const char *name)
{
    const bal_text card = {name, strcspn(name, ".")};
    for (const bal_control *k = bal_circuit_controls(s->circuit); k; k = k->next)
        if (k->card->n_tokens > 1 && bal_text_same(bal_span_text(k->card->tokens[1].span), card))
            return k->card->tokens[1].span;
    return (bal_span){bal_circuit_deck(s->circuit)->source, 0, 0};
}

static bal_status report(bal_study *s, const char *name, const bal_rounding *r)
{
    const bal_span at = place_of(s, name);
    if (isinf(r->bound) && r->size == 0.0)
        return bal_report(s->diag, BAL_D_ROUNDED, at, "rounding leaves nothing of '%s' at %.6g Hz",
                          name, r->frequency);
    if (isinf(r->bound))
        return bal_report(s->diag, BAL_D_ROUNDED, at,
                          "rounding leaves no more than %s of '%s' at %.6g Hz: %.1f dB",
                          r->bound > 0.0 ? "a lower limit" : "an upper limit", name, r->frequency,
                          20.0 * log10(r->size));
    return bal_report(s->diag, BAL_D_ROUNDED, at,
                      "rounding can have moved '%s' by %.2g dB at %.6g Hz", name, r->bound,
                      r->frequency);
}

bal_status bal_rounding_report(const bal_rounding list[], bal_study *s)
{
    bal_status worst = BAL_OK;
    for (size_t i = 0; i < s->vectors.n_defs; i++) {
        const int of = s->vectors.defs[i].bound_of;
        const char *name = of >= 0 ? s->vectors.defs[of].shown.name : NULL;
        if (!name || !name[0] || !is_worth_a_warning(&list[i]))
            continue;
        const bal_status status = report(s, name, &list[i]);
        worst = status != BAL_OK ? status : worst;
    }
    return worst;
}
