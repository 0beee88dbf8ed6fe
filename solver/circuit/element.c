/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One element card -> one device, by the table of its model: nodes, then positional fields,
 * keywords and key = value in any order. */
#include "internal.h"

#include <ctype.h>
#include <string.h>

#include "alloc.h"

typedef struct reader {
    bal_circuit *c;
    bal_scope *scope;
    const bal_card *card;
    bal_device *dev;
    size_t number;  /* of the device */
    uint32_t at;    /* token to read next */
    int positional; /* parameter that the next bare field fills, at the earliest */
    const bal_device **refs;
    const char **texts;
    const bal_expr **functions;
    const bal_token *model; /* read last: the card's own fields win */
} reader;

static bal_status usage(const reader *r, bal_span at, const char *what)
{
    return bal_report(r->c->in.diag, BAL_D_ELEMENT_SYNTAX, at, "%s; usage: %s", what,
                      r->dev->ops->usage);
}

static bool is_bracket(const bal_token *token)
{
    return token->kind == BAL_TOKEN_LEFT || token->kind == BAL_TOKEN_RIGHT;
}

static bal_status read_nodes(reader *r)
{
    int *nodes = bal_arena_alloc(r->c->in.arena, (size_t)r->dev->ops->n_nodes + 1, sizeof *nodes);
    if (!nodes)
        return BAL_E_NOMEM;
    for (int k = 0; k < r->dev->ops->n_nodes;) {
        if (r->at >= r->card->n_tokens || bal_card_is_key(r->card, r->at))
            return usage(r, r->card->tokens[r->at - 1].span, "expected a node after this");
        const bal_token *token = &r->card->tokens[r->at++];
        if (is_bracket(token))
            continue;
        if (token->kind != BAL_TOKEN_WORD)
            return usage(r, token->span, "expected a node here");
        const bal_status status = bal_scope_node(r->c, r->scope, token->span, &nodes[k]);
        if (status != BAL_OK)
            return status;
        k++;
    }
    r->dev->nodes = nodes;
    r->dev->n_nodes = r->dev->ops->n_nodes;
    return BAL_OK;
}

static int find_param(const bal_device_ops *ops, bal_text name)
{
    for (int i = 0; i < ops->n_params; i++)
        if (bal_text_is(name, ops->params[i].name))
            return i;
    return -1;
}

static bal_status add_reference(reader *r, const bal_token *token)
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

static bal_status add_binding(reader *r, int index, const bal_expr *expr)
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
static bal_status add_function(reader *r, int index, const bal_expr *expr)
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

static bal_status suspicious(reader *r, const bal_param_spec *spec, const bal_number_info *info,
                             bal_span at)
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

static bal_status read_real(reader *r, int index, const bal_token *token)
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

static bal_status read_text(reader *r, int index, const bal_token *token)
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

static bal_status set(reader *r, int index, const bal_token *token);

/* The fields of a .model fill what the card does not give. */
static bal_status read_model(reader *r, const bal_token *token)
{
    const bal_model *model = bal_model_find(r->c, r->scope->definition, bal_span_text(token->span));
    if (!model)
        return bal_report(r->c->in.diag, BAL_D_UNKNOWN_MODEL, token->span,
                          "'%s' is neither a number nor a model",
                          BAL_SHOW(bal_span_text(token->span)));
    const bal_card fields = {model->tokens, model->n_tokens};
    for (uint32_t i = 0; i + 2 < model->n_tokens; i++) {
        if (!bal_card_is_key(&fields, i))
            continue;
        const int index = find_param(r->dev->ops, bal_span_text(model->tokens[i].span));
        if (index >= 0 && !bal_device_given(r->dev, index)) {
            const bal_status status = set(r, index, &model->tokens[i + 2]);
            if (status != BAL_OK)
                return status;
        }
    }
    return BAL_OK;
}

static bal_status set(reader *r, int index, const bal_token *token)
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

static bool is_value(const reader *r, uint32_t i)
{
    if (i >= r->card->n_tokens || bal_card_is_key(r->card, i))
        return false;
    const bal_token *token = &r->card->tokens[i];
    return token->kind == BAL_TOKEN_EXPR ||
           (token->kind == BAL_TOKEN_WORD && bal_number_looks_like(bal_span_text(token->span)));
}

/* Further values of a keyword: AC 1 90, tc=1m,2u. */
static bal_status read_following(reader *r, int index)
{
    for (int i = index + 1; i < r->dev->ops->n_params; i++) {
        if (!(r->dev->ops->params[i].flags & BAL_FOLLOWS) || !is_value(r, r->at))
            break;
        const bal_status status = set(r, i, &r->card->tokens[r->at++]);
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}

static bal_status read_key(reader *r)
{
    const bal_token *key = &r->card->tokens[r->at];
    const bal_text name = bal_span_text(key->span);
    const int index = find_param(r->dev->ops, name);
    const bool has_value = r->at + 2 < r->card->n_tokens && !bal_card_is_key(r->card, r->at + 2);
    if (!has_value)
        return usage(r, key->span, "expected a value for this");
    const bal_token *value = &r->card->tokens[r->at + 2];
    r->at += 3;
    if (index >= 0) {
        const bal_status status = set(r, index, value);
        return status == BAL_OK ? read_following(r, index) : status;
    }
    bal_nearest nearest;
    bal_nearest_init(&nearest, name);
    for (int i = 0; i < r->dev->ops->n_params; i++)
        bal_nearest_offer(&nearest, bal_text_of(r->dev->ops->params[i].name));
    const bal_text best = bal_nearest_get(&nearest);
    return bal_report(r->c->in.diag, BAL_D_UNKNOWN_PARAMETER, key->span,
                      "a %s has no parameter '%s'%s%s%s", r->dev->ops->name, BAL_SHOW(name),
                      best.n ? "; did you mean '" : "", best.n ? BAL_SHOW(best) : "",
                      best.n ? "'?" : "");
}

static bool in_list(const char *list, bal_text word)
{
    while (list && *list) {
        const size_t n = strcspn(list, " ");
        if (n == word.n && bal_text_same((bal_text){list, n}, word))
            return true;
        list += n + strspn(list + n, " ");
    }
    return false;
}

static bal_text head_of(bal_text word)
{
    size_t n = 0;
    while (n < word.n && word.p[n] != '(')
        n++;
    return (bal_text){word.p, n};
}

/* SIN(0 1 1k) or SIN 0 1 1k: a transient function has no meaning in AC. */
static bool skip_call(reader *r)
{
    const bal_token *token = &r->card->tokens[r->at];
    if (token->kind != BAL_TOKEN_WORD ||
        !in_list(r->dev->ops->ignored_calls, head_of(bal_span_text(token->span))))
        return false;
    r->at++;
    while (is_value(r, r->at) || (r->at < r->card->n_tokens && is_bracket(&r->card->tokens[r->at])))
        r->at++;
    return true;
}

static bal_status read_keyword(reader *r, int index)
{
    const bal_token *word = &r->card->tokens[r->at++];
    if (is_value(r, r->at)) {
        const bal_status status = set(r, index, &r->card->tokens[r->at++]);
        return status == BAL_OK ? read_following(r, index) : status;
    }
    if (bal_device_given(r->dev, index))
        return bal_report(r->c->in.diag, BAL_D_GIVEN_TWICE, word->span, "%s is given twice",
                          r->dev->ops->params[index].name);
    if (!(r->dev->ops->params[index].flags & BAL_BARE))
        return usage(r, word->span, "expected a value after this");
    r->dev->given |= (uint64_t)1 << index; /* AC alone is AC 1 */
    r->dev->values[index] = bal_dd_of(1.0);
    return BAL_OK;
}

/* A bare word that names a model: R1 a b 1k rmod. */
static int model_param(const reader *r, const bal_token *token)
{
    if (!r->dev->ops->model_types || token->kind != BAL_TOKEN_WORD)
        return -1;
    const bal_model *model = bal_model_find(r->c, r->scope->definition, bal_span_text(token->span));
    if (!model || !in_list(r->dev->ops->model_types, model->type))
        return -1;
    for (int i = 0; i < r->dev->ops->n_params; i++)
        if (r->dev->ops->params[i].kind == BAL_P_MODEL)
            return i;
    return -1;
}

static int next_positional(reader *r, const bal_token *token)
{
    const bal_device_ops *ops = r->dev->ops;
    for (int i = r->positional; i < ops->n_params; i++) {
        if (!(ops->params[i].flags & BAL_POSITIONAL))
            continue;
        if (ops->params[i].kind == BAL_P_ELEMENTS) {
            if (token->kind == BAL_TOKEN_WORD && !bal_number_looks_like(bal_span_text(token->span)))
                return i;
            r->positional = i + 1;
            continue;
        }
        if (bal_device_given(r->dev, i))
            continue;
        r->positional = i + 1;
        return i;
    }
    return -1;
}

static bal_status read_bare(reader *r)
{
    const bal_token *token = &r->card->tokens[r->at];
    if (token->kind == BAL_TOKEN_WORD) {
        const int keyword = find_param(r->dev->ops, bal_span_text(token->span));
        if (keyword >= 0 && r->dev->ops->params[keyword].flags & BAL_KEYWORD)
            return read_keyword(r, keyword);
    }
    if (skip_call(r))
        return BAL_OK;
    r->at++;
    if (is_bracket(token))
        return BAL_OK;
    const int model = model_param(r, token);
    if (model >= 0) {
        r->dev->given |= (uint64_t)1 << model;
        r->model = token;
        return BAL_OK;
    }
    const int index = next_positional(r, token);
    if (index < 0)
        return usage(r, token->span, "this field is one too many");
    return set(r, index, token);
}

static bal_status finish(reader *r)
{
    bal_device *dev = r->dev;
    if (r->model) {
        const bal_status status = read_model(r, r->model);
        if (status != BAL_OK)
            return status;
    }
    for (int i = 0; i < dev->ops->n_params; i++) {
        const bal_param_spec *spec = &dev->ops->params[i];
        if (bal_device_given(dev, i))
            continue;
        if (isnan(spec->fallback))
            return usage(r, r->card->tokens[r->card->n_tokens - 1].span,
                         spec->kind == BAL_P_ELEMENT || spec->kind == BAL_P_ELEMENTS
                             ? "expected the name of an element after this"
                             : "expected a value after this");
        dev->values[i] = bal_dd_of(spec->fallback);
    }
    const int m = find_param(dev->ops, bal_text_of("m"));
    dev->multiplicity = r->scope->multiplicity;
    if (m >= 0 && bal_device_given(dev, m))
        dev->multiplicity *= bal_dd_double(dev->values[m]);
    if (dev->ops->is_source)
        dev->source = r->c->n_sources++;
    return dev->ops->check && !dev->n_refs ? dev->ops->check(dev, r->c->in.diag) : BAL_OK;
}

static bal_status read_fields(reader *r)
{
    bal_status worst = read_nodes(r);
    if (worst != BAL_OK)
        return worst;
    while (r->at < r->card->n_tokens) {
        const bal_status status = bal_card_is_key(r->card, r->at) ? read_key(r) : read_bare(r);
        if (status != BAL_OK)
            return status;
    }
    return finish(r);
}

static bal_status unknown_letter(bal_circuit *c, const bal_card *card)
{
    const bal_text name = bal_span_text(card->tokens[0].span);
    if (strchr("dqjmszDQJMSZ", name.p[0]))
        return bal_report(c->in.diag, BAL_D_NONLINEAR_ELEMENT, card->tokens[0].span,
                          "'%s' is not linear: it would need the operating point, which is not "
                          "computed; use a small-signal model of R, C and controlled sources",
                          BAL_SHOW(name));
    return bal_report(c->in.diag, BAL_D_UNKNOWN_ELEMENT, card->tokens[0].span,
                      "no element begins with '%s'", BAL_SHOW(((bal_text){name.p, 1})));
}

static bal_status name_device(bal_circuit *c, bal_scope *scope, bal_span at, bal_device *dev)
{
    const bal_text name = bal_span_text(at);
    dev->at = at;
    dev->name = name;
    if (scope->path[0]) {
        const char *full =
            bal_arena_format(c->in.arena, "%s.%.*s", scope->path, (int)name.n, name.p);
        if (!full)
            return BAL_E_NOMEM;
        dev->name = bal_text_of(full);
    }
    int existing = -1;
    bal_status status =
        bal_names_add(&scope->devices, c->in.arena, name, (int)c->n_devices, &existing);
    if (status == BAL_OK && existing >= 0) {
        status = bal_report(c->in.diag, BAL_D_DUPLICATE_ELEMENT, at,
                            "element '%s' is there already", BAL_SHOW(name));
        bal_note(c->in.diag, c->devices[existing]->at, "first defined here");
    }
    return status;
}

bal_status bal_element_add(bal_circuit *c, bal_scope *scope, const bal_card *card)
{
    const bal_text name = bal_span_text(card->tokens[0].span);
    const unsigned char letter = (unsigned char)bal_lower(name.p[0]);
    const bal_device_ops *ops = letter < 128 ? c->by_letter[letter] : NULL;
    if (!ops)
        return unknown_letter(c, card);
    bal_device **grown = BAL_GROW(c, devices);
    if (grown)
        c->devices = grown;
    bal_device *dev = bal_arena_alloc(c->in.arena, 1, sizeof *dev);
    if (!grown || !dev)
        return BAL_E_NOMEM;
    dev->ops = ops;
    dev->source = -1;
    dev->temperature = c->options.temperature;
    dev->values = bal_arena_alloc(c->in.arena, (size_t)ops->n_params, sizeof *dev->values);
    if (!dev->values)
        return BAL_E_NOMEM;
    reader r = {.c = c, .scope = scope, .card = card, .dev = dev, .number = c->n_devices, .at = 1};
    bal_status status = name_device(c, scope, card->tokens[0].span, dev);
    if (status != BAL_OK)
        return status;
    c->devices[c->n_devices++] = dev;
    status = read_fields(&r);
    return status;
}
