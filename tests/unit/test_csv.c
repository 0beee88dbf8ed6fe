/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The CSV output against files written out by hand. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bal_test.h"
#include "dd.h"
#include "output.h"

typedef struct text_file {
    char text[1 << 18];
    size_t used;
    size_t room; /* a write beyond it fails */
    int failures;
} text_file;

static bal_status take(void *user, const char *bytes, size_t n)
{
    text_file *file = user;
    if (file->used + n > file->room) {
        file->failures++;
        return BAL_E_IO;
    }
    memcpy(file->text + file->used, bytes, n);
    file->used += n;
    file->text[file->used] = '\0';
    return BAL_OK;
}

static int open_sink(void **state)
{
    text_file *file = calloc(1, sizeof *file);
    *state = file;
    if (file != NULL)
        file->room = sizeof file->text - 1;
    return file == NULL;
}

static int close_sink(void **state)
{
    free(*state);
    return 0;
}

static const bal_vector vectors[] = {{.name = "frequency", .unit = "Hz", .is_real = true},
                                     {.name = "v(a,\"b\")", .unit = "V"},
                                     {.name = "rx.bound", .unit = "dB", .is_real = true}};

static void plain_table(void **state)
{
    text_file *file = *state;
    const bal_output_options options = {take, file};
    const bal_stream stream = {
        .title = "t", .vectors = vectors, .n_vectors = 3, .n_runs = 1, .n_frequencies = 2};
    bal_sink *sink = bal_output_csv.create(&options);
    assert_non_null(sink);
    const double complex first[] = {20.0, bal_cplx(0.1, -2.5e-7), 0.25};
    const double complex second[] = {1234.5, bal_cplx(-0.0, 3.0), 7e-300};
    const bool ok = sink->begin(sink, &stream) == BAL_OK && sink->run(sink, 0, NULL) == BAL_OK &&
                    sink->point(sink, first) == BAL_OK && sink->point(sink, second) == BAL_OK &&
                    sink->end(sink) == BAL_OK;
    sink->destroy(sink);
    assert_true(ok);
    assert_string_equal(file->text,
                        "frequency,\"re(v(a,\"\"b\"\"))\",\"im(v(a,\"\"b\"\"))\",rx.bound\n"
                        "20,0.10000000000000001,-2.4999999999999999e-07,0.25\n"
                        "1234.5,-0,3,7.0000000000000003e-300\n");
}

static void steps_come_first(void **state)
{
    text_file *file = *state;
    const bal_output_options options = {take, file};
    const bal_step_axis axes[] = {{"len", 2}, {"rs", 1}};
    const bal_stream stream = {.title = "t",
                               .vectors = vectors,
                               .n_vectors = 1,
                               .steps = axes,
                               .n_steps = 2,
                               .n_runs = 2,
                               .n_frequencies = 1};
    bal_sink *sink = bal_output_csv.create(&options);
    assert_non_null(sink);
    bool ok = sink->begin(sink, &stream) == BAL_OK;
    for (size_t run = 0; run < 2; run++) {
        const double values[] = {2.5 * (double)(run + 1), 47.5};
        const double complex point[] = {1000.0};
        ok = ok && sink->run(sink, run, values) == BAL_OK && sink->point(sink, point) == BAL_OK;
    }
    ok = ok && sink->end(sink) == BAL_OK;
    sink->destroy(sink);
    assert_true(ok);
    assert_string_equal(file->text, "len,rs,frequency\n2.5,47.5,1000\n5,47.5,1000\n");
}

/* Many blocks: nothing is lost between them and each number reads back as the same double. */
static void long_table_round_trips(void **state)
{
    enum { POINTS = 4000 };
    text_file *file = *state;
    const bal_output_options options = {take, file};
    const bal_stream stream = {
        .title = "t", .vectors = vectors, .n_vectors = 2, .n_runs = 1, .n_frequencies = POINTS};
    bal_sink *sink = bal_output_csv.create(&options);
    assert_non_null(sink);
    bool ok = sink->begin(sink, &stream) == BAL_OK && sink->run(sink, 0, NULL) == BAL_OK;
    for (int i = 0; i < POINTS; i++) {
        const double complex point[] = {20.0 + i, bal_cplx(sin(i), exp(-0.01 * i))};
        ok = ok && sink->point(sink, point) == BAL_OK;
    }
    ok = ok && sink->end(sink) == BAL_OK;
    sink->destroy(sink);
    assert_true(ok);
    assert_true(file->used > 2 * BAL_BYTES_BLOCK);
    const char *at = strchr(file->text, '\n') + 1;
    for (int i = 0; i < POINTS; i++) {
        double f = 0.0;
        double re = 0.0;
        double im = 0.0;
        int used = 0;
        assert_int_equal(sscanf(at, "%lf,%lf,%lf\n%n", &f, &re, &im, &used), 3);
        assert_true(f == 20.0 + i && re == sin(i) && im == exp(-0.01 * i));
        at += used;
    }
    assert_string_equal(at, "");
}

static void failed_write_stops_the_run(void **state)
{
    text_file *file = *state;
    const bal_output_options options = {take, file};
    const bal_stream stream = {
        .title = "t", .vectors = vectors, .n_vectors = 2, .n_runs = 1, .n_frequencies = 5};
    file->room = 10;
    bal_sink *sink = bal_output_csv.create(&options);
    assert_non_null(sink);
    const double complex point[] = {20.0, 2.385};
    bal_status status = sink->begin(sink, &stream);
    for (int i = 0; i < 100000 && status == BAL_OK; i++)
        status = sink->point(sink, point);
    const bal_status last = sink->end(sink);
    sink->destroy(sink);
    assert_int_equal(status, BAL_E_IO);
    assert_int_equal(last, BAL_E_IO);
    assert_int_equal(file->failures, 1);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(plain_table, open_sink, close_sink),
        cmocka_unit_test_setup_teardown(steps_come_first, open_sink, close_sink),
        cmocka_unit_test_setup_teardown(long_table_round_trips, open_sink, close_sink),
        cmocka_unit_test_setup_teardown(failed_write_stops_the_run, open_sink, close_sink),
    };
    return bal_run_tests(tests, argc, argv);
}
