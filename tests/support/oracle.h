/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An independent answer to compare the solver with: a small deck reader and a dense nodal solver in
 * __float128 (113 bits). It shares no line with the library, so that a mistake has to be made twice
 * to stay hidden. Slow and strict on purpose: what it does not know ends the program. gcc only. */
#ifndef ORACLE_H
#define ORACLE_H

#include <quadmath.h>
#include <stdbool.h>
#include <stddef.h>

typedef __float128 orc_real;
typedef __complex128 orc_cplx;

/* ---- memory: one chain of blocks, released together ---- */
struct orc_arena {
    void *first;
};
/* Zeroed memory; ends the program when there is none. */
void *orc_alloc(struct orc_arena *arena, size_t bytes);
char *orc_copy(struct orc_arena *arena, const char *text, size_t length);
char *orc_join(struct orc_arena *arena, const char *a, const char *b);
void orc_release(struct orc_arena *arena);
/* Prints "oracle: what (where)" and exits with 3. */
_Noreturn void orc_die(const char *what, const char *where);

/* ---- text: the lines of a deck, lower case, joined, without comments ---- */
struct orc_lines {
    char **at;
    size_t n, capacity;
};
/* Reads the deck and all that it includes. The title is dropped. */
struct orc_lines orc_read(struct orc_arena *arena, const char *path);
/* Words of one line: "a = b" is one word, braces and quotes keep their blanks. */
struct orc_lines orc_words(struct orc_arena *arena, const char *line);

/* ---- expressions ---- */
struct orc_param {
    const char *name, *text;
    struct orc_scope *home; /* where its names are looked up */
    struct orc_param *next;
    orc_real value;
    int state; /* 0 not yet, 1 being evaluated, 2 known */
};
struct orc_func {
    const char *name, *body;
    struct orc_lines args;
    struct orc_func *next;
};
struct orc_block {
    const char *name;
    size_t begin, end; /* .subckt: its body's lines; .model: its only line */
    struct orc_scope *home;
    struct orc_block *next;
};
struct orc_scope {
    struct orc_arena *arena;
    struct orc_scope *outer;
    struct orc_param *params;
    struct orc_func *funcs;
    struct orc_block *subckts, *models;
};
void orc_define(struct orc_scope *scope, const char *name, const char *text,
                struct orc_scope *home);
/* The value of "2.2k", "{a*b}", "'a*b'" or a bare expression. */
orc_real orc_value(struct orc_scope *scope, const char *text);
/* True if the text starts like a number. */
bool orc_numeric(const char *text);

/* ---- the flat circuit ---- */
struct orc_element {
    char kind; /* r c l k v i e f g h t */
    const char *name;
    int node[4];        /* index, -1 is ground */
    int branch;         /* first branch unknown, counted from 0, or -1 */
    size_t other[2];    /* k: its inductors; f h: the source whose current controls (other[0]) */
    const char *ref[2]; /* their names, before they are looked up */
    orc_real value, td; /* ohm, farad, henry, gain, coupling; t: z0 and seconds */
    orc_cplx ac;
};
struct orc_circuit {
    struct orc_arena arena;
    struct orc_element *element;
    size_t n_elements, element_capacity;
    const char **node;
    size_t n_nodes, node_capacity;
    int n_branches;
    orc_real *grid; /* hertz */
    size_t n_grid;
};
void orc_load(struct orc_circuit *circuit, const char *path);

/* x: n_nodes voltages, then n_branches currents. */
void orc_solve(struct orc_circuit *circuit, orc_real hertz, orc_cplx *x);

#endif
