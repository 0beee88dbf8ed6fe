/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results of the library are exit codes, but for the two that the program alone can tell about. */
#include "job.h"

#include <stddef.h>

bal_options bal_job_options(const bal_arguments *arguments, bal_show *show)
{
    return (bal_options){
        .struct_size = sizeof(bal_options),
        .message = bal_show_message,
        .message_user = show,
        .folders = arguments->folders.item,
        .library = arguments->library,
        .n_folders = arguments->folders.n,
        .settings = arguments->settings.item,
        .n_settings = arguments->settings.n,
        .frequencies = arguments->frequencies,
        .lenient = arguments->lenient,
        .warnings_are_errors = arguments->werror,
        .max_runs = arguments->max_runs,
    };
}

int bal_exit_code(bal_result result)
{
    if (result == BAL_OUT_OF_MEMORY)
        bal_complain("out of memory");
    return result >= BAL_OUT_OF_MEMORY ? (int)BAL_BAD_FILE : (int)result;
}

const char *bal_result_words(bal_result result)
{
    switch (result) {
    case BAL_DONE:
        return "done";
    case BAL_CLAIM_FAILED:
        return "a claim does not hold";
    case BAL_BAD_REQUEST:
        return "the options do not fit the deck";
    case BAL_BAD_DECK:
        return "the deck is wrong";
    case BAL_NO_SOLUTION:
        return "the circuit has no unique solution";
    case BAL_BAD_FILE:
        return "a file cannot be read or written";
    case BAL_OUT_OF_MEMORY:
        return "out of memory";
    case BAL_STOPPED:
        break;
    }
    return "stopped";
}

int bal_worse(int code, int other)
{
    return code > other ? code : other;
}

int bal_no_operand(const char *command, const char *what)
{
    bal_complain("'%s' needs %s", command, what);
    bal_complain_hint("try 'balspice help'");
    return BAL_BAD_REQUEST;
}

bool bal_measure_failed(const bal_job *job, size_t k, bal_claim *claim)
{
    const bal_failed_measure failed = bal_job_failed(job, k);
    const bal_measure m = bal_job_measure(job, k, 0);
    if (failed.n_runs > 0)
        *claim = (bal_claim){.text = m.name,
                             .source = "",
                             .breaks = "",
                             .file = m.file,
                             .line = m.line,
                             .verdict = BAL_FAILS,
                             .detail = failed.why};
    return failed.n_runs > 0;
}
