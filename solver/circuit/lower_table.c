/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sources given by points: TABLE of values, FREQ of a response. */
#include <string.h>

#include "alloc.h"
#include "linear.h"

static bool is_bracket(const bal_token *token)
{
    return token->kind == BAL_TOKEN_LEFT || token->kind == BAL_TOKEN_RIGHT;
}

static bool more(const bal_element *r)
{
    return r->at < r->card->n_tokens && !bal_card_is_key(r->card, r->at);
}

static void skip(bal_element *r, bal_token_kind kind)
{
    if (r->at < r->card->n_tokens && r->card->tokens[r->at].kind == kind)
        r->at++;
}

/* {input}, or the pair of nodes before the keyword; a '=' before and behind. */
static bal_status take_input(bal_linear *l, const bal_expr **input)
{
    bal_element *r = l->r;
    skip(r, BAL_TOKEN_EQUALS);
    if (r->form->n_nodes == 4) {
        const bal_status status = bal_form_pair(l);
        if (status != BAL_OK)
            return status;
        l->terms[0].variable = BAL_TERM_BASE;
        *input = bal_expr_variable(r->c->in.arena, BAL_TERM_BASE, BAL_REAL);
        return *input ? BAL_OK : BAL_E_NOMEM;
    }
    const bool there = r->at < r->card->n_tokens && !is_bracket(&r->card->tokens[r->at]);
    if (!there)
        return bal_element_usage(r, r->card->tokens[r->at - 1].span,
                                 "expected the input in braces after this");
    const bal_status status = bal_linear_input(l, r->card->tokens[r->at++].span, input);
    skip(r, BAL_TOKEN_EQUALS);
    return status;
}

/* ---- TABLE ---- */

typedef struct points {
    bal_linear *l;
    const bal_expr *x, *y; /* of the point before */
    double x_number;       /* NaN: not known yet */
    const bal_expr *sum;
    int n;
} points;

static bal_status take_value(bal_linear *l, const bal_expr **expr, double *number)
{
    bal_element *r = l->r;
    bal_dd value = {0.0, 0.0};
    *expr = NULL;
    while (more(r) && is_bracket(&r->card->tokens[r->at]))
        r->at++;
    if (!more(r))
        return bal_element_usage(r, r->card->tokens[r->at - 1].span, "expected a value after this");
    const bal_status status =
        bal_scope_field(r->c, r->scope, &r->card->tokens[r->at++], &value, expr, NULL);
    if (status == BAL_OK && !*expr)
        *expr = bal_expr_constant(r->c->in.arena, bal_ddc_of(value, bal_dd_of(0.0)));
    *number = bal_dd_double(value);
    return status == BAL_OK && !*expr ? BAL_E_NOMEM : status;
}

static const bal_expr *call(points *p, const char *name, const bal_expr *a, const bal_expr *b)
{
    const bal_expr *pair[2] = {a, b};
    return a && b ? bal_expr_call(p->l->r->c->in.arena, name, pair, 2) : NULL;
}

/* sum += (y2 - y1) * limit((x - x1) / (x2 - x1), 0, 1) */
static bool add_piece(points *p, const bal_expr *input, const bal_expr *x, const bal_expr *y)
{
    bal_arena *arena = p->l->r->c->in.arena;
    const bal_expr *share = call(p, "/", call(p, "-", input, p->x), call(p, "-", x, p->x));
    const bal_expr *arguments[3] = {share, bal_expr_constant(arena, bal_ddc_real(0.0)),
                                    bal_expr_constant(arena, bal_ddc_real(1.0))};
    if (!share || !arguments[1] || !arguments[2])
        return false;
    const bal_expr *clamped = bal_expr_call(arena, "limit", arguments, 3);
    p->sum = call(p, "+", p->sum, call(p, "*", call(p, "-", y, p->y), clamped));
    return p->sum != NULL;
}

static bal_status take_point(points *p, const bal_expr *input)
{
    const bal_expr *x = NULL;
    const bal_expr *y = NULL;
    double x_number = 0.0;
    double y_number = 0.0;
    bal_status status = take_value(p->l, &x, &x_number);
    const bal_span at = p->l->r->card->tokens[p->l->r->at - 1].span;
    if (status == BAL_OK)
        status = take_value(p->l, &y, &y_number);
    if (status != BAL_OK)
        return status;
    if (p->n > 0 && !(x_number > p->x_number))
        return bal_report(p->l->r->c->in.diag, BAL_D_WRONG_ARGUMENTS, at,
                          "the points of a TABLE must ascend in x");
    if (p->n == 0)
        p->sum = y;
    else if (!add_piece(p, input, x, y))
        return BAL_E_NOMEM;
    p->x = x;
    p->y = y;
    p->x_number = x_number;
    p->n++;
    return BAL_OK;
}

static void skip_brackets(bal_element *r)
{
    while (more(r) && is_bracket(&r->card->tokens[r->at]))
        r->at++;
}

bal_status bal_form_table(bal_linear *l)
{
    const bal_expr *input = NULL;
    points p = {.l = l};
    bal_status status = take_input(l, &input);
    skip_brackets(l->r);
    while (status == BAL_OK && more(l->r)) {
        status = take_point(&p, input);
        skip_brackets(l->r);
    }
    if (status == BAL_OK && p.n < 2)
        status = bal_element_usage(l->r, l->r->card->tokens[l->r->at - 1].span,
                                   "expected at least two points before the end of this");
    return status == BAL_OK ? bal_linear_bind(l, 0, p.sum) : status;
}

/* ---- FREQ ---- */

typedef enum format { DECIBEL = 1, MAGNITUDE = 2, DEGREE = 4, RADIAN = 8, PARTS = 16 } format;

typedef struct response {
    bal_linear *l;
    unsigned format;
    double *value; /* heap: three for each point */
    size_t n_value, value_capacity;
} response;

static const struct {
    const char *word;
    format is;
} formats[] = {
    {"db", DECIBEL}, {"mag", MAGNITUDE}, {"deg", DEGREE}, {"rad", RADIAN}, {"r_i", PARTS}};

static void take_format(response *f)
{
    bal_element *r = f->l->r;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0] && r->at < r->card->n_tokens;) {
        if (!bal_text_is(bal_span_text(r->card->tokens[r->at].span), formats[i].word)) {
            i++;
            continue;
        }
        f->format |= (unsigned)formats[i].is;
        r->at++;
        i = 0;
    }
    skip(r, BAL_TOKEN_EQUALS);
}

static bal_status take_number(response *f)
{
    bal_element *r = f->l->r;
    const bal_expr *expr = NULL;
    bal_dd value = {0.0, 0.0};
    const bal_token *token = &r->card->tokens[r->at++];
    if (is_bracket(token))
        return BAL_OK;
    const bal_status status = bal_scope_field(r->c, r->scope, token, &value, &expr, NULL);
    if (status != BAL_OK)
        return status;
    if (expr)
        return bal_element_usage(r, token->span, "the points of a FREQ are numbers");
    double *grown = BAL_GROW(f, value);
    if (!grown)
        return BAL_E_NOMEM;
    f->value = grown;
    f->value[f->n_value++] = bal_dd_double(value);
    return BAL_OK;
}

/* One point as read -> decibel and degree. */
static void convert(const response *f, const double point[3], double *decibel, double *degree)
{
    const double degrees = 180.0 / BAL_DD_PI.hi;
    *decibel = point[1];
    *degree = point[2];
    if (f->format & PARTS) {
        *decibel = 20.0 * log10(hypot(point[1], point[2]));
        *degree = atan2(point[2], point[1]) * degrees;
        return;
    }
    if (f->format & MAGNITUDE)
        *decibel = 20.0 * log10(fabs(point[1]));
    if (f->format & MAGNITUDE && point[1] < 0.0)
        *degree += f->format & RADIAN ? BAL_DD_PI.hi : 180.0;
    if (f->format & RADIAN)
        *degree *= degrees;
}

static bal_status make_curve(const response *f, bal_curve **out)
{
    bal_arena *arena = f->l->r->c->in.arena;
    const size_t n = f->n_value / 3;
    double *columns = bal_arena_alloc(arena, 3 * n, sizeof *columns);
    bal_curve *curve = bal_arena_alloc(arena, 1, sizeof *curve);
    if (!columns || !curve)
        return BAL_E_NOMEM;
    for (size_t i = 0; i < n; i++) {
        columns[i] = f->value[3 * i];
        convert(f, f->value + 3 * i, &columns[n + i], &columns[2 * n + i]);
        double *phase = &columns[2 * n + i];
        while (i > 0 && f->format & PARTS && fabs(*phase - phase[-1]) > 180.0) /* unwrapped */
            *phase += *phase > phase[-1] ? -360.0 : 360.0;
    }
    *curve = (bal_curve){(int)n, columns, columns + n, columns + 2 * n, 0.0};
    *out = curve;
    return BAL_OK;
}

static bal_status check_points(const response *f, bal_span end)
{
    const bal_element *r = f->l->r;
    if (f->n_value == 0 || f->n_value % 3 != 0)
        return bal_element_usage(r, end, "expected points of three numbers each up to here");
    for (size_t i = 3; i < f->n_value; i += 3)
        if (!(f->value[i] > f->value[i - 3]))
            return bal_report(r->c->in.diag, BAL_D_WRONG_ARGUMENTS, end,
                              "the frequencies of a FREQ must ascend: %g Hz after %g Hz",
                              f->value[i], f->value[i - 3]);
    return BAL_OK;
}

/* PSpice's group delay, DELAY=, behind the points. */
static bal_status take_delay(const response *f, bal_curve *curve)
{
    bal_element *r = f->l->r;
    if (!bal_card_is_key(r->card, r->at) || r->at + 2 >= r->card->n_tokens ||
        !bal_text_is(bal_span_text(r->card->tokens[r->at].span), "delay"))
        return BAL_OK;
    bal_dd value = {0.0, 0.0};
    const bal_expr *expr = NULL;
    const bal_status status =
        bal_scope_field(r->c, r->scope, &r->card->tokens[r->at + 2], &value, &expr, NULL);
    curve->delay = bal_dd_double(value);
    r->at += 3;
    return status;
}

bal_status bal_form_freq(bal_linear *l)
{
    bal_element *r = l->r;
    const bal_expr *input = NULL;
    response f = {.l = l};
    bal_curve *curve = NULL;
    bal_status status = take_input(l, &input);
    take_format(&f);
    while (status == BAL_OK && more(r))
        status = take_number(&f);
    if (status == BAL_OK)
        status = check_points(&f, r->card->tokens[r->at - 1].span);
    if (status == BAL_OK)
        status = make_curve(&f, &curve);
    if (status == BAL_OK)
        status = take_delay(&f, curve);
    if (status == BAL_OK)
        status = bal_linear_bind(l, 0, input);
    for (size_t i = 0; i < l->n_terms; i++)
        l->terms[i].curve = curve;
    bal_free(f.value);
    return status;
}
