/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One field of an element card -> a value, a reference, a text or an expression of its device. */
#include "element.h"

#include <string.h>

#include "alloc.h"

bal_text bal_renamed(const char *list, bal_text key)
{
    while (list && *list) {
        const size_t n = strcspn(list, " ");
        const char *equals = memchr(list, '=', n);
        if (equals && bal_text_same((bal_text){list, (size_t)(equals - list)}, key))
            return (bal_text){equals + 1, n - (size_t)(equals - list) - 1};
        list += n + strspn(list + n, " ");
    }
    return key;
}

int bal_element_param(const bal_device_ops *ops, bal_text name)
{
    name = bal_renamed(ops->aliases, name);
    for (int i = 0; i < ops->n_params; i++)
        if (bal_text_is(name, ops->params[i].name))
            return i;
    return -1;
}

static bal_status add_reference(bal_element *r, const bal_token *token)
{
    bal_circuit *c = r->c;
    bal_reference *grown = BAL_GROW(c, references);
    if (!grown)
        return BAL_E_NOMEM;
    c->references = grown;
    c->references[c->n_references++] =
        (bal_reference){r->number, r->dev->n_refs, r->scope, token->span};
    if (!r->refs)
        r->refs = bal_arena_alloc(c->in.arena, r->card->n_tokens, sizeof *r->refs);
    if (!r->refs)
        return BAL_E_NOMEM;
    r->dev->refs = r->refs;
    r->dev->n_refs++;
    return BAL_OK;
}

static bal_status add_binding(bal_element *r, int index, const bal_expr *expr)
{
    bal_circuit *c = r->c;
    bal_binding *grown = BAL_GROW(c, bindings);
    if (!grown)
        return BAL_E_NOMEM;
    c->bindings = grown;
    c->bindings[c->n_bindings++] = (bal_binding){r->number, index, expr};
    return BAL_OK;
}

/* A value that is to be computed at each frequency. */
static bal_status add_function(bal_element *r, int index, const bal_expr *expr)
{
    const size_t n = (size_t)r->dev->ops->n_params;
    if (!r->functions)
        r->functions = bal_arena_alloc(r->c->in.arena, n, sizeof *r->functions);
    if (!r->functions)
        return BAL_E_NOMEM;
    r->dev->functions = r->functions;
    r->functions[index] = expr;
    int count = 0;
    const int *needs = bal_expr_variables(expr, &count);
    for (int i = 0; i < count; i++) {
        const bal_status status = bal_parameter_evaluate(r->c, needs[i]);
        if (status != BAL_OK)
            return status;
    }
    return count ? add_binding(r, index, expr) : BAL_OK;
}

static bal_status suspicious(bal_element *r, const bal_param_spec *spec,
                             const bal_number_info *info, bal_span at)
{
    const bal_text text = bal_span_text(at);
    if (info->upper_m && info->only_suffix && strcmp(spec->unit, "ohm") == 0)
        return bal_report(r->c->in.diag, BAL_D_SUSPICIOUS_SUFFIX, at,
                          "'%s' is milliohms: M is milli, write Meg for mega", BAL_SHOW(text));
    if (info->suffix == 'f' && info->only_suffix && strcmp(spec->unit, "F") == 0)
        return bal_report(r->c->in.diag, BAL_D_SUSPICIOUS_SUFFIX, at,
                          "'%s' is femtofarads: F is femto, write the number alone for farads",
                          BAL_SHOW(text));
    return BAL_OK;
}

static bal_status read_real(bal_element *r, int index, const bal_token *token)
{
    const bal_param_spec *spec = &r->dev->ops->params[index];
    bal_number_info info = {0};
    const bal_expr *expr = NULL;
    bal_dd value = {0.0, 0.0};
    bal_status status = bal_scope_field(r->c, r->scope, token, &value, &expr, &info);
    if (status != BAL_OK)
        return status;
    if (expr && bal_expr_used(expr).frequency) {
        if (spec->kind != BAL_P_FREQ)
            return bal_report(r->c->in.diag, BAL_D_PARAMETER_RANGE, token->span,
                              "%s cannot depend on the frequency", spec->name);
        return add_function(r, index, expr);
    }
    r->dev->values[index] = value;
    status = suspicious(r, spec, &info, token->span);
    if (status == BAL_OK)
        status = bal_device_check_value(r->c, r->dev, index, token->span);
    if (status == BAL_OK && expr)
        status = add_binding(r, index, expr);
    return status;
}

static bal_status read_text(bal_element *r, int index, const bal_token *token)
{
    const bal_text text = bal_span_text(token->span);
    if (!r->texts)
        r->texts = bal_arena_alloc(r->c->in.arena, (size_t)r->dev->ops->n_params, sizeof *r->texts);
    if (!r->texts)
        return BAL_E_NOMEM;
    r->dev->texts = r->texts;
    r->texts[index] = bal_arena_copy(r->c->in.arena, text.p, text.n);
    return r->texts[index] ? BAL_OK : BAL_E_NOMEM;
}

bal_status bal_element_set(bal_element *r, int index, const bal_token *token)
{
    const bal_param_spec *spec = &r->dev->ops->params[index];
    if (bal_device_given(r->dev, index) && spec->kind != BAL_P_ELEMENTS)
        return bal_report(r->c->in.diag, BAL_D_GIVEN_TWICE, token->span, "%s is given twice",
                          spec->name);
    r->dev->given |= (uint64_t)1 << index;
    if (spec->flags & BAL_IGNORED)
        return BAL_OK;
    switch (spec->kind) {
    case BAL_P_REAL:
    case BAL_P_FREQ:
        return read_real(r, index, token);
    case BAL_P_TEXT:
        return read_text(r, index, token);
    case BAL_P_MODEL:
        return BAL_OK; /* read when the whole card is */
    default:
        return add_reference(r, token);
    }
}
