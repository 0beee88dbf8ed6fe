/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One element card -> one device, by the table of its model: nodes, then positional fields,
 * keywords and key = value in any order. */
#include <string.h>

#include "alloc.h"
#include "linear.h"

bal_status bal_element_usage(const bal_element *r, bal_span at, const char *what)
{
    if (r->form && r->form->usage)
        return bal_report(r->c->in.diag, BAL_D_ELEMENT_SYNTAX, at, "%s; usage: %cname %s%s", what,
                          r->form->letter, r->form->n_nodes > 0 ? "a b " : "", r->form->usage);
    return bal_report(r->c->in.diag, BAL_D_ELEMENT_SYNTAX, at, "%s; usage: %s", what,
                      r->dev->ops->usage);
}

static bool is_bracket(const bal_token *token)
{
    return token->kind == BAL_TOKEN_LEFT || token->kind == BAL_TOKEN_RIGHT;
}

/* Terminals of an element that may have any number: the words before the first key, but for the
 * last one where that names a model. */
static int count_nodes(const bal_element *r)
{
    const bal_device_ops *ops = r->dev->ops;
    int n = 0;
    if (ops->n_nodes >= 0)
        return ops->n_nodes;
    for (uint32_t i = r->at; i < r->card->n_tokens && !bal_card_is_key(r->card, i); i++)
        n += bal_token_is_name(&r->card->tokens[i]);
    for (int i = 0; i < ops->n_params; i++)
        if (ops->params[i].kind == BAL_P_MODEL && ops->params[i].flags & BAL_POSITIONAL)
            n--;
    return n > 0 ? n : 1;
}

/* HSPICE: E1 a b VCVS c d 2, F1 a b CCCS V1 2 */
static bool is_filler(const bal_element *r, const bal_token *token)
{
    return r->dev->ops->filler && token->kind == BAL_TOKEN_WORD &&
           bal_text_is(bal_span_text(token->span), r->dev->ops->filler);
}

static bal_status read_nodes(bal_element *r)
{
    const int n = count_nodes(r);
    r->nodes = bal_arena_alloc(r->c->in.arena, (size_t)n + r->card->n_tokens, sizeof *r->nodes);
    if (!r->nodes)
        return BAL_E_NOMEM;
    for (int k = 0; k < n;) {
        if (r->at >= r->card->n_tokens || bal_card_is_key(r->card, r->at))
            return bal_element_usage(r, r->card->tokens[r->at - 1].span,
                                     "expected a node after this");
        const bal_token *token = &r->card->tokens[r->at++];
        if (is_bracket(token) || (k == 2 && is_filler(r, token)))
            continue;
        if (!bal_token_is_name(token))
            return bal_element_usage(r, token->span, "expected a node here");
        const bal_status status = bal_scope_node(r->c, r->scope, token->span, &r->nodes[k]);
        if (status != BAL_OK)
            return status;
        k++;
    }
    if (r->at < r->card->n_tokens && is_filler(r, &r->card->tokens[r->at]))
        r->at++;
    r->dev->nodes = r->nodes;
    r->dev->n_nodes = n;
    return BAL_OK;
}

static bool is_value(const bal_element *r, uint32_t i)
{
    if (i >= r->card->n_tokens || bal_card_is_key(r->card, i))
        return false;
    const bal_token *token = &r->card->tokens[i];
    return token->kind == BAL_TOKEN_EXPR ||
           (bal_token_is_name(token) && bal_number_looks_like(bal_span_text(token->span)));
}

/* Further values of a keyword: AC 1 90, tc=1m,2u. */
static bal_status read_following(bal_element *r, int index)
{
    for (int i = index + 1; i < r->dev->ops->n_params; i++) {
        if (!(r->dev->ops->params[i].flags & BAL_FOLLOWS) || !is_value(r, r->at))
            break;
        const bal_status status = bal_element_set(r, i, &r->card->tokens[r->at++]);
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}

static bal_status read_key(bal_element *r)
{
    const bal_token *key = &r->card->tokens[r->at];
    const bal_text name = bal_span_text(key->span);
    const int index = bal_element_param(r->dev->ops, name);
    const bool has_value = r->at + 2 < r->card->n_tokens && !bal_card_is_key(r->card, r->at + 2);
    if (!has_value)
        return bal_element_usage(r, key->span, "expected a value for this");
    const bal_token *value = &r->card->tokens[r->at + 2];
    r->at += 3;
    if (index >= 0) {
        const bal_status status = bal_element_set(r, index, value);
        return status == BAL_OK ? read_following(r, index) : status;
    }
    if (bal_renamed(r->dev->ops->aliases, name).n == 0)
        return BAL_OK; /* "key=" in the list: without effect */
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

bool bal_in_list(const char *list, bal_text word)
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

static bool is_call_key(const bal_element *r)
{
    return bal_card_is_key(r->card, r->at) && r->at + 2 < r->card->n_tokens &&
           bal_in_list(r->dev->ops->call_keys, bal_span_text(r->card->tokens[r->at].span));
}

/* SIN(0 1 1k), SIN 0 1 1k or SIN freq=1k: a transient function has no meaning in AC. */
static bool skip_call(bal_element *r)
{
    const bal_token *token = &r->card->tokens[r->at];
    if (token->kind != BAL_TOKEN_WORD ||
        !bal_in_list(r->dev->ops->ignored_calls, head_of(bal_span_text(token->span))))
        return false;
    r->at++;
    for (;;) {
        if (is_value(r, r->at) ||
            (r->at < r->card->n_tokens && is_bracket(&r->card->tokens[r->at])))
            r->at++;
        else if (is_call_key(r))
            r->at += 3;
        else
            return true;
    }
}

/* The number behind the keyword is the one that the card gave before: KiCad's ac=1 AC 1. */
static bool is_repeated(bal_element *r, int index)
{
    bal_diag quiet = {0};
    bal_dd value = {0.0, 0.0};
    if (!bal_device_given(r->dev, index) || !is_value(r, r->at) ||
        bal_number_parse(r->card->tokens[r->at].span, &quiet, &value, NULL) != BAL_OK)
        return false;
    const bal_dd old = r->dev->values[index];
    return value.hi == old.hi && value.lo == old.lo;
}

static bal_status read_keyword(bal_element *r, int index)
{
    const bal_token *word = &r->card->tokens[r->at++];
    if (is_repeated(r, index)) {
        r->at++;
        return BAL_OK;
    }
    if (r->dev->ops->params[index].flags & BAL_POSITIONAL && bal_card_is_key(r->card, r->at))
        return BAL_OK; /* and its DC without a value */
    if (is_value(r, r->at)) {
        const bal_status status = bal_element_set(r, index, &r->card->tokens[r->at++]);
        return status == BAL_OK ? read_following(r, index) : status;
    }
    if (bal_device_given(r->dev, index))
        return bal_report(r->c->in.diag, BAL_D_GIVEN_TWICE, word->span, "%s is given twice",
                          r->dev->ops->params[index].name);
    if (!(r->dev->ops->params[index].flags & BAL_BARE))
        return bal_element_usage(r, word->span, "expected a value after this");
    r->dev->given |= (uint64_t)1 << index; /* AC alone is AC 1 */
    r->dev->values[index] = bal_dd_of(1.0);
    return BAL_OK;
}

static int next_positional(bal_element *r, const bal_token *token)
{
    const bal_device_ops *ops = r->dev->ops;
    for (int i = r->positional; i < ops->n_params; i++) {
        if (!(ops->params[i].flags & BAL_POSITIONAL))
            continue;
        if (ops->params[i].kind == BAL_P_ELEMENTS) {
            if (bal_token_is_name(token) && !bal_number_looks_like(bal_span_text(token->span)))
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

/* A name in the place of a number, where the name of a model could stand. */
static bool is_unknown_name(const bal_element *r, const bal_token *token, int index)
{
    const bal_param_kind kind = r->dev->ops->params[index].kind;
    const bal_text word = bal_span_text(token->span);
    return r->dev->ops->model_types && (kind == BAL_P_REAL || kind == BAL_P_FREQ) &&
           token->kind == BAL_TOKEN_WORD && bal_lower(word.p[0]) >= 'a' &&
           bal_lower(word.p[0]) <= 'z' && !memchr(word.p, '(', word.n) &&
           !bal_scope_has_parameter(r->c, r->scope, word);
}

static bal_status read_bare(bal_element *r)
{
    const bal_token *token = &r->card->tokens[r->at];
    const bal_text word = bal_span_text(token->span);
    if (token->kind == BAL_TOKEN_WORD && !bal_number_looks_like(word)) {
        const int keyword = bal_element_param(r->dev->ops, word);
        if (keyword >= 0 && r->dev->ops->params[keyword].flags & BAL_KEYWORD)
            return read_keyword(r, keyword);
    }
    if (skip_call(r))
        return BAL_OK;
    r->at++;
    if (is_bracket(token))
        return BAL_OK;
    int model = -1;
    const bal_status status = bal_element_model_param(r, token, &model);
    if (status != BAL_OK)
        return status;
    if (model >= 0) {
        r->dev->given |= (uint64_t)1 << model;
        r->model = token;
        return BAL_OK;
    }
    const int index = next_positional(r, token);
    if (index < 0)
        return bal_element_usage(r, token->span, "this field is one too many");
    if (is_unknown_name(r, token, index)) {
        r->model = token;
        return bal_element_read_model(r); /* which refuses it */
    }
    return bal_element_set(r, index, token);
}

/* A voltage source is left to the search for loops. Inside an instance two pins may stand for one
 * node: that is the caller's wiring and no mistake of the part. */
static bal_status check_ends(const bal_element *r)
{
    const bal_device *dev = r->dev;
    const bool sources = dev->ops->is_source && dev->ops->n_branches > 0;
    if (dev->n_nodes != 2 || dev->nodes[0] != dev->nodes[1] || sources)
        return BAL_OK;
    if (r->scope->parent && !bal_text_same(bal_span_text(r->card->tokens[1].span),
                                           bal_span_text(r->card->tokens[2].span)))
        return BAL_OK;
    return bal_report(r->c->in.diag, BAL_D_NO_EFFECT, dev->at,
                      "'%s' has no effect: both ends are at one node", BAL_SHOW(dev->name));
}

static bal_status finish(bal_element *r)
{
    bal_device *dev = r->dev;
    if (r->model) {
        const bal_status status = bal_element_read_model(r);
        if (status != BAL_OK)
            return status;
    }
    for (int i = 0; i < dev->ops->n_params; i++) {
        const bal_param_spec *spec = &dev->ops->params[i];
        if (bal_device_given(dev, i))
            continue;
        if (isnan(spec->fallback) && r->model)
            continue; /* check() tells what the model lacks */
        if (isnan(spec->fallback))
            return bal_element_usage(r, r->card->tokens[r->card->n_tokens - 1].span,
                                     spec->kind == BAL_P_ELEMENT || spec->kind == BAL_P_ELEMENTS
                                         ? "expected the name of an element after this"
                                         : "expected a value after this");
        dev->values[i] = bal_dd_of(spec->fallback);
    }
    const int m = bal_element_param(dev->ops, bal_text_of("m"));
    dev->multiplicity = r->scope->multiplicity;
    if (m >= 0 && bal_device_given(dev, m))
        dev->multiplicity *= bal_dd_double(dev->values[m]);
    if (dev->ops->is_source)
        dev->source = r->c->n_sources++;
    const bal_status status = check_ends(r);
    if (status != BAL_OK || !dev->ops->check || dev->n_refs)
        return status;
    return dev->ops->check(dev, r->c->in.diag);
}

static bal_status read_fields(bal_element *r)
{
    bal_status worst = r->form ? bal_form_read(r) : read_nodes(r);
    if (worst != BAL_OK)
        return worst;
    while (r->at < r->card->n_tokens) {
        if (r->form && r->at == r->form->at) {
            r->at = r->behind;
            continue;
        }
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
    bal_status status = bal_foreign_check(c, card);
    if (status != BAL_OK)
        return status;
    const bal_form form = bal_form_of(c, card, &status);
    if (status != BAL_OK)
        return status;
    if (form.read)
        ops = c->by_letter['b'];
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
    bal_element r = {
        .c = c, .scope = scope, .card = card, .dev = dev, .number = c->n_devices, .at = 1};
    r.form = form.read ? &form : NULL;
    status = name_device(c, scope, card->tokens[0].span, dev);
    if (status != BAL_OK)
        return status;
    c->devices[c->n_devices++] = dev;
    status = read_fields(&r);
    return status;
}
