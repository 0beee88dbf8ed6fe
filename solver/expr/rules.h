/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_EXPR_RULES_H
#define BAL_EXPR_RULES_H

/* Declares bal_rule_<rule> of every row of functions.def, and what the rules share. */
#include "tree.h"

#define BAL_OPERATOR(name, fewest, most, flags, rule) extern const bal_rule bal_rule_##rule;
#define BAL_FUNCTION(name, fewest, most, usage, help, flags, rule)                                 \
    extern const bal_rule bal_rule_##rule;
#include "functions.def"
#undef BAL_OPERATOR
#undef BAL_FUNCTION

#define BAL_DEGREES (180.0 / 3.14159265358979323846) /* per radian */

/* A real as a complex number. */
static inline bal_ddc bal_ddc_dd(bal_dd re)
{
    return bal_ddc_of(re, bal_dd_of(0.0));
}

static inline bal_dd bal_dd_inverse(bal_dd a)
{
    return bal_dd_div(bal_dd_of(1.0), a);
}

bal_dd bal_ddc_modulus(bal_ddc a);       /* |a| in double-double */
bal_ddc bal_ddc_root(bal_ddc a);         /* principal square root */
bal_ddc bal_ddc_power(bal_ddc a, int n); /* a^n, n any integer; a = 0 and n < 0 is not finite */
bool bal_dd_integer(bal_dd a, int *n);   /* a is an integer of at most 1024 in modulus */

/* 1 certainly not zero, 0 certainly zero, else 0.5. */
double bal_bounded_truth(const bal_bounded *x, bool is_complex);
/* A real interval seen as a complex one. */
bal_bounded bal_bounded_modulus(bal_bounded x);
/* value with interval [low, high] of a real */
bal_bounded bal_bounded_real(bal_dd value, double low, double high);
/* value with a disc; low and high are those known of the modulus (0 and infinity if nothing is) */
bal_bounded bal_bounded_disc(bal_ddc value, double radius, double low, double high);
bal_bounded bal_bounded_truth_value(double truth, double margin, double limit);
double bal_bounded_less(const bal_bounded *a, const bal_bounded *b,
                        bool or_equal); /* truth of a < b */

/* Where all arguments are exact, *y becomes the exact value and the result is true. */
bool bal_bounded_exact(const bal_call *call, const bal_bounded x[], bal_ddc value, bal_bounded *y);
double bal_times(double a, double b); /* a * b with 0 * infinity = 0 */

/* Bounds that rules of several files use. */
typedef const char *bal_bound_rule(const bal_call *call, const bal_bounded x[], bal_bounded *y);
bal_bound_rule bal_bound_add, bal_bound_sub, bal_bound_mul, bal_bound_div, bal_bound_pow,
    bal_bound_pwr, bal_bound_pwrs, bal_bound_sqr, bal_bound_sqrt, bal_bound_deg, bal_bound_rad;
bal_bound_rule bal_bound_abs, bal_bound_ph, bal_bound_re, bal_bound_im, bal_bound_conj,
    bal_bound_db, bal_bound_dbu, bal_bound_atan2, bal_bound_hypot;
bal_bound_rule bal_bound_elementary, bal_bound_exp, bal_bound_ln, bal_bound_log10, bal_bound_tan;
bal_bound_rule bal_bound_up, bal_bound_down, bal_bound_corner, bal_bound_fmod, bal_bound_sign,
    bal_bound_nominal;
bal_bound_rule bal_bound_invert, bal_bound_and, bal_bound_or, bal_bound_equal, bal_bound_unequal,
    bal_bound_less, bal_bound_greater, bal_bound_less_equal, bal_bound_greater_equal,
    bal_bound_within;

#endif
