/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_TESTS_EXPR_BENCH_H
#define BAL_TESTS_EXPR_BENCH_H

/*
 * Surroundings for expressions under test: a = 2.385 (also rx.gain and @r.x1.r3[i]), z = 1.5 -
 * 0.7j, every probe is z, frequency 997 Hz, 31.5 degrees. Functions: both(x,y) = x+x*y, f(n) calls
 * itself, wrong(n) calls an unknown g, pole(x) = 1/(x-x).
 */
#include "expr.h"

enum { ID_A, ID_Z, ID_PROBE = 10 };

typedef struct expr_bench {
    bal_arena arena;
    bal_diag diag;
    bal_source source;
    char messages[4096]; /* of the last compilation: "line:column headline | ..." */
    char probes[512];    /* of the last compilation: "v<a><b>i<V1>" */
    bal_fault fault;
    bal_expr_options options;
    bool no_probes;
} expr_bench;

/* Fixtures of cmocka: *state is an expr_bench. */
int expr_bench_setup(void **state);
int expr_bench_teardown(void **state);

/* NULL when it does not compile; b->messages tells why. */
const bal_expr *expr_bench_compile(expr_bench *b, const char *text);
/* Value of a text that must compile and have one. */
bal_ddc expr_bench_value(expr_bench *b, const char *text);
/* bal_env.value of the names above. */
bal_status expr_bench_variable(void *user, int id, bal_ddc *out);

#define EXPR_TEST(name) cmocka_unit_test_setup_teardown(name, expr_bench_setup, expr_bench_teardown)

#endif
