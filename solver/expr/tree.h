/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_EXPR_TREE_H
#define BAL_EXPR_TREE_H

/*
 * The compiled form: an immutable directed graph of nodes (an argument of a .func that is used
 * twice is shared), with at most three arguments each: min() of many and table() are built from
 * smaller calls. A node of type BAL_REAL or BAL_BOOL always has a value whose imaginary part is 0.
 */
#include <stdint.h>

#include "expr.h"

enum {
    BAL_EXPR_ARGUMENTS = 3,
    BAL_EXPR_NESTING = 500, /* of the text */
    BAL_EXPR_DEPTH = 2000,  /* of the graph: a recursion over it fits any stack */
    BAL_EXPR_SIZE =
        200000,         /* visits of one evaluation: stops functions that double at each level */
    BAL_EXPR_CALLS = 40 /* functions in functions */
};

enum bal_function_flag {
    BAL_F_R = 1,
    BAL_F_S = 2,
    BAL_F_B = 4,
    BAL_F_ORDER = 8,
    BAL_F_RANDOM = 16,
    BAL_F_LAZY = 32,
    BAL_F_OVER_F = 64
};

/* One call with the values of its arguments. */
typedef struct bal_call {
    const struct bal_rule *rule;
    const bal_ddc *x;
    int n;
    bool is_complex; /* an argument has type BAL_COMPLEX */
} bal_call;

/* How a function of real values behaves over an interval, for its bound. */
typedef enum bal_shape { BAL_SHAPE_UP, BAL_SHAPE_DOWN, BAL_SHAPE_EVEN, BAL_SHAPE_WAVE } bal_shape;

typedef struct bal_rule {
    /* Return NULL or the static text of a fault. A result that is not finite is a fault too. */
    const char *(*value)(const bal_call *call, bal_ddc *y);
    /* dy for the changes dx of the arguments; y is the value. */
    bal_ddc (*tangent)(const bal_call *call, const bal_ddc dx[], bal_ddc y);
    /* The result's interval from those of the arguments. Intervals of a complex call are of moduli
     * throughout. The value may be infinite, never NaN. */
    const char *(*bound)(const bal_call *call, const bal_bounded x[], bal_bounded *y);
    /* Elementary functions only: */
    double (*real)(double x);
    double complex (*cplx)(double complex x);
    double complex (*slope)(double complex x,
                            double complex y); /* derivative at x, where y = f(x) */
    bal_shape shape;
    double low; /* domain of the real function */
    double high;
    const char *domain; /* fault outside of it */
    const char *edge;   /* fault at a pole */
} bal_rule;

typedef struct bal_function {
    const char *name;
    int min_arguments;
    int max_arguments;
    const char *usage; /* NULL for an operator */
    unsigned flags;
    const bal_rule *rule;
} bal_function;

/* NULL when there is none of that name (any case). */
const bal_function *bal_function_find(bal_text name);
void bal_function_offer(bal_nearest *nearest);

typedef enum bal_node_kind {
    BAL_NODE_CONSTANT,
    BAL_NODE_VARIABLE,
    BAL_NODE_FREQUENCY, /* hertz */
    BAL_NODE_OMEGA,     /* rad/s */
    BAL_NODE_LAPLACE,   /* j omega */
    BAL_NODE_TEMPERATURE,
    BAL_NODE_CALL,
    BAL_NODE_REDUCER
} bal_node_kind;

typedef struct bal_node {
    bal_node_kind kind;
    bal_type type;
    bool is_complex; /* of a call: some argument is complex */
    int n;           /* arguments */
    int id;          /* of a variable */
    int depth;
    int size; /* visits of one evaluation */
    const bal_function *function;
    const struct bal_node *argument[BAL_EXPR_ARGUMENTS];
    const bal_reducer *reducer;
    bal_ddc constant;
    bal_span at;
} bal_node;

struct bal_expr {
    const bal_node *root;
    const int *variables;
    int n_variables;
    const bal_reducer *reducers;
    int n_reducers;
    bal_expr_uses uses;
};

/* State of one compilation or builder call. */
typedef struct bal_build {
    bal_arena *arena;
    bal_diag *diag;    /* NULL: faults are not reported */
    bal_status status; /* why a node could not be built */
    int slots;         /* reducers so far */
    int nodes;
} bal_build;

/* Each returns NULL and sets build->status when it fails. */
const bal_node *bal_node_leaf(bal_build *build, bal_node_kind kind, bal_type type, bal_span at);
const bal_node *bal_node_constant(bal_build *build, bal_ddc value, bal_span at);
const bal_node *bal_node_variable(bal_build *build, int id, bal_type type, bal_span at);
/* Checks the types of n arguments (the number is checked already), folds constants. */
const bal_node *bal_node_call(bal_build *build, const bal_function *function,
                              const bal_node *const arguments[], int n, bal_span at);

/* The same graph with the slots of its reducers moved up by `offset`. */
const bal_node *bal_node_renumbered(bal_build *build, const bal_node *node, int offset);

/* Wraps a root: collects what the expression uses. */
const bal_expr *bal_expr_finish(bal_build *build, const bal_node *root);

/* Evaluates one call whose arguments are known; texts of faults as in bal_rule. */
const char *bal_call_value(const bal_node *node, const bal_ddc x[], bal_ddc *y);

/* What the environment gives for a node that is not a call. Faults are noted in env. */
bal_status bal_leaf_value(const bal_node *node, const bal_env *env, bal_ddc *out);
/* Notes a fault and returns BAL_E_NUMERIC. */
bal_status bal_fault_at(const bal_env *env, const char *text, bal_span at);

#endif
