/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dense and plain on purpose: an oracle beside the solver, not a use of it. */
#include "bal_fixture.h"

#include <stdio.h>
#include <string.h>

#include "bal_test.h"

static void keep_message(void *user, const bal_message *message)
{
    bal_fixture *f = user;
    const size_t used = strlen(f->messages);
    (void)snprintf(f->messages + used, sizeof f->messages - used, "[E%d] %s\n", message->number,
                   message->headline);
}

static const bal_device_ops *find_ops(const char *name)
{
    size_t n = 0;
    const bal_device_ops *const *all = bal_elements(&n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i]->name, name) == 0)
            return all[i];
    fail_msg("no element %s", name);
    return NULL;
}

void bal_fixture_init(bal_fixture *f, const char *element, const char *name)
{
    *f = (bal_fixture){0};
    f->dev.ops = find_ops(element);
    (void)snprintf(f->name, sizeof f->name, "%s", name);
    f->dev.name = bal_text_of(f->name);
    f->dev.n_nodes = f->dev.ops->n_nodes;
    for (int i = 0; i < f->dev.n_nodes; i++)
        f->nodes[i] = i + 1;
    f->dev.nodes = f->nodes;
    f->dev.values = f->values;
    f->dev.refs = f->refs;
    f->dev.functions = f->functions;
    f->dev.multiplicity = 1.0;
    f->dev.temperature = 27.0;
    f->dev.source = f->dev.ops->is_source ? 0 : -1;
    f->diag = (bal_diag){.sink = keep_message, .user = f};
    for (int i = 0; i < f->dev.ops->n_params; i++)
        f->values[i] = bal_dd_of(f->dev.ops->params[i].fallback);
}

void bal_fixture_release(bal_fixture *f)
{
    bal_stamper_release(&f->st);
    bal_arena_release(&f->arena);
}

static int find_param(const bal_fixture *f, const char *name)
{
    for (int i = 0; i < f->dev.ops->n_params; i++)
        if (strcmp(f->dev.ops->params[i].name, name) == 0)
            return i;
    fail_msg("%s has no parameter %s", f->dev.ops->name, name);
    return 0; /* not reached */
}

void bal_fixture_give(bal_fixture *f, const char *name, double value)
{
    const int i = find_param(f, name);
    f->values[i] = bal_dd_of(value);
    f->dev.given |= (uint64_t)1 << i;
}

void bal_fixture_refer(bal_fixture *f, const bal_fixture *ref)
{
    f->refs[f->dev.n_refs++] = &ref->dev;
}

int bal_fixture_branches(const bal_device *dev, double hertz)
{
    const bal_sweep_range range = {BAL_TWO_PI * hertz, BAL_TWO_PI * hertz, 1.0};
    return dev->ops->branches != NULL ? dev->ops->branches(dev, &range) : dev->ops->n_branches;
}

static void add_blocks(bal_fixture *f, const bal_stamp_place *place, double hertz)
{
    const size_t n = f->st.n;
    bal_ddc values[64];
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        k += f->st.list[i].kind == BAL_IN_BLOCK;
    assert_true(k <= 64);
    f->st.frequency = bal_dd_of(hertz);
    f->st.omega = bal_dd_mul(BAL_DD_2PI, f->st.frequency);
    bal_contribution copy[64];
    memcpy(copy, f->st.list, n * sizeof *copy);
    f->st.blocks = values;
    f->st.n_blocks = k;
    assert_int_equal(bal_stamper_run_at(&f->st, &f->dev, place), BAL_OK);
    k = 0;
    for (size_t i = 0; i < n; i++)
        if (copy[i].kind == BAL_IN_BLOCK)
            f->a[copy[i].row][copy[i].col] += bal_ddc_double(values[k++]);
}

/* Fills a and b at one frequency. Nodes are unknowns 0.., then the branches, then those of refs. */
void bal_fixture_assemble(bal_fixture *f, double hertz)
{
    const int unknown[] = {-1, 0, 1, 2, 3};
    int ref_first[BAL_FIXTURE_REFS];
    int ref_count[BAL_FIXTURE_REFS];
    bal_stamp_place place = {unknown, f->dev.n_nodes, bal_fixture_branches(&f->dev, hertz),
                             ref_first, ref_count};
    f->n = f->dev.n_nodes + place.n_branches;
    for (int r = 0; r < f->dev.n_refs; r++) {
        ref_first[r] = f->n;
        ref_count[r] = bal_fixture_branches(f->refs[r], hertz);
        f->n += ref_count[r];
    }
    memset(f->a, 0, sizeof f->a);
    memset(f->b, 0, sizeof f->b);
    assert_int_equal(bal_stamper_run(&f->st, &f->dev, &place), BAL_OK);
    assert_true(f->st.n <= 64);
    for (size_t i = 0; i < f->st.n; i++) {
        const bal_contribution *c = &f->st.list[i];
        const double v = bal_dd_double(c->value);
        if (c->kind == BAL_IN_G)
            f->a[c->row][c->col] += v;
        else if (c->kind == BAL_IN_C)
            f->a[c->row][c->col] += bal_cplx(0.0, BAL_TWO_PI * hertz * v);
        else if (c->kind == BAL_IN_SOURCE)
            f->b[c->row] += v;
    }
    if (f->st.n > 0)
        add_blocks(f, &place, hertz);
}

/* Ties node unknown k to ground. */
void bal_fixture_ground(bal_fixture *f, int k)
{
    for (int i = 0; i < f->n; i++) {
        f->a[i][k] = 0.0;
        f->a[k][i] = 0.0;
    }
    f->a[k][k] = 1.0;
    f->b[k] = 0.0;
}

static void swap_rows(bal_fixture *f, int p, int q)
{
    for (int j = 0; j < f->n; j++) {
        const double complex t = f->a[p][j];
        f->a[p][j] = f->a[q][j];
        f->a[q][j] = t;
    }
    const double complex t = f->b[p];
    f->b[p] = f->b[q];
    f->b[q] = t;
}

/* Gauss-Jordan with pivots by modulus; the solution replaces b. */
void bal_fixture_solve(bal_fixture *f)
{
    for (int p = 0; p < f->n; p++) {
        int best = p;
        for (int i = p + 1; i < f->n; i++)
            if (cabs(f->a[i][p]) > cabs(f->a[best][p]))
                best = i;
        swap_rows(f, p, best);
        assert_true(cabs(f->a[p][p]) > 0.0);
        for (int i = 0; i < f->n; i++) {
            if (i == p || f->a[i][p] == 0.0)
                continue;
            const double complex ratio = f->a[i][p] / f->a[p][p];
            for (int j = p; j < f->n; j++)
                f->a[i][j] -= ratio * f->a[p][j];
            f->b[i] -= ratio * f->b[p];
        }
    }
    for (int i = 0; i < f->n; i++)
        f->b[i] /= f->a[i][i];
}

/* Impedance from terminal 0 to terminal 1, beside a resistor that keeps an open element solvable.
 */
double complex bal_fixture_impedance(bal_fixture *f, double hertz)
{
    const double beside = 1234.5;
    bal_fixture_assemble(f, hertz);
    bal_fixture_ground(f, 1);
    f->a[0][0] += 1.0 / beside;
    f->b[0] = 1.0;
    bal_fixture_solve(f);
    return 1.0 / (1.0 / f->b[0] - 1.0 / beside);
}

/* Row 0 of what is stamped and the row of current() are the same current. */
void bal_fixture_assert_current(bal_fixture *f, double hertz)
{
    bal_fixture_assemble(f, hertz);
    double complex want[BAL_FIXTURE_MAX];
    memcpy(want, f->a[0], sizeof want);
    const bal_stamp_place place = f->st.place;
    int first[BAL_FIXTURE_REFS] = {0};
    int count[BAL_FIXTURE_REFS] = {0};
    for (int r = 0, at = f->n; r < f->dev.n_refs; r++) {
        count[r] = bal_fixture_branches(f->refs[r], hertz);
        first[r] = at - count[r];
    }
    const int unknown[] = {-1, 0, 1, 2, 3};
    const bal_stamp_place again = {unknown, place.first_branch, place.n_branches, first, count};
    assert_int_equal(bal_stamper_run_current(&f->st, &f->dev, &again), BAL_OK);
    double complex got[BAL_FIXTURE_MAX] = {0.0};
    for (size_t i = 0; i < f->st.n; i++) {
        const double v = bal_dd_double(f->st.list[i].value);
        got[f->st.list[i].col] +=
            f->st.list[i].kind == BAL_IN_C ? bal_cplx(0.0, BAL_TWO_PI * hertz * v) : v;
    }
    for (int j = 0; j < f->n; j++)
        assert_close_complex(got[j], want[j], 1e-15, 1e-15);
}
