/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expr_bench.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bal_test.h"

static void collect(void *user, const bal_message *message)
{
    expr_bench *b = user;
    const size_t used = strlen(b->messages);
    (void)snprintf(b->messages + used, sizeof b->messages - used, "%s%u:%u %s",
                   used > 0 ? " | " : "", message->line, message->column, message->headline);
}

static int variable(void *user, bal_text name, bal_span at, bal_type *type)
{
    (void)user;
    (void)at;
    if (bal_text_is(name, "a") || bal_text_is(name, "@r.x1.r3[i]") ||
        bal_text_is(name, "rx.gain")) {
        *type = BAL_REAL;
        return ID_A;
    }
    *type = BAL_COMPLEX;
    return bal_text_is(name, "z") ? ID_Z : -1;
}

static int probe(void *user, const char *function, const bal_span *arguments, int n, bal_span at,
                 bal_type *type)
{
    expr_bench *b = user;
    size_t used = strlen(b->probes);
    *type = BAL_COMPLEX;
    (void)snprintf(b->probes + used, sizeof b->probes - used, "%s", function);
    for (int i = 0; i < n; i++) {
        used = strlen(b->probes);
        const bal_text raw = bal_span_text(arguments[i]);
        (void)snprintf(b->probes + used, sizeof b->probes - used, "<%.*s>", (int)raw.n, raw.p);
    }
    if (n == 1 && bal_text_is(bal_span_text(arguments[0]), "nowhere"))
        return -1;
    return at.end > at.begin ? ID_PROBE : -1;
}

static bal_source func_source = {"func", "x+x*y f(n) g(1) 1/(x-x)", 23, {NULL, 0, 0}};
static const bal_text x_and_y[2] = {{"x", 1}, {"y", 1}};
static const bal_text only_n[1] = {{"n", 1}};

static const bal_user_function *function(void *user, bal_text name, int n_arguments)
{
    static const bal_user_function twice = {x_and_y, 2, {&func_source, 0, 5}};
    static const bal_user_function endless = {only_n, 1, {&func_source, 6, 10}};
    static const bal_user_function wrong = {only_n, 1, {&func_source, 11, 15}};
    static const bal_user_function pole = {x_and_y, 1, {&func_source, 16, 23}};
    (void)user;
    if (bal_text_is(name, "both") && n_arguments == 2)
        return &twice;
    if (bal_text_is(name, "f") && n_arguments == 1)
        return &endless;
    if (bal_text_is(name, "wrong") && n_arguments == 1)
        return &wrong;
    return bal_text_is(name, "pole") && n_arguments == 1 ? &pole : NULL;
}

static void offer(void *user, bal_nearest *nearest)
{
    (void)user;
    bal_nearest_offer(nearest, bal_text_of("rx.gain"));
}

bal_status expr_bench_variable(void *user, int id, bal_ddc *out)
{
    (void)user;
    if (id == ID_A)
        *out = bal_ddc_real(2.385);
    else
        *out = (bal_ddc){{1.5, 0.0}, {-0.7, 0.0}};
    return BAL_OK;
}

int expr_bench_setup(void **state)
{
    expr_bench *b = calloc(1, sizeof *b);
    *state = b;
    return b == NULL;
}

int expr_bench_teardown(void **state)
{
    expr_bench *b = *state;
    bal_arena_release(&b->arena);
    free(b);
    return 0;
}

const bal_expr *expr_bench_compile(expr_bench *b, const char *text)
{
    const bal_expr *expr = NULL;
    const bal_names names = {b, variable, b->no_probes ? NULL : probe, function, offer};
    b->diag = (bal_diag){.sink = collect, .user = b};
    b->messages[0] = '\0';
    b->probes[0] = '\0';
    b->source = (bal_source){"test", text, (uint32_t)strlen(text), {NULL, 0, 0}};
    const bal_span span = {&b->source, 0, b->source.length};
    const bal_status status =
        bal_expr_compile(span, &names, &b->options, &b->arena, &b->diag, &expr);
    assert_true((status == BAL_OK) == (b->diag.errors == 0));
    return status == BAL_OK ? expr : NULL;
}

bal_ddc expr_bench_value(expr_bench *b, const char *text)
{
    const bal_expr *expr = expr_bench_compile(b, text);
    const bal_env env = {.user = b,
                         .value = expr_bench_variable,
                         .frequency = bal_dd_of(997.0),
                         .temperature = 31.5,
                         .fault = &b->fault};
    bal_ddc y = {{(double)NAN, 0.0}, {0.0, 0.0}};
    if (!expr)
        fail_msg("'%s' does not compile: %s", text, b->messages);
    if (bal_expr_value(expr, &env, &y) != BAL_OK)
        fail_msg("'%s' has a fault: %s", text, b->fault.text);
    return y;
}
