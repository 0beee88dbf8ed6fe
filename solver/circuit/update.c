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

static bal_status set_device(bal_circuit *c, bal_handle handle, bal_dd value)
{
    bal_device *dev = c->devices[handle.device];
    const bal_dd old = dev->values[handle.index];
    dev->values[handle.index] = value;
    const bal_status status = bal_device_check_value(c, dev, handle.index, dev->at);
    if (status != BAL_OK) {
        dev->values[handle.index] = old;
        return status;
    }
    drop_bindings(c, dev, handle.index);
    dev->given |= (uint64_t)1 << handle.index;
    return bal_circuit_mark(c, (size_t)handle.device);
}

bal_status bal_circuit_set(bal_circuit *c, bal_handle handle, bal_dd value)
{
    switch (handle.kind) {
    case BAL_HANDLE_DEVICE:
        return set_device(c, handle, value);
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
