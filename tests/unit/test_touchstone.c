/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Touchstone files as their specifications (1.1 of 2002, 2.0 of 2009) describe them, and back. */
#include "touchstone.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bal_test.h"

typedef struct fixture {
    bal_arena arena;
    bal_diag diag;
    bal_source source;
    const bal_network *net;
    char message[400];
} fixture;

static void keep_message(void *user, const bal_message *message)
{
    fixture *f = user;
    (void)snprintf(f->message, sizeof f->message, "%u:%u: %s", message->line, message->column,
                   message->headline);
}

static bal_status read_text(fixture *f, const char *name, const char *text)
{
    memset(f, 0, sizeof *f);
    bal_arena_init(&f->arena);
    f->diag.sink = keep_message;
    f->diag.user = f;
    f->source = (bal_source){.name = name, .text = text, .length = (uint32_t)strlen(text)};
    return bal_touchstone_read(&f->source, &f->arena, &f->diag, &f->net);
}

static double complex entry(const fixture *f, size_t point, int i, int j)
{
    const int n = f->net->n_ports;
    return f->net->values[point * (size_t)(n * n) + (size_t)(i * n + j)];
}

static void two_port_comes_by_columns(void **state)
{
    (void)state;
    fixture f;
    assert_int_equal(read_text(&f, "a.S2P",
                               "! made by hand\n# MHZ S MA R 75\n"
                               "1.5 0.3 90  0.7 -90  0.2 180  0.4 0 ! comment\n"
                               "2.5 0.3 0 0.7 0\n 0.2 0 0.4 0\n"
                               "1 2.0 0.5 30 0.2\n"), /* noise: a lower frequency */
                     BAL_OK);
    assert_int_equal(f.net->n_ports, 2);
    assert_int_equal(f.net->n_points, 2);
    assert_close(f.net->hertz[0], 1.5e6, 1e-15, 0.0);
    assert_close(f.net->reference[1], 75.0, 0.0, 0.0);
    assert_close_complex(entry(&f, 0, 0, 0), bal_cplx(0.0, 0.3), 1e-15, 0.0);
    assert_close_complex(entry(&f, 0, 1, 0), bal_cplx(0.0, -0.7), 1e-15, 0.0);
    assert_close_complex(entry(&f, 0, 0, 1), -0.2, 1e-15, 0.0);
    assert_close_complex(entry(&f, 1, 1, 1), 0.4, 1e-15, 0.0);
    bal_arena_release(&f.arena);
}

static void defaults_and_decibels(void **state)
{
    (void)state;
    fixture f;
    assert_int_equal(read_text(&f, "b.s1p", "#\n0.5 0.37 -90\n"), BAL_OK);
    assert_close(f.net->hertz[0], 0.5e9, 1e-15, 0.0);
    assert_close(f.net->reference[0], 50.0, 0.0, 0.0);
    assert_close_complex(entry(&f, 0, 0, 0), bal_cplx(0.0, -0.37), 1e-15, 0.0);
    bal_arena_release(&f.arena);
    assert_int_equal(read_text(&f, "b.s1p", "# kHz S DB R 50\n3 -20 180\n"), BAL_OK);
    assert_close_complex(entry(&f, 0, 0, 0), -0.1, 1e-15, 0.0);
    bal_arena_release(&f.arena);
}

static void impedances_are_normalised_in_version_1(void **state)
{
    (void)state;
    fixture f;
    assert_int_equal(read_text(&f, "z.s1p", "# Hz Z RI R 75\n10 2 1\n"), BAL_OK);
    assert_close_complex(entry(&f, 0, 0, 0), bal_cplx(150.0, 75.0), 1e-15, 0.0);
    bal_arena_release(&f.arena);
    assert_int_equal(read_text(&f, "y.s1p", "# Hz Y RI R 75\n10 3 0\n"), BAL_OK);
    assert_close_complex(entry(&f, 0, 0, 0), 0.04, 1e-15, 0.0);
    bal_arena_release(&f.arena);
    assert_int_equal(read_text(&f, "z.ts",
                               "[Version] 2.0\n# Hz Z RI R 75\n[Number of Ports] 1\n"
                               "[Number of Frequencies] 1\n[Network Data]\n10 2 1\n[End]\n"),
                     BAL_OK);
    assert_close_complex(entry(&f, 0, 0, 0), bal_cplx(2.0, 1.0), 1e-15, 0.0);
    bal_arena_release(&f.arena);
}

static void version_2(void **state)
{
    (void)state;
    fixture f;
    assert_int_equal(
        read_text(&f, "c.ts",
                  "[Version] 2.0\n# MHz S RI\n[Number of Ports] 3\n"
                  "[Reference] 50 75\n 0.01\n[Matrix Format] Upper\n"
                  "[Begin Information]\nsaved by 7 people\n[End Information]\n"
                  "[Network Data]\n1 .11 0 .12 0 .13 0\n .22 0 .23 0\n .33 0\n[End]\n"),
        BAL_OK);
    assert_close(f.net->reference[2], 0.01, 0.0, 0.0);
    assert_close_complex(entry(&f, 0, 2, 1), 0.23, 1e-15, 0.0);
    assert_close_complex(entry(&f, 0, 0, 2), 0.13, 1e-15, 0.0);
    bal_arena_release(&f.arena);
    assert_int_equal(read_text(&f, "d.ts",
                               "[Version] 2.0\n# MHz S RI\n[Number of Ports] 2\n"
                               "[Two-Port Data Order] 12_21\n[Network Data]\n"
                               "1 .11 0 .12 0 .21 0 .22 0\n[End]\n"),
                     BAL_OK);
    assert_close_complex(entry(&f, 0, 0, 1), 0.12, 1e-15, 0.0);
    bal_arena_release(&f.arena);
}

static void mistakes(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text, *message;
    } rows[] = {
        {"a.txt", "# Hz S RI\n1 2 3\n", "2:1: how many ports"},
        {"a.s1p", "# Hz S RI\n2 2 3\n1 2 3\n", "3:1: frequencies must"},
        {"a.s1p", "# Hz S RI R -50\n", "1:11: expected a positive resistance"},
        {"a.s1p", "# Hz H RI\n", "1:6: 'H' is unknown"},
        {"a.s1p", "! nothing\n", "1:1: the file holds no data"},
        {"a.s3p", "# Hz S RI\n1 2 3 4\n", "2:1: the last point has 4 of 19"},
        {"a.ts", "[Version] 2.0\n[Number of Ports] 0\n", "2:1: expected 1 to 16 ports"},
        {"a.ts", "[Version] 2.0\n[Mixed-Mode Order] D2,1\n", "2:1: mixed-mode"},
        {"a.s1p", "# Hz S RI\n1 nan 3\n", "2:3: 'nan' is not a number"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        fixture f;
        assert_int_equal(read_text(&f, rows[i].name, rows[i].text), BAL_E_DECK);
        if (strncmp(f.message, rows[i].message, strlen(rows[i].message)) != 0)
            fail_msg("'%s' instead of '%s'", f.message, rows[i].message);
        bal_arena_release(&f.arena);
    }
}

typedef struct text {
    char p[4000];
    size_t n;
} text;

static bal_status append(void *user, const char *bytes, size_t n)
{
    text *t = user;
    memcpy(t->p + t->n, bytes, n);
    t->n += n;
    t->p[t->n] = '\0';
    return BAL_OK;
}

static void written_and_read_again(void **state)
{
    (void)state;
    static bal_bytes bytes;
    static const double hertz[] = {20.0, 2.385e6};
    for (int n = 1; n <= 3; n++)
        for (int k = 0; k < 6; k++) {
            double reference[3] = {75.0, 75.0, k % 2 ? 33.0 : 75.0};
            if (k % 2)
                reference[1] = 12.5;
            double complex values[18];
            for (int i = 0; i < 2 * n * n; i++)
                values[i] = bal_cplx(0.1 / 3.0 * (i + 1), -0.7 / (i + 3.0));
            const bal_network net = {.path = "x",
                                     .kind = "szy"[k / 2],
                                     .n_ports = n,
                                     .n_points = 2,
                                     .hertz = hertz,
                                     .reference = reference,
                                     .values = values};
            text t = {.n = 0};
            bal_bytes_init(&bytes, append, &t);
            bal_touchstone_write(&bytes, &net);
            assert_int_equal(bal_bytes_flush(&bytes), BAL_OK);
            fixture f;
            char name[24];
            (void)snprintf(name, sizeof name, "x.s%dp", n);
            assert_int_equal(read_text(&f, name, t.p), BAL_OK);
            assert_int_equal(f.net->kind, net.kind);
            for (int i = 0; i < n; i++)
                assert_close(f.net->reference[i], reference[i], 0.0, 0.0);
            for (int i = 0; i < 2 * n * n; i++)
                assert_close_complex(f.net->values[i], values[i], 4e-16, 0.0);
            bal_arena_release(&f.arena);
        }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_port_comes_by_columns),
        cmocka_unit_test(defaults_and_decibels),
        cmocka_unit_test(impedances_are_normalised_in_version_1),
        cmocka_unit_test(version_2),
        cmocka_unit_test(mistakes),
        cmocka_unit_test(written_and_read_again),
    };
    return bal_run_tests(tests, argc, argv);
}
