/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CIRCUIT_LINEAR_H
#define BAL_CIRCUIT_LINEAR_H

/*
 * Lowering: every form of a source that is more than one gain (POLY, VALUE, LAPLACE, a B
 * expression, a linear code model, ...) becomes one linear source, a sum of terms. The form reads
 * its card and adds terms here; what the terms are worth is found in one place, now and after a
 * step.
 */
#include "element.h"

/* A linear source while its card is read. The arrays are heap, of this struct. */
typedef struct bal_linear {
    bal_element *r;
    bal_term *terms;
    size_t n_terms, terms_capacity;
    int *nodes; /* the output pair first */
    size_t n_nodes, nodes_capacity;
} bal_linear;

/* How a card says what its source is; read() takes everything behind the keyword that is the
 * form's own. */
struct bal_form {
    bal_status (*read)(bal_linear *l);
    bool makes_current;
    uint32_t at; /* token of its keyword */
    int n_nodes; /* nodes before the keyword, 2 or 4; 0: none */
    char letter; /* of the card, upper case */
    const char *usage;
};

/* lower.c */
/* The form of a card whose letter has several, or {NULL}; *status tells of a fault (reported). */
bal_form bal_form_of(bal_circuit *c, const bal_card *card, bal_status *status);
/* Reads the output nodes and what r->form stands for; leaves the keys to the caller. */
BAL_NODISCARD bal_status bal_form_read(bal_element *r);

/* linear.c */
/* Compiles an expression whose v() and i() become terms. Reports. */
BAL_NODISCARD bal_status bal_linear_input(bal_linear *l, bal_span text, const bal_expr **input);
BAL_NODISCARD bal_status bal_linear_node(bal_linear *l, const bal_token *token, int *terminal);
BAL_NODISCARD bal_status bal_linear_ground(bal_linear *l, int *terminal);
/* A further term; NULL when out of memory. Valid until the next one. */
bal_term *bal_linear_term(bal_linear *l);
/* Makes it the input of all terms from `first` on, which must be linear in them. Reports. */
BAL_NODISCARD bal_status bal_linear_bind(bal_linear *l, size_t first, const bal_expr *input);
/* A number or an expression as the coefficient of a term. */
BAL_NODISCARD bal_status bal_linear_coefficient(bal_linear *l, bal_term *term,
                                                const bal_token *token);
/* lower_value.c: the field at r->at, or r->at up to the next key, as text; and as an input. */
BAL_NODISCARD bal_status bal_linear_take(bal_element *r, bal_span *text);
BAL_NODISCARD bal_status bal_linear_take_input(bal_linear *l);
/* lower_laplace.c: what stands at r->at becomes the transfer function of all terms. */
BAL_NODISCARD bal_status bal_linear_transfer(bal_linear *l);
/* The variable s, and a polynomial of it: n coefficients, the highest power first. */
BAL_NODISCARD bal_status bal_linear_s(const bal_linear *l, const bal_expr **s);
BAL_NODISCARD bal_status bal_linear_polynomial(const bal_linear *l, const bal_expr *const value[],
                                               int n, const bal_expr *s, const bal_expr **out);
/* linear_check.c: of terms from `first` on. Reports. */
BAL_NODISCARD bal_status bal_linear_check(const bal_linear *l, size_t first, const bal_expr *input);
BAL_NODISCARD bal_status bal_linear_finish(bal_linear *l);
BAL_NODISCARD bal_status bal_linear_update(bal_circuit *c);

/* One form each, and the input of those that have it as nodes 3 and 4. */
BAL_NODISCARD bal_status bal_form_pair(bal_linear *l);
BAL_NODISCARD bal_status bal_form_poly(bal_linear *l);
BAL_NODISCARD bal_status bal_form_value(bal_linear *l);
BAL_NODISCARD bal_status bal_form_laplace(bal_linear *l);
BAL_NODISCARD bal_status bal_form_gain(bal_linear *l);
BAL_NODISCARD bal_status bal_form_freq(bal_linear *l);
BAL_NODISCARD bal_status bal_form_table(bal_linear *l);
BAL_NODISCARD bal_status bal_form_code(bal_linear *l); /* its own output, too */

#endif
