/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The .model of an element: its keys fill the parameters that the card does not give. */
#include "element.h"

static bal_status look_up(const bal_element *r, const bal_token *token, const bal_model **model)
{
    const bal_text name = bal_span_text(token->span);
    *model = bal_scope_model(r->c, r->scope, name);
    if (*model)
        return BAL_OK;
    const bal_status status = bal_library_need(r->c, name, true);
    *model = bal_model_find(r->c, r->scope->definition, name);
    return status;
}

/* A bare word that names a model: R1 a b 1k rmod. */
bal_status bal_element_model_param(const bal_element *r, const bal_token *token, int *index)
{
    *index = -1;
    const bal_text word = bal_span_text(token->span);
    if (!r->dev->ops->model_types || !bal_token_is_name(token) || bal_number_looks_like(word))
        return BAL_OK;
    const bal_model *model = NULL;
    const bal_status status = look_up(r, token, &model);
    if (!model || !bal_in_list(r->dev->ops->model_types, model->type))
        return status;
    for (int i = 0; i < r->dev->ops->n_params; i++)
        if (r->dev->ops->params[i].kind == BAL_P_MODEL)
            *index = i;
    return status;
}

static bal_status unknown_key(const bal_element *r, bal_span at)
{
    const bal_device_ops *ops = r->dev->ops;
    const bal_text key = bal_span_text(at);
    bal_nearest nearest;
    bal_nearest_init(&nearest, key);
    for (int i = 0; i < ops->n_params; i++)
        bal_nearest_offer(&nearest, bal_text_of(ops->params[i].name));
    const bal_text best = bal_nearest_get(&nearest);
    return bal_report(r->c->in.diag, BAL_D_UNKNOWN_PARAMETER, at,
                      "a model of a %s has no parameter '%s'%s%s%s", ops->name, BAL_SHOW(key),
                      best.n ? "; did you mean '" : "", best.n ? BAL_SHOW(best) : "",
                      best.n ? "'?" : "");
}

bal_status bal_element_no_model(const bal_element *r, bal_span at, const char *before,
                                const char *after)
{
    bal_nearest nearest;
    bal_nearest_init(&nearest, bal_span_text(at));
    bal_model_offer(r->c, r->scope->definition, &nearest);
    const bal_text best = bal_nearest_get(&nearest);
    return bal_report(r->c->in.diag, BAL_D_UNKNOWN_MODEL, at, "%s'%s'%s%s%s%s", before,
                      BAL_SHOW(bal_span_text(at)), after, best.n ? "; did you mean '" : "",
                      best.n ? BAL_SHOW(best) : "", best.n ? "'?" : "");
}

static bal_status unknown_model(const bal_element *r, bal_span at)
{
    const bool needed = r->dev->ops->params[0].kind == BAL_P_MODEL || r->dev->ops->letter == '\0';
    return needed ? bal_element_no_model(r, at, "there is no model ", "")
                  : bal_element_no_model(r, at, "", " is neither a number nor a model");
}

/* .model rm r(r=2) and R1 a b 1k rm: ngspice takes the model's for a default, PSpice and Xyce for a
 * factor. */
static bal_status warn_of_factor(const bal_element *r, const bal_token *key, const bal_token *value)
{
    enum { VALUE = 0 }; /* of R, C and L */
    const bal_text word = bal_span_text(key->span);
    bal_diag quiet = {0};
    bal_dd number = {0.0, 0.0};
    if (word.n != 1 || bal_lower(word.p[0]) != bal_lower(r->dev->ops->letter) ||
        !bal_device_given(r->dev, VALUE) ||
        (bal_number_parse(value->span, &quiet, &number, NULL) == BAL_OK && number.hi == 1.0))
        return BAL_OK;
    return bal_report(r->c->in.diag, BAL_D_MODEL_DEFAULT, r->dev->at,
                      "'%s' has a value of its own: that of its model is a default, as in ngspice; "
                      "PSpice and Xyce multiply by it",
                      BAL_SHOW(r->dev->name));
}

static bal_status read_key(bal_element *r, const bal_model *model, const bal_token *key,
                           const bal_token *value)
{
    const bal_text name = bal_renamed(r->dev->ops->model_keys, bal_span_text(key->span));
    if (name.n == 0)
        return BAL_OK;
    const int index = bal_element_param(r->dev->ops, name);
    if (index < 0)
        return unknown_key(r, key->span);
    bal_status status = warn_of_factor(r, key, value);
    if (status != BAL_OK || bal_device_given(r->dev, index))
        return status;
    status = bal_element_set(r, index, value);
    return status == BAL_OK ? bal_model_note(r, model, r->dev, index) : status;
}

bal_status bal_element_find_model(const bal_element *r, const bal_token *token,
                                  const bal_model **model)
{
    const bal_status found = look_up(r, token, model);
    if (found != BAL_OK)
        return found;
    if (!*model)
        return unknown_model(r, token->span);
    if (!bal_in_list(r->dev->ops->model_types, (*model)->type))
        return bal_report(r->c->in.diag, BAL_D_UNKNOWN_MODEL, token->span,
                          "model '%s' is of type %s: a %s takes %s", BAL_SHOW((*model)->name),
                          BAL_SHOW((*model)->type), r->dev->ops->name, r->dev->ops->model_types);
    return BAL_OK;
}

bal_status bal_element_read_model(bal_element *r)
{
    const bal_model *model = NULL;
    const bal_status found = bal_element_find_model(r, r->model, &model);
    if (found != BAL_OK)
        return found;
    if (bal_model_has_row(r->c, model))
        return bal_element_build_model(r, model, &r->dev->model);
    const bal_card fields = {model->tokens, model->n_tokens};
    for (uint32_t i = 0; i + 2 < model->n_tokens; i++) {
        const bal_status status = bal_card_is_key(&fields, i)
                                      ? read_key(r, model, &model->tokens[i], &model->tokens[i + 2])
                                      : BAL_OK;
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}
