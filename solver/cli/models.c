/* SPDX-License-Identifier: GPL-3.0-or-later */
/* balspice models: the part library, as a list or part by part. */
#include <balspice/balspice.h>
#include <stdio.h>

#include "command.h"
#include "job.h"
#include "standard_out.h"

int bal_command_models(const bal_arguments *arguments)
{
    bal_show show = bal_show_for(arguments);
    const bal_options options = bal_job_options(arguments, &show);
    if (arguments->operands.n == 0)
        return bal_exit_code(bal_parts(&options, NULL, bal_standard_out_write, NULL));
    int code = BAL_DONE;
    for (size_t i = 0; i < arguments->operands.n; i++) {
        if (i > 0)
            (void)putchar('\n');
        code = bal_worse(code, bal_exit_code(bal_parts(&options, arguments->operands.item[i],
                                                       bal_standard_out_write, NULL)));
    }
    return code;
}
