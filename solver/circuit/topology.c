/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Union-find over the ties that the devices declare; no numbers but f = 0 or not. */
#include "topology.h"

#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "forest.h"
#include "ties.h"

enum { MOST_NOTES = 8 };

typedef struct graph {
    bal_circuit *c;
    bal_topology *out;
    bal_ties ties;
    const bal_topology_extra *extra; /* more devices, NULL without */
    bool dc_only;
    int *root;    /* of the component by finite impedances or fixed voltages */
    int *fixed;   /* of the component by fixed voltages alone */
    int *uses;    /* terminals at each node */
    bool *broken; /* by root: a current enters or someone outside reads a single voltage */
    bool
        *driven; /* by root: a controlled current enters, which may settle it: the numbers decide */
    const bal_device **by; /* by root: who breaks it */
} graph;

static size_t n_devices(const graph *g)
{
    return bal_circuit_n_devices(g->c) + (g->extra ? g->extra->n : 0);
}

static const bal_device *device_at(const graph *g, size_t i)
{
    const size_t own = bal_circuit_n_devices(g->c);
    return i < own ? bal_circuit_devices(g->c)[i] : g->extra->devices[i - own];
}

static int find(int *parent, int i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

static bool join(int *parent, int a, int b)
{
    a = find(parent, a);
    b = find(parent, b);
    if (a == b)
        return false;
    parent[a < b ? b : a] = a < b ? a : b; /* the smaller number leads: ground leads its own */
    return true;
}

/* What a tie is at the frequencies of the sweep. */
static bal_tie_kind effective(const graph *g, bal_tie_kind kind)
{
    if (g->dc_only && kind == BAL_TIE_INDUCTANCE)
        return BAL_TIE_VOLTAGE;
    if (g->dc_only && kind == BAL_TIE_CAPACITANCE)
        return BAL_TIE_SENSE;
    return kind;
}

/* The fixed voltages up to tie k of device `last`: no loop among them. */
static bal_status fixed_edges(graph *g, size_t last, size_t k, bal_edge edges[], size_t *n)
{
    *n = 0;
    for (size_t i = 0; i <= last; i++) {
        const bal_device *dev = device_at(g, i);
        const bal_status status = bal_ties_of(&g->ties, dev);
        if (status != BAL_OK)
            return status;
        const size_t end = i < last ? g->ties.n : k;
        for (size_t t = 0; t < end; t++)
            if (effective(g, g->ties.entries[t].kind) == BAL_TIE_VOLTAGE)
                edges[(*n)++] = (bal_edge){dev->nodes[g->ties.entries[t].a],
                                           dev->nodes[g->ties.entries[t].b], i};
    }
    return BAL_OK;
}

/* The other elements of the loop, in the order of the deck. */
static void note_loop(const graph *g, const bal_edge edges[], const bool on_way[], size_t n)
{
    size_t others = 0;
    size_t told = (size_t)-1;
    bal_diag *diag = bal_circuit_diag(g->c);
    for (size_t i = 0; i < n; i++) {
        if (!on_way[i] || edges[i].device == told)
            continue;
        const bal_device *dev = device_at(g, edges[i].device);
        told = edges[i].device;
        if (++others <= MOST_NOTES)
            bal_note(diag, dev->at, "with '%.*s'", (int)dev->name.n, dev->name.p);
    }
    if (others > MOST_NOTES)
        bal_note(diag, (bal_span){0}, "and with %zu more", others - MOST_NOTES);
}

/* Tie k of device `last` joins two nodes that fixed voltages join already. */
static bal_status report_loop(graph *g, size_t last, size_t k)
{
    const bal_device *dev = device_at(g, last);
    const bal_tie_entry tie = g->ties.entries[k];
    const size_t room = (size_t)g->out->n_nodes + 1;
    bal_edge *edges = bal_alloc(room, sizeof *edges);
    bool *on_way = bal_alloc(room, sizeof *on_way);
    size_t n = 0;
    bal_status status = edges && on_way ? fixed_edges(g, last, k, edges, &n) : BAL_E_NOMEM;
    if (status == BAL_OK)
        status =
            bal_forest_way(edges, n, g->out->n_nodes, dev->nodes[tie.a], dev->nodes[tie.b], on_way);
    if (status == BAL_OK) {
        (void)bal_report(bal_circuit_diag(g->c), BAL_D_VOLTAGE_LOOP, dev->at,
                         "'%.*s' closes a loop of elements that fix the voltage", (int)dev->name.n,
                         dev->name.p);
        note_loop(g, edges, on_way, n);
        status = BAL_E_SINGULAR;
    }
    bal_free(edges);
    bal_free(on_way);
    return status;
}

static bal_status tie_device(graph *g, size_t i)
{
    const bal_device *dev = device_at(g, i);
    bal_status status = bal_ties_of(&g->ties, dev);
    for (size_t k = 0; k < g->ties.n && status == BAL_OK; k++) {
        const bal_tie_entry tie = g->ties.entries[k];
        const bal_tie_kind kind = effective(g, tie.kind);
        const int a = dev->nodes[tie.a];
        const int b = dev->nodes[tie.b];
        if (kind == BAL_TIE_CURRENT || kind == BAL_TIE_SENSE)
            continue;
        if (kind == BAL_TIE_VOLTAGE && !join(g->fixed, a, b))
            return report_loop(g, i, k);
        (void)join(g->root, a, b);
    }
    return status;
}

/* Currents and readings that cross the edge of an island. */
static bal_status cross_device(graph *g, const bal_device *dev)
{
    const bal_status status = bal_ties_of(&g->ties, dev);
    for (size_t k = 0; k < g->ties.n && status == BAL_OK; k++) {
        const bal_tie_entry tie = g->ties.entries[k];
        const bal_tie_kind kind = effective(g, tie.kind);
        const int a = find(g->root, dev->nodes[tie.a]);
        const int b = find(g->root, dev->nodes[tie.b]);
        const bool open_capacitor = tie.kind == BAL_TIE_CAPACITANCE;
        if (a == b || open_capacitor || (kind != BAL_TIE_CURRENT && kind != BAL_TIE_SENSE))
            continue;
        for (int side = 0; side < 2; side++) {
            const int root = side ? b : a;
            g->broken[root] = true;
            g->by[root] = dev;
            g->driven[root] |= kind == BAL_TIE_CURRENT && !dev->ops->is_source;
        }
    }
    return status;
}

static void count_uses(graph *g, const bool used[])
{
    for (size_t i = 0; i < bal_circuit_n_devices(g->c); i++) {
        const bal_device *dev = bal_circuit_devices(g->c)[i];
        for (int k = 0; k < dev->n_nodes; k++)
            g->uses[dev->nodes[k]]++;
    }
    for (int node = 0; used && node < g->out->n_nodes; node++)
        g->uses[node] += used[node];
}

static bal_status warn_dangling(graph *g)
{
    bal_diag *diag = bal_circuit_diag(g->c);
    for (size_t i = 0; i < bal_circuit_n_devices(g->c); i++) {
        const bal_device *dev = bal_circuit_devices(g->c)[i];
        for (int k = 0; k < dev->n_nodes; k++) {
            const char *name = NULL;
            if (dev->nodes[k] == 0 || g->uses[dev->nodes[k]] != 1)
                continue;
            bal_status status = bal_circuit_node_name(g->c, dev->nodes[k], &name);
            if (status == BAL_OK)
                status = bal_report(diag, BAL_D_DANGLING_NODE, dev->at,
                                    "node '%s' has one connection only", name);
            if (status != BAL_OK)
                return status;
        }
    }
    return BAL_OK;
}

/* "a b c ..." of the nodes whose root is given. */
static const char *island_text(bal_circuit *c, const int label[], int wanted, int n)
{
    const char *text = NULL;
    int shown = 0;
    for (int node = 1; node < n; node++) {
        const char *name = NULL;
        if (label[node] != wanted)
            continue;
        if (bal_circuit_node_name(c, node, &name) != BAL_OK)
            return NULL;
        if (++shown > 8)
            return bal_arena_format(bal_circuit_arena(c), "%s ...", text);
        text = bal_arena_format(bal_circuit_arena(c), "%s%s%s", text ? text : "", text ? " " : "",
                                name);
        if (!text)
            return NULL;
    }
    return text;
}

static bal_status report_broken(graph *g, int root)
{
    const bal_device *dev = g->by[root];
    for (int i = 0; i < g->out->n_nodes; i++)
        g->out->island[i] = find(g->root, i);
    const char *text = island_text(g->c, g->out->island, root, g->out->n_nodes);
    if (!text)
        return BAL_E_NOMEM;
    (void)bal_report(bal_circuit_diag(g->c), BAL_D_ISLAND, dev->at,
                     "the nodes {%s} have no path to ground, and '%.*s' drives or reads them", text,
                     (int)dev->name.n, dev->name.p);
    return BAL_E_SINGULAR;
}

static bal_status number_islands(graph *g)
{
    bal_topology *t = g->out;
    for (int i = 0; i < t->n_nodes; i++)
        if (g->broken[i] && !g->driven[i] && find(g->root, i) == i && i != 0)
            return report_broken(g, i);
    for (int i = 0; i < t->n_nodes; i++)
        t->island[i] = -1;
    for (int i = 1; i < t->n_nodes; i++) {
        const int root = find(g->root, i);
        if (root == 0 || g->driven[root])
            continue;
        if (root == i)
            t->tied[t->n_tied++] = i;
        t->island[i] = root == i ? t->n_tied - 1 : t->island[root];
    }
    return BAL_OK;
}

static bal_status allocate(graph *g, int n)
{
    const size_t size = (size_t)n + 1;
    g->root = bal_alloc(size, sizeof *g->root);
    g->fixed = bal_alloc(size, sizeof *g->fixed);
    g->uses = bal_alloc(size, sizeof *g->uses);
    g->broken = bal_alloc(size, sizeof *g->broken);
    g->by = bal_alloc(size, sizeof *g->by);
    g->driven = bal_alloc(size, sizeof *g->driven);
    g->out->island = bal_alloc(size, sizeof *g->out->island);
    g->out->tied = bal_alloc(size, sizeof *g->out->tied);
    if (!g->root || !g->fixed || !g->uses || !g->broken || !g->by || !g->driven ||
        !g->out->island || !g->out->tied)
        return BAL_E_NOMEM;
    for (int i = 0; i < n; i++)
        g->root[i] = g->fixed[i] = i;
    return BAL_OK;
}

static bal_status analyse(graph *g)
{
    const size_t n = n_devices(g);
    bal_status status = BAL_OK;
    for (size_t i = 0; i < n && status == BAL_OK; i++)
        status = tie_device(g, i);
    for (size_t i = 0; i < n && status == BAL_OK; i++)
        status = cross_device(g, device_at(g, i));
    return status == BAL_OK ? number_islands(g) : status;
}

static void release(graph *g)
{
    bal_free(g->root);
    bal_free(g->fixed);
    bal_free(g->uses);
    bal_free(g->broken);
    bal_free(g->driven);
    bal_free(g->by);
    bal_ties_release(&g->ties);
}

bal_status bal_topology_create(bal_circuit *c, bool dc_only, const bool used[],
                               bal_topology *topology)
{
    *topology = (bal_topology){.n_nodes = bal_circuit_n_nodes(c)};
    graph g = {.c = c, .out = topology, .dc_only = dc_only};
    bal_status status = allocate(&g, topology->n_nodes);
    if (status == BAL_OK) {
        count_uses(&g, used);
        status = warn_dangling(&g);
    }
    if (status == BAL_OK)
        status = analyse(&g);
    release(&g);
    if (status != BAL_OK)
        bal_topology_release(topology);
    return status;
}

bal_status bal_topology_extend(bal_circuit *c, bool dc_only, const bal_topology_extra *extra,
                               bal_topology *topology)
{
    *topology = (bal_topology){.n_nodes = bal_circuit_n_nodes(c)};
    graph g = {.c = c, .out = topology, .dc_only = dc_only, .extra = extra};
    bal_status status = allocate(&g, topology->n_nodes);
    if (status == BAL_OK)
        status = analyse(&g);
    release(&g);
    if (status != BAL_OK)
        bal_topology_release(topology);
    return status;
}

void bal_topology_release(bal_topology *t)
{
    bal_free(t->island);
    bal_free(t->tied);
    *t = (bal_topology){0};
}

/* An element of the island, as a place to point at. */
static bal_span place_of(const bal_circuit *c, const bal_topology *t, int island)
{
    for (size_t i = 0; i < bal_circuit_n_devices(c); i++) {
        const bal_device *dev = bal_circuit_devices(c)[i];
        for (int k = 0; k < dev->n_nodes; k++)
            if (t->island[dev->nodes[k]] == island)
                return dev->at;
    }
    return (bal_span){bal_circuit_deck(c)->source, 0, 0};
}

bal_status bal_topology_demand(bal_circuit *c, const bal_topology *t, int a, int b, bal_span at)
{
    if (t->island[a] == t->island[b] && (t->island[a] < 0 || b != 0))
        return BAL_OK;
    const int island = t->island[a] >= 0 ? t->island[a] : t->island[b];
    const char *text = island_text(c, t->island, island, t->n_nodes);
    if (!text)
        return BAL_E_NOMEM;
    if (!at.source)
        at = place_of(c, t, island);
    (void)bal_report(bal_circuit_diag(c), BAL_D_ISLAND, at,
                     "the nodes {%s} have no path to ground: only the differences between their "
                     "voltages are determined",
                     text);
    return BAL_E_SINGULAR;
}

bal_status bal_topology_warn(bal_circuit *c, bal_topology *t)
{
    bal_status status = BAL_OK;
    for (int i = 0; i < t->n_tied && !t->told && status == BAL_OK; i++) {
        const char *text = island_text(c, t->island, i, t->n_nodes);
        if (!text)
            return BAL_E_NOMEM;
        status = bal_report(bal_circuit_diag(c), BAL_D_UNUSED_ISLAND, place_of(c, t, i),
                            "the nodes {%s} have no path to ground; only differences between their "
                            "voltages are computed",
                            text);
    }
    t->told = true;
    return status;
}
