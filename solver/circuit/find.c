/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From names as users write them to numbers: x1.x2.n, ngspice's r.x1.r3 and v.x1.v7. */
#include "internal.h"

#include <string.h>

/* Follows instance names; *rest receives what stands behind the last one found. */
const bal_scope *bal_circuit_scope(const bal_circuit *c, bal_text path, bal_text *rest)
{
    const bal_scope *scope = c->scopes[0];
    *rest = path;
    for (;;) {
        const char *dot = memchr(rest->p, '.', rest->n);
        int inner = -1;
        while (dot && inner < 0) { /* an instance name may itself hold dots */
            const bal_text head = {rest->p, (size_t)(dot - rest->p)};
            inner = bal_names_find(&scope->instances, head);
            if (inner < 0)
                dot = memchr(dot + 1, '.', rest->n - head.n - 1);
        }
        if (inner < 0)
            return scope;
        scope = c->scopes[inner];
        const size_t used = (size_t)(dot - rest->p) + 1;
        *rest = (bal_text){rest->p + used, rest->n - used};
    }
}

int bal_circuit_find_node(const bal_circuit *c, bal_text name)
{
    if (bal_text_is(name, "0") || bal_text_is(name, "gnd"))
        return 0;
    const int top = bal_names_find(&c->scopes[0]->nodes, name);
    if (top >= 0)
        return top;
    bal_text rest;
    const bal_scope *scope = bal_circuit_scope(c, name, &rest);
    return bal_names_find(&scope->nodes, rest);
}

static ptrdiff_t find_plain(const bal_circuit *c, bal_text name)
{
    const int top = bal_names_find(&c->scopes[0]->devices, name);
    if (top >= 0)
        return top;
    bal_text rest;
    const bal_scope *scope = bal_circuit_scope(c, name, &rest);
    return bal_names_find(&scope->devices, rest);
}

ptrdiff_t bal_circuit_find_device(const bal_circuit *c, bal_text name)
{
    const ptrdiff_t plain = find_plain(c, name);
    if (plain >= 0 || name.n < 4 || name.p[1] != '.')
        return plain;
    const bal_text inner = {name.p + 2, name.n - 2}; /* r.x1.r3: the letter first */
    const ptrdiff_t found = find_plain(c, inner);
    if (found >= 0 && bal_lower(c->devices[found]->ops->letter) == bal_lower(name.p[0]))
        return found;
    return -1;
}

bool bal_circuit_has_instance(const bal_circuit *c, bal_text name)
{
    return bal_names_find(&c->scopes[0]->instances, name) >= 0;
}

void bal_circuit_offer_nodes(const bal_circuit *c, bal_nearest *nearest)
{
    for (size_t i = 0; i < c->n_nodes && i < 100000; i++)
        if (c->nodes[i].scope == c->scopes[0])
            bal_nearest_offer(nearest, c->nodes[i].name);
}

void bal_circuit_offer_devices(const bal_circuit *c, bal_nearest *nearest)
{
    for (size_t i = 0; i < c->n_devices && i < 100000; i++)
        bal_nearest_offer(nearest, c->devices[i]->name);
}

int bal_circuit_find_parameter(const bal_circuit *c, bal_text name)
{
    const int id = bal_names_find(&c->scopes[0]->parameters, name);
    if (id >= 0)
        c->parameters[id].used = true;
    return id;
}

void bal_circuit_offer_parameters(const bal_circuit *c, bal_nearest *nearest)
{
    bal_text rest;
    const bal_scope *scope = bal_circuit_scope(c, nearest->word, &rest);
    bal_names_offer(&c->scopes[0]->parameters, nearest);
    if (scope == c->scopes[0])
        return;
    bal_nearest inner; /* of the instance that the word begins with */
    bal_nearest_init(&inner, rest);
    bal_names_offer(&scope->parameters, &inner);
    const bal_text best = bal_nearest_get(&inner);
    const char *full =
        best.n ? bal_arena_format(c->in.arena, "%s.%.*s", scope->path, (int)best.n, best.p) : NULL;
    if (full)
        bal_nearest_offer(nearest, bal_text_of(full));
}

const bal_user_function *bal_circuit_function(const bal_circuit *c, bal_text name, int n_arguments)
{
    (void)n_arguments;
    const int i = bal_names_find(&c->definitions[0]->functions, name);
    return i >= 0 ? &c->functions[i].function : NULL;
}

/* V1:acmag, C1:rser, x1.r3:tc1 (Xyce separates with ':' throughout). A parameter of the model's
 * letter, R1:R, is the value itself. Else rm(r) or rm:r of a model. */
static bal_handle parameter_handle(const bal_circuit *c, bal_text name)
{
    size_t n = name.n;
    while (n > 0 && name.p[n - 1] != ':')
        n--;
    const ptrdiff_t device = n > 1 ? bal_circuit_find_device(c, (bal_text){name.p, n - 1}) : -1;
    if (device < 0)
        return bal_model_handle(c, name);
    const bal_device_ops *ops = c->devices[device]->ops;
    const bal_text key = {name.p + n, name.n - n};
    if (ops->is_source && bal_text_is(key, "acmag"))
        return (bal_handle){BAL_HANDLE_DEVICE, -1, device, ops->ac_magnitude};
    if (ops->is_source && bal_text_is(key, "acphase"))
        return (bal_handle){BAL_HANDLE_DEVICE, -1, device, ops->ac_phase};
    for (int i = 0; i < ops->n_params; i++)
        if (bal_text_is(key, ops->params[i].name) &&
            (ops->params[i].kind == BAL_P_REAL || ops->params[i].kind == BAL_P_FREQ))
            return (bal_handle){BAL_HANDLE_DEVICE, -1, device, i};
    return (bal_handle){BAL_HANDLE_NONE, -1, -1, -1};
}

/* A parameter at the top, or of an instance: x1.r. */
static int find_parameter(const bal_circuit *c, bal_text name)
{
    bal_text rest;
    const int top = bal_circuit_find_parameter(c, name);
    const bal_scope *scope = bal_circuit_scope(c, name, &rest);
    const int id = top >= 0 ? top : bal_names_find(&scope->parameters, rest);
    if (id >= 0)
        c->parameters[id].used = true;
    return id;
}

bal_handle bal_circuit_handle(const bal_circuit *c, bal_text name)
{
    const bal_handle none = {BAL_HANDLE_NONE, -1, -1, -1};
    const int parameter = find_parameter(c, name);
    if (parameter >= 0)
        return (bal_handle){BAL_HANDLE_PARAMETER, parameter, -1, -1};
    const ptrdiff_t device = bal_circuit_find_device(c, name);
    if (device < 0 && bal_text_is(name, "temp"))
        return (bal_handle){BAL_HANDLE_TEMP, -1, -1, -1};
    if (device < 0)
        return parameter_handle(c, name);
    const bal_device_ops *ops = c->devices[device]->ops;
    if (ops->is_source)
        return (bal_handle){BAL_HANDLE_DEVICE, -1, device, ops->ac_magnitude};
    for (int i = 0; i < ops->n_params; i++)
        if (ops->params[i].flags & BAL_POSITIONAL &&
            (ops->params[i].kind == BAL_P_REAL || ops->params[i].kind == BAL_P_FREQ))
            return (bal_handle){BAL_HANDLE_DEVICE, -1, device, i};
    return none;
}
