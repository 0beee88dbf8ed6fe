/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Life cycle and plain getters of a circuit. */
#include "circuit.h"

#include <string.h>

#include "alloc.h"
#include "condition.h"

bal_circuit *bal_circuit_blank(const bal_circuit_input *input)
{
    bal_circuit *c = bal_alloc(1, sizeof *c);
    if (!c)
        return NULL;
    bal_env *environment = bal_arena_alloc(input->arena, 1, sizeof *environment);
    if (!environment) {
        bal_free(c);
        return NULL;
    }
    *environment = (bal_env){.user = c, .value = bal_parameter_value};
    c->environment = environment;
    c->in = *input;
    c->options.temperature = 27.0;
    c->options.r_branch = 1.0;
    c->options.lenient = input->lenient;
    c->controls_end = &c->controls;
    for (size_t i = 0; i < input->n_elements; i++)
        c->by_letter[(unsigned char)bal_lower(input->elements[i]->letter)] = input->elements[i];
    return c;
}

static bal_status bad_setting(bal_circuit *c, const char *what, bal_text name, bal_text best)
{
    (void)bal_report(c->in.diag, BAL_D_BAD_SETTING, (bal_span){0}, "--set: %s '%s'%s%s%s", what,
                     BAL_SHOW(name), best.n ? "; did you mean '" : "", best.n ? BAL_SHOW(best) : "",
                     best.n ? "'?" : "");
    return BAL_E_USAGE;
}

/* parameters: only those of the top level, else all but those. Elements and the parameters of
 * instances exist only once the circuit is flat. */
static bal_status apply_setting(bal_circuit *c, const char *setting, bool parameters)
{
    const char *equals = strchr(setting, '=');
    if (!equals || equals == setting)
        return bad_setting(c, "expected name=value, not", bal_text_of(setting), (bal_text){0});
    const bal_text name = {setting, (size_t)(equals - setting)};
    const bal_handle handle = bal_circuit_handle(c, name);
    if ((bal_circuit_find_parameter(c, name) >= 0) != parameters)
        return BAL_OK;
    if (handle.kind == BAL_HANDLE_NONE) {
        bal_nearest nearest;
        bal_nearest_init(&nearest, name);
        bal_circuit_offer_parameters(c, &nearest);
        bal_circuit_offer_devices(c, &nearest);
        const bal_text best = bal_nearest_get(&nearest);
        return bad_setting(c, "this deck has no parameter and no element", name, best);
    }
    if (!parameters && bal_circuit_decides(c, handle))
        return bad_setting(c, "an .if inside of an instance depends on", name, (bal_text){0});
    bal_source *source = bal_arena_alloc(c->in.arena, 1, sizeof *source);
    char *text = bal_arena_copy(c->in.arena, setting, strlen(setting));
    if (!source || !text)
        return BAL_E_NOMEM;
    *source = (bal_source){.name = "--set", .text = text, .length = (uint32_t)strlen(setting)};
    const bal_token value = {.span = {source, (uint32_t)(equals + 1 - setting), source->length},
                             .kind = equals[1] == '{' ? BAL_TOKEN_EXPR : BAL_TOKEN_WORD};
    bal_dd number = {0.0, 0.0};
    const bal_expr *expr = NULL;
    const bal_status status = bal_scope_field(c, c->scopes[0], &value, &number, &expr, NULL);
    return status == BAL_OK ? bal_circuit_set(c, handle, number) : status;
}

bal_status bal_settings_apply(bal_circuit *c, bool parameters)
{
    bal_status status = BAL_OK;
    for (size_t i = 0; i < c->in.n_settings && status == BAL_OK; i++)
        status = apply_setting(c, c->in.settings[i], parameters);
    return status;
}

static bal_status build(bal_circuit *c)
{
    bal_status worst = bal_conditions_resolve(c);
    if (worst != BAL_OK)
        return worst;
    worst = bal_definitions_collect(c);
    if (worst == BAL_E_NOMEM)
        return worst;
    bal_status status = bal_definition_size(c, c->definitions[0]);
    if (status != BAL_OK)
        return status;
    status = bal_expand(c);
    worst = status != BAL_OK ? status : worst;
    if (worst == BAL_OK)
        worst = bal_settings_apply(c, false);
    if (worst == BAL_OK)
        worst = bal_circuit_update(c);
    return worst;
}

bal_status bal_circuit_create(const bal_circuit_input *input, bal_circuit **out)
{
    bal_circuit *c = bal_circuit_blank(input);
    if (!c)
        return BAL_E_NOMEM;
    const bal_status status = build(c);
    c->in.diag->frame = NULL;
    if (status != BAL_OK) {
        bal_circuit_release(c);
        return status;
    }
    bal_circuit_settle(c);
    *out = c;
    return BAL_OK;
}

static void release_definition(bal_definition *d)
{
    bal_free(d->elements.cards);
    bal_free(d->parameters.cards);
    bal_names_release(&d->subckts);
    bal_names_release(&d->models);
    bal_names_release(&d->functions);
}

static void release_scope(bal_scope *s)
{
    bal_names_release(&s->nodes);
    bal_names_release(&s->devices);
    bal_names_release(&s->parameters);
    bal_names_release(&s->instances);
    bal_names_release(&s->models);
}

void bal_circuit_release(bal_circuit *c)
{
    if (!c)
        return;
    bal_library_close(c);
    for (size_t i = 0; i < c->n_definitions; i++)
        release_definition(c->definitions[i]);
    for (size_t i = 0; i < c->n_scopes; i++)
        release_scope(c->scopes[i]);
    bal_names_release(&c->globals);
    bal_names_release(&c->deciding);
    bal_free(c->definitions);
    bal_free(c->models);
    bal_free(c->functions);
    bal_free(c->option_cards.cards);
    bal_free(c->scopes);
    bal_free(c->parameters);
    bal_free(c->stack);
    bal_free(c->nodes);
    bal_free(c->devices);
    bal_free(c->changed);
    bal_free(c->bindings);
    bal_free(c->uses);
    bal_free(c->linears);
    bal_free(c->references);
    bal_free(c);
}

size_t bal_circuit_n_devices(const bal_circuit *c)
{
    return c->n_devices;
}

const bal_device *const *bal_circuit_devices(const bal_circuit *c)
{
    return (const bal_device *const *)c->devices;
}

int bal_circuit_n_nodes(const bal_circuit *c)
{
    return (int)c->n_nodes;
}

bal_status bal_circuit_node_name(const bal_circuit *c, int node, const char **name)
{
    const bal_node *n = &c->nodes[node];
    if (n->scope->path[0])
        *name = bal_arena_format(c->in.arena, "%s.%.*s", n->scope->path, (int)n->name.n, n->name.p);
    else
        *name = bal_arena_copy(c->in.arena, n->name.p, n->name.n);
    return *name ? BAL_OK : BAL_E_NOMEM;
}

int bal_circuit_n_sources(const bal_circuit *c)
{
    return c->n_sources;
}

const bal_control *bal_circuit_controls(const bal_circuit *c)
{
    return c->controls;
}

const bal_circuit_options *bal_circuit_option(const bal_circuit *c)
{
    return &c->options;
}

bal_arena *bal_circuit_arena(const bal_circuit *c)
{
    return c->in.arena;
}

bal_diag *bal_circuit_diag(const bal_circuit *c)
{
    return c->in.diag;
}

const bal_deck *bal_circuit_deck(const bal_circuit *c)
{
    return c->in.deck;
}

bool bal_circuit_decides(const bal_circuit *c, bal_handle handle)
{
    if (handle.kind != BAL_HANDLE_PARAMETER)
        return false;
    const bal_parameter *p = &c->parameters[handle.parameter];
    return p->decides || (bal_names_find(&c->scopes[0]->parameters, p->name) == handle.parameter &&
                          bal_names_find(&c->deciding, p->name) >= 0);
}

bal_dd bal_circuit_parameter(const bal_circuit *c, int id)
{
    return c->parameters[id].value;
}

bal_status bal_circuit_real(bal_circuit *c, const bal_token *token, bal_dd *value)
{
    const bal_expr *expr = NULL;
    return bal_scope_field(c, c->scopes[0], token, value, &expr, NULL);
}
