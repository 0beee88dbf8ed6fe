/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_ANALYSIS_ENGINE_H
#define BAL_ANALYSIS_ENGINE_H

/* Solves a study at one frequency after another. Nothing is allocated between bal_engine_create and
 * bal_engine_destroy but by a change of structure in bal_engine_restamp. */
#include "study.h"

typedef struct bal_engine_solve {
    int system, excitation;
    bal_ddc *x;
} bal_engine_solve;

typedef struct bal_engine_adjoint {
    int system, response;
    bal_ddc *y;
} bal_engine_adjoint;

typedef struct bal_engine {
    bal_study *study;
    bal_engine_solve *solves;
    size_t n_solves, solves_capacity;
    bal_engine_adjoint *adjoints;
    size_t n_adjoints, adjoints_capacity;
    int *solve_of;   /* by primary */
    int *adjoint_of; /* by primary; -1 when its error is not wanted */
    bal_bounded *values;
    bal_point point; /* of the last bal_engine_at */
} bal_engine;

/* Builds the systems of the study as its circuit stands. BAL_E_NOMEM, BAL_E_USAGE (an output has no
 * linear form; reported). */
BAL_NODISCARD bal_status bal_engine_create(bal_study *study, bal_engine *engine);
void bal_engine_destroy(bal_engine *engine);

/* After the circuit changed: values and excitations. */
BAL_NODISCARD bal_status bal_engine_restamp(bal_engine *engine);

/* Solves everything at a frequency (hertz); engine->point holds the values until the next call.
 * Reports BAL_E_SINGULAR and BAL_E_NUMERIC in terms of the circuit. */
BAL_NODISCARD bal_status bal_engine_at(bal_engine *engine, double hertz);

/* For duties, while they plan: the adjoint solution of a response in a system. At a point it is
 * engine->adjoints[*index].y. BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_engine_need_adjoint(bal_engine *engine, int system, int response,
                                                 int *index);

/* rows.c: brings the row of .ac data= for this frequency into force. */
BAL_NODISCARD bal_status bal_rows_apply(bal_engine *engine, double hertz);

/* Input of a system of this study over a range of frequencies, without tied nodes' effect on
 * anything. */
bal_mna_input bal_engine_input(const bal_study *study, double low, double high);
bal_status bal_engine_report(bal_study *study, const bal_mna *mna, double hertz, bal_status status);

#endif
