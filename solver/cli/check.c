/* SPDX-License-Identifier: GPL-3.0-or-later */
/* balspice check: opening a job reads, expands and checks the deck, and that is all. Only here is
 * what is merely suspicious worth a warning. */
#include <balspice/balspice.h>
#include <stdio.h>

#include "command.h"
#include "deck_logs.h"
#include "job.h"

static int check_deck(const bal_arguments *arguments, const char *path, bal_deck_logs *logs)
{
    bal_show show = bal_show_for(arguments);
    bal_options options = bal_job_options(arguments, &show);
    bal_job *job = NULL;
    show.logs = logs;
    options.lint = 1;
    bal_deck_logs_begin(logs, path);
    const bal_result result = bal_job_open(path, &options, &job);
    const int code = bal_exit_code(result);
    bal_deck_logs_end(logs, code, result == BAL_DONE ? "ok" : bal_result_words(result));
    if (result == BAL_DONE && !arguments->quiet && !arguments->json)
        (void)printf("%s: ok\n", path);
    bal_job_close(job);
    return code;
}

int bal_command_check(const bal_arguments *arguments)
{
    bal_deck_logs logs;
    if (arguments->operands.n == 0)
        return bal_no_operand("check", "a deck");
    int code = bal_deck_logs_open(&logs, arguments);
    const bool is_open = code == BAL_DONE;
    for (size_t i = 0; is_open && i < arguments->operands.n; i++)
        code = bal_worse(code, check_deck(arguments, arguments->operands.item[i], &logs));
    return bal_worse(code, bal_deck_logs_close(&logs));
}
