/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_RESULT_REDUCER_H
#define BAL_RESULT_REDUCER_H

/* One function over frequency: an online accumulator, then an exact finish. Internal to result/. */
#include "watch.h"

typedef struct bal_reducing {
    const bal_reducer *what;
    const struct bal_reducer_ops *ops;
    double scalar[4]; /* values of the arguments behind the response */
    int n_scalars;
    size_t n;                                /* points seen inside the window */
    double f[2], x[2];                       /* the two points before; [1] is the newest */
    double best_f, best_x, below_f, above_f; /* extremum on the grid with its neighbours */
    bool open;                               /* the best point waits for its upper neighbour */
    double area, first_f;                    /* mean, rms */
    int crossings;
    double cross_low, cross_high; /* bracket of the wanted crossing */
    bool found;
} bal_reducing;

typedef struct bal_reduce_env {
    const bal_solver *solver;
    const bal_bounded *reduced; /* of lower rank, by slot */
} bal_reduce_env;

typedef struct bal_reducer_ops {
    const char *name;
    bool online;  /* wants the points of the grid */
    bool maximum; /* of the pair min/max */
    void (*point)(bal_reducing *r, double hertz, double x);
    /* Result, or *reason. */
    bal_status (*finish)(bal_reducing *r, const bal_reduce_env *env, bal_bounded *out,
                         const char **reason);
} bal_reducer_ops;

const bal_reducer_ops *bal_reducer_find(const char *name); /* NULL if unknown */

/* The response (argument 0) at a frequency. */
BAL_NODISCARD bal_status bal_reduce_at(const bal_reducing *r, const bal_reduce_env *env,
                                       double hertz, bal_bounded *out);

#endif
