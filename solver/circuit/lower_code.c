/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Code models that are linear: A1 in out MODEL with a .model of type gain, summer or s_xfer. Ports
 * are plain nodes, %v(a), %vd(a b), %vnam(V1) and, for the output, %i(a) and %id(a b); several
 * inputs stand in [ ].
 */
#include "linear.h"

#include <string.h>

#include "alloc.h"

enum { MOST_VALUES = 64 };

/* The words of the card's ports, with % [ ] and parentheses as signs between them. */
typedef struct ports {
    bal_linear *l;
    uint32_t token; /* being read */
    uint32_t last;  /* the model's name */
    uint32_t at;    /* byte in the token's text */
} ports;

/* A percent sign belongs to the word behind it. */
static bool is_sign(char c)
{
    return c == '(' || c == ')' || c == '[' || c == ']';
}

/* The next word or one-byte sign; an empty span at the end. */
static bal_span next(ports *p)
{
    const bal_card *card = p->l->r->card;
    while (p->token < p->last) {
        const bal_span all = card->tokens[p->token].span;
        const bal_text text = bal_span_text(all);
        uint32_t begin = p->at;
        while (begin < text.n && strchr(" ,\t\r\n+", text.p[begin]) && p->at > 0)
            begin++;
        uint32_t end = begin;
        while (end < text.n && !is_sign(text.p[end]) && !strchr(" ,\t\r\n", text.p[end]))
            end++;
        end += end == begin && begin < text.n;
        p->at = end;
        if (end > begin)
            return (bal_span){all.source, all.begin + begin, all.begin + end};
        p->token++;
        p->at = 0;
    }
    return (bal_span){0};
}

static bool is(bal_span span, char sign)
{
    return span.source && span.end - span.begin == 1 && bal_span_text(span).p[0] == sign;
}

static bal_status fault(const ports *p, bal_span at, const char *what)
{
    const bal_element *r = p->l->r;
    return bal_element_usage(r, at.source ? at : r->card->tokens[p->last].span, what);
}

typedef enum port_kind { PORT_V, PORT_I, PORT_ELEMENT } port_kind;

/* One port as read: its kind and its names. */
typedef struct port {
    port_kind kind;
    bal_span name[2];
    int n; /* names */
    bal_span at;
} port;

static const struct {
    const char *word;
    port_kind kind;
    int n;
} kinds[] = {{"%v", PORT_V, 1},
             {"%vd", PORT_V, 2},
             {"%vnam", PORT_ELEMENT, 1},
             {"%i", PORT_I, 1},
             {"%id", PORT_I, 2}};

/* `head` is a node or a %kind, whose names follow. */
static bal_status read_port(ports *p, bal_span head, port *out)
{
    *out = (port){.kind = PORT_V, .name = {head}, .n = 1, .at = head};
    if (bal_span_text(head).p[0] != '%')
        return BAL_OK;
    size_t k = 0;
    while (k < sizeof kinds / sizeof kinds[0] && !bal_text_is(bal_span_text(head), kinds[k].word))
        k++;
    if (k == sizeof kinds / sizeof kinds[0])
        return bal_report(p->l->r->c->in.diag, BAL_D_NONLINEAR_ELEMENT, head,
                          "ports '%s' of code models are not read, only %%v %%vd %%i %%id %%vnam",
                          BAL_SHOW(bal_span_text(head)));
    out->kind = kinds[k].kind;
    out->n = kinds[k].n;
    for (int i = 0; i < out->n; i++) {
        bal_span word = next(p);
        if (is(word, '('))
            word = next(p);
        if (!word.source || is(word, ')') || is(word, ']'))
            return fault(p, head, "expected the names of this port behind it");
        out->name[i] = word;
    }
    const ports before = *p;
    if (!is(next(p), ')'))
        *p = before;
    return BAL_OK;
}

static bal_status node_of(const bal_linear *l, bal_span name, int *node)
{
    return bal_scope_node(l->r->c, l->r->scope, name, node);
}

static bal_status take_input(ports *p, const port *in)
{
    bal_linear *l = p->l;
    bal_status status = BAL_OK;
    int a = 0;
    int b = 0;
    if (in->kind == PORT_I)
        return bal_report(l->r->c->in.diag, BAL_D_NONLINEAR_ELEMENT, in->at,
                          "a code model reads currents by %%vnam(V1) only: put a 0 V source there");
    if (in->kind == PORT_ELEMENT) {
        status = bal_element_reference(l->r, in->name[0], &a);
    } else {
        const bal_token ground = {.span = in->name[in->n - 1], .kind = BAL_TOKEN_WORD};
        const bal_token high = {.span = in->name[0], .kind = BAL_TOKEN_WORD};
        status = bal_linear_node(l, &high, &a);
        if (status == BAL_OK && in->n == 2)
            status = bal_linear_node(l, &ground, &b);
        else if (status == BAL_OK)
            status = bal_linear_ground(l, &b);
    }
    bal_term *term = status == BAL_OK ? bal_linear_term(l) : NULL;
    if (!term)
        return status == BAL_OK ? BAL_E_NOMEM : status;
    term->reads_current = in->kind == PORT_ELEMENT;
    term->a = a;
    term->b = b;
    return BAL_OK;
}

static bal_status take_output(ports *p, const port *out)
{
    bal_linear *l = p->l;
    if (out->kind == PORT_ELEMENT)
        return fault(p, out->at, "an output cannot be an element");
    l->r->dev->forces_current = out->kind == PORT_I;
    l->nodes[1] = 0;
    for (int i = 0; i < out->n; i++) {
        const bal_status status = node_of(l, out->name[i], &l->nodes[i]);
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}

/* [in1 in2] or in */
static bal_status take_inputs(ports *p)
{
    bal_span word = next(p);
    const bool many = is(word, '[');
    bal_span scale = {0}; /* %v [a b]: one kind for all */
    if (many)
        word = next(p);
    else if (word.source && bal_span_text(word).p[0] == '%') {
        const ports before = *p;
        if (is(next(p), '['))
            scale = word;
        else
            *p = before;
    }
    if (scale.source)
        return fault(p, scale, "write the kind of each input inside of [ ]");
    do {
        port in;
        if (!word.source || is(word, ']'))
            return fault(p, word, "expected an input here");
        bal_status status = read_port(p, word, &in);
        if (status == BAL_OK)
            status = take_input(p, &in);
        if (status != BAL_OK)
            return status;
        word = many ? next(p) : (bal_span){0};
    } while (many && !is(word, ']'));
    return BAL_OK;
}

static bal_status take_ports(bal_linear *l, uint32_t last)
{
    ports p = {.l = l, .token = 1, .last = last};
    port out;
    bal_status status = take_inputs(&p);
    if (status != BAL_OK)
        return status;
    const bal_span word = next(&p);
    if (!word.source || is_sign(bal_span_text(word).p[0]))
        return fault(&p, word, "expected an output here");
    status = read_port(&p, word, &out);
    if (status == BAL_OK)
        status = take_output(&p, &out);
    if (status != BAL_OK)
        return status;
    const bal_span more = next(&p);
    return more.source ? fault(&p, more, "this is one too many") : BAL_OK;
}

/* ---- what the model says ---- */

typedef struct code {
    bal_linear *l;
    const bal_model *model;
    const bal_expr *value[MOST_VALUES]; /* of the key read last */
    int n;
} code;

static bal_status add_value(code *m, const bal_token *token)
{
    bal_circuit *c = m->l->r->c;
    bal_token plain = *token;
    const bal_text text = bal_span_text(plain.span);
    if (token->kind == BAL_TOKEN_LEFT || token->kind == BAL_TOKEN_RIGHT)
        return BAL_OK;                   /* of the model's list */
    if (token->kind == BAL_TOKEN_WORD) { /* [1 and 2] */
        plain.span.begin += text.n > 0 && text.p[0] == '[';
        plain.span.end -= text.n > 1 && text.p[text.n - 1] == ']';
        if (plain.span.begin >= plain.span.end || bal_text_is(bal_span_text(plain.span), "]"))
            return BAL_OK;
    }
    bal_dd number = {0.0, 0.0};
    const bal_expr *expr = NULL;
    const bal_status status = bal_scope_field(c, m->l->r->scope, &plain, &number, &expr, NULL);
    if (status != BAL_OK)
        return status;
    if (m->n == MOST_VALUES)
        return bal_report(c->in.diag, BAL_D_TOO_LARGE, plain.span, "more than %d values",
                          MOST_VALUES);
    if (!expr)
        expr = bal_expr_constant(c->in.arena, bal_ddc_of(number, bal_dd_of(0.0)));
    m->value[m->n++] = expr;
    return expr ? BAL_OK : BAL_E_NOMEM;
}

/* The values of a key; none where the model lacks it. */
static bal_status find_values(code *m, const char *key)
{
    const bal_card fields = {m->model->tokens, m->model->n_tokens};
    m->n = 0;
    for (uint32_t i = 0; i < fields.n_tokens; i++) {
        if (!bal_card_is_key(&fields, i) || !bal_text_is(bal_span_text(fields.tokens[i].span), key))
            continue;
        const uint32_t end = bal_field_end(fields.tokens, fields.n_tokens, i + 2);
        for (uint32_t k = i + 2; k < end; k++) {
            const bal_status status = add_value(m, &fields.tokens[k]);
            if (status != BAL_OK)
                return status;
        }
        return BAL_OK;
    }
    return BAL_OK;
}

static const bal_expr *combine(const code *m, const char *name, const bal_expr *a,
                               const bal_expr *b)
{
    const bal_expr *pair[2] = {a, b};
    return a && b ? bal_expr_call(m->l->r->c->in.arena, name, pair, 2) : NULL;
}

/* A factor for all terms; a model without it has 1. */
static bal_status scale_by(code *m, const char *key)
{
    bal_status status = find_values(m, key);
    for (size_t i = 0; i < m->l->n_terms && status == BAL_OK && m->n > 0; i++) {
        bal_term *term = &m->l->terms[i];
        term->input = term->input ? combine(m, "*", term->input, m->value[0]) : m->value[0];
        status = term->input ? BAL_OK : BAL_E_NOMEM;
    }
    return status;
}

static bal_status read_summer(code *m)
{
    bal_status status = find_values(m, "in_gain");
    if (status == BAL_OK && m->n > 0 && (size_t)m->n != m->l->n_terms)
        return bal_report(m->l->r->c->in.diag, BAL_D_ELEMENT_SYNTAX, m->l->r->dev->at,
                          "'%s' has %zu inputs, its model %d of in_gain",
                          BAL_SHOW(m->l->r->dev->name), m->l->n_terms, m->n);
    for (int i = 0; i < m->n; i++)
        m->l->terms[i].input = m->value[i];
    return status == BAL_OK ? scale_by(m, "out_gain") : status;
}

/* The highest power first; with the frequency in units of denormalized_freq. */
static bal_status read_polynomial(code *m, const char *key, const bal_expr *s, const bal_expr **out)
{
    bal_status status = find_values(m, key);
    if (status == BAL_OK && m->n == 0)
        status = bal_report(m->l->r->c->in.diag, BAL_D_ELEMENT_SYNTAX, m->model->at,
                            "a model of type s_xfer needs %s=[...]", key);
    return status == BAL_OK ? bal_linear_polynomial(m->l, m->value, m->n, s, out) : status;
}

static bal_status read_transfer(code *m)
{
    const bal_expr *s = NULL;
    const bal_expr *above = NULL;
    const bal_expr *below = NULL;
    bal_status status = bal_linear_s(m->l, &s);
    if (status == BAL_OK)
        status = find_values(m, "denormalized_freq");
    if (status == BAL_OK && m->n > 0)
        s = combine(m, "/", s, m->value[0]);
    if (status == BAL_OK)
        status = read_polynomial(m, "num_coeff", s, &above);
    if (status == BAL_OK)
        status = read_polynomial(m, "den_coeff", s, &below);
    if (status != BAL_OK)
        return status;
    for (size_t i = 0; i < m->l->n_terms; i++) {
        m->l->terms[i].transfer = combine(m, "/", above, below);
        if (!m->l->terms[i].transfer)
            return BAL_E_NOMEM;
    }
    return scale_by(m, "gain");
}

static bal_status read_gain(code *m)
{
    return scale_by(m, "gain");
}

static const struct {
    const char *type;
    bal_status (*read)(code *m);
    bool many; /* inputs */
    const char *keys;
} types[] = {
    {"gain", read_gain, false, "in_offset gain out_offset"},
    {"summer", read_summer, true, "in_offset in_gain out_gain out_offset"},
    {"s_xfer", read_transfer, false,
     "in_offset gain num_coeff den_coeff out_ic int_ic denormalized_freq"},
};

static bal_status check_keys(const code *m, const char *known)
{
    const bal_card fields = {m->model->tokens, m->model->n_tokens};
    for (uint32_t i = 0; i < fields.n_tokens; i++) {
        const bal_text key = bal_span_text(fields.tokens[i].span);
        if (bal_card_is_key(&fields, i) && !bal_in_list(known, key))
            return bal_report(m->l->r->c->in.diag, BAL_D_UNKNOWN_PARAMETER, fields.tokens[i].span,
                              "a %s has no parameter '%s', only %s", BAL_SHOW(m->model->type),
                              BAL_SHOW(key), known);
    }
    return BAL_OK;
}

static bal_status apply_model(code *m, const bal_token *name)
{
    bal_linear *l = m->l;
    bal_diag *diag = l->r->c->in.diag;
    for (size_t i = 0; i < l->n_terms; i++)
        l->terms[i].coefficient = bal_dd_of(1.0);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (!bal_text_is(m->model->type, types[i].type))
            continue;
        if (l->n_terms > 1 && !types[i].many)
            return bal_report(diag, BAL_D_ELEMENT_SYNTAX, name->span, "a %s has one input",
                              types[i].type);
        const bal_status status = check_keys(m, types[i].keys);
        return status == BAL_OK ? types[i].read(m) : status;
    }
    return bal_report(
        diag, BAL_D_NONLINEAR_ELEMENT, name->span,
        "'%s' is a code model of type %s; those read here are gain, summer and s_xfer",
        BAL_SHOW(l->r->dev->name), BAL_SHOW(m->model->type));
}

bal_status bal_form_code(bal_linear *l)
{
    bal_element *r = l->r;
    uint32_t last = 1;
    while (last + 1 < r->card->n_tokens && !bal_card_is_key(r->card, last + 1))
        last++;
    const bal_token *name = &r->card->tokens[last < r->card->n_tokens ? last : 0];
    const bal_text text = bal_span_text(name->span);
    code m = {.l = l, .model = bal_model_find(r->c, r->scope->definition, text)};
    if (!m.model || last < 3)
        return bal_element_no_model(r, name->span,
                                    "expected the name of a code model as the last word, not ", "");
    l->nodes = bal_alloc(2, sizeof *l->nodes);
    if (!l->nodes)
        return BAL_E_NOMEM;
    l->nodes_capacity = 2;
    l->n_nodes = 2;
    bal_status status = take_ports(l, last);
    if (status == BAL_OK)
        status = apply_model(&m, name);
    r->at = last + 1;
    return status;
}
