/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_ANALYSIS_ENGINE_H
#define BAL_ANALYSIS_ENGINE_H

/* Solves a study at one frequency after another. Nothing is allocated between bal_engine_create and
 * bal_engine_destroy but by a change of structure in bal_engine_restamp. */
#include "study.h"

typedef struct bal_engine_solve {
    int system, excitation;
    bool done; /* at the point */
    bal_ddc *x;
} bal_engine_solve;

typedef struct bal_engine_adjoint {
    int system, response;
    bool done; /* at the point */
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
    bool *known;        /* by vector: its value is that of the point */
    bool *ready;        /* by system: it is factored at the point */
    bal_status failure; /* of the first vector that had no value, reported; the run is over */
    bal_point point;    /* of the last bal_engine_look */
} bal_engine;

/* Builds the systems of the study as its circuit stands. BAL_E_NOMEM, BAL_E_USAGE (an output has no
 * linear form; reported). */
BAL_NODISCARD bal_status bal_engine_create(bal_study *study, bal_engine *engine);
void bal_engine_destroy(bal_engine *engine);

/* After the circuit changed: values and excitations. */
BAL_NODISCARD bal_status bal_engine_restamp(bal_engine *engine);

/* Moves to a frequency (hertz): engine->point finds values when they are read, until the next call.
 */
BAL_NODISCARD bal_status bal_engine_look(bal_engine *engine, double hertz);
/* Finds engine->values[vector] at the point. Reports BAL_E_SINGULAR and BAL_E_NUMERIC in terms of
 * the circuit. */
BAL_NODISCARD bal_status bal_engine_value(bal_engine *engine, int vector);
/* Both, for all vectors. */
BAL_NODISCARD bal_status bal_engine_at(bal_engine *engine, double hertz);
/* Nothing is known any more: the circuit has changed. */
void bal_engine_forget(bal_engine *engine);

/* For duties, while they plan: the adjoint solution of a response in a system, by index.
 * BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_engine_need_adjoint(bal_engine *engine, int system, int response,
                                                 int *index);

/* At the point; *y stays until the next one. */
BAL_NODISCARD bal_status bal_engine_adjoint_at(bal_engine *engine, int index, const bal_ddc **y);

/* rows.c: brings the row of .ac data= for this frequency into force. */
BAL_NODISCARD bal_status bal_rows_apply(bal_engine *engine, double hertz);

/* Input of a system of this study over a range of frequencies, without tied nodes' effect on
 * anything. */
bal_mna_input bal_engine_input(const bal_study *study, double low, double high);
bal_status bal_engine_report(bal_study *study, const bal_mna *mna, double hertz, bal_status status);

#endif
