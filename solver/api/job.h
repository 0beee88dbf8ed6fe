/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_API_JOB_H
#define BAL_API_JOB_H

/* The composition root: binds models, analyses and outputs to balspice.h. */
#include "balspice/balspice.h"
#include "bytes.h"
#include "outcome.h"
#include "study.h"

struct bal_job {
    bal_arena arena;
    bal_diag diag;
    bal_message_fn message;
    void *message_user;
    bal_deck deck;
    bal_circuit *circuit;
    bal_study *study;
};

/* A caller's write function as the outputs want it. */
typedef struct bal_job_writer {
    bal_write_fn write;
    void *user;
} bal_job_writer;
bal_status bal_job_write(void *writer, const char *bytes, size_t n);

bal_result bal_job_result(bal_status status);

/* A bal_diag_sink; user is a job, of which only `message` and `message_user` need to be set. */
void bal_job_forward(void *user, const bal_message *message);

/* A caller's options, whatever their size; NULL: none. */
bal_options bal_job_given(const bal_options *given);

/* claims.c: for the outputs; texts belong to the job. */
bal_claim_line bal_job_claim_line(const bal_claim *claim);
BAL_NODISCARD bal_status bal_job_outcome(const bal_job *job, bal_outcome *outcome);

/* measures.c */
BAL_NODISCARD bal_status bal_job_measure_rows(const bal_job *job, bal_outcome *outcome);

#endif
