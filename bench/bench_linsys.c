/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time of one point with one refined solution, by size and shape: name,n,seconds_per_point. */
#include <stdio.h>
#include <time.h>

#include "alloc.h"
#include "linsys.h"

typedef struct shape {
    const char *name;
    int width; /* nodes per row of a mesh; 1 is a chain */
    int n;
} shape;

static double cpu_seconds(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* A mesh of conductances with a capacitor to ground at every node; the pattern by columns. */
static int fill(const shape *s, int colptr[], int rowidx[], bal_dd g[], bal_dd c[])
{
    const int steps[5] = {-s->width, -1, 0, 1, s->width};
    int nz = 0;
    for (int j = 0; j < s->n; j++) {
        for (int k = 0; k < 5; k++) {
            const int i = j + steps[k];
            const bool repeated = s->width == 1 && (k == 0 || k == 4);
            const bool wraps = s->width > 1 && (k == 1 || k == 3) && i / s->width != j / s->width;
            if (i < 0 || i >= s->n || repeated || wraps)
                continue;
            rowidx[nz] = i;
            g[nz] = bal_dd_of(i == j ? 4.2e-3 : -1e-3 - 1e-6 * (i + j));
            c[nz++] = bal_dd_of(i == j ? 1e-11 : 0.0);
        }
        colptr[j + 1] = nz;
    }
    return nz;
}

static bal_status sweep(bal_linsys *ls, int points, const bal_ddc b[], bal_ddc x[])
{
    bal_status status = BAL_OK;
    for (int k = 0; k < points && !status; k++) {
        status = bal_linsys_point(ls, bal_dd_of(60.0 + 1e3 * k), NULL);
        if (!status)
            status = bal_linsys_solve(ls, b, x);
    }
    return status;
}

static bal_status run(const shape *s)
{
    const size_t n = (size_t)s->n;
    int *colptr = bal_alloc(n + 1, sizeof *colptr);
    int *rowidx = bal_alloc(5 * n, sizeof *rowidx);
    bal_dd *g = bal_alloc(5 * n, sizeof *g);
    bal_dd *c = bal_alloc(5 * n, sizeof *c);
    bal_ddc *b = bal_alloc(n, sizeof *b);
    bal_ddc *x = bal_alloc(n, sizeof *x);
    bal_linsys *ls = NULL;
    bal_status status = BAL_E_NOMEM;
    if (colptr && rowidx && g && c && b && x) {
        (void)fill(s, colptr, rowidx, g, c);
        b[0] = bal_ddc_real(2.385);
        status = bal_linsys_create(s->n, colptr, rowidx, &ls);
    }
    if (!status)
        status = bal_linsys_set_values(ls, g, c, 6e3);
    if (!status)
        status = sweep(ls, 2, b, x);
    const int points = 3 + 400000 / s->n;
    const double begin = cpu_seconds();
    if (!status)
        status = sweep(ls, points, b, x);
    if (!status)
        printf("%s,%d,%.4g\n", s->name, s->n, (cpu_seconds() - begin) / points);
    bal_linsys_destroy(ls);
    void *const owned[] = {colptr, rowidx, g, c, b, x};
    for (size_t k = 0; k < sizeof owned / sizeof owned[0]; k++)
        bal_free(owned[k]);
    return status;
}

int main(void)
{
    static const shape shapes[] = {{"chain", 1, 30}, {"chain", 1, 400}, {"chain", 1, 20000},
                                   {"mesh", 6, 36},  {"mesh", 20, 400}, {"mesh", 100, 10000}};
    puts("name,n,seconds_per_point");
    for (size_t k = 0; k < sizeof shapes / sizeof shapes[0]; k++) {
        const bal_status status = run(&shapes[k]);
        if (status) {
            fprintf(stderr, "%s %d: %s\n", shapes[k].name, shapes[k].n, bal_status_text(status));
            return 1;
        }
    }
    return 0;
}
