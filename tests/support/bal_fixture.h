/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_TESTS_BAL_FIXTURE_H
#define BAL_TESTS_BAL_FIXTURE_H

/*
 * One element alone: its parameters by name, and the rows that it stamps as a small dense system,
 * so that a test can solve them for an impedance and compare that with a formula.
 */
#include <complex.h>

#include "expr.h"
#include "models.h"
#include "stamper.h"

enum { BAL_FIXTURE_MAX = 12, BAL_FIXTURE_REFS = 4 };

#define BAL_TWO_PI 6.28318530717958647692

typedef struct bal_fixture {
    bal_device dev; /* on nodes 1, 2, ... */
    int nodes[4];
    bal_dd values[BAL_MAX_PARAMS];
    const bal_expr *functions[BAL_MAX_PARAMS];
    const bal_device *refs[BAL_FIXTURE_REFS];
    char name[16];
    char messages[512]; /* "[E308] text" lines */
    bal_diag diag;
    bal_arena arena;
    bal_stamper st;
    double complex a[BAL_FIXTURE_MAX][BAL_FIXTURE_MAX];
    double complex b[BAL_FIXTURE_MAX];
    int n; /* unknowns: nodes, own branches, branches of refs */
} bal_fixture;

/* An element of models.def with the fallbacks of its parameters. It points into itself: not to be
 * copied. */
void bal_fixture_init(bal_fixture *f, const char *element, const char *name);
void bal_fixture_release(bal_fixture *f);
void bal_fixture_give(bal_fixture *f, const char *name, double value);
void bal_fixture_refer(bal_fixture *f, const bal_fixture *ref);
int bal_fixture_branches(const bal_device *dev, double hertz); /* with r_branch = 1 ohm */

/* Fills a and b at one frequency. */
void bal_fixture_assemble(bal_fixture *f, double hertz);
void bal_fixture_ground(bal_fixture *f, int k);
void bal_fixture_solve(bal_fixture *f); /* the solution replaces b */
/* Impedance from terminal 0 to terminal 1. */
double complex bal_fixture_impedance(bal_fixture *f, double hertz);

/* Asserts that current() gives the same row as what is stamped into the row of terminal 0. */
void bal_fixture_assert_current(bal_fixture *f, double hertz);

#endif
