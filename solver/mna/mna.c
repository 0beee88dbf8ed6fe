/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Life cycle, restamps and points. */
#include "mna.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "mna_system.h"

/* ---- references between devices ---- */

typedef struct bal_known_device {
    const bal_device *device;
    size_t number;
} bal_known_device;

static int bal_compare_devices(const void *a, const void *b)
{
    const uintptr_t p = (uintptr_t)((const bal_known_device *)a)->device;
    const uintptr_t q = (uintptr_t)((const bal_known_device *)b)->device;
    return (p > q) - (p < q);
}

static bal_status bal_resolve_refs(bal_mna *m, const bal_known_device known[])
{
    size_t at = 0;
    for (size_t d = 0; d < m->n_devices; d++) {
        for (int r = 0; r < m->devices[d]->n_refs; r++) {
            const bal_known_device key = {m->devices[d]->refs[r], 0};
            const bal_known_device *found =
                bsearch(&key, known, m->n_devices, sizeof key, bal_compare_devices);
            if (!found)
                return BAL_E_USAGE;
            m->ref_device[at++] = found->number;
        }
    }
    return BAL_OK;
}

static bal_status bal_find_refs(bal_mna *m)
{
    m->ref_offset = bal_alloc(m->n_devices + 1, sizeof *m->ref_offset);
    if (!m->ref_offset)
        return BAL_E_NOMEM;
    for (size_t d = 0; d < m->n_devices; d++)
        m->ref_offset[d + 1] = m->ref_offset[d] + (size_t)m->devices[d]->n_refs;
    const size_t n_refs = m->ref_offset[m->n_devices];
    m->ref_device = bal_alloc(n_refs, sizeof *m->ref_device);
    if (!m->ref_device)
        return BAL_E_NOMEM;
    if (n_refs == 0)
        return BAL_OK;
    bal_known_device *known = bal_alloc(m->n_devices, sizeof *known);
    if (!known)
        return BAL_E_NOMEM;
    for (size_t d = 0; d < m->n_devices; d++)
        known[d] = (bal_known_device){m->devices[d], d};
    qsort(known, m->n_devices, sizeof *known, bal_compare_devices);
    const bal_status status = bal_resolve_refs(m, known);
    bal_free(known);
    return status;
}

/* ---- life cycle ---- */

/* Builds the system anew and puts it in the place of the old one. */
static bal_status bal_rebuild(bal_mna *m)
{
    bal_mna_system *system = NULL;
    const bal_status status = bal_mna_system_build(m, &system);
    if (status)
        return status;
    bal_mna_system_destroy(m->system);
    m->system = system;
    m->reference_is_old = true;
    return BAL_OK;
}

static bal_status bal_copy_input(bal_mna *m, const bal_mna_input *input)
{
    m->n_devices = input->n_devices;
    m->n_nodes = input->n_nodes;
    m->n_tied = input->n_tied;
    m->n_sources = input->n_sources;
    m->range = input->range;
    m->omega_reference = input->omega_reference;
    m->temperature = input->temperature;
    m->devices = bal_alloc(input->n_devices, sizeof *m->devices);
    m->tied = bal_alloc((size_t)input->n_tied, sizeof *m->tied);
    if (!m->devices || !m->tied)
        return BAL_E_NOMEM;
    for (size_t d = 0; d < input->n_devices; d++)
        m->devices[d] = input->devices[d];
    for (int k = 0; k < input->n_tied; k++)
        m->tied[k] = input->tied[k];
    return BAL_OK;
}

bal_status bal_mna_create(const bal_mna_input *input, bal_mna **out)
{
    bal_mna *m = bal_alloc(1, sizeof *m);
    if (!m)
        return BAL_E_NOMEM;
    bal_status status = bal_copy_input(m, input);
    if (!status)
        status = bal_find_refs(m);
    if (!status)
        status = bal_rebuild(m);
    if (status) {
        bal_mna_destroy(m);
        return status;
    }
    *out = m;
    return BAL_OK;
}

void bal_mna_destroy(bal_mna *m)
{
    if (!m)
        return;
    bal_mna_system_destroy(m->system);
    bal_stamper_release(&m->stamper);
    bal_free(m->devices);
    bal_free(m->tied);
    bal_free(m->ref_offset);
    bal_free(m->ref_device);
    bal_free(m);
}

/* ---- restamps ---- */

void bal_mna_replace(bal_mna *m, size_t number, const bal_device *variant)
{
    m->devices[number] = variant;
}

static bool bal_same_places(const bal_contribution a[], const bal_contribution b[], size_t n)
{
    for (size_t k = 0; k < n; k++) {
        if (a[k].row != b[k].row || a[k].col != b[k].col || a[k].kind != b[k].kind)
            return false;
    }
    return true;
}

/* Stamps one device into its slice. *fits becomes false when its structure has changed. */
static bal_status bal_restamp_one(bal_mna *m, size_t device, bool *fits)
{
    bal_mna_system *s = m->system;
    const bal_stamp_place place = bal_mna_place(m, s, device);
    if (bal_mna_branches(m, device) != place.n_branches) {
        *fits = false;
        return BAL_OK;
    }
    const bal_status status = bal_stamper_run(&m->stamper, m->devices[device], &place);
    if (status)
        return status;
    bal_contribution *slice = s->items + s->slice[device];
    const size_t n = s->slice[device + 1] - s->slice[device];
    *fits = m->stamper.n == n && bal_same_places(slice, m->stamper.list, n);
    if (*fits && n > 0)
        memcpy(slice, m->stamper.list, n * sizeof *slice);
    return BAL_OK;
}

bal_status bal_mna_restamp(bal_mna *m, const size_t devices[], size_t n)
{
    const size_t count = devices ? n : m->n_devices;
    for (size_t k = 0; k < count; k++) {
        bool fits = true;
        const bal_status status = bal_restamp_one(m, devices ? devices[k] : k, &fits);
        if (status)
            return status;
        if (!fits)
            return bal_rebuild(m);
    }
    m->reference_is_old = true;
    return bal_mna_system_accumulate(m, m->system);
}

/* ---- points ---- */

/* Values of all blocks at one frequency, by place that is not grounded. */
static bal_status bal_blocks_at(bal_mna *m, bal_dd hertz, bal_dd omega, bal_ddc values[])
{
    bal_mna_system *s = m->system;
    bal_stamper *st = &m->stamper;
    int at = 0;
    st->frequency = hertz;
    st->omega = omega;
    st->temperature = m->temperature;
    for (size_t k = 0; k < s->n_block_devices; k++) {
        const size_t d = s->block_devices[k];
        const bal_stamp_place place = bal_mna_place(m, s, d);
        size_t places = 0;
        for (size_t i = s->slice[d]; i < s->slice[d + 1]; i++)
            places += s->items[i].kind == BAL_IN_BLOCK;
        st->blocks = s->block_raw;
        st->n_blocks = places;
        const bal_status status = bal_stamper_run_at(st, m->devices[d], &place);
        if (status) {
            m->failed = (ptrdiff_t)d;
            return status;
        }
        size_t raw = 0;
        for (size_t i = s->slice[d]; i < s->slice[d + 1]; i++) {
            if (s->items[i].kind != BAL_IN_BLOCK)
                continue;
            if (s->position[i] >= 0)
                values[at++] = s->block_raw[raw];
            raw++;
        }
    }
    return BAL_OK;
}

ptrdiff_t bal_mna_fault(const bal_mna *m, bal_fault *fault)
{
    *fault = m->stamper.fault;
    return m->failed;
}

bal_status bal_mna_point(bal_mna *m, bal_dd hertz)
{
    bal_mna_system *s = m->system;
    m->failed = -1;
    const bal_dd omega = bal_dd_mul(BAL_DD_2PI, hertz);
    if (s->n_block_devices > 0 && m->reference_is_old) {
        const bal_dd reference = bal_dd_of(m->omega_reference);
        const bal_status status =
            bal_blocks_at(m, bal_dd_div(reference, BAL_DD_2PI), reference, s->block_reference);
        if (status)
            return status;
    }
    if (s->n_block_devices > 0) {
        const bal_status status = bal_blocks_at(m, hertz, omega, s->block_values);
        if (status)
            return status;
    }
    m->reference_is_old = false;
    m->omega = omega;
    m->hertz = hertz;
    const bal_blocks blocks = {s->n_blocks, s->block_at, s->block_values, s->block_reference};
    return bal_linsys_point(s->linsys, omega, s->n_blocks > 0 ? &blocks : NULL);
}

int bal_mna_unknowns(const bal_mna *m)
{
    return m->system->n;
}

bal_linsys_statistics bal_mna_stats(const bal_mna *m)
{
    return bal_linsys_stats(m->system->linsys);
}

void bal_mna_culprit(const bal_mna *m, int *node, ptrdiff_t *device)
{
    const bal_mna_system *s = m->system;
    const int solved = bal_linsys_bad_unknown(s->linsys);
    *node = -1;
    *device = -1;
    if (solved < 0)
        return;
    const int unknown = s->full_of[solved];
    if (unknown < s->n_voltages) {
        *node = s->node_of_unknown[unknown];
        return;
    }
    size_t low = 0; /* the last device that begins at or before the unknown */
    size_t high = m->n_devices;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (s->first_branch[middle] <= unknown)
            low = middle;
        else
            high = middle;
    }
    *device = (ptrdiff_t)low;
}
