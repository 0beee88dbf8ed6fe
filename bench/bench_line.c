/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_line CABLE_DECK: the cost per frequency of a data-sheet pair over ground, short and long,
 * as a ratio to one klu_z_refactor of the deck given (make_deck.py cable), all in one run. A cable
 * is everything that a frequency asks of it: matrices, two-port and the values of its rows.
 */
#include <klu.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "alloc.h"
#include "circuit.h"
#include "mna_system.h"
#include "models.h"
#include "netlist.h"
#include "stamper.h"

static const char pair[] = "pair over ground\n"
                           ".model mic pair\n"
                           "I1 0 a ac 1\n"
                           "Ra a 0 50\nRb b 0 50\nRs s 0 3\nRc c 0 1k\nRd d 0 1k\nRt t 0 3\n"
                           "P1 a b s 0 c d t 0 mic len=30\n";

typedef struct bench {
    bal_arena arena;
    bal_diag diag;
    bal_deck deck;
    bal_circuit *circuit;
    bal_mna *mna;
} bench;

static double cpu_seconds(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void tell(void *user, const bal_message *message)
{
    (void)user;
    (void)fputs(message->rendered, stderr);
}

static bal_status make(bench *b)
{
    bal_circuit_input input = {.deck = &b->deck, .arena = &b->arena, .diag = &b->diag};
    input.elements = bal_elements(&input.n_elements);
    input.models = bal_models(&input.n_models);
    bal_status status = bal_circuit_create(&input, &b->circuit);
    if (status)
        return status;
    const bal_mna_input mna = {.devices = bal_circuit_devices(b->circuit),
                               .n_devices = bal_circuit_n_devices(b->circuit),
                               .n_nodes = bal_circuit_n_nodes(b->circuit),
                               .n_sources = bal_circuit_n_sources(b->circuit),
                               .range = {60.0, 6e5, 1.0},
                               .omega_reference = 6e3,
                               .temperature = 27.0};
    status = bal_mna_create(&mna, &b->mna);
    return status ? status : bal_mna_point(b->mna, bal_dd_of(1e3));
}

static void release(bench *b)
{
    bal_mna_destroy(b->mna);
    bal_circuit_release(b->circuit);
    bal_arena_release(&b->arena);
}

/* Seconds of one refactorisation; negative: it failed. */
static double refactor(const bal_mna_system *s)
{
    const int entries = s->colptr[s->n];
    double *values = bal_alloc((size_t)entries, 2 * sizeof *values);
    klu_common common;
    (void)klu_defaults(&common);
    klu_symbolic *symbolic = klu_analyze(s->n, s->colptr, s->rowidx, &common);
    klu_numeric *numeric = NULL;
    double seconds = -1.0;
    for (int k = 0; values && k < entries; k++) {
        values[2 * k] = bal_dd_double(s->g[k]);
        values[2 * k + 1] = 6e3 * bal_dd_double(s->c[k]);
    }
    if (values && symbolic)
        numeric = klu_z_factor(s->colptr, s->rowidx, values, symbolic, &common);
    if (numeric) {
        enum { RUNS = 4000 };
        const double begin = cpu_seconds();
        for (int k = 0; k < RUNS; k++)
            (void)klu_z_refactor(s->colptr, s->rowidx, values, symbolic, numeric, &common);
        seconds = (cpu_seconds() - begin) / RUNS;
    }
    (void)klu_z_free_numeric(&numeric, &common);
    (void)klu_free_symbolic(&symbolic, &common);
    bal_free(values);
    return seconds;
}

/* Seconds of the first device with blocks at one frequency. */
static double cable(bal_mna *m, double hertz)
{
    enum { RUNS = 20000 };
    const bal_mna_system *s = m->system;
    const size_t device = s->block_devices[0];
    const bal_stamp_place place = bal_mna_place(m, s, device);
    size_t places = 0;
    for (size_t i = s->slice[device]; i < s->slice[device + 1]; i++)
        places += s->items[i].kind == BAL_IN_BLOCK;
    bal_stamper *st = &m->stamper;
    st->blocks = s->block_raw;
    st->n_blocks = places;
    const double begin = cpu_seconds();
    for (int k = 0; k < RUNS; k++) {
        st->frequency = bal_dd_of(hertz + k * 1e-6);
        st->omega = bal_dd_mul(BAL_DD_2PI, st->frequency);
        if (bal_stamper_run_at(st, m->devices[device], &place) != BAL_OK)
            return -1.0;
    }
    return (cpu_seconds() - begin) / RUNS;
}

int main(int argc, char **argv)
{
    bench deck = {.diag = {.sink = tell}};
    bench line = {.diag = {.sink = tell}};
    if (argc != 2) {
        fputs("usage: bench_line CABLE_DECK (make_deck.py cable)\n", stderr);
        return 2;
    }
    bal_status status = bal_deck_read(argv[1], NULL, &deck.arena, &deck.diag, &deck.deck);
    if (!status)
        status = make(&deck);
    if (!status)
        status = bal_deck_read_text("pair", pair, sizeof pair - 1, NULL, &line.arena, &line.diag,
                                    &line.deck);
    if (!status)
        status = make(&line);
    if (!status) {
        const double one = refactor(deck.mna->system);
        const double brief = cable(line.mna, 1e3);
        const double lengthy = cable(line.mna, 100e6); /* 8 doublings */
        puts("name,unknowns,seconds,ratio");
        printf("klu_z_refactor,%d,%.3g,1\n", deck.mna->system->n, one);
        printf("pair short,,%.3g,%.3g\n", brief, brief / one);
        printf("pair long,,%.3g,%.3g\n", lengthy, lengthy / one);
    } else {
        fprintf(stderr, "%s\n", bal_status_text(status));
    }
    release(&line);
    release(&deck);
    return status ? 1 : 0;
}
