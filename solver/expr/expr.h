/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_EXPR_EXPR_H
#define BAL_EXPR_EXPR_H

/*
 * Expressions: one compiled language for .param, braces, LAPLACE, .meas, .print and .claim. Values
 * are complex double-doubles, so that {1k*(1+1e-14)} keeps its difference; + - * / sqrt and integer
 * powers are exact to 2^-100, other functions to a few 1e-16.
 *
 * A compiled expression is immutable, lives in the arena it was compiled into, and may be evaluated
 * by several threads at once.
 *
 * Functions over frequency ("reducers": at, minf, maxf, ...) are not computed here. They are listed
 * by bal_expr_reducers, the layer result/ computes them and hands the values back by slot.
 */
#include "arena.h"
#include "dd.h"
#include "diag.h"

typedef struct bal_expr bal_expr;

typedef enum bal_type { BAL_REAL, BAL_COMPLEX, BAL_BOOL } bal_type;

/* How names of the surroundings resolve during compilation. Members may be NULL: then such names
 * are unknown. */
typedef struct bal_names {
    void *user;
    /* A plain name (r1, rx.cmrr, @r.x1.r3[i]) -> an identifier >= 0 of the caller's choosing, or -1
     * if unknown (the compiler reports it), or -2 if the caller has reported a fault of its own,
     * or -3 if memory is out. probe answers in the same way. */
    int (*variable)(void *user, bal_text name, bal_span at, bal_type *type);
    /* v(a) v(a,b) i(V1) p(R1) zin(V1) gain(v(o),V1): `function` is the lower-case head ("v", "i",
     * "p", "zin", "gain"), the arguments are raw text split at top-level commas. The compiler
     * itself unwraps vdb vm vp vr vi (and idb im ip ir ii) to db abs ph re im of v (and i). */
    int (*probe)(void *user, const char *function, const bal_span *arguments, int n_arguments,
                 bal_span at, bal_type *type);
    /* .func definitions: parameter names and the body, or NULL if unknown. */
    const struct bal_user_function *(*function)(void *user, bal_text name, int n_arguments);
    /* Offers known variable names for "did you mean". */
    void (*offer)(void *user, bal_nearest *nearest);
} bal_names;

typedef struct bal_user_function {
    const bal_text *parameters;
    int n_parameters;
    bal_span body; /* compiled at each use with the parameters bound to the arguments */
} bal_user_function;

typedef struct bal_expr_options {
    bool log_is_10; /* .options log=10 (Xyce) */
} bal_expr_options;

/*
 * Compiles the text of `span` (may run over continuation lines: a line feed is skipped together
 * with blank and comment lines and the following '+'; a number takes the suffixes of
 * bal_number_parse's rules). options may be NULL. Reports with carets at the token. BAL_E_DECK,
 * BAL_E_NOMEM.
 */
BAL_NODISCARD bal_status bal_expr_compile(bal_span span, const bal_names *names,
                                          const bal_expr_options *options, bal_arena *arena,
                                          bal_diag *diag, const bal_expr **out);

/* Builders, for vectors that analyses define from quantities. */
BAL_NODISCARD const bal_expr *bal_expr_constant(bal_arena *arena, bal_ddc value);
BAL_NODISCARD const bal_expr *bal_expr_variable(bal_arena *arena, int id, bal_type type);
/* `function` is a row of functions.def or an operator "+", "-", "*", "/", "<". Slots of reducers
 * count through the arguments. NULL when out of memory, or when number or types do not fit. */
BAL_NODISCARD const bal_expr *bal_expr_call(bal_arena *arena, const char *function,
                                            const bal_expr *const arguments[], int n_arguments);

bal_type bal_expr_type(const bal_expr *expr);
bal_span bal_expr_span(const bal_expr *expr);

/* Distinct variable identifiers used anywhere in it, ascending. */
const int *bal_expr_variables(const bal_expr *expr, int *count);

typedef struct bal_expr_uses {
    bool frequency; /* freq hertz s w */
    bool temperature;
    bool random; /* gauss agauss unif aunif mc flat ... */
} bal_expr_uses;
bal_expr_uses bal_expr_used(const bal_expr *expr);

/* Whether its value varies along the frequency axis: it uses the frequency or a variable below
 * first_constant outside of the functions over frequency. */
bool bal_expr_is_pointwise(const bal_expr *expr, int first_constant);

/* Whether it is a sum of constants times variables (degree exactly one in every term), with no
 * reducers: v(p)-v(n), 0.5*(v(a)+v(b)). */
bool bal_expr_is_linear(const bal_expr *expr);

/* How it depends on the variables from `first` on; all others and the frequency count as constant.
 */
typedef enum bal_linearity {
    BAL_CONSTANT,
    BAL_AFFINE,    /* a constant and constants times variables */
    BAL_PIECEWISE, /* affine between corners: limit, min, max, table, abs, if */
    BAL_NONLINEAR
} bal_linearity;
/* *culprit receives the place of the operation that is not linear; may be NULL. */
bal_linearity bal_expr_linearity(const bal_expr *expr, int first, bal_span *culprit);

/* The constant value, if it uses no variable, frequency, temperature, reducer or random function.
 */
bool bal_expr_is_constant(const bal_expr *expr);

/* A comparison at the top ("a < b", within(x,y,tol), or such joined by && ||) has a margin: >= 0
 * where it holds, in the unit of its operands. See bal_expr_bounded. */

typedef struct bal_fault { /* why an evaluation failed */
    const char *text;      /* static: "division by zero" */
    bal_span at;
} bal_fault;

/* A value with its error: the true value lies within `radius` of `value`, and its modulus (complex)
 * or itself (real) in [low, high]. radius and high may be infinite. */
typedef struct bal_bounded {
    bal_ddc value;
    double radius;
    double low;
    double high;
    /* For BAL_BOOL only: value.re is 1, 0 or, when the intervals cannot tell, 0.5 (undecided). */
    double margin;   /* signed distance of a comparison, NaN when there is none */
    double measured; /* the left side of that comparison (of within: the distance), for printing */
    double found;    /* of within: its own left side, where that is real; else NaN */
    double limit;    /* its right side */
} bal_bounded;

typedef struct bal_env {
    void *user;
    /* Value of a variable; BAL_E_DECK etc. stops the evaluation. One of the two may be NULL. */
    bal_status (*value)(void *user, int id, bal_ddc *out);
    bal_status (*bounded)(void *user, int id, bal_bounded *out);
    bal_dd frequency;                   /* hertz */
    double temperature;                 /* degrees Celsius */
    const bal_ddc *reduced;             /* by reducer slot; NULL if there are none */
    const bal_bounded *reduced_bounded; /* the same for bal_expr_bounded */
    bal_fault *fault;                   /* receives the reason of BAL_E_NUMERIC; may be NULL */
} bal_env;

/* BAL_E_NUMERIC: domain error or a result that is not finite (see fault). */
BAL_NODISCARD bal_status bal_expr_value(const bal_expr *expr, const bal_env *env, bal_ddc *out);

/* Value and derivative by one variable (forward mode; complex-differentiable functions; abs, re, im
 * and friends differentiate along the real axis of the variable). */
BAL_NODISCARD bal_status bal_expr_derivative(const bal_expr *expr, const bal_env *env, int id,
                                             bal_ddc *value, bal_ddc *derivative);

/* Value with its error interval. Division by an interval that holds 0 gives radius = high =
 * infinity and a true low; db() of an interval whose low is 0 gives low = -infinity; never NaN, and
 * a null (value 0) is no fault here: db of it has value = low = -infinity or, inverted, high =
 * +infinity. */
BAL_NODISCARD bal_status bal_expr_bounded(const bal_expr *expr, const bal_env *env,
                                          bal_bounded *out);

/* One function over frequency inside an expression. Its arguments are expressions of their own. */
typedef struct bal_reducer {
    const char *function;             /* a row of functions.def with OVER_F */
    const bal_expr *const *arguments; /* [0] is the response */
    int n_arguments;
    int slot; /* index into bal_env.reduced */
    int rank; /* 0: the arguments hold no reducer; else 1 + the highest rank inside */
    bal_span at;
} bal_reducer;
const bal_reducer *bal_expr_reducers(const bal_expr *expr, int *count); /* by ascending rank */

/* Function reference, generated from the table. */
typedef struct bal_function_row {
    const char *name;
    int min_arguments;
    int max_arguments;
    const char *usage; /* "db(x)" */
    const char *help;  /* one line */
    bool is_reducer;
} bal_function_row;
const bal_function_row *bal_function_table(int *count);

#endif
