/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Is the expression of a source a straight line, or at least one about 0? Operations tell the
 * first; corners (limit, table, if) are looked for by slopes taken a little beside 0.
 */
#include "linear.h"

typedef struct sample {
    const bal_circuit *c;
    int moved;   /* the variable that is not 0; -1: all of them */
    double sign; /* in which direction */
} sample;

/* So close to 0 that only a corner at 0 itself makes a difference, and not lost beside 1. */
#define BAL_NEAR_ZERO 1e-30

static bal_status sample_value(void *user, int id, bal_ddc *out)
{
    const sample *s = user;
    if (id < BAL_TERM_BASE) {
        *out = bal_ddc_of(s->c->parameters[id].value, bal_dd_of(0.0));
        return BAL_OK;
    }
    const bool moved = s->moved == id || s->moved < 0;
    *out = bal_ddc_real(moved ? s->sign * BAL_NEAR_ZERO * (1.0 + 0.01 * (id % 7)) : 0.0);
    return BAL_OK;
}

static bool close_to(bal_ddc a, bal_ddc b)
{
    return bal_ddc_abs(bal_ddc_sub(a, b)) <= 1e-9 * bal_ddc_abs(b);
}

/* All slopes the same a little beside 0? */
static bool straight(const bal_linear *l, const bal_expr *input, size_t first, sample *s)
{
    sample origin = {l->r->c, -1, 0.0};
    bal_env at_zero = *l->r->c->environment;
    at_zero.user = &origin;
    at_zero.value = sample_value;
    at_zero.frequency = bal_dd_of(1000.0);
    bal_env beside = at_zero;
    beside.user = s;
    for (size_t k = first; k < l->n_terms; k++) {
        bal_ddc value;
        bal_ddc a;
        bal_ddc b;
        const int id = l->terms[k].variable;
        if (bal_expr_derivative(input, &at_zero, id, &value, &a) == BAL_OK &&
            bal_expr_derivative(input, &beside, id, &value, &b) == BAL_OK && !close_to(a, b))
            return false;
    }
    return true;
}

/* A TABLE is an expression that stands nowhere in the deck. */
static bal_span place_of(const bal_linear *l, const bal_expr *input)
{
    const bal_span at = bal_expr_span(input);
    return at.source ? at : l->r->dev->at;
}

static bal_status check_corners(const bal_linear *l, const bal_expr *input, size_t first)
{
    bal_diag *diag = l->r->c->in.diag;
    bool smooth = true;
    for (size_t k = first; k <= l->n_terms && smooth; k++) {
        const int moved = k < l->n_terms ? l->terms[k].variable : -1;
        sample up = {l->r->c, moved, 1.0};
        sample down = {l->r->c, moved, -1.0};
        smooth = straight(l, input, first, &up) && straight(l, input, first, &down);
    }
    if (smooth)
        return bal_report(diag, BAL_D_LINEARISED, place_of(l, input),
                          "'%s' is taken with its slope at 0 V and 0 A", BAL_SHOW(l->r->dev->name));
    return bal_report(diag, BAL_D_NOT_LINEAR, place_of(l, input),
                      "'%s' has no slope at 0 V and 0 A, and another operating point is not "
                      "computed",
                      BAL_SHOW(l->r->dev->name));
}

bal_status bal_linear_check(const bal_linear *l, size_t first, const bal_expr *input)
{
    bal_span culprit = {0};
    const bal_linearity found = bal_expr_linearity(input, BAL_TERM_BASE, &culprit);
    if (found == BAL_NONLINEAR)
        return bal_report(l->r->c->in.diag, BAL_D_NOT_LINEAR,
                          culprit.source ? culprit : place_of(l, input),
                          "this is not linear: it needs the operating point, which is not "
                          "computed");
    return found == BAL_PIECEWISE ? check_corners(l, input, first) : BAL_OK;
}
