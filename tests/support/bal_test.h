/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_TESTS_BAL_TEST_H
#define BAL_TESTS_BAL_TEST_H

/*
 * cmocka without its traps: assert_close compares doubles (cmocka's float assertion passes NaN and
 * compares floats), and bal_run_tests fails when nothing was run.
 */
#include <complex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Passes when |got - want| <= max(abs, rel * |want|). NaN on either side fails; equal infinities
 * pass. A failure prints both values, the difference and the tolerance. */
#define assert_close(got, want, rel, abs)                                                          \
    bal_assert_close((got), (want), (rel), (abs), #got, __FILE__, __LINE__)

/* The same on the modulus of the complex difference. */
#define assert_close_complex(got, want, rel, abs)                                                  \
    bal_assert_close_complex((got), (want), (rel), (abs), #got, __FILE__, __LINE__)

void bal_assert_close(double got, double want, double rel, double abs, const char *expression,
                      const char *file, int line);
void bal_assert_close_complex(double complex got, double complex want, double rel, double abs,
                              const char *expression, const char *file, int line);

/*
 * Runs an array of struct CMUnitTest, those whose name contains argv[1] if it is given. Returns an
 * exit status: 0 all passed, 1 something failed or there are no tests, 2 the word matches no name.
 */
#define bal_run_tests(tests, argc, argv)                                                           \
    bal_run_test_array((tests), sizeof(tests) / sizeof((tests)[0]), (argc), (argv))

int bal_run_test_array(const struct CMUnitTest *tests, size_t n, int argc, char **argv);

#endif
