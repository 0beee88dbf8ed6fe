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
    const bal_status status = bal_functional_alloc(&f, 2);
    if (status)
        return status;
    const int *unknown = m->system->unknown_of_node;
    if (unknown[a] >= 0 && a != b)
        bal_functional_put(&f, unknown[a], bal_dd_of(1.0), bal_dd_of(0.0));
    if (unknown[b] >= 0 && a != b)
        bal_functional_put(&f, unknown[b], bal_dd_of(-1.0), bal_dd_of(0.0));
    *out = f;
    return BAL_OK;
}

static bal_status bal_current_of_branch(const bal_stamp_place *place, bal_functional *out)
{
    if (place->n_branches < 1)
        return BAL_E_USAGE;
    const bal_status status = bal_functional_alloc(out, 1);
    if (!status)
        bal_functional_put(out, place->first_branch, bal_dd_of(1.0), bal_dd_of(0.0));
    return status;
}

static bal_status bal_current_of_list(const bal_stamper *st, bal_functional *out)
{
    const bal_status status = bal_functional_alloc(out, st->n);
    if (status)
        return status;
    const bal_dd zero = bal_dd_of(0.0);
    for (size_t k = 0; k < st->n; k++) {
        const bal_contribution *item = &st->list[k];
        const bool is_g = item->kind == BAL_IN_G;
        bal_functional_put(out, item->col, is_g ? item->value : zero, is_g ? zero : item->value);
    }
    return BAL_OK;
}

bal_status bal_mna_current(const bal_mna *m, size_t device, bal_functional *out)
{
    const bal_stamp_place place = bal_mna_place(m, m->system, device);
    if (!m->devices[device]->ops->current)
        return bal_current_of_branch(&place, out);
    bal_stamper st = {0};
    bal_status status = bal_stamper_run_current(&st, m->devices[device], &place);
    if (!status)
        status = bal_current_of_list(&st, out);
    bal_stamper_release(&st);
    return status;
}

/* ---- excitations and solutions ---- */

static void bal_excite(const bal_mna *m, const bal_ddc amplitude[], bal_ddc b[])
{
    const bal_mna_system *s = m->system;
    for (int i = 0; i < s->n; i++)
        b[i] = bal_ddc_real(0.0);
    for (int k = 0; k < s->n_sources; k++) {
        const bal_contribution *item = &s->items[s->sources[k]];
        b[item->row] = bal_ddc_add(b[item->row], bal_ddc_scale(amplitude[item->col], item->value));
    }
}

static bal_ddc bal_coefficient(const bal_mna *m, const bal_functional *f, int k)
{
    return bal_ddc_of(f->g[k], bal_dd_mul(m->omega, f->c[k]));
}

static void bal_spread(const bal_mna *m, const bal_functional *functional, bal_ddc c[])
{
    for (int i = 0; i < m->system->n; i++)
        c[i] = bal_ddc_real(0.0);
    for (int k = 0; k < functional->n; k++)
        c[functional->unknown[k]] = bal_coefficient(m, functional, k);
}

bal_status bal_mna_solve(bal_mna *m, const bal_ddc amplitude[], bal_ddc x[])
{
    bal_excite(m, amplitude, m->b);
    return bal_linsys_solve(m->system->linsys, m->b, x);
}

bal_status bal_mna_adjoint(bal_mna *m, const bal_functional *functional, bal_ddc y[])
{
    bal_spread(m, functional, m->c);
    return bal_linsys_solve_transposed(m->system->linsys, m->c, y);
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
        const bal_ddc b = bal_ddc_scale(amplitude[item->col], item->value);
        sum = bal_ddc_add(sum, bal_ddc_mul(y[item->row], b));
    }
    return sum;
}

double bal_mna_bound(bal_mna *m, const bal_ddc amplitude[], const bal_ddc x[],
                     const bal_functional *functional, const bal_ddc y[])
{
    bal_excite(m, amplitude, m->b);
    bal_spread(m, functional, m->c);
    return bal_linsys_bound(m->system->linsys, m->b, x, m->c, y);
}
