/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Excitations, functionals of the solution, and the two solutions that join them. */
#include "mna.h"

#include "alloc.h"
#include "mna_system.h"

/* ---- functionals ---- */

void bal_functional_release(bal_functional *functional)
{
    bal_free(functional->unknown);
    bal_free(functional->g);
    bal_free(functional->c);
    *functional = (bal_functional){0};
}

static bal_status bal_functional_alloc(bal_functional *f, size_t n)
{
    *f = (bal_functional){0};
    f->unknown = bal_alloc(n, sizeof *f->unknown);
    f->g = bal_alloc(n, sizeof *f->g);
    f->c = bal_alloc(n, sizeof *f->c);
    if (f->unknown && f->g && f->c)
        return BAL_OK;
    bal_functional_release(f);
    return BAL_E_NOMEM;
}

/* Adds one term where the array has room for one more; equal unknowns share an entry. */
static void bal_functional_put(bal_functional *f, int unknown, bal_dd g, bal_dd c)
{
    int k = 0;
    while (k < f->n && f->unknown[k] != unknown)
        k++;
    if (k == f->n) {
        f->unknown[k] = unknown;
        f->g[k] = bal_dd_of(0.0);
        f->c[k] = bal_dd_of(0.0);
        f->n++;
    }
    f->g[k] = bal_dd_add(f->g[k], g);
    f->c[k] = bal_dd_add(f->c[k], c);
}

/* The device whose branch has this full number. */
static size_t bal_device_of(const bal_mna *m, int branch)
{
    size_t low = 0;
    size_t high = m->n_devices;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (m->system->first_branch[middle] <= branch)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Adds g + jw c times an unknown of the full numbering that is solved for. */
static void bal_put_solved(bal_functional *f, const bal_mna_system *s, int full, bal_dd g, bal_dd c)
{
    const bool minus = s->col_sign[full] < 0.0;
    bal_functional_put(f, s->col[full], minus ? bal_dd_neg(g) : g, minus ? bal_dd_neg(c) : c);
}

/* The voltage of an eliminated node, times `factor`, from the row that tells it: sum over the row =
 * 0. */
static void bal_put_recovered(bal_functional *f, const bal_mna *m, int node, double factor)
{
    const bal_mna_system *s = m->system;
    const int row = s->recover[node];
    const size_t device = bal_device_of(m, row);
    const bal_dd zero = bal_dd_of(0.0);
    for (size_t k = s->slice[device]; k < s->slice[device + 1]; k++) {
        const bal_contribution *item = &s->items[k];
        if (item->row == row && item->col == node)
            factor /= -item->value.hi; /* +-1 */
    }
    for (size_t k = s->slice[device]; k < s->slice[device + 1]; k++) {
        const bal_contribution *item = &s->items[k];
        if (item->row != row || item->col < 0 || item->col == node)
            continue;
        const bal_dd value = bal_dd_scale(item->value, factor);
        const bool is_g = item->kind == BAL_IN_G;
        bal_put_solved(f, s, item->col, is_g ? value : zero, is_g ? zero : value);
    }
}

static size_t bal_terms_of(const bal_mna *m, int unknown)
{
    const int row = unknown < 0 ? -1 : m->system->recover[unknown];
    if (row < 0)
        return 1;
    const size_t device = bal_device_of(m, row);
    return m->system->slice[device + 1] - m->system->slice[device];
}

bal_status bal_functional_add(bal_functional *into, const bal_functional *from, bal_dd factor)
{
    bal_functional sum;
    const bal_status status = bal_functional_alloc(&sum, (size_t)into->n + (size_t)from->n);
    if (status)
        return status;
    for (int k = 0; k < into->n; k++)
        bal_functional_put(&sum, into->unknown[k], into->g[k], into->c[k]);
    for (int k = 0; k < from->n; k++)
        bal_functional_put(&sum, from->unknown[k], bal_dd_mul(from->g[k], factor),
                           bal_dd_mul(from->c[k], factor));
    bal_functional_release(into);
    *into = sum;
    return BAL_OK;
}

bal_status bal_mna_voltage(const bal_mna *m, int a, int b, bal_functional *out)
{
    if (a < 0 || a >= m->n_nodes || b < 0 || b >= m->n_nodes)
        return BAL_E_USAGE;
    bal_functional f;
    const bal_mna_system *s = m->system;
    const int unknown[2] = {s->unknown_of_node[a], s->unknown_of_node[b]};
    const bal_status status =
        bal_functional_alloc(&f, bal_terms_of(m, unknown[0]) + bal_terms_of(m, unknown[1]));
    if (status)
        return status;
    for (int k = 0; k < 2 && a != b; k++) {
        const double sign = k ? -1.0 : 1.0;
        if (unknown[k] >= 0 && s->recover[unknown[k]] >= 0)
            bal_put_recovered(&f, m, unknown[k], sign);
        else if (unknown[k] >= 0)
            bal_put_solved(&f, s, unknown[k], bal_dd_of(sign), bal_dd_of(0.0));
    }
    *out = f;
    return BAL_OK;
}

static bal_status bal_current_of_branch(const bal_mna_system *s, const bal_stamp_place *place,
                                        bal_functional *out)
{
    if (place->n_branches < 1)
        return BAL_E_USAGE;
    const bal_status status = bal_functional_alloc(out, 1);
    if (!status)
        bal_put_solved(out, s, place->first_branch, bal_dd_of(1.0), bal_dd_of(0.0));
    return status;
}

static bal_status bal_current_of_list(const bal_mna *m, const bal_stamper *st, bal_functional *out)
{
    size_t terms = 0;
    for (size_t k = 0; k < st->n; k++)
        terms += bal_terms_of(m, st->list[k].col);
    const bal_status status = bal_functional_alloc(out, terms);
    if (status)
        return status;
    const bal_mna_system *s = m->system;
    const bal_dd zero = bal_dd_of(0.0);
    for (size_t k = 0; k < st->n; k++) {
        const bal_contribution *item = &st->list[k];
        const bool is_g = item->kind == BAL_IN_G;
        bal_put_solved(out, s, item->col, is_g ? item->value : zero, is_g ? zero : item->value);
    }
    return BAL_OK;
}

bal_status bal_mna_current(const bal_mna *m, size_t device, bal_functional *out)
{
    const bal_stamp_place place = bal_mna_place(m, m->system, device);
    if (!m->devices[device]->ops->current)
        return bal_current_of_branch(m->system, &place, out);
    bal_stamper st = {0};
    bal_status status = bal_stamper_run_current(&st, m->devices[device], &place);
    if (!status)
        status = bal_current_of_list(m, &st, out);
    bal_stamper_release(&st);
    return status;
}

/* ---- excitations and solutions ---- */

void bal_mna_excite(const bal_mna *m, const bal_ddc amplitude[], bal_ddc b[])
{
    const bal_mna_system *s = m->system;
    for (int i = 0; i < s->n; i++)
        b[i] = bal_ddc_real(0.0);
    for (int k = 0; k < s->n_sources; k++) {
        const bal_contribution *item = &s->items[s->sources[k]];
        const int row = s->row[item->row];
        const bal_dd value = bal_dd_scale(item->value, s->row_sign[item->row]);
        b[row] = bal_ddc_add(b[row], bal_ddc_scale(amplitude[item->col], value));
    }
}

static bal_ddc bal_coefficient(const bal_mna *m, const bal_functional *f, int k)
{
    return bal_ddc_of(f->g[k], bal_dd_mul(m->omega, f->c[k]));
}

void bal_mna_weigh(const bal_mna *m, const bal_functional *functional, bal_ddc c[])
{
    for (int i = 0; i < m->system->n; i++)
        c[i] = bal_ddc_real(0.0);
    for (int k = 0; k < functional->n; k++)
        c[functional->unknown[k]] = bal_coefficient(m, functional, k);
}

bal_status bal_mna_solve(bal_mna *m, const bal_ddc amplitude[], bal_ddc x[])
{
    bal_mna_excite(m, amplitude, m->system->b);
    return bal_linsys_solve(m->system->linsys, m->system->b, x);
}

bal_status bal_mna_adjoint(bal_mna *m, const bal_functional *functional, bal_ddc y[])
{
    bal_mna_weigh(m, functional, m->system->weight);
    return bal_linsys_solve_transposed(m->system->linsys, m->system->weight, y);
}

bal_ddc bal_mna_apply(const bal_mna *m, const bal_functional *functional, const bal_ddc x[])
{
    bal_ddc sum = bal_ddc_real(0.0);
    for (int k = 0; k < functional->n; k++) {
        const bal_ddc factor = bal_coefficient(m, functional, k);
        sum = bal_ddc_add(sum, bal_ddc_mul(factor, x[functional->unknown[k]]));
    }
    return sum;
}

bal_ddc bal_mna_response(const bal_mna *m, const bal_ddc y[], const bal_ddc amplitude[])
{
    const bal_mna_system *s = m->system;
    bal_ddc sum = bal_ddc_real(0.0);
    for (int k = 0; k < s->n_sources; k++) {
        const bal_contribution *item = &s->items[s->sources[k]];
        const bal_dd value = bal_dd_scale(item->value, s->row_sign[item->row]);
        const bal_ddc b = bal_ddc_scale(amplitude[item->col], value);
        sum = bal_ddc_add(sum, bal_ddc_mul(y[s->row[item->row]], b));
    }
    return sum;
}
