/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Parameters: each is an expression in the scope where it was written, compiled and evaluated when
 * first needed. Evaluation follows dependencies with a stack of its own, so a chain of any length
 * is fine and a cycle is found and printed.
 */
#include "condition.h"

#include <ctype.h>
#include <string.h>

#include "alloc.h"

uint32_t bal_field_end(const bal_token *tokens, uint32_t n, uint32_t i)
{
    const bal_card rest = {tokens, n};
    while (i < n && !bal_card_is_key(&rest, i))
        i++;
    return i;
}

bool bal_parameter_is_function(const bal_card *fields, uint32_t i)
{
    const bal_text name = bal_span_text(fields->tokens[i].span);
    return bal_card_is_key(fields, i) && memchr(name.p, '(', name.n);
}

static int parameter_id(const bal_circuit *c, const bal_scope *scope, bal_text name)
{
    for (; scope; scope = scope->parent) {
        const int id = bal_names_find(&scope->parameters, name);
        if (id < 0)
            continue;
        c->parameters[id].used = true;
        return id;
    }
    return -1;
}

bool bal_scope_has_parameter(const bal_circuit *c, const bal_scope *scope, bal_text name)
{
    return parameter_id(c, scope, name) >= 0;
}

static bal_status parameter_new(bal_circuit *c, bal_text name, bal_span at, int *id)
{
    bal_parameter *grown = BAL_GROW(c, parameters);
    if (!grown)
        return BAL_E_NOMEM;
    c->parameters = grown;
    *id = (int)c->n_parameters;
    c->parameters[c->n_parameters++] = (bal_parameter){.name = name, .at = at};
    return BAL_OK;
}

bal_status bal_parameter_define(bal_circuit *c, bal_scope *scope, bal_span name, bool override,
                                int *id)
{
    const bal_text text = bal_span_text(name);
    const int old = bal_names_find(&scope->parameters, text);
    bal_status status = BAL_OK;
    *id = -1;
    if (old < 0) {
        status = parameter_new(c, text, name, id);
        int existing = -1;
        if (status == BAL_OK)
            status = bal_names_add(&scope->parameters, c->in.arena, text, *id, &existing);
    } else if (!c->parameters[old].overridden) {
        *id = old;
        if (!override && c->parameters[old].from == scope) {
            status =
                bal_report(c->in.diag, BAL_D_REDEFINED_PARAMETER, name,
                           "parameter '%s' is defined again; the last one counts", BAL_SHOW(text));
            bal_note(c->in.diag, c->parameters[old].at, "first defined here");
        }
    }
    if (*id >= 0)
        c->parameters[*id].overridden = override;
    return status;
}

/* A braced token is what stands between the braces; several fields need the braces back. */
bal_span bal_fields_span(const bal_token tokens[], uint32_t first, uint32_t end)
{
    bal_span span = bal_span_join(tokens[first].span, tokens[end - 1].span);
    if (end - first > 1 && tokens[first].kind >= BAL_TOKEN_EXPR)
        span.begin--;
    if (end - first > 1 && tokens[end - 1].kind >= BAL_TOKEN_EXPR)
        span.end++;
    return span;
}

bal_status bal_parameters_of_fields(bal_circuit *c, bal_scope *scope, const bal_scope *values,
                                    const bal_token *tokens, uint32_t n, bool override)
{
    const bal_card fields = {tokens, n};
    bal_status worst = BAL_OK;
    for (uint32_t i = 0; i < n;) {
        const bool key = bal_card_is_key(&fields, i);
        const uint32_t first = i + (key ? 2 : 1);
        uint32_t end = bal_field_end(tokens, n, first);
        if (!key && end > first + 1)
            end = first + 1; /* LTspice: .param x 100 */
        if (tokens[i].kind != BAL_TOKEN_WORD || end <= first)
            return bal_report(c->in.diag, BAL_D_CARD_SYNTAX, tokens[i].span,
                              "expected a value for '%s'", BAL_SHOW(bal_span_text(tokens[i].span)));
        if (bal_parameter_is_function(&fields, i)) {
            i = end;
            continue;
        }
        int id = -1;
        const bal_status status = bal_parameter_define(c, scope, tokens[i].span, override, &id);
        if (status == BAL_E_NOMEM)
            return status;
        if (status != BAL_OK)
            worst = status;
        if (id >= 0) {
            bal_parameter *p = &c->parameters[id];
            p->at = tokens[i].span;
            p->body = bal_fields_span(tokens, first, end);
            p->plain = end == first + 1 && tokens[first].kind == BAL_TOKEN_WORD;
            p->from = values;
            p->state = BAL_PARAMETER_UNKNOWN;
        }
        i = end;
    }
    return worst;
}

/* One card of the list: those outside of any .if first, so that conditions may use them all. */
static bal_status take_card(bal_circuit *c, bal_scope *scope, bal_conditions *conditions,
                            const bal_card *card, bool conditional)
{
    const bal_text word = bal_span_text(card->tokens[0].span);
    if (bal_is_condition(word)) {
        if (conditional)
            return bal_conditions_card(c, scope, conditions, card);
        conditions->depth += bal_text_is(word, ".if") - bal_text_is(word, ".endif");
        return BAL_OK;
    }
    if ((conditions->depth != 0) != conditional)
        return BAL_OK;
    if (conditional && !bal_conditions_active(conditions))
        return BAL_OK;
    return bal_parameters_of_fields(c, scope, scope, card->tokens + 1, card->n_tokens - 1, false);
}

bal_status bal_parameters_of_cards(bal_circuit *c, bal_scope *scope)
{
    bal_status worst = BAL_OK;
    const bal_card_list *list = &scope->definition->parameters;
    for (int conditional = 0; conditional < 2; conditional++) {
        bal_conditions conditions = {0};
        for (size_t i = 0; i < list->n; i++) {
            const bal_status status =
                take_card(c, scope, &conditions, list->cards[i], conditional == 1);
            if (status == BAL_E_NOMEM)
                return status;
            worst = status != BAL_OK ? status : worst;
        }
        if (conditional && worst == BAL_OK)
            worst = bal_conditions_end(c, &conditions);
    }
    return worst;
}

static int find_variable(void *user, bal_text name, bal_span at, bal_type *type)
{
    const bal_scope_names *names = user;
    (void)at;
    *type = BAL_REAL;
    return parameter_id(names->c, names->scope, name);
}

static const bal_user_function *find_function(void *user, bal_text name, int n_arguments)
{
    const bal_scope_names *names = user;
    (void)n_arguments;
    for (const bal_definition *d = names->scope->definition; d; d = d->parent) {
        const int i = bal_names_find(&d->functions, name);
        if (i >= 0)
            return &names->c->functions[i].function;
    }
    return NULL;
}

static void offer_variables(void *user, bal_nearest *nearest)
{
    const bal_scope_names *names = user;
    for (const bal_scope *s = names->scope; s; s = s->parent)
        bal_names_offer(&s->parameters, nearest);
}

bal_names bal_names_of_scope(bal_scope_names *user)
{
    return (bal_names){user, find_variable, NULL, find_function, offer_variables};
}

bal_status bal_scope_compile(bal_circuit *c, const bal_scope *scope, bal_span text,
                             const bal_expr **out)
{
    bal_scope_names user = {c, scope};
    const bal_names names = bal_names_of_scope(&user);
    return bal_expr_compile(text, &names, &c->options.expr, c->in.arena, c->in.diag, out);
}

/* Digits, letters, points and signs only, or a percentage: what bal_number_parse reads (1k5 with
 * its warning). */
static bool plain_number(bal_text text)
{
    if (!bal_number_looks_like(text))
        return false;
    for (size_t i = 0; i < text.n; i++) {
        const unsigned char ch = (unsigned char)text.p[i];
        const bool sign =
            (ch == '+' || ch == '-') && (i == 0 || text.p[i - 1] == 'e' || text.p[i - 1] == 'E');
        const bool percent = ch == '%' && i + 1 == text.n;
        if (!isalnum(ch) && ch != '.' && !sign && !percent && ch < 128)
            return false;
    }
    return true;
}

static bal_status compile(bal_circuit *c, bal_parameter *p)
{
    if (p->expr || !p->body.source)
        return BAL_OK;
    const bal_span body = p->body;
    if (p->plain && plain_number(bal_span_text(body))) {
        bal_dd value = {0.0, 0.0};
        const bal_status status = bal_number_parse(body, c->in.diag, &value, NULL);
        p->body.source = NULL;
        p->value = value;
        p->state = status == BAL_OK ? BAL_PARAMETER_KNOWN : BAL_PARAMETER_FAILED;
        return status;
    }
    const bal_expr *expr = NULL;
    const bal_status status = bal_scope_compile(c, p->from, body, &expr);
    if (status == BAL_OK)
        p->expr = expr;
    else
        p->state = BAL_PARAMETER_FAILED;
    return status;
}

bal_status bal_parameter_value(void *user, int id, bal_ddc *out)
{
    const bal_circuit *c = user;
    const bal_dd zero = {0.0, 0.0};
    *out = bal_ddc_of(id < BAL_TERM_BASE ? c->parameters[id].value : zero, zero);
    return BAL_OK;
}

static bal_status evaluate(bal_circuit *c, const bal_expr *expr, bal_dd *value)
{
    bal_fault fault = {NULL, {0}};
    const bal_env env = {.user = c,
                         .value = bal_parameter_value,
                         .temperature = c->options.temperature,
                         .fault = &fault};
    bal_ddc z = {0};
    const bal_status status = bal_expr_value(expr, &env, &z);
    if (status == BAL_E_NUMERIC)
        return bal_report(c->in.diag, BAL_D_EXPR_DOMAIN,
                          fault.at.source ? fault.at : bal_expr_span(expr), "%s",
                          fault.text ? fault.text : "not a finite number");
    if (status == BAL_OK)
        *value = z.re;
    return status;
}

static bal_status report_cycle(bal_circuit *c, size_t depth, int again)
{
    size_t k = depth;
    while (k > 0 && c->stack[k - 1] != again)
        k--;
    const bal_parameter *p = &c->parameters[again];
    const bal_status status = bal_report(c->in.diag, BAL_D_CIRCULAR_PARAMETER, p->at,
                                         "parameter '%s' depends on itself", BAL_SHOW(p->name));
    for (size_t j = k; j < depth && j < k + 10; j++)
        bal_note(c->in.diag, c->parameters[c->stack[j]].at, "by way of '%s'",
                 BAL_SHOW(c->parameters[c->stack[j]].name));
    return status;
}

/* Pushes what the top of the stack still needs, or evaluates it. */
static bal_status visit(bal_circuit *c, size_t *depth)
{
    const int id = c->stack[*depth - 1];
    bal_parameter *p = &c->parameters[id];
    bal_status status = compile(c, p);
    int n = 0;
    const int *needs = status == BAL_OK && p->expr ? bal_expr_variables(p->expr, &n) : NULL;
    p->state = p->state == BAL_PARAMETER_UNKNOWN ? BAL_PARAMETER_BUSY : p->state;
    for (int i = 0; i < n && status == BAL_OK; i++) {
        const bal_parameter *need = &c->parameters[needs[i]];
        if (need->state == BAL_PARAMETER_KNOWN)
            continue;
        if (need->state == BAL_PARAMETER_FAILED)
            status = BAL_E_DECK;
        else if (need->state == BAL_PARAMETER_BUSY)
            status = report_cycle(c, *depth, needs[i]);
        else {
            int *grown = bal_grow(c->stack, &c->stack_capacity, *depth + 1, sizeof *c->stack);
            if (!grown)
                return BAL_E_NOMEM;
            c->stack = grown;
            c->stack[(*depth)++] = needs[i];
            return BAL_OK;
        }
    }
    if (status == BAL_OK && p->expr)
        status = evaluate(c, p->expr, &p->value);
    p->state = status == BAL_OK ? BAL_PARAMETER_KNOWN : BAL_PARAMETER_FAILED;
    --*depth;
    return status;
}

bal_status bal_parameter_evaluate(bal_circuit *c, int id)
{
    if (c->parameters[id].state == BAL_PARAMETER_KNOWN)
        return BAL_OK;
    if (c->parameters[id].state == BAL_PARAMETER_FAILED)
        return BAL_E_DECK;
    int *grown = bal_grow(c->stack, &c->stack_capacity, 1, sizeof *c->stack);
    if (!grown)
        return BAL_E_NOMEM;
    c->stack = grown;
    c->stack[0] = id;
    size_t depth = 1;
    bal_status status = BAL_OK;
    while (status == BAL_OK && depth > 0)
        status = visit(c, &depth);
    while (depth > 0)
        c->parameters[c->stack[--depth]].state = BAL_PARAMETER_FAILED;
    return status;
}

bal_status bal_scope_value(bal_circuit *c, const bal_expr *expr, bal_dd *value)
{
    int n = 0;
    const int *needs = bal_expr_variables(expr, &n);
    for (int i = 0; i < n; i++) {
        const bal_status status = bal_parameter_evaluate(c, needs[i]);
        if (status != BAL_OK)
            return status;
    }
    return evaluate(c, expr, value);
}

bal_status bal_scope_field(bal_circuit *c, const bal_scope *scope, const bal_token *token,
                           bal_dd *value, const bal_expr **expr, bal_number_info *info)
{
    const bal_text text = bal_span_text(token->span);
    const bool word =
        token->kind == BAL_TOKEN_WORD || (token->kind == BAL_TOKEN_STRING && plain_number(text));
    const bool bare = word && !bal_number_looks_like(text) && parameter_id(c, scope, text) >= 0;
    *expr = NULL;
    if (word && !bare) /* HSPICE writes parameters without braces */
        return bal_number_parse(token->span, c->in.diag, value, info);
    if (!word && token->kind != BAL_TOKEN_EXPR && token->kind != BAL_TOKEN_STRING)
        return bal_report(c->in.diag, BAL_D_ELEMENT_SYNTAX, token->span,
                          "expected a number or an expression in braces");
    const bal_expr *compiled = NULL;
    bal_status status = bal_scope_compile(c, scope, token->span, &compiled);
    if (status != BAL_OK)
        return status;
    if (bal_expr_used(compiled).frequency) {
        *expr = compiled;
        return BAL_OK;
    }
    status = bal_scope_value(c, compiled, value);
    if (!bal_expr_is_constant(compiled))
        *expr = compiled;
    return status;
}
