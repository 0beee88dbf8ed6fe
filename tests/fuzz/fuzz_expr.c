/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expressions over three variables and any probe: compiled exactly when nothing was reported;
 * values are finite; the bounded value holds the plain one. */
#include "expr.h"
#include "fuzz.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int variable(void *user, bal_text name, bal_span at, bal_type *type)
{
    (void)user;
    (void)at;
    *type = BAL_REAL;
    return name.n == 1 && name.p[0] >= 'a' && name.p[0] <= 'c' ? name.p[0] - 'a' : -1;
}

static int probe(void *user, const char *function, const bal_span *arguments, int n_arguments,
                 bal_span at, bal_type *type)
{
    (void)user;
    (void)function;
    (void)arguments;
    (void)at;
    *type = BAL_COMPLEX;
    return n_arguments == 1 ? 3 : -1;
}

static bal_ddc value_of(int id)
{
    static const double re[] = {2.385, -0.37, 5e3, 1.25};
    static const double im[] = {0.0, 0.0, 0.0, -0.75};

    return (bal_ddc){{re[id], 0.0}, {im[id], 0.0}};
}

static bal_status value(void *user, int id, bal_ddc *out)
{
    (void)user;
    *out = value_of(id);
    return BAL_OK;
}

static bal_status bounded(void *user, int id, bal_bounded *out)
{
    (void)user;
    bal_ddc v = value_of(id);
    double size = hypot(v.re.hi, v.im.hi);
    *out = (bal_bounded){.value = v,
                         .radius = 1e-9 * size,
                         .low = v.im.hi == 0.0 ? v.re.hi - 1e-9 * size : size * (1.0 - 1e-9),
                         .high = v.im.hi == 0.0 ? v.re.hi + 1e-9 * size : size * (1.0 + 1e-9),
                         .margin = (double)NAN,
                         .limit = (double)NAN};
    return BAL_OK;
}

static void evaluate(const bal_expr *expr)
{
    bal_fault fault = {0};
    bal_env env = {.value = value,
                   .bounded = bounded,
                   .frequency = {997.0, 0.0},
                   .temperature = 27.0,
                   .fault = &fault};
    bal_ddc plain = {{0.0, 0.0}, {0.0, 0.0}};
    bal_bounded wide = {.radius = 0.0};
    int reducers = 0;

    (void)bal_expr_reducers(expr, &reducers);
    if (reducers > 0) /* result/ computes those */
        return;
    bal_status status = bal_expr_value(expr, &env, &plain);
    if (status == BAL_OK && (!isfinite(plain.re.hi) || !isfinite(plain.im.hi)))
        abort();
    if (status == BAL_E_NUMERIC && !fault.text)
        abort();
    status = bal_expr_bounded(expr, &env, &wide);
    if (status == BAL_OK && (isnan(wide.value.re.hi) || isnan(wide.radius) || wide.radius < 0.0))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 4096)
        return 0;
    char *text = calloc(size + 1, 1);
    if (!text)
        return 0;
    if (size > 0)
        memcpy(text, data, size);

    const bal_source source = {.name = "fuzz", .text = text, .length = (uint32_t)size};
    const bal_names names = {.variable = variable, .probe = probe};
    bal_arena arena = {0};
    bal_diag diag = {0};
    const bal_expr *expr = NULL;
    bal_status status = bal_expr_compile((bal_span){&source, 0, (uint32_t)size}, &names, NULL,
                                         &arena, &diag, &expr);

    if ((status == BAL_OK) != (diag.errors == 0 && expr))
        abort();
    if (status == BAL_OK)
        evaluate(expr);
    bal_arena_release(&arena);
    free(text);
    return 0;
}
