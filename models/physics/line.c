/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Halve until the line is short, sum the two series there, double the scattering matrices back to
 * the whole length. Orders of factors matter: functions of Zd Yd stand left of Zd, right of Yd.
 */
#include "line.h"

#include <math.h>
#include <string.h>

enum { MOST_DOUBLINGS = 60, MOST_COLUMNS = BAL_LINE_MAX };

typedef double complex matrix[BAL_LINE_SQUARE];

/* S = sinhc(sqrt x) and P = sinhc(sqrt x / 2)^2 for |x| <= 1/4, to rounding. */
static void series(int n, const matrix x, matrix s, matrix p)
{
    static const double s_terms[] = {1.0,
                                     1.0 / 6,
                                     1.0 / 120,
                                     1.0 / 5040,
                                     1.0 / 362880,
                                     1.0 / 39916800,
                                     1.0 / 6227020800,
                                     1.0 / 1307674368000,
                                     1.0 / 355687428096000,
                                     1.0 / 121645100408832000};
    enum { TERMS = sizeof s_terms / sizeof s_terms[0] };
    matrix keep;
    for (int i = 0; i < n * n; i++) {
        const double unit = i % (n + 1) == 0 ? 1.0 : 0.0;
        s[i] = unit * s_terms[TERMS - 1];
        p[i] = unit * s_terms[TERMS - 1] / TERMS; /* 2 / (2 j + 2)! = (1 / (2 j + 1)!) / (j + 1) */
    }
    for (int j = TERMS - 2; j >= 0; j--) {
        memcpy(keep, s, sizeof keep);
        bal_dense_multiply(n, keep, x, s);
        memcpy(keep, p, sizeof keep);
        bal_dense_multiply(n, keep, x, p);
        for (int i = 0; i < n; i++) {
            s[i * (n + 1)] += s_terms[j];
            p[i * (n + 1)] += s_terms[j] / (j + 1);
        }
    }
}

static void transpose(int n, const matrix a, matrix out)
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            out[j * n + i] = a[i * n + j];
}

static void scale(int n, matrix a, double factor)
{
    for (int i = 0; i < n * n; i++)
        a[i] = bal_cscale(a[i], factor);
}

/* T = P S^-1, by way of S^T T^T = P^T. */
static bool quotient(int n, const matrix p, const matrix s, matrix t)
{
    matrix lu;
    matrix right;
    int pivot[BAL_LINE_MAX];
    transpose(n, s, lu);
    transpose(n, p, right);
    if (!bal_dense_factor(n, lu, pivot))
        return false;
    bal_dense_solve(n, lu, pivot, n, right);
    transpose(n, right, t);
    return true;
}

/* ---- waves ---- */

static void choose_reference(const double complex zd[], const double complex yd[], bal_line *line)
{
    const int n = line->n;
    for (int i = 0; i < n; i++) {
        const double z = cabs(zd[i * (n + 1)]);
        const double y = cabs(yd[i * (n + 1)]);
        line->zr[i] = z > 0.0 && y > 0.0 ? sqrt(z / y) : 50.0;
        line->q[i] = sqrt(line->zr[i]);
    }
}

static double coupling_of(const double complex zd[], const double complex yd[],
                          const bal_line *line)
{
    const int n = line->n;
    double beside = 0.0;
    double diagonal = 0.0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            const double qq = line->q[i] * line->q[j];
            const double size = fmax(cabs(zd[i * n + j]) / qq, cabs(yd[i * n + j]) * qq);
            double *most = i == j ? &diagonal : &beside;
            *most = fmax(*most, size);
        }
    return beside > 0.0 ? beside / diagonal : 0.0;
}

/* (I + a)^-1 (I - a) in out; the factors stay in lu for further right-hand sides. */
static bool cayley(int n, const matrix a, matrix lu, int pivot[], matrix out)
{
    for (int i = 0; i < n * n; i++) {
        const double unit = i % (n + 1) == 0 ? 1.0 : 0.0;
        lu[i] = unit + a[i];
        out[i] = unit - a[i];
    }
    if (!bal_dense_factor(n, lu, pivot))
        return false;
    bal_dense_solve(n, lu, pivot, n, out);
    return true;
}

/* Yp and Zo of one section -> r, t, and its sources {ie, vo} -> {s1, s2}. */
static bool scatter(bal_line *line)
{
    const int n = line->n;
    matrix ye;
    matrix zo;
    matrix even;
    matrix odd;
    matrix even_lu;
    matrix odd_lu;
    int even_pivot[BAL_LINE_MAX];
    int odd_pivot[BAL_LINE_MAX];
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            const double qq = line->q[i] * line->q[j];
            ye[i * n + j] = bal_cscale(line->yp[i * n + j], qq);
            zo[i * n + j] = bal_cscale(line->zo[i * n + j], 1.0 / qq);
        }
    if (!cayley(n, ye, even_lu, even_pivot, even) || !cayley(n, zo, odd_lu, odd_pivot, odd))
        return false;
    for (int i = 0; i < n * n; i++) {
        line->r[i] = bal_cscale(even[i] - odd[i], 0.5);
        line->t[i] = bal_cscale(even[i] + odd[i], 0.5);
    }
    for (int k = 0; k < line->n_drives; k++) {
        bal_line_source *s = &line->source[k];
        for (int i = 0; i < n; i++) {
            s->first[i] = bal_cscale(s->first[i], line->q[i]);
            s->second[i] = bal_cscale(s->second[i], -1.0 / line->q[i]);
        }
        bal_dense_solve(n, even_lu, even_pivot, 1, s->first);
        bal_dense_solve(n, odd_lu, odd_pivot, 1, s->second);
        for (int i = 0; i < n; i++) {
            const double complex e = s->first[i];
            const double complex o = s->second[i];
            s->first[i] = bal_cscale(e + o, 0.5);
            s->second[i] = bal_cscale(e - o, 0.5);
        }
    }
    return true;
}

/* s1 + t (I - r r)^-1 (s1 + r s2), and 1 <-> 2. */
static void double_source(const bal_line *line, const matrix lu, const int pivot[],
                          bal_line_source *s)
{
    const int n = line->n;
    bal_line_source inner;
    bal_line_source more;
    bal_dense_apply(n, line->r, s->second, inner.first);
    bal_dense_apply(n, line->r, s->first, inner.second);
    for (int i = 0; i < n; i++) {
        inner.first[i] += s->first[i];
        inner.second[i] += s->second[i];
    }
    bal_dense_solve(n, lu, pivot, 1, inner.first);
    bal_dense_solve(n, lu, pivot, 1, inner.second);
    bal_dense_apply(n, line->t, inner.first, more.first);
    bal_dense_apply(n, line->t, inner.second, more.second);
    for (int i = 0; i < n; i++) {
        s->first[i] += more.first[i];
        s->second[i] += more.second[i];
    }
}

/* Two equal sections in a row. */
static bool double_line(bal_line *line)
{
    const int n = line->n;
    matrix lu;
    matrix w;
    matrix rw;
    matrix more;
    int pivot[BAL_LINE_MAX];
    bal_dense_multiply(n, line->r, line->r, lu);
    for (int i = 0; i < n * n; i++)
        lu[i] = (i % (n + 1) == 0 ? 1.0 : 0.0) - lu[i];
    if (!bal_dense_factor(n, lu, pivot))
        return false;
    for (int k = 0; k < line->n_drives; k++)
        double_source(line, lu, pivot, &line->source[k]);
    memcpy(w, line->t, sizeof w);
    bal_dense_solve(n, lu, pivot, n, w);
    bal_dense_multiply(n, line->r, w, rw);
    bal_dense_multiply(n, line->t, rw, more);
    for (int i = 0; i < n * n; i++)
        line->r[i] += more[i];
    bal_dense_multiply(n, line->t, w, more);
    memcpy(line->t, more, sizeof more);
    return true;
}

/* ---- one section ---- */

static void set_sources(int n, const matrix t, double h, const bal_line_drive drives[],
                        bal_line *line)
{
    matrix turned;
    transpose(n, t, turned);
    for (int k = 0; k < line->n_drives; k++) {
        bal_dense_apply(n, turned, drives[k].i, line->source[k].first);
        bal_dense_apply(n, t, drives[k].v, line->source[k].second);
        for (int i = 0; i < n; i++) {
            line->source[k].first[i] = bal_cscale(line->source[k].first[i], h);
            line->source[k].second[i] = bal_cscale(line->source[k].second[i], h);
        }
    }
}

bool bal_line_compute(int n, const double complex zd[], const double complex yd[], int n_drives,
                      const bal_line_drive drives[], bal_line *line)
{
    matrix x;
    matrix s;
    matrix p;
    matrix t;
    line->n = n;
    line->n_drives = n_drives;
    line->doublings = 0;
    bal_dense_multiply(n, zd, yd, x);
    double size = bal_dense_norm1(n, x);
    if (!isfinite(size))
        return false;
    for (; size > 0.25 && line->doublings < MOST_DOUBLINGS; size *= 0.25)
        line->doublings++;
    const double h = ldexp(1.0, -line->doublings);
    scale(n, x, h * h);
    series(n, x, s, p);
    if (!quotient(n, p, s, t))
        return false;
    bal_dense_multiply(n, s, zd, line->zs);
    bal_dense_multiply(n, yd, t, line->yp);
    bal_dense_multiply(n, t, zd, line->zo);
    scale(n, line->zs, h);
    scale(n, line->yp, h / 2.0);
    scale(n, line->zo, h / 2.0);
    bal_dense_symmetrize(n, line->zs);
    bal_dense_symmetrize(n, line->yp);
    bal_dense_symmetrize(n, line->zo);
    set_sources(n, t, h, drives, line);
    return line->doublings == 0 || bal_line_waves(zd, yd, line);
}

bool bal_line_waves(const double complex zd[], const double complex yd[], bal_line *line)
{
    choose_reference(zd, yd, line);
    line->coupling = coupling_of(zd, yd, line);
    line->size = fmax(1.0, ldexp(0.5, line->doublings));
    if (!scatter(line))
        return false;
    for (int k = 0; k < line->doublings; k++)
        if (!double_line(line))
            return false;
    bal_dense_symmetrize(line->n, line->r);
    bal_dense_symmetrize(line->n, line->t);
    return true;
}

/* ---- noise ---- */

/* Re Yp and Re Zo of a passive short line are positive, as they stand. */
static void noise_of_short(const bal_line *line, double kt, double complex c[])
{
    const int n = line->n;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            c[i * 2 * n + j] = 8.0 * kt * creal(line->yp[i * n + j]);
            c[(i + n) * 2 * n + j + n] = 8.0 * kt * creal(line->zo[i * n + j]);
        }
}

void bal_line_noise(const bal_line *line, double kt, double complex c[])
{
    const int n = line->n;
    double complex s[4 * BAL_LINE_SQUARE] = {0.0};
    memset(c, 0, (size_t)(4 * n * n) * sizeof *c);
    if (line->doublings == 0) {
        noise_of_short(line, kt, c);
        return;
    }
    for (int i = 0; i < 2 * n; i++)
        for (int j = 0; j < 2 * n; j++)
            s[i * 2 * n + j] = (i / n == j / n ? line->r : line->t)[i % n * n + j % n];
    bal_dense_loss(2 * n, s, c);
    for (int i = 0; i < 2 * n; i++)
        for (int j = 0; j < 2 * n; j++) {
            const double qq = line->q[i % n] * line->q[j % n];
            c[i * 2 * n + j] = bal_cscale(c[i * 2 * n + j], 4.0 * kt * qq);
        }
}

/* ---- rounding ---- */

static double doubt_of_short(const bal_line *line, const bal_line_state *at, const double gain[])
{
    const int n = line->n;
    double sum = 0.0;
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++)
            sum += gain[i] * cabs(line->yp[i * n + j]) * cabs(at->v[0][j] + at->v[1][j]) +
                   gain[n + i] * cabs(line->zo[i * n + j]) * cabs(at->i[0][j] - at->i[1][j]);
        for (int k = 0; k < line->n_drives; k++)
            sum += (gain[i] * cabs(line->source[k].first[i]) +
                    gain[n + i] * cabs(line->source[k].second[i])) *
                   cabs(at->drive[k]);
    }
    return sum;
}

/* Size of what enters an end by mode j, of the drives' part too. */
static double incoming(const bal_line *line, const bal_line_state *at, int end, int j)
{
    double sum = cabs(at->v[end][j] + line->zr[j] * at->i[end][j]) / line->q[j];
    for (int k = 0; k < line->n_drives; k++) {
        const bal_line_source *s = &line->source[k];
        sum += 2.0 * cabs(at->drive[k]) * cabs((end == 0 ? s->first : s->second)[j]);
    }
    return sum;
}

/* What comes back is wrong by a part of what enters; what goes through, of what gets through. */
static double doubt_of_long(const bal_line *line, const bal_line_state *at, const double gain[])
{
    const int n = line->n;
    double through = 0.0;
    double sum = 0.0;
    for (int k = 0; k < n * n; k++)
        through = fmax(through, cabs(line->t[k]));
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            const double part = line->q[i] * (i == j ? 1.0 : 10.0 * line->coupling);
            for (int end = 0; end < 2; end++)
                sum += (gain[end * n + i] + through * gain[(1 - end) * n + i]) * part *
                       incoming(line, at, end, j);
        }
    return sum * line->size;
}

double bal_line_doubt(const bal_line *line, const bal_line_state *at, const double gain[])
{
    const double sum =
        line->doublings > 0 ? doubt_of_long(line, at, gain) : doubt_of_short(line, at, gain);
    return BAL_LINE_ROUNDING * sum;
}
