/* SPDX-License-Identifier: GPL-3.0-or-later */
/* .ac: the frequency axis. f = 0 is a point like any other in lin and list. */
#include <math.h>

#include "alloc.h"
#include "analyses.h"

static bal_status real(bal_study *s, const bal_card *card, uint32_t i, double *value)
{
    bal_dd number = {0.0, 0.0};
    const bal_status status = bal_circuit_real(s->circuit, &card->tokens[i], &number);
    *value = bal_dd_double(number);
    return status;
}

static bal_status bad(bal_study *s, const bal_card *card, uint32_t i, const char *what)
{
    return bal_study_usage(s, card->tokens[i].span, what);
}

static bal_status parse_list(bal_study *s, const bal_card *card, bal_grid *g, uint32_t from)
{
    g->list = bal_alloc(card->n_tokens, sizeof *g->list);
    if (!g->list)
        return BAL_E_NOMEM;
    g->kind = BAL_GRID_LIST;
    for (uint32_t i = from; i < card->n_tokens; i++) {
        const bal_status status = real(s, card, i, &g->list[g->n]);
        if (status != BAL_OK)
            return status;
        if (g->list[g->n] < 0.0)
            return bad(s, card, i, "a frequency cannot be negative");
        g->n++;
    }
    return g->n ? BAL_OK : bad(s, card, 1, "expected frequencies after this");
}

/* Steps of a logarithmic sweep. As in ngspice, dec spreads its steps so that the last point is f2,
 * and oct keeps whole parts of an octave and may end below; here dec has at least one step. */
static double count_steps(bal_grid *g)
{
    const double span = g->last / g->first;
    double steps = floor(g->per * (g->kind == BAL_GRID_DEC ? log10(span) : log2(span)) + 1e-9);
    if (g->kind == BAL_GRID_OCT)
        return steps;
    if (steps < 1.0 && span > 1.0)
        steps = 1.0;
    const double per = steps / log10(span);
    if (steps > 0.0 && !(fabs(per - g->per) <= 1e-9 * per))
        g->per = per;
    return steps;
}

static bal_status count_points(bal_study *s, const bal_card *card, bal_grid *g, double n)
{
    g->per = n;
    const double points = g->kind == BAL_GRID_LIN ? n : count_steps(g) + 1.0;
    if (!(points < 1e9))
        return bad(s, card, 2, "more than 1e9 points");
    g->n = (size_t)points;
    if (g->kind == BAL_GRID_LIN && g->n > 1 &&
        !(g->last - g->first > 4e-16 * g->last * (double)g->n))
        return bal_report(s->diag, BAL_D_SWEEP_COLLAPSED, card->tokens[3].span,
                          "the %zu points between %.17g and %.17g Hz are equal to rounding", g->n,
                          g->first, g->last);
    return BAL_OK;
}

/* Where the three numbers of a sweep stand on the card. */
typedef struct places {
    uint32_t n, first, last;
} places;

static bal_status read_sweep(bal_study *s, const bal_card *card, bal_grid *g, places at)
{
    double n = 0.0;
    bal_status status = real(s, card, at.n, &n);
    if (status == BAL_OK)
        status = real(s, card, at.first, &g->first);
    if (status == BAL_OK)
        status = real(s, card, at.last, &g->last);
    if (status != BAL_OK)
        return status;
    if (!(n >= 1.0))
        return bad(s, card, at.n, "there must be at least one point");
    if (n != floor(n) || n > 1e9)
        return bad(s, card, at.n, "the number of points must be a whole number");
    if (g->first < 0.0 || (g->kind != BAL_GRID_LIN && g->first == 0.0))
        return bad(s, card, at.first, "a frequency must be > 0 (or 0 in lin and list)");
    if (g->last < g->first)
        return bad(s, card, at.last, "the sweep must go upwards");
    return count_points(s, card, g, n);
}

static bal_status parse_sweep(bal_study *s, const bal_card *card, bal_grid *g)
{
    if (card->n_tokens != 5)
        return bad(s, card, card->n_tokens - 1, "expected three numbers after the kind of sweep");
    return read_sweep(s, card, g, (places){.n = 2, .first = 3, .last = 4});
}

/* gnucap: .ac 1k is one frequency, .ac 10 20k dec 3 has the bounds first. Three numbers alone could
 * be a sweep that lacks its kind, and are refused. */
static bal_status parse_bounds_first(bal_study *s, const bal_card *card, bal_grid *g)
{
    if (card->n_tokens == 2) {
        const bal_status status = parse_list(s, card, g, 1);
        return status != BAL_OK ? status
                                : bal_report(s->diag, BAL_D_FOREIGN_FORM, card->tokens[1].span,
                                             "one frequency, as in gnucap; write .ac list %s",
                                             BAL_SHOW(bal_span_text(card->tokens[1].span)));
    }
    const bal_text kind = card->n_tokens == 5 ? bal_span_text(card->tokens[3].span) : (bal_text){0};
    const bool dec = bal_text_is(kind, "dec") || bal_text_is(kind, "decade");
    if (!dec && !bal_text_is(kind, "oct") && !bal_text_is(kind, "octave"))
        return bad(s, card, 1, "expected dec, oct, lin or list");
    g->kind = dec ? BAL_GRID_DEC : BAL_GRID_OCT;
    const bal_status status = read_sweep(s, card, g, (places){.n = 4, .first = 1, .last = 2});
    if (status != BAL_OK)
        return status;
    return bal_report(s->diag, BAL_D_FOREIGN_FORM, card->tokens[1].span,
                      "the bounds come first, as in gnucap; write .ac %s %s %s %s",
                      dec ? "dec" : "oct", BAL_SHOW(bal_span_text(card->tokens[4].span)),
                      BAL_SHOW(bal_span_text(card->tokens[1].span)),
                      BAL_SHOW(bal_span_text(card->tokens[2].span)));
}

/* Older programs want .ac before each .print: the same sweep again is no mistake. */
static bal_status second(bal_study *s, const bal_grid *g)
{
    const bal_grid *first = &s->grid;
    if (!g->list && !g->rows && g->kind == first->kind && g->n == first->n &&
        g->per == first->per && g->first == first->first && g->last == first->last)
        return bal_report(s->diag, BAL_D_IGNORED_CARD, g->at, "the same sweep again is ignored");
    const bal_status status =
        bal_report(s->diag, BAL_D_SECOND_ANALYSIS, g->at, "a second .ac card; a deck has one");
    bal_note(s->diag, first->at, "the first one is here");
    return status;
}

static bal_status keep(bal_study *s, bal_grid *g, bal_status status)
{
    if (status == BAL_OK && s->grid.kind != BAL_GRID_NONE && s->grid.at.source)
        status = second(s, g);
    if (status != BAL_OK || s->grid.kind != BAL_GRID_NONE) { /* --freq stands in for it */
        bal_free(g->list);
        return status;
    }
    s->grid = *g;
    return BAL_OK;
}

static bal_status parse_data(bal_study *s, const bal_card *card, bal_grid *g)
{
    if (card->n_tokens != 4)
        return bad(s, card, card->n_tokens - 1, "expected the name of one table after data=");
    return keep(s, g, bal_rows_read(s, card->tokens[3].span, g));
}

static bal_status parse_grid(bal_study *s, const bal_card *card)
{
    bal_grid g = {.at = card->tokens[0].span};
    if (card->n_tokens < 2)
        return bad(s, card, 0, "expected the kind of sweep after this");
    if (bal_card_is_key(card, 1) && bal_text_is(bal_span_text(card->tokens[1].span), "data"))
        return parse_data(s, card, &g);
    const bal_text kind = bal_span_text(card->tokens[1].span);
    const bool counted = bal_text_is(kind, "poi"); /* HSPICE: poi 2 1k 10k */
    if (bal_number_looks_like(kind))
        return keep(s, &g, parse_bounds_first(s, card, &g));
    g.kind = bal_text_is(kind, "dec")    ? BAL_GRID_DEC
             : bal_text_is(kind, "oct")  ? BAL_GRID_OCT
             : bal_text_is(kind, "lin")  ? BAL_GRID_LIN
             : bal_text_is(kind, "list") ? BAL_GRID_LIST
             : bal_text_is(kind, "poi")  ? BAL_GRID_LIST
                                         : BAL_GRID_NONE;
    if (g.kind == BAL_GRID_NONE)
        return bad(s, card, 1, "expected dec, oct, lin or list");
    const bal_status status = g.kind == BAL_GRID_LIST ? parse_list(s, card, &g, counted ? 3 : 2)
                                                      : parse_sweep(s, card, &g);
    return keep(s, &g, status);
}

/* A table of .data may have the name, too. */
static bool is_sweep(const bal_card *card, uint32_t i)
{
    return card->tokens[i - 1].kind != BAL_TOKEN_EQUALS &&
           bal_text_is(bal_span_text(card->tokens[i].span), "sweep");
}

/* HSPICE: .ac dec 10 20 20k sweep RLOAD poi 2 600 10k. What follows is a .step card. */
static bal_status parse(bal_study *s, const bal_card *card)
{
    uint32_t n = 2;
    while (n < card->n_tokens && !is_sweep(card, n))
        n++;
    if (n >= card->n_tokens)
        return parse_grid(s, card);
    const bal_card grid = {card->tokens, n};
    const bal_card step = {card->tokens + n, card->n_tokens - n};
    const bal_status status = parse_grid(s, &grid);
    return status == BAL_OK ? bal_analysis_step.parse(s, &step) : status;
}

const bal_analysis_ops bal_analysis_ac = {
    .keyword = ".ac",
    .usage = ".ac dec|oct|lin <points> <f1> <f2>, .ac list <f> ..., or .ac data=NAME",
    .summary = "Frequencies of the sweep, in hertz; points per decade, per octave or in all. "
               "dec ends at f2 (its steps are stretched to fit), oct at the last whole step; a "
               "table of .data may change values along the way. HSPICE's sweep behind it is a "
               ".step.",
    .phase = 0,
    .parse = parse,
};
