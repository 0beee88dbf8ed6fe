/* SPDX-License-Identifier: GPL-3.0-or-later */
/* balspice check: opening a job reads, expands and checks the deck, and that is all. */
#include <balspice/balspice.h>
#include <stdio.h>

#include "command.h"
#include "job.h"

int bal_command_check(const bal_arguments *arguments)
{
    int code = BAL_DONE;
    if (arguments->operands.n == 0)
        return bal_no_operand("check", "a deck");
    for (size_t i = 0; i < arguments->operands.n; i++) {
        bal_show show = bal_show_for(arguments);
        const bal_options options = bal_job_options(arguments, &show);
        bal_job *job = NULL;
        const bal_result result = bal_job_open(arguments->operands.item[i], &options, &job);
        if (result == BAL_DONE && !arguments->quiet)
            (void)printf("%s: ok\n", arguments->operands.item[i]);
        code = bal_worse(code, bal_exit_code(result));
        bal_job_close(job);
    }
    return code;
}
