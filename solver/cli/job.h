/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CLI_JOB_H
#define BAL_CLI_JOB_H

/* What the commands that open decks have in common. */
#include <balspice/balspice.h>

#include "message.h"
#include "options.h"

/* Options of the library; the arguments and *show must outlive the job. */
bal_options bal_job_options(const bal_arguments *arguments, bal_show *show);

/* Exit code of a result, with a message where the library has had no place for one. */
int bal_exit_code(bal_result result);

/* What a result other than BAL_DONE means, in a few words. */
const char *bal_result_words(bal_result result);

int bal_worse(int code, int other);

/* Message and exit code 2 where a command got no operand. */
int bal_no_operand(const char *command, const char *what);

/* A measure that failed, in the form of a claim that failed; false if it did not. */
bool bal_measure_failed(const bal_job *job, size_t k, bal_claim *claim);

#endif
