/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells and tables against what an engineer would write by hand. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bal_test.h"
#include "cells.h"
#include "dd.h"
#include "output.h"

typedef struct cell_row {
    char kind; /* f d p e */
    double value;
    double bound;
    const char *want;
} cell_row;

static const cell_row rows[] = {
    {'f', 20.0, 0.0, "20"},
    {'f', 1000000.0, 0.0, "1000000"},
    {'f', 1258925.4117941673, 0.0, "1258930"},
    {'f', 158.48931924611142, 0.0, "158.489"},
    {'f', 999999.7, 0.0, "1000000"},
    {'f', 0.0, 0.0, "0"},
    {'f', 2.5e9, 0.0, "2.5e+09"},
    {'f', 0.00123456789, 0.0, "0.00123457"},
    {'d', -0.004, 0.0, "0.00"},
    {'d', -3.0103, 0.0, "-3.01"},
    {'d', -266.0206, 0.0, "-266.02"},
    {'d', 106.0206, 0.03, "106.0"},
    {'d', 106.0206, 0.3, "106"},
    {'d', 106.0206, 3.0, ">= 103"},
    {'d', 245.1299, HUGE_VAL, ">= 245.12"},
    {'d', -245.1299, -HUGE_VAL, "<= -245.12"},
    {'d', -HUGE_VAL, 0.0, "null"},
    {'d', HUGE_VAL, HUGE_VAL, "infinite"},
    {'p', -179.994, 0.0, "-179.99"},
    {'p', 45.678, 0.005, "45.7"},
    {'p', 45.678, 3.0, "-"},
    {'p', 45.678, HUGE_VAL, "-"},
    {'e', 600.0, 0.0, "600.000"},
    {'e', 10000.0, 0.0, "10.0000e3"},
    {'e', 999999.9, 0.0, "1.00000e6"},
    {'e', 999.9999, 0.0, "1.00000e3"},
    {'e', -2.385e-9, 0.0, "-2.38500e-9"},
    {'e', 47e-12, 0.0, "47.0000e-12"},
    {'e', 0.0, 0.0, "0"},
    {'e', 1.0, 0.0, "1.00000"},
    {'e', 0.775, 0.0, "775.000e-3"},
    {'e', 12345.678, 0.01, "12.3e3"},
    {'e', 2.5e-308, 0.0, "2.5e-308"},
};

static void cells(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char cell[BAL_CELL];
        const cell_row *r = &rows[i];
        if (r->kind == 'f')
            bal_cell_frequency(r->value, cell);
        else if (r->kind == 'd')
            bal_cell_decibel(r->value, r->bound, cell);
        else if (r->kind == 'p')
            bal_cell_degrees(r->value, r->bound, cell);
        else
            bal_cell_engineering(r->value, r->bound, cell);
        if (strcmp(cell, r->want) != 0)
            fail_msg("row %zu: got '%s', want '%s'", i, cell, r->want);
    }
}

typedef struct text_file {
    char text[1 << 14];
    size_t used;
} text_file;

static bal_status take(void *user, const char *bytes, size_t n)
{
    text_file *file = user;
    if (file->used + n >= sizeof file->text)
        return BAL_E_IO;
    memcpy(file->text + file->used, bytes, n);
    file->used += n;
    file->text[file->used] = '\0';
    return BAL_OK;
}

static int prepare(void **state)
{
    *state = calloc(1, sizeof(text_file));
    return *state == NULL;
}

static int clean(void **state)
{
    free(*state);
    return 0;
}

static const bal_vector vectors[] = {
    {.name = "frequency", .unit = "Hz", .is_real = true},
    {.name = "rx.cmrr", .unit = ""},
    {.name = "rx.bound", .unit = "dB", .is_real = true, .is_bound_of = true},
    {.name = "v(out)", .unit = "V"},
    {.name = "zin(v1)", .unit = "ohm"},
    {.name = "db(v(a_very_long_name))", .unit = "dB", .is_real = true}};
enum { N = sizeof vectors / sizeof vectors[0] };

static const double complex points[2][N] = {
    {20.0, 2e5, 0.0002, 0.5, 600.0, -6.0206},
    {20000.0, 1e15, HUGE_VAL, 0.0, 47000.0, 12.25},
};

static bool stream_all(text_file *file, const bal_stream *stream)
{
    const bal_output_options options = {take, file};
    bal_sink *sink = bal_output_table.create(&options);
    if (sink == NULL)
        return false;
    bool ok = sink->begin(sink, stream) == BAL_OK;
    for (size_t run = 0; run < stream->n_runs; run++) {
        const double value = 4700.0 * (double)(run + 1);
        ok = ok && sink->run(sink, run, &value) == BAL_OK;
        for (size_t i = 0; i < stream->n_frequencies; i++)
            ok = ok && sink->point(sink, points[i]) == BAL_OK;
    }
    ok = ok && sink->end(sink) == BAL_OK;
    sink->destroy(sink);
    return ok;
}

static void one_run(void **state)
{
    text_file *file = *state;
    const bal_stream stream = {.title = "a \x1b[31mdeck",
                               .vectors = vectors,
                               .n_vectors = N,
                               .n_runs = 1,
                               .n_frequencies = 2};
    assert_true(stream_all(file, &stream));
    assert_string_equal(
        file->text, "a ?[31mdeck\n"
                    "\n"
                    " frequency              rx.cmrr               v(out)                zin(v1)  "
                    "db(v(a_very_long_name))\n"
                    "        Hz          dB      deg         dBV      deg           ohm      deg  "
                    "                     dB\n"
                    "        20      106.02     0.00       -6.02     0.00       600.000     0.00  "
                    "                  -6.02\n"
                    "     20000   >= 300.00        -        null        -     47.0000e3     0.00  "
                    "                  12.25\n");
}

static void steps_have_headings(void **state)
{
    text_file *file = *state;
    const bal_step_axis axis = {"rs", 2};
    const bal_stream stream = {.title = "",
                               .vectors = vectors,
                               .n_vectors = 1,
                               .steps = &axis,
                               .n_steps = 1,
                               .n_runs = 2,
                               .n_frequencies = 2};
    assert_true(stream_all(file, &stream));
    assert_string_equal(file->text, "rs = 4700\n"
                                    " frequency\n        Hz\n        20\n     20000\n"
                                    "\n"
                                    "rs = 9400\n"
                                    " frequency\n        Hz\n        20\n     20000\n");
}

static void one_frequency_is_one_table(void **state)
{
    text_file *file = *state;
    const bal_step_axis axis = {"rs", 2};
    const bal_stream stream = {.title = "",
                               .vectors = vectors,
                               .n_vectors = 1,
                               .steps = &axis,
                               .n_steps = 1,
                               .n_runs = 2,
                               .n_frequencies = 1};
    assert_true(stream_all(file, &stream));
    assert_string_equal(file->text, "        rs   frequency\n"
                                    "                    Hz\n"
                                    "      4700          20\n"
                                    "      9400          20\n");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells),
        cmocka_unit_test_setup_teardown(one_run, prepare, clean),
        cmocka_unit_test_setup_teardown(steps_have_headings, prepare, clean),
        cmocka_unit_test_setup_teardown(one_frequency_is_one_table, prepare, clean),
    };
    return bal_run_tests(tests, argc, argv);
}
