/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changing values of a circuit that stands: steps, --set. */
#include "linear.h"

#include <string.h>

#include "alloc.h"

bal_status bal_circuit_mark(bal_circuit *c, size_t device)
{
    size_t *grown = BAL_GROW(c, changed);
    if (!grown)
        return BAL_E_NOMEM;
    c->changed = grown;
    c->changed[c->n_changed++] = device;
    return BAL_OK;
}

static void drop_bindings(bal_circuit *c, const bal_device *owner, int index)
{
    for (size_t i = 0; i < c->n_bindings; i++)
        if (c->bindings[i].owner == owner && c->bindings[i].index == index)
            c->bindings[i] = c->bindings[--c->n_bindings];
}

/* A number takes the place of an expression of the frequency. */
static void drop_function(const bal_device *owner, int index)
{
    const bal_expr **functions;
    if (!owner->functions)
        return;
    memcpy(&functions, &owner->functions, sizeof functions); /* constant to the models only */
    functions[index] = NULL;
}

/* Of a device, or of the model that devices share. */
static bal_status set_value(bal_circuit *c, bal_device *owner, int index, bal_dd value)
{
    const bal_dd old = owner->values[index];
    owner->values[index] = value;
    const bal_status status = bal_device_check_value(c, owner, index, owner->at);
    if (status != BAL_OK) {
        owner->values[index] = old;
        return status;
    }
    drop_bindings(c, owner, index);
    drop_function(owner, index);
    owner->given |= (uint64_t)1 << index;
    return BAL_OK;
}

static bal_status set_device(bal_circuit *c, bal_handle handle, bal_dd value)
{
    const bal_status status = set_value(c, c->devices[handle.device], handle.index, value);
    return status == BAL_OK ? bal_circuit_mark(c, (size_t)handle.device) : status;
}

/* A model with a row of its own may be a member of others: all that have one are stamped anew. */
static bal_status set_model(bal_circuit *c, bal_handle handle, bal_dd value)
{
    bal_status status = BAL_OK;
    bool shared = false;
    for (size_t i = 0; i < c->n_uses && status == BAL_OK; i++) {
        const bal_model_use *use = &c->uses[i];
        if (use->model != handle.parameter || (use->index >= 0 && use->index != handle.index))
            continue;
        shared |= use->index < 0;
        status = set_value(c, use->owner, handle.index, value);
        if (status == BAL_OK)
            status = bal_circuit_mark(c, use->device);
    }
    for (size_t i = 0; shared && i < c->n_devices && status == BAL_OK; i++)
        if (c->devices[i]->model)
            status = bal_circuit_mark(c, i);
    return status;
}

bal_status bal_circuit_set(bal_circuit *c, bal_handle handle, bal_dd value)
{
    switch (handle.kind) {
    case BAL_HANDLE_DEVICE:
        return set_device(c, handle, value);
    case BAL_HANDLE_MODEL:
        return set_model(c, handle, value);
    case BAL_HANDLE_TEMP:
        c->options.temperature = bal_dd_double(value);
        for (size_t i = 0; i < c->n_devices; i++) {
            c->devices[i]->temperature = c->options.temperature;
            const bal_status status = bal_circuit_mark(c, i);
            if (status != BAL_OK)
                return status;
        }
        break;
    case BAL_HANDLE_PARAMETER: {
        bal_parameter *p = &c->parameters[handle.parameter];
        p->expr = NULL;
        p->body.source = NULL;
        p->value = value;
        break;
    }
    case BAL_HANDLE_NONE:
        return BAL_E_USAGE;
    }
    for (size_t i = 0; i < c->n_parameters; i++)
        if (c->parameters[i].expr)
            c->parameters[i].state = BAL_PARAMETER_UNKNOWN;
    c->stale = true;
    return BAL_OK;
}

static bool same(bal_dd a, bal_dd b)
{
    return a.hi == b.hi && a.lo == b.lo;
}

static bal_status rebind(bal_circuit *c, const bal_binding *binding)
{
    bal_device *owner = binding->owner;
    if (bal_expr_used(binding->expr).frequency)
        return bal_circuit_mark(c, binding->device);
    bal_dd *slot = binding->element < 0 ? &owner->values[binding->index]
                                        : &owner->data[binding->index].list[binding->element];
    bal_dd value = {0.0, 0.0};
    bal_status status = bal_scope_value(c, binding->expr, &value);
    if (status != BAL_OK || same(value, *slot))
        return status;
    *slot = value;
    if (binding->element < 0)
        status = bal_device_check_value(c, owner, binding->index, bal_expr_span(binding->expr));
    return status == BAL_OK ? bal_circuit_mark(c, binding->device) : status;
}

/* Values that are right each by itself may be wrong together. */
static bal_status check_changed(bal_circuit *c)
{
    bal_status worst = BAL_OK;
    for (size_t i = 0; i < c->n_changed && worst == BAL_OK; i++) {
        const bal_device *dev = c->devices[c->changed[i]];
        if (dev->model && dev->model->ops->check)
            worst = dev->model->ops->check(dev->model, c->in.diag);
        if (worst == BAL_OK && dev->model && dev->ops->check)
            worst = dev->ops->check(dev, c->in.diag);
    }
    return worst;
}

static bal_status mark_couplings(bal_circuit *c)
{
    const size_t n = c->n_changed;
    for (size_t i = 0; i < c->n_devices; i++) {
        const bal_device *dev = c->devices[i];
        bool hit = false;
        for (int r = 0; r < dev->n_refs && !hit; r++)
            for (size_t k = 0; k < n && !hit; k++)
                hit = dev->refs[r] == c->devices[c->changed[k]];
        const bal_status status = hit ? bal_circuit_mark(c, i) : BAL_OK;
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}

bal_status bal_circuit_update(bal_circuit *c)
{
    bal_status worst = BAL_OK;
    if (c->stale)
        for (size_t i = 0; i < c->n_parameters; i++) {
            const bal_status status = bal_parameter_evaluate(c, (int)i);
            worst = status != BAL_OK ? status : worst;
        }
    if (c->stale && worst == BAL_OK)
        for (size_t i = 0; i < c->n_bindings; i++) {
            const bal_status status = rebind(c, &c->bindings[i]);
            worst = status != BAL_OK ? status : worst;
        }
    if (c->stale && worst == BAL_OK)
        worst = bal_linear_update(c);
    c->stale = false;
    worst = worst == BAL_OK ? check_changed(c) : worst;
    return worst == BAL_OK ? mark_couplings(c) : worst;
}

const size_t *bal_circuit_changed(const bal_circuit *c, size_t *n)
{
    *n = c->n_changed;
    return c->changed;
}

void bal_circuit_settle(bal_circuit *c)
{
    c->n_changed = 0;
}
