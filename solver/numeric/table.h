/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_NUMERIC_TABLE_H
#define BAL_NUMERIC_TABLE_H

/* Numbers that came from a file, as models use them. All memory belongs to an arena. */
#include <complex.h>
#include <stdbool.h>
#include <stddef.h>

/* Columns of numbers; column 0 ascends strictly. */
typedef struct bal_table {
    const char *path;         /* for messages */
    const char *const *names; /* of the columns, lower case; NULL: the file has no header */
    int n_columns;
    size_t n_rows;
    const double *values; /* row by row */
} bal_table;

/* An n-port as measured: matrices over ascending frequency. */
typedef struct bal_network {
    const char *path;
    char kind; /* 's', 'y' (siemens) or 'z' (ohm) */
    int n_ports;
    size_t n_points;
    const double *hertz;
    const double *reference;      /* ohm, by port */
    const double complex *values; /* by point, row by row */
} bal_network;

/* Where x lies among the n ascending numbers first[0], first[stride], ...: between *i and *i + 1,
 * at the part of the way from there. False outside of the range; *i and *part then point to the end
 * that is nearer, and a range of one number holds that number only. */
bool bal_bracket(const double first[], size_t n, size_t stride, double x, size_t *i, double *part);

/* A column at x, linear between rows and constant beyond the ends. */
double bal_table_at(const bal_table *table, int column, double x);
/* Number of the column of that name, or -1. */
int bal_table_column(const bal_table *table, const char *name);

#endif
