/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Raw files: the bytes of the header, a round trip through a reader of the test's own, and ngspice.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bal_test.h"
#include "dd.h"
#include "output.h"

enum { POINTS = 3, VECTORS = 4 };

typedef struct raw_file {
    char bytes[1 << 16];
    size_t used;
    char path[64];
} raw_file;

static const bal_vector vectors[VECTORS] = {
    {.name = "frequency", .unit = "Hz", .is_real = true},
    {.name = "v(Out)", .unit = "V"},
    {.name = "i(V1)", .unit = "A"},
    {.name = "rx.bound", .unit = "dB", .is_real = true, .is_bound_of = true}};

static const double complex points[POINTS][VECTORS] = {{20.0, 0.1, -2.5e-7, 0.125},
                                                       {632.45553203367592, -1.25, 3e-12, 1e-5},
                                                       {20000.0, 7e22, 0.375, 6.5}};

static bal_status take(void *user, const char *bytes, size_t n)
{
    raw_file *file = user;
    if (file->used + n >= sizeof file->bytes)
        return BAL_E_IO;
    memcpy(file->bytes + file->used, bytes, n);
    file->used += n;
    return BAL_OK;
}

static int prepare(void **state)
{
    raw_file *file = calloc(1, sizeof *file);
    *state = file;
    if (file == NULL)
        return 1;
    memcpy(file->path, "/tmp/balspice_test_raw_XXXXXX", sizeof "/tmp/balspice_test_raw_XXXXXX");
    const int fd = mkstemp(file->path);
    return fd < 0 || close(fd) != 0;
}

static int clean(void **state)
{
    raw_file *file = *state;
    (void)unlink(file->path);
    free(file);
    return 0;
}

static void write_plots(raw_file *file, const bal_output_row *row, size_t runs)
{
    const bal_output_options options = {take, file};
    const bal_step_axis axis = {"Rs", runs};
    const bal_stream stream = {.title = "A Deck",
                               .vectors = vectors,
                               .n_vectors = VECTORS,
                               .steps = &axis,
                               .n_steps = runs > 1 ? 1 : 0,
                               .n_runs = runs,
                               .n_frequencies = POINTS,
                               .log_frequency = true};
    bal_sink *sink = row->create(&options);
    assert_non_null(sink);
    bool ok = sink->begin(sink, &stream) == BAL_OK;
    for (size_t run = 0; run < runs; run++) {
        const double value = 47.5 * (double)(run + 1);
        ok = ok && sink->run(sink, run, &value) == BAL_OK;
        for (size_t i = 0; i < POINTS; i++)
            ok = ok && sink->point(sink, points[i]) == BAL_OK;
    }
    ok = ok && sink->end(sink) == BAL_OK;
    sink->destroy(sink);
    assert_true(ok);
    file->bytes[file->used] = '\0';
}

static const char header[] = "Title: A Deck\n"
                             "Date: Thu Jan  1 00:00:00 1970\n"
                             "Command: ngspice-compatible (balspice)\n"
                             "Plotname: AC Analysis\n"
                             "Flags: complex\n"
                             "No. Variables: 4\n"
                             "No. Points: 3\n"
                             "Variables:\n"
                             "\t0\tfrequency\tfrequency\tgrid=3\n"
                             "\t1\tv(out)\tvoltage\n"
                             "\t2\ti(v1)\tcurrent\n"
                             "\t3\trx.bound\tdecibel\n";

static void binary_round_trip(void **state)
{
    raw_file *file = *state;
    write_plots(file, &bal_output_raw, 1);
    const size_t n = strlen(header);
    assert_memory_equal(file->bytes, header, n);
    assert_memory_equal(file->bytes + n, "Binary:\n", 8);
    assert_int_equal(file->used, n + 8 + sizeof points);
    for (size_t i = 0; i < (size_t)POINTS * VECTORS; i++) {
        double part[2];
        memcpy(part, file->bytes + n + 8 + i * sizeof part, sizeof part);
        const double complex want = points[i / VECTORS][i % VECTORS];
        assert_true(part[0] == creal(want) && part[1] == cimag(want));
    }
}

static void ascii_round_trip(void **state)
{
    raw_file *file = *state;
    write_plots(file, &bal_output_raw_ascii, 1);
    const size_t n = strlen(header);
    assert_memory_equal(file->bytes, header, n);
    const char *at = file->bytes + n;
    assert_memory_equal(at, "Values:\n", 8);
    at += 8;
    for (int i = 0; i < POINTS; i++) {
        int index = -1;
        int used = 0;
        assert_int_equal(sscanf(at, " %d%n", &index, &used), 1);
        assert_int_equal(index, i);
        at += used;
        for (size_t k = 0; k < VECTORS; k++) {
            double re = 0.0;
            double im = 0.0;
            assert_int_equal(sscanf(at, " %lf,%lf%n", &re, &im, &used), 2);
            assert_true(re == creal(points[i][k]) && im == cimag(points[i][k]));
            at += used;
        }
    }
}

static void steps_are_plots(void **state)
{
    raw_file *file = *state;
    write_plots(file, &bal_output_raw_ascii, 2);
    const char *first = strstr(file->bytes, "Title: A Deck (Rs = 47.5)\n");
    const char *second = strstr(file->bytes, "Title: A Deck (Rs = 95)\n");
    assert_true(first == file->bytes && second > first);
    assert_null(strstr(second + 1, "Title:"));
}

/* ngspice loads the file and prints the sum of what it found: 1 plot more than its own constants.
 */
static void load_in_ngspice(raw_file *file, const char *want)
{
    char command[512];
    char answer[4096];
    FILE *raw = fopen(file->path, "wb");
    assert_non_null(raw);
    const size_t written = fwrite(file->bytes, 1, file->used, raw);
    assert_int_equal(fclose(raw), 0);
    assert_int_equal(written, file->used);
    (void)snprintf(command, sizeof command,
                   "printf '* x\\n.control\\nload %s\\nset numdgt=9\\nprint real(v(out)[1]) "
                   "imag(frequency[2]) length(frequency)\\nsetplot\\nquit 0\\n.endc\\n.end\\n' | "
                   "ngspice -n -b 2>&1",
                   file->path);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    const size_t n = fread(answer, 1, sizeof answer - 1, pipe);
    answer[n] = '\0';
    (void)pclose(pipe);
    if (strstr(answer, want) == NULL || strstr(answer, "-1.25") == NULL)
        fail_msg("ngspice says: %s", answer);
}

static void ngspice_loads(void **state)
{
    raw_file *file = *state;
    if (system("command -v ngspice >/dev/null 2>&1") != 0)
        skip();
    write_plots(file, &bal_output_raw, 1);
    load_in_ngspice(file, "length(frequency) = 3");
    file->used = 0;
    write_plots(file, &bal_output_raw_ascii, 1);
    load_in_ngspice(file, "imag(frequency[2]) = 0");
    file->used = 0;
    write_plots(file, &bal_output_raw, 2);
    load_in_ngspice(file, "ac2");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(binary_round_trip, prepare, clean),
        cmocka_unit_test_setup_teardown(ascii_round_trip, prepare, clean),
        cmocka_unit_test_setup_teardown(steps_are_plots, prepare, clean),
        cmocka_unit_test_setup_teardown(ngspice_loads, prepare, clean),
    };
    return bal_run_tests(tests, argc, argv);
}
