/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the unit tests: comparisons that NaN cannot pass, a runner that cannot run nothing. */
#include "bal_test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The negated form is false for NaN. */
static int is_close(double difference, double size, double rel, double abs)
{
    return difference <= fmax(abs, rel * size);
}

void bal_assert_close(double got, double want, double rel, double abs, const char *expression,
                      const char *file, int line)
{
    double difference = fabs(got - want);

    if (isinf(got) && got == want)
        return;
    if (isfinite(got) && isfinite(want) && is_close(difference, fabs(want), rel, abs))
        return;
    print_error("%s = %.17g, want %.17g: difference %.3g (%.3g relative), allowed rel %g abs %g\n",
                expression, got, want, difference, difference / fabs(want), rel, abs);
    _fail(file, line);
}

void bal_assert_close_complex(double complex got, double complex want, double rel, double abs,
                              const char *expression, const char *file, int line)
{
    double difference = cabs(got - want);

    if (isfinite(difference) && is_close(difference, cabs(want), rel, abs))
        return;
    print_error("%s = %.17g %+.17gi, want %.17g %+.17gi: difference %.3g, allowed rel %g abs %g\n",
                expression, creal(got), cimag(got), creal(want), cimag(want), difference, rel, abs);
    _fail(file, line);
}

static size_t select_tests(const struct CMUnitTest *tests, size_t n, const char *word,
                           struct CMUnitTest *chosen)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++) {
        if (!word || strstr(tests[i].name, word))
            chosen[count++] = tests[i];
    }
    return count;
}

int bal_run_test_array(const struct CMUnitTest *tests, size_t n, int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : NULL;
    struct CMUnitTest *chosen = calloc(n + 1, sizeof *chosen);

    if (!chosen)
        return 1;
    size_t count = select_tests(tests, n, word, chosen);
    if (count == 0) {
        fprintf(stderr, word ? "no test is named like '%s'\n" : "there are no tests%s\n",
                word ? word : "");
        free(chosen);
        return word ? 2 : 1;
    }
    int failures = _cmocka_run_group_tests(argv[0], chosen, count, NULL, NULL);
    printf("%zu tests, %d failed\n", count, failures);
    free(chosen);
    return failures == 0 ? 0 : 1;
}
