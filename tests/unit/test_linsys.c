/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The linear system against a dense elimination with full pivoting in __float128, and against its
 * traps. */
#include "linsys.h"

#include <float.h>
#include <string.h>

#include "bal_test.h"
#include "residual.h"

__extension__ typedef __float128 quad;

typedef struct quad_complex {
    quad re;
    quad im;
} quad_complex;

enum { MAX_N = 24, MAX_NZ = MAX_N * MAX_N, MAX_BLOCKS = 6 };

/* A sparse system with everything that belongs to a point of it. */
typedef struct problem {
    int n;
    int colptr[MAX_N + 1];
    int rowidx[MAX_NZ];
    bal_dd g[MAX_NZ];
    bal_dd c[MAX_NZ];
    bal_dd omega;
    int n_blocks;
    int block_at[MAX_BLOCKS];
    bal_ddc block[MAX_BLOCKS];
    bal_ddc block_reference[MAX_BLOCKS];
    bal_ddc b[MAX_N];
    bal_ddc c_row[MAX_N];
} problem;

/* ---- arithmetic of the oracle ---- */

static quad_complex q_of(bal_ddc a)
{
    return (quad_complex){(quad)a.re.hi + (quad)a.re.lo, (quad)a.im.hi + (quad)a.im.lo};
}

static quad_complex q_add(quad_complex a, quad_complex b)
{
    return (quad_complex){a.re + b.re, a.im + b.im};
}

static quad_complex q_sub(quad_complex a, quad_complex b)
{
    return (quad_complex){a.re - b.re, a.im - b.im};
}

static quad_complex q_mul(quad_complex a, quad_complex b)
{
    return (quad_complex){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

static quad q_size(quad_complex a)
{
    const quad re = a.re < 0 ? -a.re : a.re;
    const quad im = a.im < 0 ? -a.im : a.im;
    return re + im;
}

static quad_complex q_div(quad_complex a, quad_complex b)
{
    const quad size = q_size(b);
    const quad_complex s = {b.re / size, b.im / size};
    const quad d = (s.re * s.re + s.im * s.im) * size;
    const quad_complex p = q_mul(a, (quad_complex){s.re, -s.im});
    return (quad_complex){p.re / d, p.im / d};
}

static void q_matrix(const problem *p, bool transposed, quad_complex a[MAX_N][MAX_N])
{
    memset(a, 0, sizeof(quad_complex[MAX_N][MAX_N]));
    const quad w = (quad)p->omega.hi + (quad)p->omega.lo;
    for (int j = 0; j < p->n; j++) {
        for (int k = p->colptr[j]; k < p->colptr[j + 1]; k++) {
            const int row = transposed ? j : p->rowidx[k];
            const int col = transposed ? p->rowidx[k] : j;
            a[row][col].re = (quad)p->g[k].hi + (quad)p->g[k].lo;
            a[row][col].im = w * ((quad)p->c[k].hi + (quad)p->c[k].lo);
            for (int m = 0; m < p->n_blocks; m++) {
                if (p->block_at[m] == k)
                    a[row][col] = q_add(a[row][col], q_of(p->block[m]));
            }
        }
    }
}

static void q_swap(quad_complex *a, quad_complex *b)
{
    const quad_complex t = *a;
    *a = *b;
    *b = t;
}

/* Brings the largest entry of the rest to (k, k). */
static void q_pivot(quad_complex a[MAX_N][MAX_N], quad_complex x[], int order[], int n, int k)
{
    int row = k;
    int col = k;
    for (int i = k; i < n; i++) {
        for (int j = k; j < n; j++) {
            if (q_size(a[i][j]) > q_size(a[row][col])) {
                row = i;
                col = j;
            }
        }
    }
    for (int j = 0; j < n; j++)
        q_swap(&a[k][j], &a[row][j]);
    q_swap(&x[k], &x[row]);
    for (int i = 0; i < n; i++)
        q_swap(&a[i][k], &a[i][col]);
    const int t = order[k];
    order[k] = order[col];
    order[col] = t;
}

static void q_solve(const problem *p, bool transposed, const bal_ddc rhs[], quad_complex out[])
{
    static quad_complex a[MAX_N][MAX_N];
    quad_complex x[MAX_N];
    int order[MAX_N];
    const int n = p->n;
    q_matrix(p, transposed, a);
    for (int i = 0; i < n; i++) {
        x[i] = q_of(rhs[i]);
        order[i] = i;
    }
    for (int k = 0; k < n; k++) {
        q_pivot(a, x, order, n, k);
        for (int i = k + 1; i < n; i++) {
            const quad_complex l = q_div(a[i][k], a[k][k]);
            for (int j = k; j < n; j++)
                a[i][j] = q_sub(a[i][j], q_mul(l, a[k][j]));
            x[i] = q_sub(x[i], q_mul(l, x[k]));
        }
    }
    for (int k = n - 1; k >= 0; k--) {
        for (int j = k + 1; j < n; j++)
            x[k] = q_sub(x[k], q_mul(a[k][j], x[j]));
        x[k] = q_div(x[k], a[k][k]);
    }
    for (int k = 0; k < n; k++)
        out[order[k]] = x[k];
}

/* Largest error over the largest value. */
static double q_error(const bal_ddc got[], const quad_complex want[], int n)
{
    quad worst = 0;
    quad most = 0;
    for (int i = 0; i < n; i++) {
        const quad error = q_size(q_sub(q_of(got[i]), want[i]));
        worst = error > worst ? error : worst;
        most = q_size(want[i]) > most ? q_size(want[i]) : most;
    }
    return (double)(worst / most);
}

/* ---- problems ---- */

static uint64_t random_state;

static double random_unit(void)
{
    random_state = random_state * 6364136223846793005U + 1442695040888963407U; /* Knuth's MMIX */
    return (double)(random_state >> 11) * 0x1p-53;
}

static bal_dd random_dd(double size)
{
    const double hi = size * (2.0 * random_unit() - 1.0);
    return bal_quick_two_sum(hi, hi * 0x1p-53 * (random_unit() - 0.5));
}

static bal_ddc random_ddc(double size)
{
    return (bal_ddc){random_dd(size), random_dd(size)};
}

/* spread: powers of ten over which the rows are scattered. */
static void random_problem(problem *p, int n, double spread)
{
    memset(p, 0, sizeof *p);
    p->n = n;
    p->omega = random_dd(7321.0);
    double row_size[MAX_N];
    for (int i = 0; i < n; i++)
        row_size[i] = pow(10.0, spread * (random_unit() - 0.5));
    int nz = 0;
    for (int j = 0; j < n; j++) {
        for (int i = 0; i < n; i++) {
            if (i != j && i != (j + 3) % n && random_unit() > 0.15)
                continue;
            p->rowidx[nz] = i;
            const double kind = random_unit();
            if (kind < 0.8 || i == j)
                p->g[nz] = random_dd(row_size[i] * (i == j ? 4.0 : 1.0));
            if (kind > 0.6)
                p->c[nz] = random_dd(row_size[i] / 5000.0);
            nz++;
        }
        p->colptr[j + 1] = nz;
    }
    for (int i = 0; i < n; i++) {
        p->b[i] = random_unit() < 0.4 ? random_ddc(2.385 * row_size[i]) : bal_ddc_real(0.0);
        p->c_row[i] = random_unit() < 0.4 ? random_ddc(0.77) : bal_ddc_real(0.0);
    }
    p->b[n / 2] = random_ddc(1.7 * row_size[n / 2]);
    p->c_row[n / 3] = random_ddc(3.1);
}

static void add_blocks(problem *p)
{
    for (int m = 0; m < MAX_BLOCKS; m++) {
        p->block_at[m] = (m * 5 + 2) % p->colptr[p->n];
        p->block[m] = random_ddc(1.9);
        p->block_reference[m] = random_ddc(1.9);
    }
    p->block_at[3] = p->block_at[2]; /* places may repeat */
    p->n_blocks = MAX_BLOCKS;
}

static bal_linsys *create(const problem *p, double omega_reference)
{
    bal_linsys *ls = NULL;
    assert_int_equal(bal_linsys_create(p->n, p->colptr, p->rowidx, &ls), BAL_OK);
    assert_int_equal(bal_linsys_set_values(ls, p->g, p->c, omega_reference), BAL_OK);
    return ls;
}

static bal_status point(bal_linsys *ls, const problem *p)
{
    const bal_blocks blocks = {p->n_blocks, p->block_at, p->block, p->block_reference};
    return bal_linsys_point(ls, p->omega, p->n_blocks > 0 ? &blocks : NULL);
}

/* Dense problem of order 2 from its real entries by column. */
static void small_problem(problem *p, double a, double b, double c, double d)
{
    memset(p, 0, sizeof *p);
    p->n = 2;
    p->colptr[1] = 2;
    p->colptr[2] = 4;
    p->rowidx[1] = 1;
    p->rowidx[3] = 1;
    const double g[4] = {a, b, c, d};
    for (int k = 0; k < 4; k++)
        p->g[k] = bal_dd_of(g[k]);
    p->omega = bal_dd_of(17.0);
}

/* ---- tests ---- */

static void check_solutions(problem *p, double tolerance)
{
    bal_linsys *ls = create(p, 2900.0);
    bal_ddc x[MAX_N];
    bal_ddc y[MAX_N];
    quad_complex want[MAX_N];
    assert_int_equal(point(ls, p), BAL_OK);
    assert_int_equal(bal_linsys_solve(ls, p->b, x), BAL_OK);
    q_solve(p, false, p->b, want);
    assert_close(q_error(x, want, p->n), 0.0, 0.0, tolerance);
    assert_int_equal(bal_linsys_solve_transposed(ls, p->c_row, y), BAL_OK);
    q_solve(p, true, p->c_row, want);
    assert_close(q_error(y, want, p->n), 0.0, 0.0, tolerance);
    bal_linsys_destroy(ls);
}

static void test_random_systems(void **state)
{
    (void)state;
    random_state = 71;
    problem p;
    for (int k = 0; k < 60; k++) {
        random_problem(&p, 5 + k % 19, 0.0);
        check_solutions(&p, 1e-19);
    }
}

static void test_scattered_rows(void **state)
{
    (void)state;
    random_state = 29;
    problem p;
    for (int k = 0; k < 40; k++) {
        random_problem(&p, 5 + k % 19, 24.0);
        /* The adjoint's unknowns scatter like the rows: only the direct one is checked in its norm.
         */
        bal_linsys *ls = create(&p, 2900.0);
        bal_ddc x[MAX_N];
        quad_complex want[MAX_N];
        assert_int_equal(point(ls, &p), BAL_OK);
        assert_int_equal(bal_linsys_solve(ls, p.b, x), BAL_OK);
        q_solve(&p, false, p.b, want);
        assert_close(q_error(x, want, p.n), 0.0, 0.0, 1e-18);
        bal_linsys_destroy(ls);
    }
}

static void test_blocks(void **state)
{
    (void)state;
    random_state = 5;
    problem p;
    for (int k = 0; k < 30; k++) {
        random_problem(&p, 6 + k % 17, 0.0);
        add_blocks(&p);
        check_solutions(&p, 1e-19);
    }
}

/* klu_z_refactor keeps the pivots and says OK; with the first pivot gone from 1 to 1e-16 it returns
 * x = (0, 2) for (1, 2). */
static void test_reused_pivot_vanishes(void **state)
{
    (void)state;
    problem p;
    small_problem(&p, 0.0, 1.0, 1.0, 2.0);
    p.n_blocks = 1;
    p.block_reference[0] = bal_ddc_real(1.0);
    p.block[0] = bal_ddc_real(1e-16);
    const double x_true[2] = {1.25, 2.5};
    p.b[0] = bal_ddc_of(bal_dd_add(bal_dd_scale(bal_dd_of(1e-16), x_true[0]), bal_dd_of(x_true[1])),
                        bal_dd_of(0.0));
    p.b[1] = bal_ddc_real(x_true[0] + 2.0 * x_true[1]);
    bal_linsys *ls = create(&p, 17.0);
    bal_ddc x[2];
    assert_int_equal(point(ls, &p), BAL_OK);
    assert_int_equal(bal_linsys_solve(ls, p.b, x), BAL_OK);
    for (int i = 0; i < 2; i++)
        assert_close(bal_dd_double(x[i].re), x_true[i], 1e-15, 0.0);
    assert_true(bal_linsys_stats(ls).fresh == 1);
    bal_linsys_destroy(ls);
}

static void solve_at(bal_linsys *ls, problem *p, double omega, bal_ddc x[])
{
    p->omega = bal_dd_of(omega);
    assert_int_equal(point(ls, p), BAL_OK);
    assert_int_equal(bal_linsys_solve(ls, p->b, x), BAL_OK);
}

/* Same bits whatever was solved before, and from new values as from a new object. */
static void test_order_of_visits(void **state)
{
    (void)state;
    static const double omega[6] = {3e-3, 41.0, 777.0, 2.6e4, 8.1e6, 1.3e9};
    random_state = 1234;
    problem p;
    problem other;
    random_problem(&p, 21, 6.0);
    other = p;
    for (int k = 0; k < p.colptr[p.n]; k++)
        other.g[k] = bal_dd_scale(p.g[k], 1.0 + random_unit());
    bal_linsys *up = create(&p, 777.0);
    bal_linsys *down = create(&other, 3.0);
    bal_ddc first[6][MAX_N];
    bal_ddc x[MAX_N];
    solve_at(down, &other, 55.0, x);
    assert_int_equal(bal_linsys_set_values(down, p.g, p.c, 777.0), BAL_OK);
    memset(first, 0, sizeof first);
    memset(x, 0, sizeof x);
    for (int k = 0; k < 6; k++)
        solve_at(up, &p, omega[k], first[k]);
    for (int k = 5; k >= 0; k--) {
        solve_at(down, &p, omega[k], x);
        assert_memory_equal(x, first[k], (size_t)p.n * sizeof x[0]);
    }
    bal_linsys_destroy(up);
    bal_linsys_destroy(down);
}

static void test_adjoint_identity(void **state)
{
    (void)state;
    random_state = 99;
    problem p;
    for (int k = 0; k < 30; k++) {
        random_problem(&p, 8 + k % 15, 4.0);
        bal_linsys *ls = create(&p, 5000.0);
        bal_ddc x[MAX_N];
        bal_ddc y[MAX_N];
        assert_int_equal(point(ls, &p), BAL_OK);
        assert_int_equal(bal_linsys_solve(ls, p.b, x), BAL_OK);
        assert_int_equal(bal_linsys_solve_transposed(ls, p.c_row, y), BAL_OK);
        bal_ddc difference = bal_ddc_real(0.0);
        double size = 0.0;
        for (int i = 0; i < p.n; i++) {
            const bal_ddc cx = bal_ddc_mul(p.c_row[i], x[i]);
            difference = bal_ddc_add(difference, cx);
            difference = bal_ddc_sub(difference, bal_ddc_mul(p.b[i], y[i]));
            size += bal_ddc_abs(cx);
        }
        assert_close(bal_ddc_abs(difference), 0.0, 0.0, 1e-17 * size);
        bal_linsys_destroy(ls);
    }
}

/* |c^T x - c^T A^-1 b| by the oracle. */
static double true_error(const problem *p, const bal_ddc x[])
{
    quad_complex want[MAX_N];
    quad_complex sum = {0, 0};
    q_solve(p, false, p->b, want);
    for (int i = 0; i < p->n; i++)
        sum = q_add(sum, q_mul(q_of(p->c_row[i]), q_sub(q_of(x[i]), want[i])));
    const double re = (double)sum.re;
    const double im = (double)sum.im;
    return hypot(re, im);
}

/* size: relative disturbance of x and y, 0 for the solutions as they are. */
static void check_bound(problem *p, double size, double factor)
{
    bal_linsys *ls = create(p, 1000.0);
    bal_ddc x[MAX_N];
    bal_ddc y[MAX_N];
    assert_int_equal(point(ls, p), BAL_OK);
    assert_int_equal(bal_linsys_solve(ls, p->b, x), BAL_OK);
    assert_int_equal(bal_linsys_solve_transposed(ls, p->c_row, y), BAL_OK);
    for (int i = 0; i < p->n; i++) {
        x[i] = bal_ddc_mul(x[i], bal_ddc_add(bal_ddc_real(1.0), random_ddc(size)));
        y[i] = bal_ddc_mul(y[i], bal_ddc_add(bal_ddc_real(1.0), random_ddc(size)));
    }
    const double error = true_error(p, x);
    const double bound = bal_linsys_bound(ls, p->b, x, p->c_row, y);
    double floor = 0.0; /* no less than the rounding of the products in double-double */
    for (int i = 0; i < p->n; i++)
        floor += 1e-27 * bal_ddc_abs(p->c_row[i]) * bal_ddc_abs(x[i]);
    assert_true(isfinite(bound));
    assert_true(bound >= error);
    assert_close(bound, 0.0, 0.0, factor * error + floor);
    bal_linsys_destroy(ls);
}

static void test_bound(void **state)
{
    (void)state;
    random_state = 4242;
    problem p;
    for (int k = 0; k < 60; k++) {
        random_problem(&p, 6 + k % 18, 2.0);
        if (k % 2)
            add_blocks(&p);
        check_bound(&p, 0.0, 100.0);
        check_bound(&p, 1e-13, 1.01);
    }
}

static void test_bound_without_point(void **state)
{
    (void)state;
    problem p;
    random_state = 3;
    random_problem(&p, 6, 0.0);
    bal_linsys *ls = create(&p, 10.0);
    bal_ddc x[MAX_N];
    assert_true(isinf(bal_linsys_bound(ls, p.b, p.b, p.c_row, p.c_row)));
    assert_int_equal(bal_linsys_solve(ls, p.b, x), BAL_E_USAGE);
    bal_linsys_destroy(ls);
}

/* ---- refusals ---- */

static void expect_singular(const problem *p, int bad)
{
    bal_linsys *ls = create(p, 230.0);
    assert_int_equal(point(ls, p), BAL_E_SINGULAR);
    assert_int_equal(bal_linsys_bad_unknown(ls), bad);
    bal_ddc x[MAX_N];
    assert_int_equal(bal_linsys_solve(ls, p->b, x), BAL_E_USAGE);
    bal_linsys_destroy(ls);
}

static void test_singular_values(void **state)
{
    (void)state;
    problem p;
    small_problem(&p, 2.5, 2.5, 2.5, 2.5);
    expect_singular(&p, 0);
}

static void test_empty_row(void **state)
{
    (void)state;
    problem p;
    memset(&p, 0, sizeof p);
    p.n = 3; /* rows 0 and 2 only */
    const int rows[6] = {0, 2, 0, 2, 0, 2};
    memcpy(p.rowidx, rows, sizeof rows);
    for (int k = 0; k < 6; k++)
        p.g[k] = bal_dd_of(1.5 + k * k);
    for (int j = 0; j <= 3; j++)
        p.colptr[j] = 2 * j;
    expect_singular(&p, 1);
}

static void test_no_entries(void **state)
{
    (void)state;
    problem p;
    memset(&p, 0, sizeof p);
    p.n = 2;
    expect_singular(&p, 0);
}

/* Two voltage sources side by side: v, i1, i2 with v = e1, v = e2. Unknowns 1 and 2 are in one row.
 */
static void test_structural(void **state)
{
    (void)state;
    problem p;
    memset(&p, 0, sizeof p);
    p.n = 3;
    const int colptr[4] = {0, 2, 3, 4};
    const int rows[4] = {1, 2, 0, 0};
    memcpy(p.colptr, colptr, sizeof colptr);
    memcpy(p.rowidx, rows, sizeof rows);
    for (int k = 0; k < 4; k++)
        p.g[k] = bal_dd_of(1.0);
    bal_linsys *ls = create(&p, 230.0);
    assert_int_equal(point(ls, &p), BAL_E_SINGULAR);
    assert_in_range(bal_linsys_bad_unknown(ls), 1, 2);
    bal_linsys_destroy(ls);
}

/* Conductances between the nodes of an island without one to ground, beside a sound part (nodes 0,
 * 1, 2); the decimal values do not cancel in double. */
static void island_problem(problem *p, double leak)
{
    double a[8][8] = {{0}};
    for (int i = 0; i < 3; i++)
        a[i][i] = 0.31 + 0.1 * i;
    static const int ends[7][2] = {{3, 4}, {4, 5}, {5, 6}, {6, 7}, {7, 3}, {4, 7}, {3, 6}};
    memset(p, 0, sizeof *p);
    p->n = 8;
    bal_dd diagonal[8] = {{0.0, 0.0}};
    for (int k = 0; k < 7; k++) {
        const double g = 0.1 / (3.0 + k * 7.7);
        for (int m = 0; m < 2; m++)
            diagonal[ends[k][m]] = bal_dd_add(diagonal[ends[k][m]], bal_dd_of(g));
        a[ends[k][0]][ends[k][1]] -= g;
        a[ends[k][1]][ends[k][0]] -= g;
    }
    diagonal[3] = bal_dd_add(diagonal[3], bal_dd_of(leak));
    int nz = 0;
    for (int j = 0; j < 8; j++) {
        for (int i = 0; i < 8; i++) {
            const bool own = i == j && j >= 3;
            if (a[i][j] == 0.0 && !own)
                continue;
            p->rowidx[nz] = i;
            p->g[nz++] = own ? diagonal[i] : bal_dd_of(a[i][j]);
        }
        p->colptr[j + 1] = nz;
    }
    p->omega = bal_dd_of(100.0);
}

static void test_island(void **state)
{
    (void)state;
    problem p;
    island_problem(&p, 0.0);
    bal_linsys *ls = create(&p, 230.0);
    assert_int_equal(point(ls, &p), BAL_E_SINGULAR);
    assert_in_range(bal_linsys_bad_unknown(ls), 3, 7);
    bal_linsys_destroy(ls);
}

/* With a leak of 1e-14 S to ground it has a solution, and that is found. */
static void test_leaky_island(void **state)
{
    (void)state;
    problem p;
    island_problem(&p, 1e-14);
    p.b[5] = bal_ddc_real(2.385e-14);
    bal_linsys *ls = create(&p, 230.0);
    bal_ddc x[MAX_N];
    quad_complex want[MAX_N];
    assert_int_equal(point(ls, &p), BAL_OK);
    assert_int_equal(bal_linsys_solve(ls, p.b, x), BAL_OK);
    q_solve(&p, false, p.b, want);
    assert_close((double)want[7].re, 2.385, 1e-9, 0.0);
    assert_close(q_error(x, want, p.n), 0.0, 0.0, 1e-13);
    bal_linsys_destroy(ls);
}

/* Singular at the reference only: other points take their own pivots. */
static void test_singular_reference(void **state)
{
    (void)state;
    problem p;
    small_problem(&p, 2.5, 2.5, 2.5, 2.5);
    p.n_blocks = 1;
    p.block[0] = bal_ddc_real(0.75);
    p.b[1] = bal_ddc_real(1.5);
    bal_linsys *ls = create(&p, 230.0);
    bal_ddc x[2];
    quad_complex want[MAX_N];
    assert_int_equal(point(ls, &p), BAL_OK);
    assert_int_equal(bal_linsys_solve(ls, p.b, x), BAL_OK);
    q_solve(&p, false, p.b, want);
    assert_close(q_error(x, want, 2), 0.0, 0.0, 1e-25);
    bal_linsys_destroy(ls);
}

static void test_not_finite(void **state)
{
    (void)state;
    problem p;
    bal_ddc x[2];
    small_problem(&p, 2.5, (double)INFINITY, 1.5, 7.5);
    bal_linsys *ls = create(&p, 230.0);
    assert_int_equal(point(ls, &p), BAL_E_NUMERIC);
    bal_linsys_destroy(ls);

    small_problem(&p, 2.5, 0.5, 1.5, 7.5);
    p.c[0] = bal_dd_of(1e300);
    ls = create(&p, 2.3e-12);
    p.omega = bal_dd_of(1e300);
    assert_int_equal(point(ls, &p), BAL_E_NUMERIC);
    p.omega = bal_dd_of(20.0);
    assert_int_equal(point(ls, &p), BAL_OK);
    p.b[0] = bal_ddc_real((double)NAN);
    assert_int_equal(bal_linsys_solve(ls, p.b, x), BAL_E_NUMERIC);
    bal_linsys_destroy(ls);
}

/* A capacitor of any size at any frequency: the result is right, or refused, never NaN. */
static void test_extremes(void **state)
{
    (void)state;
    static const double capacitors[5] = {1e-300, 3e-12, 2.5, 7e150, 1e300};
    static const double frequencies[5] = {1e-300, 6e-9, 440.0, 5e120, 1e300};
    problem p;
    for (int k = 0; k < 25; k++) {
        small_problem(&p, 2.5, 0.5, 1.5, 7.5);
        p.c[0] = bal_dd_of(capacitors[k / 5]);
        p.omega = bal_dd_of(frequencies[k % 5]);
        p.b[0] = bal_ddc_real(k % 2 ? 2.5e290 : 4e-290);
        bal_linsys *ls = create(&p, 230.0);
        bal_ddc x[2];
        quad_complex want[MAX_N] = {{0, 0}};
        bal_status status = point(ls, &p);
        if (!status)
            status = bal_linsys_solve(ls, p.b, x);
        if (!status) {
            q_solve(&p, false, p.b, want);
            const double size = (double)q_size(want[1]);
            assert_close_complex(bal_ddc_double(x[1]),
                                 bal_cplx((double)want[1].re, (double)want[1].im), 1e-13,
                                 1e-13 * size + 1e-307);
        } else {
            assert_int_equal(status, BAL_E_NUMERIC);
            assert_true(!isfinite(capacitors[k / 5] * frequencies[k % 5]));
        }
        bal_linsys_destroy(ls);
    }
}

static void test_zero_excitation(void **state)
{
    (void)state;
    problem p;
    random_state = 8;
    random_problem(&p, 9, 0.0);
    memset(p.b, 0, sizeof p.b);
    bal_linsys *ls = create(&p, 230.0);
    bal_ddc x[MAX_N];
    assert_int_equal(point(ls, &p), BAL_OK);
    assert_int_equal(bal_linsys_solve(ls, p.b, x), BAL_OK);
    for (int i = 0; i < p.n; i++)
        assert_true(bal_ddc_is_zero(x[i]));
    bal_linsys_destroy(ls);
}

/* Both objects of the residual give the same bits. */
static void test_residual_bits(void **state)
{
    (void)state;
#if defined(__x86_64__)
    if (bal_residual_choose() == bal_residual_plain)
        skip();
    random_state = 77;
    problem p;
    random_problem(&p, 23, 8.0);
    bal_rows rows = {0};
    const bal_columns columns = {p.n, p.colptr, p.rowidx, p.g, p.c};
    assert_int_equal(bal_rows_fill(&rows, &columns, false), BAL_OK);
    bal_pair x[MAX_N];
    bal_pair b[MAX_N];
    bal_pair work[MAX_N];
    double plain[2 * MAX_N] = {0.0};
    double fma_bits[2 * MAX_N] = {0.0};
    const bal_block_entry blocks[2] = {{3, 5, random_ddc(1.3)}, {5, 5, random_ddc(0.3)}};
    for (int i = 0; i < p.n; i++) {
        const bal_ddc u = random_ddc(pow(10.0, 12.0 * random_unit()));
        const bal_ddc v = random_ddc(2.3);
        x[i] = (bal_pair){{u.re.hi, u.im.hi}, {u.re.lo, u.im.lo}};
        b[i] = (bal_pair){{v.re.hi, v.im.hi}, {v.re.lo, v.im.lo}};
    }
    const bal_system system = {&rows, p.omega, blocks, 2, work, false};
    bal_residual_plain(&system, x, b, plain);
    bal_residual_fma(&system, x, b, fma_bits);
    assert_memory_equal(plain, fma_bits, sizeof plain);
    bal_rows_release(&rows);
#endif
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_systems),
        cmocka_unit_test(test_scattered_rows),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_reused_pivot_vanishes),
        cmocka_unit_test(test_order_of_visits),
        cmocka_unit_test(test_adjoint_identity),
        cmocka_unit_test(test_bound),
        cmocka_unit_test(test_bound_without_point),
        cmocka_unit_test(test_singular_values),
        cmocka_unit_test(test_empty_row),
        cmocka_unit_test(test_no_entries),
        cmocka_unit_test(test_structural),
        cmocka_unit_test(test_island),
        cmocka_unit_test(test_leaky_island),
        cmocka_unit_test(test_singular_reference),
        cmocka_unit_test(test_not_finite),
        cmocka_unit_test(test_extremes),
        cmocka_unit_test(test_zero_excitation),
        cmocka_unit_test(test_residual_bits),
    };
    return bal_run_tests(tests, argc, argv);
}
