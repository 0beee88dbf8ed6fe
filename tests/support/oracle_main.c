/* SPDX-License-Identifier: GPL-3.0-or-later */
/* oracle DECK [--freq f1,f2,...]: every node voltage and every current of a voltage source, 34
 * significant digits, as CSV on stdout. The frequencies of --freq replace those of the deck. */
#include "oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_number(orc_real value)
{
    char text[64];
    quadmath_snprintf(text, sizeof text, "%.33Qe", value);
    fputs(text, stdout);
}

static void print_header(const struct orc_circuit *circuit)
{
    fputs("frequency", stdout);
    for (size_t i = 0; i < circuit->n_nodes; i++)
        printf(",re(v(%s)),im(v(%s))", circuit->node[i], circuit->node[i]);
    for (size_t i = 0; i < circuit->n_elements; i++)
        if (circuit->element[i].kind == 'v')
            printf(",re(i(%s)),im(i(%s))", circuit->element[i].name, circuit->element[i].name);
    putchar('\n');
}

static void print_value(orc_cplx z)
{
    putchar(',');
    print_number(crealq(z));
    putchar(',');
    print_number(cimagq(z));
}

static void print_point(const struct orc_circuit *circuit, orc_real hertz, const orc_cplx *x)
{
    print_number(hertz);
    for (size_t i = 0; i < circuit->n_nodes; i++)
        print_value(x[i]);
    for (size_t i = 0; i < circuit->n_elements; i++)
        if (circuit->element[i].kind == 'v')
            print_value(x[circuit->n_nodes + (size_t)circuit->element[i].branch]);
    putchar('\n');
}

static void set_grid(struct orc_circuit *circuit, const char *list)
{
    circuit->n_grid = 0;
    circuit->grid = orc_alloc(&circuit->arena, (strlen(list) + 1) * sizeof *circuit->grid);
    while (*list) {
        char *end;
        circuit->grid[circuit->n_grid++] = strtoflt128(list, &end);
        if (end == list)
            orc_die("--freq", list);
        list = end + (*end == ',');
    }
}

int main(int argc, char **argv)
{
    bool list = argc == 4 && !strcmp(argv[2], "--freq");
    if (argc != 2 && !list) {
        fputs("usage: oracle DECK [--freq f1,f2,...]\n", stderr);
        return 2;
    }
    struct orc_circuit circuit = {0};
    orc_load(&circuit, argv[1]);
    if (list)
        set_grid(&circuit, argv[3]);
    size_t n = circuit.n_nodes + (size_t)circuit.n_branches;
    orc_cplx *x = orc_alloc(&circuit.arena, (n + 1) * sizeof *x);
    print_header(&circuit);
    for (size_t i = 0; i < circuit.n_grid; i++) {
        orc_solve(&circuit, circuit.grid[i], x);
        print_point(&circuit, circuit.grid[i], x);
    }
    orc_release(&circuit.arena);
    return fflush(stdout) || ferror(stdout) ? 1 : 0;
}
