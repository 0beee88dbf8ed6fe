/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Instances: one scope each, its nodes, parameters and elements. The depth was checked beforehand
 * (bal_definition_size), so recursion is bounded. */
#include "condition.h"

#include "alloc.h"

static bal_scope *scope_new(bal_circuit *c, const bal_scope *parent, bal_definition *d)
{
    bal_scope *s = bal_arena_alloc(c->in.arena, 1, sizeof *s);
    bal_scope **grown = BAL_GROW(c, scopes);
    if (grown)
        c->scopes = grown;
    if (!s || !grown)
        return NULL;
    s->parent = parent;
    s->definition = d;
    s->path = "";
    s->multiplicity = 1.0;
    s->index = (int)c->n_scopes;
    c->scopes[c->n_scopes++] = s;
    return s;
}

static bool is_ground(bal_text name)
{
    return (name.n == 1 && name.p[0] == '0') || (name.n == 3 && bal_text_is(name, "gnd"));
}

static bool all_zeros(bal_text name)
{
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] != '0')
            return false;
    return name.n > 1;
}

static bal_status node_new(bal_circuit *c, bal_scope *scope, bal_span name, int *node)
{
    const bal_text text = bal_span_text(name);
    bal_node *grown = BAL_GROW(c, nodes);
    if (!grown)
        return BAL_E_NOMEM;
    c->nodes = grown;
    *node = (int)c->n_nodes;
    c->nodes[c->n_nodes++] = (bal_node){scope, text};
    const bal_status status = bal_names_insert(&scope->nodes, c->in.arena, text, *node);
    if (status == BAL_OK && all_zeros(text))
        return bal_report(c->in.diag, BAL_D_ODD_NODE, name,
                          "'%s' is an ordinary node here, not ground", BAL_SHOW(text));
    return status;
}

bal_status bal_scope_node(bal_circuit *c, bal_scope *scope, bal_span name, int *node)
{
    const bal_text text = bal_span_text(name);
    if (is_ground(text)) {
        *node = 0;
        return BAL_OK;
    }
    if (bal_names_find(&c->globals, text) >= 0)
        scope = c->scopes[0];
    *node = bal_names_find(&scope->nodes, text);
    if (*node >= 0)
        return BAL_OK;
    return node_new(c, scope, name, node);
}

/* Pins of a definition are names of the instance's scope that stand for the caller's nodes. */
static bal_status bind_pins(bal_circuit *c, bal_scope *inner, bal_scope *outer,
                            const bal_card *card, uint32_t n_fields)
{
    const bal_definition *d = inner->definition;
    int pin = 0;
    for (uint32_t i = 1; i <= n_fields; i++) {
        const bal_token *token = &card->tokens[i];
        if (token->kind == BAL_TOKEN_LEFT || token->kind == BAL_TOKEN_RIGHT)
            continue;
        int node = 0;
        bal_status status = bal_scope_node(c, outer, token->span, &node);
        if (status == BAL_OK && pin < d->n_pins) {
            int existing = -1;
            status = bal_names_add(&inner->nodes, c->in.arena, bal_span_text(d->pins[pin]->span),
                                   node, &existing);
        }
        if (status != BAL_OK)
            return status;
        pin++;
    }
    if (pin == d->n_pins)
        return BAL_OK;
    const bal_status status = bal_report(
        c->in.diag, BAL_D_PIN_COUNT, card->tokens[0].span, "'%s' has %d pin%s, %d %s given",
        BAL_SHOW(d->name), d->n_pins, d->n_pins == 1 ? "" : "s", pin, pin == 1 ? "is" : "are");
    bal_note(c->in.diag, d->at, "defined here");
    return status;
}

/* A field that holds a value: in braces or quotes, behind '=', or the last one before the keys. */
static bool is_value(const bal_card *card, uint32_t i)
{
    const bal_token *token = &card->tokens[i];
    if (token->kind >= BAL_TOKEN_EXPR || card->tokens[i - 1].kind == BAL_TOKEN_EQUALS)
        return true;
    const bool instance = bal_lower(bal_span_text(card->tokens[0].span).p[0]) == 'x';
    const bool last = i + 1 == card->n_tokens || bal_card_is_key(card, i + 1);
    return token->kind == BAL_TOKEN_WORD && last && !instance && !bal_card_is_key(card, i);
}

static bool list_mentions(const bal_card_list *list, bal_text name)
{
    for (size_t k = 0; k < list->n; k++)
        for (uint32_t i = 1; i < list->cards[k]->n_tokens; i++)
            if (is_value(list->cards[k], i) &&
                bal_text_mentions(bal_span_text(list->cards[k]->tokens[i].span), name))
                return true;
    return false;
}

/* LTspice and gnucap let an instance set what the body only uses; ngspice refuses it. A name that
 * is not used either is a typing error. */
static bool uses_parameter(const bal_definition *d, bal_text name)
{
    for (uint32_t i = 2; i < d->n_defaults; i++)
        if (d->defaults[i - 1].kind == BAL_TOKEN_EQUALS &&
            bal_text_mentions(bal_span_text(d->defaults[i].span), name))
            return true;
    return list_mentions(&d->elements, name) || list_mentions(&d->parameters, name);
}

static bool knows_parameter(const bal_definition *d, bal_text name, bal_nearest *nearest)
{
    const bal_card defaults = {d->defaults, d->n_defaults};
    for (uint32_t i = 0; i < d->n_defaults; i++) {
        const bal_text key = bal_span_text(d->defaults[i].span);
        if (!bal_card_is_key(&defaults, i))
            continue;
        if (bal_text_same(key, name))
            return true;
        bal_nearest_offer(nearest, key);
    }
    for (size_t k = 0; k < d->parameters.n; k++)
        for (uint32_t i = 1; i < d->parameters.cards[k]->n_tokens; i++)
            if (bal_card_is_key(d->parameters.cards[k], i) &&
                bal_text_same(bal_span_text(d->parameters.cards[k]->tokens[i].span), name))
                return true;
    return false;
}

static bal_status check_keys(bal_circuit *c, const bal_definition *d, const bal_token *tokens,
                             uint32_t n)
{
    const bal_card fields = {tokens, n};
    bal_status worst = BAL_OK;
    for (uint32_t i = 0; i < n; i++) {
        if (!bal_card_is_key(&fields, i))
            continue;
        const bal_text key = bal_span_text(tokens[i].span);
        bal_nearest nearest;
        bal_nearest_init(&nearest, key);
        if (bal_text_is(key, "m") || knows_parameter(d, key, &nearest) || uses_parameter(d, key))
            continue;
        const bal_text best = bal_nearest_get(&nearest);
        const bal_status status = bal_report(
            c->in.diag, BAL_D_UNKNOWN_PARAMETER, tokens[i].span,
            "subcircuit '%s' has no parameter '%s'%s%s%s", BAL_SHOW(d->name), BAL_SHOW(key),
            best.n ? "; did you mean '" : "", best.n ? BAL_SHOW(best) : "", best.n ? "'?" : "");
        if (status != BAL_OK)
            worst = status;
    }
    return worst;
}

static bal_status define_parameters(bal_circuit *c, bal_scope *inner, const bal_scope *outer,
                                    const bal_token *tokens, uint32_t n)
{
    const bal_definition *d = inner->definition;
    bal_status status = check_keys(c, d, tokens, n);
    if (status == BAL_OK)
        status = bal_parameters_of_fields(c, inner, outer, tokens, n, true);
    if (status == BAL_OK)
        status = bal_parameters_of_fields(c, inner, inner, d->defaults, d->n_defaults, false);
    if (status == BAL_OK)
        status = bal_parameters_of_cards(c, inner);
    const int m = bal_names_find(&inner->parameters, bal_text_of("m"));
    inner->multiplicity = outer->multiplicity;
    if (status == BAL_OK && m >= 0) {
        status = bal_parameter_evaluate(c, m);
        inner->multiplicity *= bal_dd_double(c->parameters[m].value);
    }
    return status;
}

static const char *path_of(bal_circuit *c, const bal_scope *outer, bal_text name)
{
    if (!outer->path[0])
        return bal_arena_copy(c->in.arena, name.p, name.n);
    return bal_arena_format(c->in.arena, "%s.%.*s", outer->path, (int)name.n, name.p);
}

static bal_status unknown_subckt(bal_circuit *c, const bal_scope *outer, const bal_token *name)
{
    bal_nearest nearest;
    bal_nearest_init(&nearest, bal_span_text(name->span));
    bal_definition_offer(c, outer->definition, &nearest);
    const bal_text best = bal_nearest_get(&nearest);
    return bal_report(c->in.diag, BAL_D_UNKNOWN_SUBCKT, name->span, "no subcircuit '%s'%s%s%s",
                      BAL_SHOW(bal_span_text(name->span)), best.n ? "; did you mean '" : "",
                      best.n ? BAL_SHOW(best) : "", best.n ? "'?" : "");
}

static bal_status fill(bal_circuit *c, bal_scope *scope);

static bal_status add_instance(bal_circuit *c, bal_scope *outer, const bal_card *card)
{
    uint32_t n_nodes = 0;
    uint32_t key = 0;
    const bal_token *name = bal_instance_name(card, &n_nodes, &key);
    if (!name)
        return bal_report(c->in.diag, BAL_D_ELEMENT_SYNTAX, card->tokens[0].span,
                          "expected Xname node ... SUBCKT [key=value ...]");
    bal_definition *d = bal_definition_find(c, outer->definition, bal_span_text(name->span));
    if (d)
        d->used = true;
    if (!d)
        return unknown_subckt(c, outer, name);
    bal_scope *inner = scope_new(c, outer, d);
    if (!inner)
        return BAL_E_NOMEM;
    const bal_text own = bal_span_text(card->tokens[0].span);
    inner->path = path_of(c, outer, own);
    inner->depth = outer->depth + 1;
    int existing = -1;
    bal_status status = bal_names_add(&outer->instances, c->in.arena, own, inner->index, &existing);
    if (!inner->path)
        status = BAL_E_NOMEM;
    if (status == BAL_OK && existing >= 0)
        status = bal_report(c->in.diag, BAL_D_DUPLICATE_ELEMENT, card->tokens[0].span,
                            "instance '%s' is there already", BAL_SHOW(own));
    if (status == BAL_OK)
        status = bind_pins(c, inner, outer, card, n_nodes);
    if (status != BAL_OK)
        return status;
    inner->frame = (bal_diag_frame){c->in.diag->frame, inner->path, card->tokens[0].span};
    c->in.diag->frame = &inner->frame;
    status = define_parameters(c, inner, outer, card->tokens + key, card->n_tokens - key);
    if (status == BAL_OK)
        status = fill(c, inner);
    c->in.diag->frame = inner->frame.parent;
    return status;
}

/* One card of the list in a pass: the first is for the .model cards of .if branches, so that
 * elements may stand before them. */
static bal_status fill_card(bal_circuit *c, bal_scope *scope, bal_conditions *conditions,
                            const bal_card *card, bool models)
{
    const bal_text word = bal_span_text(card->tokens[0].span);
    if (word.p[0] == '.' && bal_is_condition(word))
        return bal_conditions_card(c, scope, conditions, card);
    if (!bal_conditions_active(conditions) || (word.p[0] == '.') != models)
        return BAL_OK;
    if (models)
        return bal_model_add(c, &scope->models, card);
    return bal_lower(word.p[0]) == 'x' ? add_instance(c, scope, card)
                                       : bal_element_add(c, scope, card);
}

static bal_status fill_pass(bal_circuit *c, bal_scope *scope, bool models)
{
    const bal_card_list *list = &scope->definition->elements;
    bal_status worst = BAL_OK;
    bal_conditions conditions = {0};
    for (size_t i = 0; i < list->n && !bal_diag_full(c->in.diag); i++) {
        const bal_status status = fill_card(c, scope, &conditions, list->cards[i], models);
        if (status == BAL_E_NOMEM)
            return status;
        worst = status != BAL_OK ? status : worst;
    }
    return worst;
}

static bal_status fill(bal_circuit *c, bal_scope *scope)
{
    const bal_status status = scope->definition->branches ? fill_pass(c, scope, true) : BAL_OK;
    return status == BAL_OK ? fill_pass(c, scope, false) : status;
}

/* Evaluates every parameter, used or not: a mistake in one is a mistake in the deck. */
static bal_status evaluate_all(bal_circuit *c)
{
    bal_status worst = BAL_OK;
    for (size_t i = 0; i < c->n_parameters && !bal_diag_full(c->in.diag); i++) {
        const bal_status status = bal_parameter_evaluate(c, (int)i);
        if (status == BAL_E_NOMEM)
            return status;
        if (status != BAL_OK)
            worst = status;
    }
    return worst;
}

bal_status bal_expand_top(bal_circuit *c)
{
    bal_scope *top = scope_new(c, NULL, c->definitions[0]);
    bal_node *grown = BAL_GROW(c, nodes);
    if (grown)
        c->nodes = grown;
    if (!top || !grown)
        return BAL_E_NOMEM;
    c->nodes[c->n_nodes++] = (bal_node){top, bal_text_of("0")};
    bal_status worst = bal_parameters_of_cards(c, top);
    if (worst == BAL_OK)
        worst = bal_settings_apply(c, true);
    if (worst == BAL_E_NOMEM)
        return worst;
    const bal_status status = bal_options_apply(c);
    return status != BAL_OK ? status : worst;
}

bal_status bal_expand(bal_circuit *c)
{
    bal_status worst = bal_expand_top(c);
    if (worst == BAL_E_NOMEM)
        return worst;
    bal_status status = fill(c, c->scopes[0]);
    worst = status != BAL_OK ? status : worst;
    if (worst == BAL_E_NOMEM)
        return worst;
    status = evaluate_all(c);
    worst = status != BAL_OK ? status : worst;
    if (worst == BAL_E_NOMEM)
        return worst;
    status = bal_references_resolve(c);
    return status != BAL_OK ? status : worst;
}
