/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Inductive coupling: adds -jw k sqrt(Li Lj) between the branches of every two of its inductors.
 *
 * All couplings of a circuit together must leave the stored energy of every group of coupled
 * inductors positive or zero; k = 1 (an ideal transformer) is legal and exact.
 */
#include "inductor.h"

#include <assert.h>
#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "windings.h"

enum { P_INDUCTORS, P_K };
enum { MAX_GROUP = 1024 }; /* inductors in one group: the check takes the cube of it */

static const bal_param_spec params[] = {
    [P_INDUCTORS] = {"inductors", "", BAL_P_ELEMENTS, BAL_POSITIONAL, BAL_REQUIRED, 0.0, 0.0,
                     "two or more inductors, each coupled to each"},
    [P_K] = {"k", "", BAL_P_REAL, BAL_POSITIONAL, BAL_REQUIRED, -1.0, 1.0, "coupling factor"},
};

static bal_status check_inductor(const bal_device *dev, int r, bal_diag *diag)
{
    const bal_device *l = dev->refs[r];
    if (l->ops->letter != 'L')
        return bal_report(diag, BAL_D_WRONG_REFERENCE, dev->at,
                          "'%s' couples inductors, but '%s' is a %s", BAL_SHOW(dev->name),
                          BAL_SHOW(l->name), l->ops->name);
    if (l->functions && l->functions[0])
        return bal_report(diag, BAL_D_COUPLING, dev->at,
                          "'%s' couples '%s', whose inductance depends on the frequency",
                          BAL_SHOW(dev->name), BAL_SHOW(l->name));
    if (bal_inductance(l).hi < 0.0)
        return bal_report(diag, BAL_D_COUPLING, dev->at,
                          "'%s' couples '%s', whose inductance is negative", BAL_SHOW(dev->name),
                          BAL_SHOW(l->name));
    for (int s = 0; s < r; s++)
        if (dev->refs[s] == l)
            return bal_report(diag, BAL_D_COUPLING, dev->at, "'%s' couples '%s' to itself",
                              BAL_SHOW(dev->name), BAL_SHOW(l->name));
    return BAL_OK;
}

static bal_status check(const bal_device *dev, bal_diag *diag)
{
    if (dev->n_refs < 2)
        return bal_report(diag, BAL_D_ELEMENT_SYNTAX, dev->at,
                          "'%s' needs at least two inductors before its coupling factor",
                          BAL_SHOW(dev->name));
    bal_status status = BAL_OK;
    for (int r = 0; r < dev->n_refs && status == BAL_OK; r++)
        status = check_inductor(dev, r, diag);
    return status;
}

/* A winding: an inductor that some K names. */
typedef struct winding {
    const bal_device *inductor;
    size_t order;  /* of its first mention */
    size_t parent; /* of the disjoint sets; then the root */
    size_t local;  /* number within its group */
} winding;

typedef struct pair {
    size_t a, b; /* windings, a < b */
    const bal_device *coupling;
    size_t order; /* of the card */
} pair;

typedef struct groups {
    winding *windings; /* in order of mention, so that messages do not depend on addresses */
    winding *sorted;   /* the same by address; order is the index into windings */
    size_t n_windings;
    pair *pairs;
    size_t n_pairs;
} groups;

static int by_address(const void *x, const void *y)
{
    const winding *a = x;
    const winding *b = y;
    const uintptr_t pa = (uintptr_t)a->inductor;
    const uintptr_t pb = (uintptr_t)b->inductor;
    if (pa != pb)
        return pa < pb ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

static int by_order(const void *x, const void *y)
{
    const winding *a = x;
    const winding *b = y;
    return (a->order > b->order) - (a->order < b->order);
}

static int by_inductor(const void *x, const void *y)
{
    const uintptr_t a = (uintptr_t)((const winding *)x)->inductor;
    const uintptr_t b = (uintptr_t)((const winding *)y)->inductor;
    return (a > b) - (a < b);
}

static int by_pair(const void *x, const void *y)
{
    const pair *a = x;
    const pair *b = y;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    if (a->b != b->b)
        return a->b < b->b ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

static size_t root(winding *w, size_t i)
{
    while (w[i].parent != i) {
        w[i].parent = w[w[i].parent].parent;
        i = w[i].parent;
    }
    return i;
}

static winding *find_sorted(const groups *g, const bal_device *inductor)
{
    const winding key = {.inductor = inductor};
    return bsearch(&key, g->sorted, g->n_windings, sizeof *g->sorted, by_inductor);
}

static size_t find(const groups *g, const bal_device *inductor)
{
    return find_sorted(g, inductor)->order;
}

/* Fills g->sorted with each inductor once, at its first mention. */
static bal_status sort_windings(groups *g, const bal_device *const devices[], size_t n)
{
    size_t total = 0;
    for (size_t d = 0; d < n; d++)
        total += (size_t)devices[d]->n_refs;
    g->sorted = bal_alloc(total, sizeof *g->sorted);
    if (g->sorted == NULL)
        return BAL_E_NOMEM;
    size_t at = 0;
    for (size_t d = 0; d < n; d++)
        for (int r = 0; r < devices[d]->n_refs; r++, at++)
            g->sorted[at] = (winding){.inductor = devices[d]->refs[r], .order = at};
    qsort(g->sorted, total, sizeof *g->sorted, by_address);
    for (size_t i = 0; i < total; i++)
        if (i == 0 || g->sorted[i].inductor != g->sorted[g->n_windings - 1].inductor)
            g->sorted[g->n_windings++] = g->sorted[i];
    return BAL_OK;
}

/* Each inductor once, each its own group. */
static bal_status collect_windings(groups *g, const bal_device *const devices[], size_t n)
{
    const bal_status status = sort_windings(g, devices, n);
    if (status != BAL_OK)
        return status;
    g->windings = bal_alloc(g->n_windings, sizeof *g->windings);
    if (g->windings == NULL)
        return BAL_E_NOMEM;
    memcpy(g->windings, g->sorted, g->n_windings * sizeof *g->windings);
    qsort(g->windings, g->n_windings, sizeof *g->windings, by_order);
    for (size_t i = 0; i < g->n_windings; i++) {
        g->windings[i].parent = i;
        find_sorted(g, g->windings[i].inductor)->order = i;
    }
    return BAL_OK;
}

static void add_pair(groups *g, const bal_device *coupling, size_t order, size_t a, size_t b)
{
    g->pairs[g->n_pairs++] = (pair){a < b ? a : b, a < b ? b : a, coupling, order};
    const size_t ra = root(g->windings, a);
    const size_t rb = root(g->windings, b);
    g->windings[ra > rb ? ra : rb].parent = ra > rb ? rb : ra;
}

static bal_status collect_pairs(groups *g, const bal_device *const devices[], size_t n)
{
    size_t total = 0;
    for (size_t d = 0; d < n; d++)
        total += (size_t)devices[d]->n_refs * (size_t)(devices[d]->n_refs - 1) / 2;
    g->pairs = bal_alloc(total, sizeof *g->pairs);
    if (g->pairs == NULL)
        return BAL_E_NOMEM;
    for (size_t d = 0; d < n; d++)
        for (int r = 1; r < devices[d]->n_refs; r++)
            for (int s = 0; s < r; s++)
                add_pair(g, devices[d], d, find(g, devices[d]->refs[s]),
                         find(g, devices[d]->refs[r]));
    qsort(g->pairs, g->n_pairs, sizeof *g->pairs, by_pair);
    return BAL_OK;
}

static bal_status report_twice(const groups *g, bal_diag *diag)
{
    bal_status status = BAL_OK;
    for (size_t i = 1; i < g->n_pairs; i++) {
        const pair *before = &g->pairs[i - 1];
        const pair *p = &g->pairs[i];
        if (p->a != before->a || p->b != before->b)
            continue;
        status = bal_report(
            diag, BAL_D_COUPLING, p->coupling->at, "'%s' and '%s' are coupled already, by '%s'",
            BAL_SHOW(g->windings[p->a].inductor->name), BAL_SHOW(g->windings[p->b].inductor->name),
            BAL_SHOW(before->coupling->name));
        bal_note(diag, before->coupling->at, "first coupled here");
    }
    return status;
}

/* "L1, L2 and L3" of one group, cut to fit. */
static const char *list_group(const groups *g, size_t group, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < g->n_windings && used < size; i++) {
        if (g->windings[i].parent != group)
            continue;
        const int n = snprintf(text + used, size - used, "%s'%s'", used == 0 ? "" : ", ",
                               BAL_SHOW(g->windings[i].inductor->name));
        used += n > 0 ? (size_t)n : 0;
    }
    if (used >= size)
        memcpy(text + size - 4, "...", 4);
    return text;
}

static void fill_matrix(const groups *g, size_t group, bal_dd k[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        k[i * n + i] = bal_dd_of(1.0);
    for (size_t i = 0; i < g->n_pairs; i++) {
        const winding *a = &g->windings[g->pairs[i].a];
        const winding *b = &g->windings[g->pairs[i].b];
        if (a->parent != group || bal_dd_is_zero(bal_inductance(a->inductor)) ||
            bal_dd_is_zero(bal_inductance(b->inductor)))
            continue;
        k[a->local * n + b->local] = g->pairs[i].coupling->values[P_K];
        k[b->local * n + a->local] = g->pairs[i].coupling->values[P_K];
    }
}

/* The first card that couples the group: where the message points. */
static const bal_device *first_coupling(const groups *g, size_t group)
{
    const pair *first = NULL;
    for (size_t i = 0; i < g->n_pairs; i++) {
        const pair *p = &g->pairs[i];
        if (g->windings[p->a].parent == group && (first == NULL || p->order < first->order))
            first = p;
    }
    assert(first);
    return first->coupling;
}

static bal_status check_group(const groups *g, size_t group, size_t n, bal_diag *diag)
{
    const bal_device *coupling = first_coupling(g, group);
    if (n > MAX_GROUP)
        return bal_report(diag, BAL_D_TOO_LARGE, coupling->at,
                          "%zu inductors are coupled to each other; the limit is %d", n, MAX_GROUP);
    bal_dd *k = bal_alloc(n * n, sizeof *k);
    if (k == NULL)
        return BAL_E_NOMEM;
    fill_matrix(g, group, k, n);
    const bool passive = bal_windings_passive(k, n);
    bal_free(k);
    if (passive)
        return BAL_OK;
    char names[256];
    return bal_report(diag, BAL_D_COUPLING, coupling->at,
                      "%s cannot be coupled like this: some currents would give them a negative "
                      "energy (their inductance matrix is not positive semidefinite)",
                      list_group(g, group, names, sizeof names));
}

static bal_status check_groups(groups *g, bal_diag *diag)
{
    size_t *sizes = bal_alloc(g->n_windings, sizeof *sizes);
    if (sizes == NULL)
        return BAL_E_NOMEM;
    for (size_t i = 0; i < g->n_windings; i++) {
        g->windings[i].parent = root(g->windings, i);
        g->windings[i].local = sizes[g->windings[i].parent]++;
    }
    bal_status status = BAL_OK;
    for (size_t i = 0; i < g->n_windings && status != BAL_E_NOMEM; i++) {
        const bal_status one = sizes[i] > 2 ? check_group(g, i, sizes[i], diag) : BAL_OK;
        status = one == BAL_OK ? status : one;
    }
    bal_free(sizes);
    return status;
}

static bal_status check_all(const bal_device *const devices[], size_t n, bal_diag *diag)
{
    groups g = {0};
    bal_status status = collect_windings(&g, devices, n);
    if (status == BAL_OK)
        status = collect_pairs(&g, devices, n);
    if (status == BAL_OK)
        status = report_twice(&g, diag);
    if (status == BAL_OK)
        status = check_groups(&g, diag);
    bal_free(g.sorted);
    bal_free(g.windings);
    bal_free(g.pairs);
    return status;
}

static void stamp(const bal_device *dev, bal_stamper *st)
{
    for (int r = 1; r < dev->n_refs; r++) {
        for (int s = 0; s < r; s++) {
            const bal_dd product =
                bal_dd_mul(bal_inductance(dev->refs[r]), bal_inductance(dev->refs[s]));
            const bal_dd mutual = bal_dd_mul(dev->values[P_K], bal_dd_sqrt(product));
            bal_stamp_c(st, BAL_REF(r, 0), BAL_REF(s, 0), bal_dd_neg(mutual));
            bal_stamp_c(st, BAL_REF(s, 0), BAL_REF(r, 0), bal_dd_neg(mutual));
        }
    }
}

const bal_device_ops bal_element_coupling = {
    .letter = 'K',
    .name = "coupling",
    .usage = "Kname L1 L2 [L3 ...] <k>",
    .summary =
        "Couples inductors, each to each, with M = k sqrt(Li Lj). The dots are at their first "
        "nodes; k = 1 is legal.",
    .params = params,
    .n_params = BAL_COUNT(params),
    .check = check,
    .check_all = check_all,
    .stamp = stamp,
};
