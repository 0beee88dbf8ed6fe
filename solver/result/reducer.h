/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_RESULT_REDUCER_H
#define BAL_RESULT_REDUCER_H

/* One function over frequency: an online accumulator, then an exact finish. Internal to result/. */
#include "watch.h"

enum { BAL_REDUCER_SCALARS = 5, BAL_REDUCER_EXTREMA = 4 };

/* A point of the grid that is better than its two neighbours. */
typedef struct bal_extremum {
    double below, at, above; /* hertz */
    double x;
} bal_extremum;

typedef struct bal_reducing {
    const bal_reducer *what;
    const struct bal_reducer_ops *ops;
    double scalar[BAL_REDUCER_SCALARS]; /* values of the arguments behind the response */
    int n_scalars;
    double from, to;   /* window, hertz; 0 and infinity where it is open */
    size_t n;          /* points seen inside the window */
    double first_f[2]; /* the first two of them */
    double first_x[2];
    double f[2], x[2];                         /* the two points before; [1] is the newest */
    bool descends;                             /* the frequencies do not ascend */
    bal_extremum best;                         /* of all points; its neighbours are not known */
    bal_extremum extrema[BAL_REDUCER_EXTREMA]; /* the best ones, best first */
    int n_extrema;
    bal_dd area;
    int crossings;
    double cross_low, cross_high; /* bracket of the wanted crossing */
    bool found;
    double where; /* frequency of the result; NaN where it has none */
} bal_reducing;

typedef struct bal_reduce_env {
    const bal_solver *solver;
    const bal_bounded *reduced; /* of lower rank, by slot */
} bal_reduce_env;

typedef struct bal_reducer_ops {
    const char *name;
    bool online;  /* wants the points of the grid that lie in its window */
    bool maximum; /* of the pair min/max */
    bool squares; /* rms, not mean */
    int window;   /* number of the scalar where its window begins; -1 without */
    void (*point)(bal_reducing *r, double hertz, double x);
    /* Result, or *reason. */
    bal_status (*finish)(bal_reducing *r, const bal_reduce_env *env, bal_bounded *out,
                         const char **reason);
} bal_reducer_ops;

const bal_reducer_ops *bal_reducer_find(const char *name); /* NULL if unknown */

/* Sets the window once the scalars are known. */
void bal_reduce_window(bal_reducing *r);

/* A point of the grid: those outside of the window are left out. */
void bal_reduce_point(bal_reducing *r, double hertz, double x);

/* The response (argument 0) at a frequency. */
BAL_NODISCARD bal_status bal_reduce_at(const bal_reducing *r, const bal_reduce_env *env,
                                       double hertz, bal_bounded *out);
BAL_NODISCARD bal_status bal_reduce_real(const bal_reducing *r, const bal_reduce_env *env,
                                         double hertz, double *x);

/* Ends of the window within the sweep: beyond it there are no points to sum over. *reason when
 * nothing is left of it. */
void bal_reduce_ends(const bal_reducing *r, const bal_reduce_env *env, double ends[2],
                     const char **reason);

/* A root or an extremum of the response between two frequencies. Where both are > 0 the search
 * runs in the logarithm of the frequency. */
typedef struct bal_reduce_search {
    const bal_reducing *r;
    const bal_reduce_env *env;
    double sign;     /* -1 turns a maximum into a minimum */
    double level;    /* subtracted */
    bool modulus_db; /* of 20 log10 |x| */
    bool logarithmic;
} bal_reduce_search;
/* Ends in any order. The upper end where the response does not change sides. */
BAL_NODISCARD bal_status bal_reduce_root(bal_reduce_search search, double low, double high,
                                         double *hertz);
/* The better of the bracket's middle and the extremum found in it. */
BAL_NODISCARD bal_status bal_reduce_extremum(bal_reduce_search search, bal_extremum *bracket);

/* Rows of the table, by file. */
typedef bal_status bal_reduce_finish(bal_reducing *r, const bal_reduce_env *env, bal_bounded *out,
                                     const char **reason);
void bal_track_extremum(bal_reducing *r, double hertz, double x);
bal_reduce_finish bal_finish_extremum, bal_finish_argument;
void bal_track_area(bal_reducing *r, double hertz, double x);
void bal_track_sum(bal_reducing *r, double hertz, double x);
bal_reduce_finish bal_finish_mean, bal_finish_integral, bal_finish_points;
void bal_track_crossing(bal_reducing *r, double hertz, double x);
bal_reduce_finish bal_finish_cross, bal_finish_bandwidth;
bal_reduce_finish bal_finish_at, bal_finish_slope, bal_finish_derivative;

#endif
