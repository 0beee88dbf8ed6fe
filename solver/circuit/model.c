/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A .model whose type has a table of its own: its card is read like an element's, with the same
 * ranges, expressions and steps, into a device without nodes. Cards whose values depend on no
 * parameter are read once and shared.
 */
#include "element.h"

#include "alloc.h"

static const bal_device_ops *row_of(const bal_circuit *c, bal_text type)
{
    for (size_t i = 0; i < c->in.n_models; i++)
        if (bal_text_is(type, c->in.models[i]->name))
            return c->in.models[i];
    return NULL;
}

bool bal_model_has_row(const bal_circuit *c, const bal_model *model)
{
    return row_of(c, model->type) != NULL;
}

static bool is_bracket(const bal_token *token)
{
    return token->kind == BAL_TOKEN_LEFT || token->kind == BAL_TOKEN_RIGHT;
}

static bal_status unknown_key(const bal_element *r, bal_span at)
{
    const bal_text key = bal_span_text(at);
    bal_nearest nearest;
    bal_nearest_init(&nearest, key);
    for (int i = 0; i < r->dev->ops->n_params; i++)
        bal_nearest_offer(&nearest, bal_text_of(r->dev->ops->params[i].name));
    const bal_text best = bal_nearest_get(&nearest);
    return bal_report(r->c->in.diag, BAL_D_UNKNOWN_PARAMETER, at,
                      "a model of type %s has no parameter '%s'%s%s%s", r->dev->ops->name,
                      BAL_SHOW(key), best.n ? "; did you mean '" : "", best.n ? BAL_SHOW(best) : "",
                      best.n ? "'?" : "");
}

static bal_status read_list(bal_element *r, int index, uint32_t first, uint32_t end)
{
    bal_dd *list = bal_arena_alloc(r->c->in.arena, end - first, sizeof *list);
    bal_param_data *data = bal_element_data(r);
    if (!list || !data)
        return BAL_E_NOMEM;
    r->dev->given |= (uint64_t)1 << index;
    data[index].list = list;
    for (uint32_t i = first; i < end; i++) {
        const bal_token *token = &r->card->tokens[i];
        if (is_bracket(token))
            continue;
        const bal_expr *expr = NULL;
        const int at = data[index].n++;
        bal_status status = bal_scope_field(r->c, r->scope, token, &list[at], &expr, NULL);
        if (status == BAL_OK && expr && bal_expr_used(expr).frequency)
            status =
                bal_report(r->c->in.diag, BAL_D_PARAMETER_RANGE, token->span,
                           "%s cannot depend on the frequency", r->dev->ops->params[index].name);
        if (status == BAL_OK && expr)
            status = bal_element_bind(r, index, at, expr);
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}

/* Names of other models. */
static bal_status read_models(bal_element *r, int index, uint32_t first, uint32_t end)
{
    const bal_device **models = bal_arena_alloc(r->c->in.arena, end - first, sizeof *models);
    bal_param_data *data = bal_element_data(r);
    if (!models || !data)
        return BAL_E_NOMEM;
    r->dev->given |= (uint64_t)1 << index;
    data[index].models = models;
    for (uint32_t i = first; i < end; i++) {
        const bal_token *token = &r->card->tokens[i];
        const bal_model *model = NULL;
        if (is_bracket(token))
            continue;
        bal_status status = bal_element_find_model(r, token, &model);
        if (status == BAL_OK && model->open)
            status = bal_report(r->c->in.diag, BAL_D_UNKNOWN_MODEL, token->span,
                                "model '%s' contains itself", BAL_SHOW(model->name));
        if (status == BAL_OK)
            status = bal_element_build_model(r, model, &models[data[index].n++]);
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}

/* The one word of a plain value among tokens [first, end). */
static bal_status read_single(bal_element *r, int index, uint32_t first, uint32_t end)
{
    const bal_token *value = NULL;
    for (uint32_t i = first; i < end; i++) {
        const bal_token *token = &r->card->tokens[i];
        if (is_bracket(token))
            continue;
        if (value)
            return bal_report(r->c->in.diag, BAL_D_ELEMENT_SYNTAX, token->span,
                              "%s has one value; usage: %s", r->dev->ops->params[index].name,
                              r->dev->ops->usage);
        value = token;
    }
    if (value)
        return bal_element_set(r, index, value);
    return bal_element_usage(r, r->card->tokens[first - 2].span, "expected a value for this");
}

static bal_status read_field(bal_element *r)
{
    const bal_token *key = &r->card->tokens[r->at];
    const uint32_t first = r->at + 2;
    const uint32_t end = bal_field_end(r->card->tokens, r->card->n_tokens, first);
    const int index = bal_element_param(r->dev->ops, bal_span_text(key->span));
    r->at = end;
    if (index < 0)
        return unknown_key(r, key->span);
    const bal_param_kind kind = r->dev->ops->params[index].kind;
    if (kind != BAL_P_LIST && kind != BAL_P_MODELS)
        return read_single(r, index, first, end);
    if (bal_device_given(r->dev, index))
        return bal_report(r->c->in.diag, BAL_D_GIVEN_TWICE, key->span, "%s is given twice",
                          r->dev->ops->params[index].name);
    return kind == BAL_P_LIST ? read_list(r, index, first, end) : read_models(r, index, first, end);
}

static bal_status finish(bal_element *r)
{
    bal_device *dev = r->dev;
    for (int i = 0; i < dev->ops->n_params; i++) {
        const bal_param_spec *spec = &dev->ops->params[i];
        if (!bal_device_given(dev, i) && isnan(spec->fallback))
            return bal_report(r->c->in.diag, BAL_D_ELEMENT_SYNTAX, dev->at,
                              "model '%s' lacks %s; usage: %s", BAL_SHOW(dev->name), spec->name,
                              dev->ops->usage);
        if (!bal_device_given(dev, i))
            dev->values[i] = bal_dd_of(spec->fallback);
    }
    return dev->ops->check ? dev->ops->check(dev, r->c->in.diag) : BAL_OK;
}

static bal_status read_card(bal_element *r)
{
    bal_status worst = BAL_OK;
    while (r->at < r->card->n_tokens) {
        const bal_token *token = &r->card->tokens[r->at];
        bal_status status = BAL_OK;
        if (bal_card_is_key(r->card, r->at))
            status = read_field(r);
        else if (is_bracket(token))
            r->at++;
        else
            return bal_element_usage(r, token->span, "expected key=value here");
        if (status == BAL_E_NOMEM)
            return status;
        worst = status != BAL_OK ? status : worst;
    }
    return worst == BAL_OK ? finish(r) : worst;
}

static bal_status build(bal_element *user, const bal_model *model, bal_device **out)
{
    bal_circuit *c = user->c;
    const bal_device_ops *ops = row_of(c, model->type);
    bal_device *dev = bal_arena_alloc(c->in.arena, 1, sizeof *dev);
    if (!dev)
        return BAL_E_NOMEM;
    dev->ops = ops;
    dev->name = model->name;
    dev->at = model->at;
    dev->source = -1;
    dev->multiplicity = 1.0;
    dev->temperature = c->options.temperature;
    dev->values = bal_arena_alloc(c->in.arena, (size_t)ops->n_params, sizeof *dev->values);
    if (!dev->values)
        return BAL_E_NOMEM;
    const bal_card card = {model->tokens, model->n_tokens};
    bal_element r = {
        .c = c, .scope = user->scope, .card = &card, .dev = dev, .number = user->number};
    *out = dev;
    return read_card(&r);
}

bal_status bal_element_build_model(bal_element *r, const bal_model *found, const bal_device **out)
{
    bal_circuit *c = r->c;
    const size_t at = (size_t)(found - c->models);
    bal_model *model = &c->models[at];
    if (model->failed)
        return BAL_E_DECK; /* reported with the element that came first */
    *out = model->shared;
    if (model->shared)
        return BAL_OK;
    const size_t bindings = c->n_bindings;
    bal_device *dev = NULL;
    model->open = true;
    const bal_status status = build(r, model, &dev);
    model = &c->models[at]; /* members may have come from a library */
    model->open = false;
    model->failed = status == BAL_E_DECK;
    if (status != BAL_OK)
        return status;
    *out = dev;
    if (c->n_bindings == bindings)
        model->shared = dev;
    return bal_model_note(r, model, dev, -1);
}
