/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The line two-port: against 60-digit arithmetic (golden/mtl_reference.txt, tolerances with u the
 * unit of a double and x = sqrt ||Z Y l^2||), scalar formulas, and what every line must obey.
 */
#include "line.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bal_test.h"

typedef double complex matrix[BAL_LINE_SQUARE];

static const double unit = 2.220446049250313e-16;

typedef struct golden {
    char name[32];
    int n;
    double length, hertz, x;
    matrix z, y, zs, yp, r, t;
    double zr[BAL_LINE_MAX];
} golden;

static void read_matrix(FILE *file, int n, matrix out)
{
    for (int i = 0; i < n * n; i++) {
        double re = 0.0;
        double im = 0.0;
        assert_int_equal(fscanf(file, "%lf %lf", &re, &im), 2);
        out[i] = bal_cplx(re, im);
    }
}

/* Reads one keyword and what follows it. False at the end; *complete after a point's last matrix.
 */
static bool read_field(FILE *file, golden *g, bool *complete)
{
    char key[64];
    *complete = false;
    if (fscanf(file, "%63s", key) != 1)
        return false;
    if (strcmp(key, "case") == 0)
        assert_int_equal(fscanf(file, "%31s %d %lf", g->name, &g->n, &g->length), 3);
    else if (strcmp(key, "point") == 0)
        assert_int_equal(fscanf(file, "%lf %lf", &g->hertz, &g->x), 2);
    else if (strcmp(key, "zr") == 0)
        for (int i = 0; i < g->n; i++)
            assert_int_equal(fscanf(file, "%lf", &g->zr[i]), 1);
    else if (strcmp(key, "#") == 0 || strcmp(key, "voltage") == 0)
        while (fgetc(file) != '\n')
            continue;
    else {
        const struct {
            const char *key;
            double complex *to;
        } names[] = {{"Z", g->z},   {"Y", g->y}, {"Zs", g->zs},
                     {"Yp", g->yp}, {"r", g->r}, {"t", g->t}};
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
            if (strcmp(key, names[i].key) == 0)
                read_matrix(file, g->n, names[i].to);
        *complete = strcmp(key, "t") == 0;
    }
    return true;
}

static void totals(const golden *g, matrix zd, matrix yd)
{
    for (int i = 0; i < g->n * g->n; i++) {
        zd[i] = g->z[i] * g->length;
        yd[i] = g->y[i] * g->length;
    }
}

static void check_relative(const golden *g, const matrix got, const matrix want)
{
    for (int i = 0; i < g->n * g->n; i++)
        assert_close_complex(got[i], want[i], 1e-14, 0.0);
}

/* Size of the largest coupling of the line against its largest diagonal entry. */
static double coupling(const golden *g)
{
    double off = 0.0;
    double on = 0.0;
    for (int i = 0; i < g->n; i++)
        for (int j = 0; j < g->n; j++) {
            const double qq = sqrt(g->zr[i] * g->zr[j]);
            const double size = fmax(cabs(g->z[i * g->n + j]) / qq, cabs(g->y[i * g->n + j]) * qq);
            if (i == j)
                on = fmax(on, size);
            else
                off = fmax(off, size);
        }
    return off / on;
}

static void check_waves(const golden *g, const bal_line *line)
{
    const double x = fmax(1.0, g->x);
    const double off = 200.0 * unit * x * coupling(g);
    for (int i = 0; i < g->n; i++) {
        assert_close(line->zr[i], g->zr[i], 1e-14, 0.0);
        for (int j = 0; j < g->n; j++) {
            const int at = i * g->n + j;
            const double tolerance = i == j ? 20.0 * unit * x : off;
            assert_close_complex(line->r[at], g->r[at], 0.0, tolerance);
            assert_close_complex(line->t[at], g->t[at], 0.0, tolerance);
        }
    }
}

static void golden_numerics(void **state)
{
    (void)state;
    FILE *file = fopen(BAL_SOURCE_DIR "/tests/golden/mtl_reference.txt", "r");
    assert_non_null(file);
    static golden g;
    static bal_line line;
    int points = 0;
    int longs = 0;
    bool complete = false;
    while (read_field(file, &g, &complete)) {
        matrix zd;
        matrix yd;
        if (!complete)
            continue;
        totals(&g, zd, yd);
        assert_true(bal_line_compute(g.n, zd, yd, 0, NULL, &line));
        points++;
        longs += line.doublings > 0;
        if (line.doublings == 0) {
            check_relative(&g, line.zs, g.zs);
            check_relative(&g, line.yp, g.yp);
            assert_true(bal_line_waves(zd, yd, &line));
        }
        check_waves(&g, &line);
    }
    (void)fclose(file);
    assert_int_equal(points, 60);
    assert_true(longs > 10 && longs < 50);
}

/* ---- properties, on lines made from positive definite matrices ---- */

static double draw(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005U + 1442695040888963407U;
    return (double)(*seed >> 11) * 0x1p-53;
}

/* B B^T + a diagonal, symmetric and positive definite. */
static void positive(uint64_t *seed, int n, double scale, double out[])
{
    double b[BAL_LINE_SQUARE];
    for (int i = 0; i < n * n; i++)
        b[i] = draw(seed) - 0.5;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            double sum = i == j ? 0.3 : 0.0;
            for (int k = 0; k < n; k++)
                sum += b[i * n + k] * b[j * n + k];
            out[i * n + j] = scale * sum;
        }
}

static void random_line(uint64_t *seed, int n, double omega, matrix zd, matrix yd)
{
    double r[BAL_LINE_SQUARE];
    double l[BAL_LINE_SQUARE];
    double g[BAL_LINE_SQUARE];
    double c[BAL_LINE_SQUARE];
    positive(seed, n, 2.385, r);
    positive(seed, n, 17e-6, l);
    positive(seed, n, 3.7e-9, g);
    positive(seed, n, 4.3e-9, c);
    for (int i = 0; i < n * n; i++) {
        zd[i] = bal_cplx(r[i], omega * l[i]);
        yd[i] = bal_cplx(g[i], omega * c[i]);
    }
}

/* The 2n x 2n scattering matrix. */
static void whole(const bal_line *line, double complex s[])
{
    const int n = line->n;
    for (int i = 0; i < 2 * n; i++)
        for (int j = 0; j < 2 * n; j++)
            s[i * 2 * n + j] = (i / n == j / n ? line->r : line->t)[i % n * n + j % n];
}

static void passive_at_any_length(void **state)
{
    (void)state;
    uint64_t seed = 12;
    static bal_line line;
    for (int n = 1; n <= BAL_LINE_MAX; n++)
        for (double omega = 17.0; omega < 1e9; omega *= 31.0) {
            matrix zd;
            matrix yd;
            double complex s[4 * BAL_LINE_SQUARE];
            double complex x[2 * BAL_LINE_MAX];
            random_line(&seed, n, omega, zd, yd);
            assert_true(bal_line_compute(n, zd, yd, 0, NULL, &line));
            if (line.doublings == 0)
                assert_true(bal_line_waves(zd, yd, &line));
            whole(&line, s);
            double in = 0.0;
            double out = 0.0;
            for (int i = 0; i < 2 * n; i++) {
                x[i] = bal_cplx(draw(&seed) - 0.5, draw(&seed) - 0.5);
                in += pow(cabs(x[i]), 2.0);
            }
            for (int i = 0; i < 2 * n; i++) {
                double complex b = 0.0;
                for (int k = 0; k < 2 * n; k++)
                    b += s[i * 2 * n + k] * x[k];
                out += pow(cabs(b), 2.0);
            }
            assert_true(out <= in * (1.0 + 1e-12));
        }
}

static void two_halves_make_the_whole(void **state)
{
    (void)state;
    uint64_t seed = 5;
    static bal_line all;
    static bal_line half;
    for (double omega = 17.0; omega < 1e8; omega *= 11.0) {
        enum { N = 3 };
        matrix zd;
        matrix yd;
        matrix zh;
        matrix yh;
        random_line(&seed, N, omega, zd, yd);
        for (int i = 0; i < N * N; i++) {
            zh[i] = zd[i] / 2.0;
            yh[i] = yd[i] / 2.0;
        }
        assert_true(bal_line_compute(N, zd, yd, 0, NULL, &all));
        assert_true(bal_line_compute(N, zh, yh, 0, NULL, &half));
        if (all.doublings == 0)
            assert_true(bal_line_waves(zd, yd, &all));
        if (half.doublings == 0)
            assert_true(bal_line_waves(zh, yh, &half));
        /* r + t (I - r r)^-1 r t and t (I - r r)^-1 t of the halves; same zr, as zd/yd is the same
         */
        matrix lu;
        matrix w;
        matrix rw;
        matrix r;
        matrix t;
        int pivot[N];
        bal_dense_multiply(N, half.r, half.r, lu);
        for (int i = 0; i < N * N; i++)
            lu[i] = (i % (N + 1) == 0 ? 1.0 : 0.0) - lu[i];
        assert_true(bal_dense_factor(N, lu, pivot));
        memcpy(w, half.t, sizeof w);
        bal_dense_solve(N, lu, pivot, N, w);
        bal_dense_multiply(N, half.r, w, rw);
        bal_dense_multiply(N, half.t, rw, r);
        bal_dense_multiply(N, half.t, w, t);
        for (int i = 0; i < N * N; i++) {
            assert_close_complex(half.r[i] + r[i], all.r[i], 0.0, 1e-12);
            assert_close_complex(t[i], all.t[i], 0.0, 1e-12);
        }
    }
}

static void one_conductor(void **state)
{
    (void)state;
    static bal_line line;
    for (double omega = 3.0; omega < 3e9; omega *= 7.0) {
        const double complex zd = 2.385 + bal_cplx(0.0, 7.7e-6 * omega);
        const double complex yd = 3.1e-9 + bal_cplx(0.0, 2.9e-9 * omega);
        assert_true(bal_line_compute(1, &zd, &yd, 0, NULL, &line));
        const double complex g = csqrt(zd * yd);
        const double complex zc = csqrt(zd / yd);
        if (line.doublings == 0) {
            assert_close_complex(line.zs[0], zc * csinh(g), 1e-13, 0.0);
            assert_close_complex(line.yp[0], ctanh(g / 2.0) / zc, 1e-13, 0.0);
            assert_close_complex(line.zo[0], zc * ctanh(g / 2.0), 1e-13, 0.0);
            assert_true(bal_line_waves(&zd, &yd, &line));
        }
        const double zr = line.zr[0];
        const double complex t = 2.0 / (2.0 * ccosh(g) + (zc / zr + zr / zc) * csinh(g));
        const double complex r = t * (zc / zr - zr / zc) * csinh(g) / 2.0;
        const double tolerance = 1e-14 * fmax(1.0, cabs(g));
        assert_close_complex(line.t[0], creal(g) > 700.0 ? 0.0 : t, 0.0, tolerance);
        if (creal(g) < 300.0)
            assert_close_complex(line.r[0], r, 0.0, tolerance);
    }
}

static void nothing_at_rest(void **state)
{
    (void)state;
    static bal_line line;
    const matrix none = {0.0};
    matrix z = {2.385, 0.0, 0.0, 3.71};
    assert_true(bal_line_compute(2, none, none, 0, NULL, &line)); /* zero length: wires */
    for (int i = 0; i < 4; i++)
        assert_true(line.zo[i] == 0.0 && line.yp[i] == 0.0 && line.zs[i] == 0.0);
    assert_true(bal_line_compute(2, z, none, 0, NULL, &line)); /* f = 0 without leakage */
    assert_true(line.zs[0] == 2.385 && line.zo[3] == 3.71 / 2.0 && line.yp[0] == 0.0);
    z[0] = (double)INFINITY;
    assert_false(bal_line_compute(2, z, z, 0, NULL, &line));
}

static void renaming_changes_nothing(void **state)
{
    (void)state;
    enum { N = 5 };
    static const int to[N] = {3, 0, 4, 1, 2};
    uint64_t seed = 77;
    static bal_line line;
    static bal_line other;
    for (double omega = 1e3; omega < 1e8; omega *= 100.0) {
        matrix zd;
        matrix yd;
        matrix zp;
        matrix yp;
        random_line(&seed, N, omega, zd, yd);
        for (int i = 0; i < N * N; i++) {
            zp[to[i / N] * N + to[i % N]] = zd[i];
            yp[to[i / N] * N + to[i % N]] = yd[i];
        }
        assert_true(bal_line_compute(N, zd, yd, 0, NULL, &line));
        assert_true(bal_line_compute(N, zp, yp, 0, NULL, &other));
        if (line.doublings == 0)
            assert_true(bal_line_waves(zd, yd, &line) && bal_line_waves(zp, yp, &other));
        for (int i = 0; i < N * N; i++) {
            assert_close_complex(other.r[to[i / N] * N + to[i % N]], line.r[i], 0.0, 2e-13);
            assert_close_complex(other.t[to[i / N] * N + to[i % N]], line.t[i], 0.0, 2e-13);
        }
    }
}

/* Conversion is first order in the imbalance (the next order is the third), from 1e-9 to 0.1. */
static void conversion_scales(void **state)
{
    (void)state;
    static bal_line line;
    const double omega = 6283.1853;
    double complex zs = 0.0;
    double complex yp = 0.0;
    for (int e = 9; e >= 1; e--) {
        const double part = pow(10.0, -e);
        const double complex zc = part * bal_cplx(0.0235, 1.7e-9 * omega);
        const double complex yc = part * bal_cplx(0.0, 9.5e-12 * omega);
        const matrix z = {bal_cplx(0.15, 7.4e-7 * omega) * 30.0, zc * 30.0, zc * 30.0,
                          bal_cplx(0.0575, 2.3e-7 * omega) * 30.0};
        const matrix y = {bal_cplx(0.0, 7.5e-11 * omega) * 30.0, yc * 30.0, yc * 30.0,
                          bal_cplx(0.0, 1.9e-10 * omega) * 30.0};
        assert_true(bal_line_compute(2, z, y, 0, NULL, &line));
        const double tolerance = 1e-12 + 1e-4 * part * part;
        if (e < 9) {
            assert_close_complex(line.zs[1] / part, zs, tolerance, 0.0);
            assert_close_complex(line.yp[1] / part, yp, tolerance, 0.0);
        } else {
            zs = line.zs[1] / part;
            yp = line.yp[1] / part;
        }
    }
}

/* ---- fields ---- */

/* An open line in a field: the even part of the voltages is i / (2 Yp T..) = i / Yd, and a line
 * that both ends short carries v / Zd; both for any length, as a uniform drive has no profile. */
static void uniform_fields(void **state)
{
    (void)state;
    static bal_line line;
    for (double omega = 1e2; omega < 1e8; omega *= 10.0) {
        const double complex zd = 2.385 + bal_cplx(0.0, 17e-6 * omega);
        const double complex yd = 3.1e-7 + bal_cplx(0.0, 2.9e-9 * omega);
        const bal_line_drive drives[] = {{.i = {1.37}}, {.v = {0.71}}};
        assert_true(bal_line_compute(1, &zd, &yd, 2, drives, &line));
        if (line.doublings == 0) {
            assert_close_complex(line.source[0].first[0] / (2.0 * line.yp[0]), 1.37 / yd, 1e-13,
                                 0.0);
            assert_true(line.source[0].second[0] == 0.0);
            assert_close_complex(line.source[1].second[0] / (2.0 * line.zo[0]), 0.71 / zd, 1e-13,
                                 0.0);
            continue;
        }
        /* open: a = b, so a (1 - r - t) = s and V = 2 q a */
        const double complex even =
            2.0 * line.q[0] * line.source[0].first[0] / (1.0 - line.r[0] - line.t[0]);
        assert_close_complex(even, 1.37 / yd, 1e-9, 0.0);
        assert_close_complex(line.source[0].second[0], line.source[0].first[0], 1e-12, 1e-15);
        /* shorted: a = -b, so -b = a, b (1 + r - t) = s, current 2 a / q with I2 = -I1 */
        const double complex odd =
            -2.0 / line.q[0] * line.source[1].first[0] / (1.0 + line.r[0] - line.t[0]);
        assert_close_complex(odd, 0.71 / zd, 1e-9, 0.0);
    }
}

/* ---- noise ---- */

/* 4 kT Re(1/Z) seen into a line whose other end is shorted or open: a passive network's noise is
 * that of its own impedance (Nyquist), from the line's correlations alone. */
static void noise_is_nyquist(void **state)
{
    (void)state;
    static bal_line line;
    const double kt = 4.142e-21;
    for (double omega = 1e2; omega < 1e8; omega *= 10.0) {
        const double complex zd = 2.385 + bal_cplx(0.0, 7.7e-6 * omega);
        const double complex yd = 3.1e-7 + bal_cplx(0.0, 2.9e-9 * omega);
        double complex c[4];
        assert_true(bal_line_compute(1, &zd, &yd, 0, NULL, &line));
        bal_line_noise(&line, kt, c);
        const double complex g = csqrt(zd * yd);
        const double complex zin = csqrt(zd / yd) / ctanh(g); /* far end open */
        double power = 0.0;                                   /* of the open voltage at this end */
        if (line.doublings == 0) {
            /* both ends open: V1 + V2 = ie / Yp, V1 - V2 = -vo, so V1 is half their sum */
            power = (creal(c[0]) / pow(cabs(line.yp[0]), 2.0) + creal(c[3])) / 4.0;
        } else {
            /* V = S V + x with x = (2 q s): V = (I - S)^-1 x */
            const double complex d = (1.0 - line.r[0]) * (1.0 - line.r[0]) - line.t[0] * line.t[0];
            const double complex m[2] = {(1.0 - line.r[0]) / d, line.t[0] / d};
            double complex sum = 0.0;
            for (int i = 0; i < 2; i++)
                for (int j = 0; j < 2; j++)
                    sum += m[i] * c[2 * i + j] * conj(m[j]);
            power = creal(sum);
        }
        assert_close(power, 4.0 * kt * creal(zin), 1e-9, 0.0);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden_numerics),           cmocka_unit_test(passive_at_any_length),
        cmocka_unit_test(two_halves_make_the_whole), cmocka_unit_test(one_conductor),
        cmocka_unit_test(nothing_at_rest),           cmocka_unit_test(renaming_changes_nothing),
        cmocka_unit_test(conversion_scales),         cmocka_unit_test(uniform_fields),
        cmocka_unit_test(noise_is_nyquist),
    };
    return bal_run_tests(tests, argc, argv);
}
