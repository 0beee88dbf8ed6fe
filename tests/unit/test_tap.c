/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TAP: the lines by hand, and prove as a reader that is not ours. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bal_test.h"
#include "tap.h"

typedef struct tap_text {
    char text[1 << 14];
    size_t used;
    char path[64];
    bal_bytes bytes;
} tap_text;

static bal_status take(void *user, const char *bytes, size_t n)
{
    tap_text *tap = user;
    if (tap->used + n >= sizeof tap->text)
        return BAL_E_IO;
    memcpy(tap->text + tap->used, bytes, n);
    tap->used += n;
    tap->text[tap->used] = '\0';
    return BAL_OK;
}

static int prepare(void **state)
{
    tap_text *tap = calloc(1, sizeof *tap);
    *state = tap;
    if (tap == NULL)
        return 1;
    bal_bytes_init(&tap->bytes, take, tap);
    memcpy(tap->path, "/tmp/balspice_test_tap_XXXXXX", sizeof "/tmp/balspice_test_tap_XXXXXX");
    const int fd = mkstemp(tap->path);
    return fd < 0 || close(fd) != 0;
}

static int clean(void **state)
{
    tap_text *tap = *state;
    (void)unlink(tap->path);
    free(tap);
    return 0;
}

static const bal_claim_line holds = {.verdict = BAL_LINE_HOLDS,
                                     .text = "pin 1 is at the #1 chassis \\ ground",
                                     .detail = "-0.02 dB (limit 0.1 dB)",
                                     .source = "Rane Note 110",
                                     .file = "a.cir",
                                     .line = 7};
static const bal_claim_line fails = {.verdict = BAL_LINE_UNDECIDED,
                                     .text = "a \"quoted\"\nsentence # TODO",
                                     .detail = "C:\\x",
                                     .source = "",
                                     .file = "decks/b.cir",
                                     .line = 12};

static void good_line(void **state)
{
    tap_text *tap = *state;
    bal_tap_put(&tap->bytes, 3, &holds);
    assert_int_equal(bal_bytes_flush(&tap->bytes), BAL_OK);
    assert_string_equal(tap->text, "ok 3 - pin 1 is at the \\#1 chassis \\\\ ground"
                                   "   -0.02 dB (limit 0.1 dB)   Rane Note 110\n");
}

static void bad_line(void **state)
{
    tap_text *tap = *state;
    bal_tap_put(&tap->bytes, 2, &fails);
    assert_int_equal(bal_bytes_flush(&tap->bytes), BAL_OK);
    assert_string_equal(tap->text, "not ok 2 - a \"quoted\" sentence \\# TODO   C:\\\\x\n"
                                   "  ---\n"
                                   "  verdict: \"undecided\"\n"
                                   "  detail: \"C:\\\\x\"\n"
                                   "  file: \"decks/b.cir\"\n"
                                   "  line: 12\n"
                                   "  ...\n");
}

/* prove counts one failure (the escaped directive does not excuse it) and finds no parse error. */
static void prove_reads_it(void **state)
{
    tap_text *tap = *state;
    char command[256];
    char answer[4096];
    if (system("command -v prove >/dev/null 2>&1") != 0)
        skip();
    bal_bytes_text(&tap->bytes, "TAP version 13\n");
    bal_tap_put(&tap->bytes, 1, &holds);
    bal_tap_put(&tap->bytes, 2, &fails);
    bal_tap_put(&tap->bytes, 3, &holds);
    bal_bytes_text(&tap->bytes, "1..3\n2 passed, 1 failed\n");
    assert_int_equal(bal_bytes_flush(&tap->bytes), BAL_OK);
    FILE *file = fopen(tap->path, "w");
    assert_non_null(file);
    assert_true(fputs(tap->text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    (void)snprintf(command, sizeof command, "prove --exec cat %s 2>&1", tap->path);
    FILE *pipe = popen(command, "r");
    assert_non_null(pipe);
    const size_t n = fread(answer, 1, sizeof answer - 1, pipe);
    answer[n] = '\0';
    (void)pclose(pipe);
    if (strstr(answer, "Failed 1/3 subtests") == NULL || strstr(answer, "Parse errors") != NULL)
        fail_msg("prove says: %s", answer);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(good_line, prepare, clean),
        cmocka_unit_test_setup_teardown(bad_line, prepare, clean),
        cmocka_unit_test_setup_teardown(prove_reads_it, prepare, clean),
    };
    return bal_run_tests(tests, argc, argv);
}
