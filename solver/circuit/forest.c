/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The way between two nodes of a forest: leaves other than its two ends are plucked until none is
 * left. A node needs no list of its edges for that: the XOR of their numbers is the number of the
 * last one.
 */
#include "forest.h"

#include "alloc.h"

typedef struct forest {
    const bal_edge *edges;
    bool *kept;   /* by edge */
    size_t *last; /* by node: the XOR of its edges that are kept */
    int *degree;
    int ends[2];
} forest;

static void drop(forest *f, int node, size_t edge)
{
    f->last[node] ^= edge;
    f->degree[node]--;
}

/* Plucks the leaf and what becomes a leaf by that. */
static void pluck(forest *f, int node)
{
    while (f->degree[node] == 1 && node != f->ends[0] && node != f->ends[1]) {
        const size_t edge = f->last[node];
        const int other = f->edges[edge].a == node ? f->edges[edge].b : f->edges[edge].a;
        f->kept[edge] = false;
        drop(f, node, edge);
        drop(f, other, edge);
        node = other;
    }
}

bal_status bal_forest_way(const bal_edge edges[], size_t n_edges, int n_nodes, int a, int b,
                          bool on_way[])
{
    const size_t n = (size_t)n_nodes + 1;
    forest f = {.edges = edges, .kept = on_way, .ends = {a, b}};
    f.last = bal_alloc(n, sizeof *f.last);
    f.degree = bal_alloc(n, sizeof *f.degree);
    const bool memory = f.last && f.degree;
    for (size_t i = 0; memory && i < n_edges; i++) {
        on_way[i] = true;
        f.last[edges[i].a] ^= i;
        f.last[edges[i].b] ^= i;
        f.degree[edges[i].a]++;
        f.degree[edges[i].b]++;
    }
    for (int node = 0; memory && node < n_nodes; node++)
        pluck(&f, node);
    bal_free(f.last);
    bal_free(f.degree);
    return memory ? BAL_OK : BAL_E_NOMEM;
}
