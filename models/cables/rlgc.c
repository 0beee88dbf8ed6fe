/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rlgc.h"

#include <math.h>

#include "sheet.h"

static const double pi = 3.14159265358979323846;

static int length_of(const bal_device *model, int index)
{
    return index >= 0 && model->data ? model->data[index].n : 0;
}

int bal_rlgc_size(const bal_device *model, const bal_rlgc *f)
{
    const int all[] = {f->r, f->l, f->g, f->c, f->rs, f->gd};
    int longest = 0;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        longest = length_of(model, all[i]) > longest ? length_of(model, all[i]) : longest;
    for (int n = 1; n <= BAL_LINE_MAX; n++)
        if (longest == n * (n + 1) / 2)
            return n;
    return 0;
}

/* Entry i, j (i <= j) of a list; 0 where the list is missing. */
static double entry(const bal_device *model, int index, bool lower, int n, int i, int j)
{
    if (length_of(model, index) == 0)
        return 0.0;
    const int at = lower ? j * (j + 1) / 2 + i : i * n - i * (i - 1) / 2 + (j - i);
    return bal_dd_double(model->data[index].list[at]);
}

void bal_rlgc_matrices(const bal_device *model, const bal_rlgc *f, int n, double complex s,
                       double complex z[], double complex y[])
{
    const double omega = cimag(s);
    const double hertz = omega / (2.0 * pi);
    for (int i = 0; i < n; i++)
        for (int j = i; j < n; j++) {
            const double skin = sqrt(hertz) * entry(model, f->rs, f->lower, n, i, j);
            const double loss = hertz * entry(model, f->gd, f->lower, n, i, j);
            const double l = omega * entry(model, f->l, f->lower, n, i, j);
            const double c = omega * entry(model, f->c, f->lower, n, i, j);
            z[i * n + j] = bal_cplx(entry(model, f->r, f->lower, n, i, j) + skin, l + skin);
            y[i * n + j] = bal_cplx(entry(model, f->g, f->lower, n, i, j) + loss, c);
            z[j * n + i] = z[i * n + j];
            y[j * n + i] = y[i * n + j];
        }
}

bal_status bal_rlgc_check(const bal_device *model, const bal_rlgc *f, int n, bal_diag *diag)
{
    const int all[] = {f->r, f->l, f->g, f->c, f->rs, f->gd};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        const int has = length_of(model, all[i]);
        if (has == 0 || has == n * (n + 1) / 2)
            continue;
        return bal_report(diag, BAL_D_PARAMETER_RANGE, model->at,
                          "%s of '%s' has %d values: a triangle of %d conductors has %d",
                          model->ops->params[all[i]].name, BAL_SHOW(model->name), has, n,
                          n * (n + 1) / 2);
    }
    return bal_cable_check(model, n + 1, diag);
}

void bal_rlgc_basis(int n, double basis[])
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j <= n; j++)
            basis[i * (n + 1) + j] = (double)(j == i) - (j == n);
}
