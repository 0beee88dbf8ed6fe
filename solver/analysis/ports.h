/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_ANALYSIS_PORTS_H
#define BAL_ANALYSIS_PORTS_H

/*
 * Balanced ports: legs p and n over a reference. The transverse (differential) voltage is
 * v(p) - v(n), the longitudinal (common) one the mean of both over the reference. Each mode has a
 * termination of its own, an emf behind an impedance, that the other one does not see: together
 * they are zdiff/2 from each leg to a centre and zcom - zdiff/4 from the centre to the reference.
 */
#include "study.h"

enum { BAL_PORTS = 2 };
typedef enum bal_mode { BAL_TRANSVERSE, BAL_LONGITUDINAL, BAL_MODES } bal_mode;

typedef struct bal_port {
    int nodes[3]; /* p, n, reference */
    bal_span at;
} bal_port;

/* "(p,n)" or "(p,n,ref)". */
BAL_NODISCARD bal_status bal_port_read(bal_study *s, const bal_card *card, const bal_field *field,
                                       bal_port *port);

typedef struct bal_port_set {
    bal_port port[BAL_PORTS];
    int n;
    double impedance[BAL_MODES]; /* of the terminations, ohm */
} bal_port_set;

/* The circuit with the terminations of all ports; the longitudinal one of port `open` (-1: none) is
 * left out. Termination (port, mode) is the added device and source bal_port_number() then. */
BAL_NODISCARD bal_status bal_port_system(bal_study *s, const bal_port_set *set, int open,
                                         int *system);
int bal_port_number(int open, int port, bal_mode mode);

/* Responses of such a system to an excitation: voltage of a mode of a port, and its current into
 * the circuit (of the longitudinal mode: of both legs together). */
typedef struct bal_port_request {
    const bal_port_set *set;
    int system, open, port;
    bal_mode mode;
    int excitation; /* of the study */
    bool current;
} bal_port_request;
BAL_NODISCARD bal_status bal_port_expr(bal_study *s, const bal_port_request *request,
                                       const bal_expr **out);

/* Expressions; NULL in, NULL out, so that a chain is checked once at its end. */
const bal_expr *bal_two(bal_study *s, const char *function, const bal_expr *a, const bal_expr *b);
const bal_expr *bal_one(bal_study *s, const char *function, const bal_expr *a);
const bal_expr *bal_number(bal_study *s, double value);

/* A vector NAME.what: an expression, or 20 lg of it, which the table shows with its bound. */
typedef struct bal_port_vector {
    bal_text name;
    const char *what, *unit;
    const bal_expr *expr;
    bool level;
} bal_port_vector;
BAL_NODISCARD bal_status bal_port_declare(bal_study *s, const bal_port_vector *vector);

#endif
