/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dense modified nodal equations and Gaussian elimination with row scaling and partial pivoting,
 * all in __float128, and one step of refinement. */
#include "oracle.h"

#include <stdlib.h>
#include <string.h>

struct system {
    size_t n;
    orc_cplx *a; /* n x n, row major */
    orc_cplx *b;
};

static orc_cplx complex_of(orc_real re, orc_real im)
{
    orc_cplx z;
    __real__ z = re;
    __imag__ z = im;
    return z;
}

/* Row or column -1 is ground and has no equation. */
static void put(struct system *s, int row, int col, orc_cplx value)
{
    if (row >= 0 && col >= 0)
        s->a[(size_t)row * s->n + (size_t)col] += value;
}

static void put_admittance(struct system *s, const int *node, orc_cplx y)
{
    put(s, node[0], node[0], y);
    put(s, node[1], node[1], y);
    put(s, node[0], node[1], -y);
    put(s, node[1], node[0], -y);
}

/* Branch current i flows from node[0] through the element to node[1]; its row says v0 - v1 ... = 0.
 */
static void put_branch(struct system *s, const int *node, int i)
{
    put(s, node[0], i, 1);
    put(s, node[1], i, -1);
    put(s, i, node[0], 1);
    put(s, i, node[1], -1);
}

static void put_impedance(struct system *s, const int *node, int i, orc_cplx z)
{
    put_branch(s, node, i);
    put(s, i, i, -z);
}

/* v1 - z0 i1 = e^(-jwt) (v2 + z0 i2) and the same with the ends exchanged (Branin 1967). */
static void put_line(struct system *s, const struct orc_element *e, int i, orc_real w)
{
    orc_cplx delay = cexpq(complex_of(0, -w * e->td));
    for (int end = 0; end < 2; end++) {
        const int *here = e->node + 2 * end, *there = e->node + 2 - 2 * end;
        put(s, here[0], i + end, 1);
        put(s, here[1], i + end, -1);
        put(s, i + end, here[0], 1);
        put(s, i + end, here[1], -1);
        put(s, i + end, i + end, -e->value);
        put(s, i + end, there[0], -delay);
        put(s, i + end, there[1], delay);
        put(s, i + end, i + 1 - end, -delay * e->value);
    }
}

static void put_coupling(struct system *s, const struct orc_circuit *c, const struct orc_element *e,
                         orc_real w)
{
    const struct orc_element *l1 = &c->element[e->other[0]], *l2 = &c->element[e->other[1]];
    orc_cplx z = complex_of(0, w * e->value * sqrtq(l1->value * l2->value));
    int i1 = l1->branch + (int)c->n_nodes, i2 = l2->branch + (int)c->n_nodes;
    put(s, i1, i2, -z);
    put(s, i2, i1, -z);
}

static void put_source(struct system *s, const struct orc_element *e, int i)
{
    if (e->kind == 'v') {
        put_branch(s, e->node, i);
        s->b[i] += e->ac;
        return;
    }
    if (e->node[0] >= 0)
        s->b[e->node[0]] -= e->ac;
    if (e->node[1] >= 0)
        s->b[e->node[1]] += e->ac;
}

/* E: v0 - v1 = k (v2 - v3); H: v0 - v1 = k i; F has its current as an unknown of its own. */
static void put_controlled(struct system *s, const struct orc_circuit *c,
                           const struct orc_element *e, int i)
{
    int control = e->ref[0] ? c->element[e->other[0]].branch + (int)c->n_nodes : -1;
    switch (e->kind) {
    case 'e':
        put_branch(s, e->node, i);
        put(s, i, e->node[2], -e->value);
        put(s, i, e->node[3], e->value);
        break;
    case 'h':
        put_branch(s, e->node, i);
        put(s, i, control, -e->value);
        break;
    case 'f':
        put(s, e->node[0], i, 1);
        put(s, e->node[1], i, -1);
        put(s, i, i, 1);
        put(s, i, control, -e->value);
        break;
    default: /* g */
        for (int k = 0; k < 4; k++)
            put(s, e->node[k % 2], e->node[2 + k / 2], k == 0 || k == 3 ? e->value : -e->value);
    }
}

static void put_element(struct system *s, const struct orc_circuit *c, const struct orc_element *e,
                        orc_real w)
{
    int i = e->branch + (int)c->n_nodes;
    switch (e->kind) {
    case 'r':
        if (e->branch < 0)
            put_admittance(s, e->node, 1 / e->value);
        else
            put_impedance(s, e->node, i, e->value);
        break;
    case 'c':
        put_admittance(s, e->node, complex_of(0, w * e->value));
        break;
    case 'l':
        put_impedance(s, e->node, i, complex_of(0, w * e->value));
        break;
    case 'k':
        put_coupling(s, c, e, w);
        break;
    case 't':
        put_line(s, e, i, w);
        break;
    case 'v':
    case 'i':
        put_source(s, e, i);
        break;
    default:
        put_controlled(s, c, e, i);
    }
}

static void swap_rows(struct system *s, size_t i, size_t j)
{
    for (size_t k = 0; k < s->n; k++) {
        orc_cplx t = s->a[i * s->n + k];
        s->a[i * s->n + k] = s->a[j * s->n + k];
        s->a[j * s->n + k] = t;
    }
}

/* Each row times the inverse of its largest entry, so that volts and amperes compare. */
static void equilibrate(struct system *s)
{
    for (size_t i = 0; i < s->n; i++) {
        orc_real top = 0;
        for (size_t k = 0; k < s->n; k++)
            top = fmaxq(top, cabsq(s->a[i * s->n + k]));
        if (top == 0)
            orc_die("singular", "empty row");
        for (size_t k = 0; k < s->n; k++)
            s->a[i * s->n + k] /= top;
        s->b[i] /= top;
    }
}

static void factor(struct system *s, size_t *order)
{
    size_t n = s->n;
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    for (size_t k = 0; k < n; k++) {
        size_t best = k;
        for (size_t i = k + 1; i < n; i++)
            if (cabsq(s->a[i * n + k]) > cabsq(s->a[best * n + k]))
                best = i;
        if (cabsq(s->a[best * n + k]) == 0)
            orc_die("singular", "column without a pivot");
        swap_rows(s, k, best);
        size_t t = order[k];
        order[k] = order[best];
        order[best] = t;
        for (size_t i = k + 1; i < n; i++) {
            orc_cplx *row = s->a + i * n;
            if (row[k] == 0)
                continue;
            row[k] /= s->a[k * n + k];
            for (size_t j = k + 1; j < n; j++)
                row[j] -= row[k] * s->a[k * n + j];
        }
    }
}

static void substitute(const struct system *lu, const size_t *order, const orc_cplx *b, orc_cplx *x)
{
    size_t n = lu->n;
    for (size_t i = 0; i < n; i++) {
        x[i] = b[order[i]];
        for (size_t k = 0; k < i; k++)
            x[i] -= lu->a[i * n + k] * x[k];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            x[i] -= lu->a[i * n + k] * x[k];
        x[i] /= lu->a[i * n + i];
    }
}

static void solve(struct orc_arena *arena, struct system *s, orc_cplx *x)
{
    size_t n = s->n;
    equilibrate(s);
    struct system lu = {n, orc_alloc(arena, n * n * sizeof *lu.a), s->b};
    size_t *order = orc_alloc(arena, n * sizeof *order);
    orc_cplx *r = orc_alloc(arena, 2 * n * sizeof *r), *dx = r + n;
    memcpy(lu.a, s->a, n * n * sizeof *lu.a);
    factor(&lu, order);
    substitute(&lu, order, s->b, x);
    for (size_t i = 0; i < n; i++) {
        r[i] = s->b[i];
        for (size_t k = 0; k < n; k++)
            r[i] -= s->a[i * n + k] * x[k];
    }
    substitute(&lu, order, r, dx);
    for (size_t i = 0; i < n; i++)
        x[i] += dx[i];
}

void orc_solve(struct orc_circuit *circuit, orc_real hertz, orc_cplx *x)
{
    struct orc_arena arena = {0};
    size_t n = circuit->n_nodes + (size_t)circuit->n_branches;
    struct system s = {n, orc_alloc(&arena, n * n * sizeof *s.a),
                       orc_alloc(&arena, n * sizeof *s.b)};
    for (size_t i = 0; i < circuit->n_elements; i++)
        put_element(&s, circuit, &circuit->element[i], 2 * acosq(-1) * hertz);
    solve(&arena, &s, x);
    orc_release(&arena);
}
