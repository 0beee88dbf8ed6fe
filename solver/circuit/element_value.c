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

/* The same name once more is the same reference, in an expression. */
static int known_reference(const bal_element *r, bal_span name)
{
    const bal_circuit *c = r->c;
    for (size_t k = c->n_references; k > 0 && c->references[k - 1].device == r->number; k--)
        if (bal_text_same(bal_span_text(c->references[k - 1].name), bal_span_text(name)))
            return c->references[k - 1].position;
    return -1;
}

static bal_status add_reference(bal_element *r, bal_span name)
{
    bal_circuit *c = r->c;
    bal_reference *grown = BAL_GROW(c, references);
    if (!grown)
        return BAL_E_NOMEM;
    c->references = grown;
    c->references[c->n_references++] = (bal_reference){r->number, r->dev->n_refs, r->scope, name};
    const size_t n = (size_t)r->dev->n_refs;
    if (n == r->refs_capacity) { /* the names are looked up later: nothing to copy yet */
        r->refs_capacity = 2 * n + 4;
        r->refs = bal_arena_alloc(c->in.arena, r->refs_capacity, sizeof *r->refs);
    }
    if (!r->refs)
        return BAL_E_NOMEM;
    r->dev->refs = r->refs;
    r->dev->n_refs++;
    return BAL_OK;
}

bal_status bal_element_reference(bal_element *r, bal_span name, int *index)
{
    *index = known_reference(r, name);
    if (*index >= 0)
        return BAL_OK;
    *index = r->dev->n_refs;
    return add_reference(r, name);
}

bal_status bal_element_bind(bal_element *r, int index, int element, const bal_expr *expr)
{
    bal_circuit *c = r->c;
    bal_binding *grown = BAL_GROW(c, bindings);
    if (!grown)
        return BAL_E_NOMEM;
    c->bindings = grown;
    c->bindings[c->n_bindings++] = (bal_binding){r->number, index, expr, r->dev, element};
    return BAL_OK;
}

bal_param_data *bal_element_data(bal_element *r)
{
    if (!r->data)
        r->data = bal_arena_alloc(r->c->in.arena, (size_t)r->dev->ops->n_params, sizeof *r->data);
    r->dev->data = r->data;
    return r->data;
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
    r->dev->environment = r->c->environment;
    r->functions[index] = expr;
    int count = 0;
    const int *needs = bal_expr_variables(expr, &count);
    for (int i = 0; i < count; i++) {
        const bal_status status = bal_parameter_evaluate(r->c, needs[i]);
        if (status != BAL_OK)
            return status;
    }
    return count ? bal_element_bind(r, index, -1, expr) : BAL_OK;
}

static bal_status suspicious(bal_element *r, int index, const bal_number_info *info, bal_span at)
{
    const bal_param_spec *spec = &r->dev->ops->params[index];
    const bal_text text = bal_span_text(at);
    if (info->percent && spec->unit[0])
        return bal_report(r->c->in.diag, BAL_D_BAD_NUMBER, at,
                          "'%s' is a percentage and no value in %s", BAL_SHOW(text), spec->unit);
    if (strcmp(spec->name, "tol") == 0 && !info->percent && r->dev->values[index].hi >= 0.5)
        return bal_report(r->c->in.diag, BAL_D_SUSPICIOUS_SUFFIX, at,
                          "tol=%s is %g %%, where LTspice reads %s %%: write it with a %%",
                          BAL_SHOW(text), 100.0 * r->dev->values[index].hi, BAL_SHOW(text));
    if (info->upper_m && info->only_suffix && strcmp(spec->unit, "ohm") == 0)
        return bal_report(r->c->in.diag, BAL_D_SUSPICIOUS_SUFFIX, at,
                          "'%s' is milliohms: M is milli, write Meg for mega", BAL_SHOW(text));
    if (info->suffix == 'f' && info->only_suffix && strcmp(spec->unit, "F") == 0)
        return bal_report(r->c->in.diag, BAL_D_SUSPICIOUS_SUFFIX, at,
                          "'%s' is femtofarads: F is femto, write the number alone for farads",
                          BAL_SHOW(text));
    if (info->suffix == 'a' && info->only_suffix && strcmp(spec->unit, "A") == 0)
        return bal_report(r->c->in.diag, BAL_D_SUSPICIOUS_SUFFIX, at,
                          "'%s' is attoamperes: A is atto, write the number alone for amperes",
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
                              "%s cannot depend on the frequency%s", spec->name,
                              strchr("EG", r->dev->ops->letter)
                                  ? ": write LAPLACE {v(c,d)} = {<expression of s>}"
                                  : "");
        return add_function(r, index, expr);
    }
    r->dev->values[index] = value;
    status = suspicious(r, index, &info, token->span);
    if (status == BAL_OK)
        status = bal_device_check_value(r->c, r->dev, index, token->span);
    if (status == BAL_OK && expr)
        status = bal_element_bind(r, index, -1, expr);
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

static bal_status read_file(bal_element *r, int index, const bal_token *token)
{
    bal_param_data *data = bal_element_data(r);
    if (!data)
        return BAL_E_NOMEM;
    if (r->dev->ops->params[index].kind == BAL_P_TABLE)
        return bal_data_table(r->c, token->span, &data[index].table);
    return bal_data_network(r->c, token->span, &data[index].network);
}

/* A terminal behind those that every such element has. */
static bal_status read_node(bal_element *r, int index, const bal_token *token)
{
    const int k = r->dev->n_nodes;
    r->dev->values[index] = bal_dd_of(k);
    r->dev->n_nodes++;
    return bal_scope_node(r->c, r->scope, token->span, &r->nodes[k]);
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
        r->model = token; /* read when the whole card is */
        return BAL_OK;
    case BAL_P_TABLE:
    case BAL_P_NETWORK:
        return read_file(r, index, token);
    case BAL_P_NODE:
        return read_node(r, index, token);
    default:
        return add_reference(r, token->span);
    }
}
