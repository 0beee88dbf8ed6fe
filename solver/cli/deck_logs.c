/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes to every log goes through here, so that commands tell a thing once. */
#include "deck_logs.h"

#include <string.h>

#include "annotate.h"
#include "job.h"
#include "message.h"
#include "standard_out.h"

static int cannot_write(const bal_deck_logs *logs)
{
    bal_complain("cannot write '%s': %s", logs->junit, strerror(logs->file.error));
    return BAL_BAD_FILE;
}

static int open_log(bal_deck_logs *logs, const char *format, bal_write_fn write, void *user)
{
    const bal_result result = bal_log_open(format, write, user, &logs->log[logs->n]);
    logs->n += result == BAL_DONE;
    return bal_exit_code(result);
}

int bal_deck_logs_open(bal_deck_logs *logs, const bal_arguments *arguments)
{
    int code = BAL_DONE;
    *logs = (bal_deck_logs){.annotate = bal_annotates(arguments)};
    if (arguments->json)
        code = open_log(logs, "json", bal_standard_out_write, NULL);
    if (code != BAL_DONE || arguments->junit == NULL)
        return code;
    bal_out_file_catch_signals();
    logs->junit = arguments->junit;
    if (bal_out_file_open(&logs->file, logs->junit) != 0) {
        code = cannot_write(logs);
        logs->junit = NULL;
        return code;
    }
    return open_log(logs, "junit", bal_out_file_write, &logs->file);
}

void bal_deck_logs_begin(bal_deck_logs *logs, const char *path)
{
    for (size_t i = 0; i < logs->n; i++)
        bal_log_begin(logs->log[i], path);
}

void bal_deck_logs_notice(bal_deck_logs *logs, const bal_notice *notice)
{
    for (size_t i = 0; i < logs->n; i++)
        bal_log_notice(logs->log[i], notice);
}

void bal_deck_logs_claim(bal_deck_logs *logs, const bal_claim *claim)
{
    if (logs->annotate)
        bal_annotate_claim(claim);
    for (size_t i = 0; i < logs->n; i++)
        bal_log_claim(logs->log[i], claim);
}

void bal_deck_logs_end(bal_deck_logs *logs, int code, const char *words)
{
    for (size_t i = 0; i < logs->n; i++)
        bal_log_end(logs->log[i], code, words);
}

int bal_deck_logs_close(bal_deck_logs *logs)
{
    int code = BAL_DONE;
    for (size_t i = 0; i < logs->n; i++) {
        const bal_result result = bal_log_close(logs->log[i]);
        if (result != BAL_BAD_FILE) /* told below, or by the end of the program */
            code = bal_worse(code, bal_exit_code(result));
    }
    if (logs->junit == NULL)
        return code;
    if (code == BAL_DONE && logs->file.error == 0)
        (void)bal_out_file_commit(&logs->file);
    if (logs->file.error != 0)
        code = bal_worse(code, cannot_write(logs));
    bal_out_file_discard(&logs->file);
    return code;
}
