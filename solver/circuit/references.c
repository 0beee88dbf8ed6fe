/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be judged only when all elements are known: references to others, groups such as
 * windings. */
#include "internal.h"

#include <string.h>

#include "alloc.h"

static bal_status resolve(bal_circuit *c, const bal_reference *reference)
{
    const bal_text name = bal_span_text(reference->name);
    const bal_scope *scope = reference->scope;
    bal_text rest = name;
    int found = bal_names_find(&scope->devices, name);
    if (found < 0) {
        const ptrdiff_t global = bal_circuit_find_device(c, name);
        found = scope->path[0] && !memchr(rest.p, '.', rest.n) ? -1 : (int)global;
    }
    const bal_device *dev = c->devices[reference->device];
    if (found >= 0) {
        const bal_device **refs;
        memcpy(&refs, &dev->refs, sizeof refs); /* filled here, constant to the models */
        refs[reference->position] = c->devices[found];
        return BAL_OK;
    }
    bal_nearest nearest;
    bal_nearest_init(&nearest, name);
    bal_names_offer(&scope->devices, &nearest);
    const bal_text best = bal_nearest_get(&nearest);
    return bal_report(c->in.diag, BAL_D_UNKNOWN_REFERENCE, reference->name,
                      "'%.*s' refers to '%s', which is not there%s%s%s", (int)dev->name.n,
                      dev->name.p, BAL_SHOW(name), best.n ? "; did you mean '" : "",
                      best.n ? BAL_SHOW(best) : "", best.n ? "'?" : "");
}

/* check() of devices with references runs when these are known; check_all() last of all. */
static bal_status check_groups(bal_circuit *c)
{
    const bal_device **group = bal_alloc(c->n_devices + 1, sizeof *group);
    if (!group)
        return BAL_E_NOMEM;
    bal_status worst = BAL_OK;
    for (size_t k = 0; k < c->in.n_elements; k++) {
        const bal_device_ops *ops = c->in.elements[k];
        size_t n = 0;
        if (!ops->check_all)
            continue;
        for (size_t i = 0; i < c->n_devices; i++)
            if (c->devices[i]->ops == ops)
                group[n++] = c->devices[i];
        const bal_status status = n ? ops->check_all(group, n, c->in.diag) : BAL_OK;
        worst = status != BAL_OK ? status : worst;
    }
    bal_free(group);
    return worst;
}

bal_status bal_references_resolve(bal_circuit *c)
{
    bal_status worst = BAL_OK;
    for (size_t i = 0; i < c->n_references; i++) {
        const bal_status status = resolve(c, &c->references[i]);
        worst = status != BAL_OK ? status : worst;
    }
    if (worst != BAL_OK)
        return worst;
    for (size_t i = 0; i < c->n_devices; i++) {
        const bal_device *dev = c->devices[i];
        if (!dev->n_refs || !dev->ops->check)
            continue;
        const bal_status status = dev->ops->check(dev, c->in.diag);
        worst = status != BAL_OK ? status : worst;
    }
    return worst == BAL_OK ? check_groups(c) : worst;
}
