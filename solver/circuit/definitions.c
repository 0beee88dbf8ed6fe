/* SPDX-License-Identifier: GPL-3.0-or-later */
/* First pass over the cards: sorts them by subcircuit as written and by kind. Nesting is followed
 * with parent pointers, so its depth costs no stack. */
#include "condition.h"

#include <string.h>

#include "alloc.h"

static bal_status list_add(bal_card_list *list, const bal_card *card)
{
    const bal_card **grown =
        bal_grow(list->cards, &list->capacity, list->n + 1, sizeof *list->cards);
    if (!grown)
        return BAL_E_NOMEM;
    list->cards = grown;
    list->cards[list->n++] = card;
    return BAL_OK;
}

static bal_definition *definition_new(bal_circuit *c, bal_definition *parent)
{
    bal_definition *d = bal_arena_alloc(c->in.arena, 1, sizeof *d);
    bal_definition **grown = BAL_GROW(c, definitions);
    if (grown)
        c->definitions = grown;
    if (!d || !grown)
        return NULL;
    d->parent = parent;
    d->size = -1.0;
    d->index = (int)c->n_definitions;
    c->definitions[c->n_definitions++] = d;
    return d;
}

static bool is_bracket(const bal_token *token)
{
    return token->kind == BAL_TOKEN_LEFT || token->kind == BAL_TOKEN_RIGHT;
}

static bal_status check_pins(bal_circuit *c, const bal_definition *d)
{
    bal_status status = BAL_OK;
    for (int i = 0; i < d->n_pins; i++)
        for (int j = 0; j < i; j++) {
            const bal_text pin = bal_span_text(d->pins[i]->span);
            if (bal_text_same(pin, bal_span_text(d->pins[j]->span)))
                status = bal_report(c->in.diag, BAL_D_DUPLICATE_PIN, d->pins[i]->span,
                                    "pin '%s' is named twice", BAL_SHOW(pin));
        }
    return status;
}

/* .subckt NAME pin ... [params:] key=value ... */
static bal_status read_header(bal_circuit *c, bal_definition *d, const bal_card *card)
{
    if (card->n_tokens < 2 || !bal_token_is_name(&card->tokens[1]))
        return bal_report(c->in.diag, BAL_D_CARD_SYNTAX, card->tokens[0].span,
                          "expected .subckt NAME pin ... [key=value ...]");
    d->name = bal_span_text(card->tokens[1].span);
    d->at = card->tokens[1].span;
    const bal_token **pins = bal_arena_alloc(c->in.arena, card->n_tokens, sizeof *pins);
    if (!pins)
        return BAL_E_NOMEM;
    uint32_t i = 2;
    for (; i < card->n_tokens && !bal_card_is_key(card, i); i++) {
        if (bal_text_is(bal_span_text(card->tokens[i].span), "params:"))
            break;
        if (!is_bracket(&card->tokens[i]))
            pins[d->n_pins++] = &card->tokens[i];
    }
    if (i < card->n_tokens && !bal_card_is_key(card, i))
        i++;
    d->pins = pins;
    d->defaults = card->tokens + i;
    d->n_defaults = card->n_tokens - i;
    return check_pins(c, d);
}

static bal_status open_subckt(bal_circuit *c, bal_definition **current, const bal_card *card)
{
    bal_definition *parent = *current;
    bal_definition *d = definition_new(c, parent);
    if (!d)
        return BAL_E_NOMEM;
    *current = d;
    d->at = card->tokens[0].span;
    const bal_status header = read_header(c, d, card);
    if (header == BAL_E_NOMEM || d->name.n == 0)
        return header;
    int existing = -1;
    bal_status status = bal_names_add(&parent->subckts, c->in.arena, d->name, d->index, &existing);
    if (status == BAL_OK && existing >= 0) {
        status = bal_report(c->in.diag, BAL_D_DUPLICATE_SUBCKT, d->at,
                            "subcircuit '%s' is defined twice", BAL_SHOW(d->name));
        bal_note(c->in.diag, c->definitions[existing]->at, "first defined here");
    }
    return status == BAL_OK ? header : status; /* known in any case: its users are not at fault */
}

static bal_status close_subckt(bal_circuit *c, bal_definition **current, const bal_card *card)
{
    if (!(*current)->parent)
        return bal_report(c->in.diag, BAL_D_SUBCKT_NOT_CLOSED, card->tokens[0].span,
                          ".ends without .subckt");
    bal_definition *d = *current;
    *current = d->parent;
    if (card->n_tokens > 1 && !bal_text_same(bal_span_text(card->tokens[1].span), d->name))
        return bal_report(c->in.diag, BAL_D_SUBCKT_NOT_CLOSED, card->tokens[1].span,
                          "expected '.ends %s', which closes the .subckt", BAL_SHOW(d->name));
    return BAL_OK;
}

/* .model NAME TYPE(key=value ...) or .model NAME TYPE key=value ... */
bal_status bal_model_add(bal_circuit *c, bal_name_table *models, const bal_card *card)
{
    if (card->n_tokens < 3)
        return bal_report(c->in.diag, BAL_D_CARD_SYNTAX, card->tokens[0].span,
                          "expected .model NAME TYPE (key=value ...)");
    bal_model *grown = BAL_GROW(c, models);
    if (!grown)
        return BAL_E_NOMEM;
    c->models = grown;
    bal_span head = {0};
    const bal_token *inner = NULL;
    uint32_t n_inner = 0;
    bal_status status =
        bal_token_open(&card->tokens[2], c->in.arena, c->in.diag, &head, &inner, &n_inner);
    if (status != BAL_OK)
        return status;
    const bal_text name = bal_span_text(card->tokens[1].span);
    c->models[c->n_models] = (bal_model){.name = name,
                                         .type = bal_span_text(head),
                                         .at = card->tokens[1].span,
                                         .tokens = n_inner ? inner : card->tokens + 3,
                                         .n_tokens = n_inner ? n_inner : card->n_tokens - 3};
    int existing = -1;
    status = bal_names_add(models, c->in.arena, name, (int)c->n_models, &existing);
    if (status == BAL_OK && existing >= 0) {
        status = bal_report(c->in.diag, BAL_D_DUPLICATE_MODEL, card->tokens[1].span,
                            "model '%s' is defined again; the first one counts", BAL_SHOW(name));
        bal_note(c->in.diag, c->models[existing].at, "first defined here");
        return status;
    }
    c->n_models++;
    return status;
}

/* name(a, b) {body}, with or without '=' and braces; the place of the word before it. */
static bal_status add_function(bal_circuit *c, bal_definition *d, const bal_token *fields,
                               uint32_t n_fields)
{
    const bal_card whole = {fields - 1, n_fields + 1};
    const bal_card *card = &whole;
    bal_span head = {0};
    const bal_token *inner = NULL;
    uint32_t n = 0;
    if (card->n_tokens < 3)
        return bal_report(c->in.diag, BAL_D_CARD_SYNTAX, card->tokens[0].span,
                          "expected .func name(argument, ...) {expression}");
    bal_status status =
        bal_token_open(&card->tokens[1], c->in.arena, c->in.diag, &head, &inner, &n);
    if (status != BAL_OK)
        return status;
    uint32_t body = card->tokens[2].kind == BAL_TOKEN_EQUALS ? 3 : 2;
    bal_text *names = bal_arena_alloc(c->in.arena, n + 1, sizeof *names);
    bal_function_entry *grown = BAL_GROW(c, functions);
    if (grown)
        c->functions = grown;
    if (!names || !grown)
        return BAL_E_NOMEM;
    if (body >= card->n_tokens)
        return bal_report(c->in.diag, BAL_D_CARD_SYNTAX, card->tokens[0].span,
                          "expected an expression behind the name");
    for (uint32_t i = 0; i < n; i++)
        names[i] = bal_span_text(inner[i].span);
    const bal_span text =
        bal_span_join(card->tokens[body].span, card->tokens[card->n_tokens - 1].span);
    c->functions[c->n_functions] = (bal_function_entry){{names, (int)n, text}, bal_span_text(head)};
    int existing = -1;
    status = bal_names_add(&d->functions, c->in.arena, bal_span_text(head), (int)c->n_functions,
                           &existing);
    if (status == BAL_OK && existing >= 0)
        bal_names_set(&d->functions, bal_span_text(head), (int)c->n_functions);
    c->n_functions++;
    return status;
}

/* Xyce and HSPICE: .param f(x)={x*2} beside plain parameters. */
static bal_status add_functions_of_param(bal_circuit *c, bal_definition *d, const bal_card *card)
{
    for (uint32_t i = 1; i < card->n_tokens; i++) {
        if (!bal_parameter_is_function(card, i))
            continue;
        const uint32_t end = bal_field_end(card->tokens, card->n_tokens, i + 2);
        const bal_status status = add_function(c, d, card->tokens + i, end - i);
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}

static bal_status add_globals(bal_circuit *c, const bal_card *card)
{
    for (uint32_t i = 1; i < card->n_tokens; i++) {
        int existing = -1;
        const bal_status status = bal_names_add(&c->globals, c->in.arena,
                                                bal_span_text(card->tokens[i].span), 1, &existing);
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}

static bal_status add_control(bal_circuit *c, const bal_definition *d, const bal_card *card)
{
    if (d->parent)
        return bal_report(c->in.diag, BAL_D_IGNORED_CARD, card->tokens[0].span,
                          "'%s' inside a subcircuit has no meaning here",
                          BAL_SHOW(bal_span_text(card->tokens[0].span)));
    bal_control *control = bal_arena_alloc(c->in.arena, 1, sizeof *control);
    if (!control)
        return BAL_E_NOMEM;
    control->card = card;
    *c->controls_end = control;
    c->controls_end = &control->next;
    return BAL_OK;
}

/* What stands between the parts of a library file that was looked up. */
static bal_status refuse_in_library(const bal_circuit *c, const bal_card *card)
{
    return bal_report(c->in.diag, BAL_D_IGNORED_CARD, card->tokens[0].span,
                      "'%s' outside of a part is passed over here; .include the file to have it",
                      BAL_SHOW(bal_span_text(card->tokens[0].span)));
}

static bal_status refuse_in_branch(bal_circuit *c, bal_definition **current, const bal_card *card)
{
    const bal_text word = bal_span_text(card->tokens[0].span);
    const bal_status status =
        bal_report(c->in.diag, BAL_D_CONDITION, card->tokens[0].span,
                   "inside a subcircuit an .if chooses among elements, .param and .model, not '%s'",
                   BAL_SHOW(word));
    if (bal_text_is(word, ".subckt") && open_subckt(c, current, card) == BAL_E_NOMEM)
        return BAL_E_NOMEM; /* its .ends closes this one */
    return status;
}

static bal_status sort_dot_card(bal_circuit *c, bal_definition **current, const bal_card *card)
{
    const bal_text word = bal_span_text(card->tokens[0].span);
    bal_definition *d = *current;

    if (d->ifs && (bal_text_is(word, ".subckt") || bal_text_is(word, ".func")))
        return refuse_in_branch(c, current, card);
    if (d->parent && bal_is_condition(word)) {
        d->branches = true;
        d->ifs += bal_text_is(word, ".if") - (d->ifs > 0 && bal_text_is(word, ".endif"));
        const bal_status status = list_add(&d->elements, card);
        return status == BAL_OK ? list_add(&d->parameters, card) : status;
    }
    if (bal_text_is(word, ".subckt") || bal_text_is(word, ".macro"))
        return open_subckt(c, current, card);
    if (bal_text_is(word, ".ends") || bal_text_is(word, ".eom"))
        return close_subckt(c, current, card);
    if (bal_text_is(word, ".model"))
        return d->ifs ? list_add(&d->elements, card) : bal_model_add(c, &d->models, card);
    if (bal_text_is(word, ".func"))
        return add_function(c, d, card->tokens + 1, card->n_tokens - 1);
    if (d->is_library)
        return refuse_in_library(c, card);
    if (bal_text_is(word, ".param") || bal_text_is(word, ".params") ||
        bal_text_is(word, ".global_param")) {
        const bal_status status = add_functions_of_param(c, d, card);
        return status == BAL_OK ? list_add(&d->parameters, card) : status;
    }
    if (bal_text_is(word, ".global"))
        return add_globals(c, card);
    if (bal_text_is(word, ".options") || bal_text_is(word, ".option") ||
        bal_text_is(word, ".opt") || bal_text_is(word, ".temp"))
        return list_add(&c->option_cards, card);
    return add_control(c, d, card);
}

static bal_status sort_card(bal_circuit *c, bal_definition **current, const bal_card *card)
{
    const bal_text word = bal_span_text(card->tokens[0].span);
    if (word.n && word.p[0] == '.') {
        c->in_table = bal_text_is(word, ".data") && !(*current)->parent;
        return sort_dot_card(c, current, card);
    }
    if ((*current)->is_library)
        return refuse_in_library(c, card);
    if (c->in_table && bal_number_looks_like(word))
        return add_control(c, *current, card); /* a row of .data */
    c->in_table = false;
    return list_add(&(*current)->elements, card);
}

bal_definition *bal_definitions_root(bal_circuit *c)
{
    return definition_new(c, NULL);
}

bal_status bal_definitions_sort(bal_circuit *c, bal_definition *root, const bal_card *cards,
                                size_t n)
{
    bal_definition *current = root;
    bal_status worst = BAL_OK;
    for (size_t i = 0; i < n && !bal_diag_full(c->in.diag); i++) {
        const bal_status status = sort_card(c, &current, &cards[i]);
        if (status == BAL_E_NOMEM)
            return status;
        if (status != BAL_OK)
            worst = status;
    }
    if (current->parent && worst == BAL_OK)
        worst = bal_report(c->in.diag, BAL_D_SUBCKT_NOT_CLOSED, current->at,
                           "subcircuit '%s' is never closed by .ends", BAL_SHOW(current->name));
    return worst;
}

bal_status bal_definitions_collect(bal_circuit *c)
{
    bal_definition *top = bal_definitions_root(c);
    return top ? bal_definitions_sort(c, top, c->in.deck->cards, c->in.deck->n_cards) : BAL_E_NOMEM;
}

bal_text bal_part_meant(const bal_circuit *c, const bal_definition *user, bal_text name)
{
    if (user->parent || user->is_library)
        return name;
    for (size_t i = 0; i < c->in.n_parts; i++) {
        const bal_text pair = bal_text_of(c->in.parts[i]);
        if (pair.n > name.n && pair.p[name.n] == '=' &&
            bal_text_same((bal_text){pair.p, name.n}, name))
            return (bal_text){pair.p + name.n + 1, pair.n - name.n - 1};
    }
    return name;
}

bal_definition *bal_definition_find(const bal_circuit *c, const bal_definition *from, bal_text name)
{
    name = bal_part_meant(c, from, name);
    for (; from; from = from->parent) {
        const int i = bal_names_find(&from->subckts, name);
        if (i >= 0)
            return c->definitions[i];
    }
    const bal_definition *library = bal_library_root(c, name, false);
    const int found = library ? bal_names_find(&library->subckts, name) : -1;
    return found >= 0 ? c->definitions[found] : NULL;
}

void bal_definition_offer(const bal_circuit *c, const bal_definition *from, bal_nearest *nearest)
{
    for (; from; from = from->parent)
        bal_names_offer(&from->subckts, nearest);
    bal_library_offer(c, false, nearest);
}

const bal_model *bal_model_find(const bal_circuit *c, const bal_definition *from, bal_text name)
{
    for (; from; from = from->parent) {
        const int i = bal_names_find(&from->models, name);
        if (i < 0)
            continue;
        c->models[i].used = true;
        return &c->models[i];
    }
    const bal_definition *library = bal_library_root(c, name, true);
    const int found = library ? bal_names_find(&library->models, name) : -1;
    return found >= 0 ? &c->models[found] : NULL;
}

void bal_model_offer(const bal_circuit *c, const bal_definition *from, bal_nearest *nearest)
{
    for (; from; from = from->parent)
        bal_names_offer(&from->models, nearest);
    bal_library_offer(c, true, nearest);
}

const bal_model *bal_scope_model(const bal_circuit *c, const bal_scope *scope, bal_text name)
{
    const int i = bal_names_find(&scope->models, name);
    return i >= 0 ? &c->models[i] : bal_model_find(c, scope->definition, name);
}
