/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Local indices become unknown numbers here, once, so that models never see a matrix. */
#include "stamper.h"

#include "alloc.h"
#include "term.h"

static void bal_stamper_fail(bal_stamper *st, bal_status status)
{
    if (!st->status)
        st->status = status;
}

/* Unknown number of branch k of `count` ones; a fault of the model otherwise. */
static int bal_branch_number(bal_stamper *st, int first, int count, int k)
{
    if (k >= 0 && k < count)
        return first + k;
    bal_stamper_fail(st, BAL_E_USAGE);
    return -1;
}

static int bal_resolve(bal_stamper *st, int local)
{
    const bal_stamp_place *place = &st->place;
    if (local >= BAL_REF_BASE) {
        const int r = (local - BAL_REF_BASE) / BAL_REF_STRIDE;
        const int k = (local - BAL_REF_BASE) % BAL_REF_STRIDE;
        if (r < st->device->n_refs)
            return bal_branch_number(st, place->ref_first[r], place->ref_count[r], k);
    } else if (local >= BAL_BRANCH_BASE) {
        return bal_branch_number(st, place->first_branch, place->n_branches,
                                 local - BAL_BRANCH_BASE);
    } else if (local >= 0 && local < st->device->n_nodes) {
        return place->unknown_of_node[st->device->nodes[local]];
    }
    bal_stamper_fail(st, BAL_E_USAGE);
    return -1;
}

int bal_stamper_unknown(bal_stamper *st, int local)
{
    return bal_resolve(st, local);
}

static void bal_record(bal_stamper *st, bal_contribution contribution)
{
    if (!bal_dd_is_finite(contribution.value))
        bal_stamper_fail(st, BAL_E_NUMERIC);
    if (st->status)
        return;
    bal_contribution *grown = bal_grow(st->list, &st->capacity, st->n + 1, sizeof *st->list);
    if (!grown) {
        bal_stamper_fail(st, BAL_E_NOMEM);
        return;
    }
    st->list = grown;
    st->list[st->n++] = contribution;
}

static void bal_stamp_entry(bal_stamper *st, bal_contribution_kind kind, int row, int col,
                            bal_dd value)
{
    if (st->mode == BAL_STAMP_AT)
        return;
    const int column = bal_resolve(st, col);
    const bool is_current = st->mode == BAL_STAMP_CURRENT;
    const int line = is_current ? -1 : bal_resolve(st, row);
    if (column >= 0 && (is_current || line >= 0))
        bal_record(st, (bal_contribution){line, column, value, kind});
}

void bal_stamp_g(bal_stamper *st, int row, int col, bal_dd value)
{
    bal_stamp_entry(st, BAL_IN_G, row, col, value);
}

void bal_stamp_c(bal_stamper *st, int row, int col, bal_dd value)
{
    bal_stamp_entry(st, BAL_IN_C, row, col, value);
}

void bal_stamp_admittance(bal_stamper *st, char kind, int a, int b, bal_dd value)
{
    const bal_contribution_kind in = kind == 'c' ? BAL_IN_C : BAL_IN_G;
    const bal_dd minus = bal_dd_neg(value);
    bal_stamp_entry(st, in, a, a, value);
    bal_stamp_entry(st, in, a, b, minus);
    bal_stamp_entry(st, in, b, a, minus);
    bal_stamp_entry(st, in, b, b, value);
}

void bal_stamp_branch(bal_stamper *st, int a, int b, int k)
{
    const bal_dd one = bal_dd_of(1.0);
    const bal_dd minus = bal_dd_of(-1.0);
    bal_stamp_entry(st, BAL_IN_G, a, BAL_BRANCH(k), one);
    bal_stamp_entry(st, BAL_IN_G, b, BAL_BRANCH(k), minus);
    bal_stamp_entry(st, BAL_IN_G, BAL_BRANCH(k), a, one);
    bal_stamp_entry(st, BAL_IN_G, BAL_BRANCH(k), b, minus);
}

void bal_stamp_block(bal_stamper *st, int row, int col, bal_ddc value)
{
    switch (st->mode) {
    case BAL_STAMP_ALL:
        /* Ground is kept, so that places and values keep in step. */
        bal_record(st, (bal_contribution){bal_resolve(st, row), bal_resolve(st, col),
                                          bal_dd_of(0.0), BAL_IN_BLOCK});
        break;
    case BAL_STAMP_AT:
        if (!bal_ddc_is_finite(value))
            bal_stamper_fail(st, BAL_E_NUMERIC);
        else if (st->next_block >= st->n_blocks)
            bal_stamper_fail(st, BAL_E_USAGE);
        else
            st->blocks[st->next_block++] = value;
        break;
    case BAL_STAMP_CURRENT:
        bal_stamper_fail(st, BAL_E_USAGE);
        break;
    }
}

void bal_stamp_source(bal_stamper *st, int row, bal_dd coefficient)
{
    if (st->mode != BAL_STAMP_ALL)
        return;
    if (st->device->source < 0)
        bal_stamper_fail(st, BAL_E_USAGE);
    const int line = bal_resolve(st, row);
    if (line >= 0)
        bal_record(st, (bal_contribution){line, st->device->source, coefficient, BAL_IN_SOURCE});
}

int bal_stamp_branch_count(const bal_stamper *st, int r)
{
    if (r < 0)
        return st->place.n_branches;
    return r < st->device->n_refs ? st->place.ref_count[r] : 0;
}

static bal_env bal_environment(bal_stamper *st)
{
    bal_env env = st->device->environment ? *st->device->environment : (bal_env){0};
    env.frequency = st->frequency;
    env.temperature = st->temperature;
    env.fault = &st->fault;
    return env;
}

bal_ddc bal_stamp_value_at(bal_stamper *st, int param)
{
    const bal_device *device = st->device;
    bal_ddc value = bal_ddc_of(device->values[param], bal_dd_of(0.0));
    const bal_expr *function = device->functions ? device->functions[param] : NULL;
    if (!function)
        return value;
    const bal_env env = bal_environment(st);
    const bal_status status = bal_expr_value(function, &env, &value);
    if (status)
        bal_stamper_fail(st, status);
    return value;
}

bal_ddc bal_stamp_term_at(bal_stamper *st, int term)
{
    const bal_term *t = &st->device->terms[term];
    if (!t->varies)
        return bal_ddc_of(t->coefficient, bal_dd_of(0.0));
    const bal_env env = bal_environment(st);
    bal_ddc value = bal_ddc_real(1.0);
    const bal_status status = bal_term_value(t, &env, &value);
    if (status)
        bal_stamper_fail(st, status);
    return value;
}

bal_dd bal_stamp_frequency(const bal_stamper *st)
{
    return st->frequency;
}

bal_dd bal_stamp_omega(const bal_stamper *st)
{
    return st->omega;
}

/* ---- runs ---- */

static void bal_begin(bal_stamper *st, bal_stamp_mode mode, const bal_device *device,
                      const bal_stamp_place *place)
{
    st->place = *place;
    st->mode = mode;
    st->device = device;
    st->status = BAL_OK;
    st->n = 0;
}

bal_status bal_stamper_run(bal_stamper *st, const bal_device *device, const bal_stamp_place *place)
{
    bal_begin(st, BAL_STAMP_ALL, device, place);
    if (device->ops->stamp)
        device->ops->stamp(device, st);
    return st->status;
}

bal_status bal_stamper_run_at(bal_stamper *st, const bal_device *device,
                              const bal_stamp_place *place)
{
    bal_begin(st, BAL_STAMP_AT, device, place);
    st->next_block = 0;
    st->fault = (bal_fault){0};
    if (device->ops->stamp_at)
        device->ops->stamp_at(device, st);
    while (st->next_block < st->n_blocks)
        st->blocks[st->next_block++] = bal_ddc_real(0.0);
    return st->status;
}

bal_status bal_stamper_run_current(bal_stamper *st, const bal_device *device,
                                   const bal_stamp_place *place)
{
    bal_begin(st, BAL_STAMP_CURRENT, device, place);
    if (device->ops->current)
        device->ops->current(device, st);
    return st->status;
}

void bal_stamper_release(bal_stamper *st)
{
    bal_free(st->list);
    *st = (bal_stamper){0};
}
