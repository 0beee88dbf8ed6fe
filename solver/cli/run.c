/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * balspice run: tables on stdout, or files by their extension. Files take their names only after
 * the whole run succeeded; a claim that fails does not spoil them. With --json a deck without a
 * result has the record that test and check give it.
 */
#include <balspice/balspice.h>
#include <stdio.h>

#include "annotate.h"
#include "command.h"
#include "deck_logs.h"
#include "job.h"
#include "outputs.h"
#include "standard_out.h"

static void print_claims(const bal_job *job, bool only_bad)
{
    const size_t n = bal_job_claims(job);
    if (n > 0 && !only_bad)
        (void)putchar('\n');
    for (size_t k = 0; k < n; k++)
        if (!only_bad || bal_job_claim(job, k).verdict != BAL_HOLDS)
            (void)bal_job_write_tap(job, k, k + 1, bal_standard_out_write, NULL);
}

static void print_measures(const bal_job *job, bool only_bad)
{
    if (bal_job_measures(job) > 0 && !only_bad)
        (void)putchar('\n');
    (void)bal_job_write_measures(job, only_bad, bal_standard_out_write, NULL);
}

static void show_claims(const bal_arguments *arguments, const bal_job *job)
{
    const bool annotate = bal_annotates(arguments);
    for (size_t k = 0; annotate && k < bal_job_claims(job); k++) {
        const bal_claim claim = bal_job_claim(job, k);
        bal_annotate_claim(&claim);
    }
    for (size_t k = 0; annotate && k < bal_job_measures(job); k++) {
        bal_claim claim;
        if (bal_measure_failed(job, k, &claim))
            bal_annotate_claim(&claim);
    }
    if (arguments->json)
        return;
    print_measures(job, arguments->quiet);
    print_claims(job, arguments->quiet);
}

static int run_job(const bal_arguments *arguments, bal_job *job, bal_outputs *o)
{
    const bal_result result = bal_job_run(job, o->list, bal_outputs_all(o, arguments));
    const bool good = result == BAL_DONE || result == BAL_CLAIM_FAILED;
    int code = bal_outputs_close(o, good);
    if (code == BAL_DONE)
        code = bal_exit_code(result);
    if (good)
        show_claims(arguments, job);
    return code;
}

/* Of one deck; shown when it turns out that there is no result. */
typedef struct record {
    bal_deck_logs logs;
    bool shown;
} record;

static int write_record(void *user, const char *bytes, size_t n)
{
    const record *r = user;
    return r->shown ? bal_standard_out_write(NULL, bytes, n) : 0;
}

static int begin_record(record *r, const bal_arguments *arguments, const char *path)
{
    *r = (record){.shown = false};
    if (!arguments->json)
        return BAL_DONE;
    const bal_result result = bal_log_open("json", write_record, r, &r->logs.log[0]);
    r->logs.n = result == BAL_DONE;
    bal_deck_logs_begin(&r->logs, path);
    return bal_exit_code(result);
}

static int end_record(record *r, int code)
{
    r->shown = code > BAL_CLAIM_FAILED;
    bal_deck_logs_end(&r->logs, code, bal_result_words((bal_result)code));
    return bal_worse(code, bal_deck_logs_close(&r->logs));
}

static int run_open(const bal_arguments *arguments, bal_job *job, bal_outputs *o)
{
    const int code = bal_outputs_open(o);
    return code == BAL_DONE ? run_job(arguments, job, o) : code;
}

static int run_deck(const bal_arguments *arguments, const char *path, bal_outputs *o)
{
    record r;
    bal_job *job = NULL;
    bal_show show = bal_show_for(arguments);
    const bal_options options = bal_job_options(arguments, &show);
    int code = begin_record(&r, arguments, path);
    if (code == BAL_DONE) {
        show.logs = &r.logs;
        code = bal_exit_code(bal_job_open(path, &options, &job));
    }
    if (code == BAL_DONE)
        code = run_open(arguments, job, o);
    bal_job_close(job);
    return end_record(&r, code);
}

static int run_decks(const bal_arguments *arguments, bal_outputs *o)
{
    int code = BAL_DONE;
    for (size_t i = 0; i < arguments->operands.n; i++) {
        if (i > 0 && !arguments->quiet && !arguments->json)
            (void)putchar('\n');
        code = bal_worse(code, run_deck(arguments, arguments->operands.item[i], o));
    }
    return code;
}

int bal_command_run(const bal_arguments *arguments)
{
    bal_outputs o;
    if (arguments->operands.n == 0)
        return bal_no_operand("run", "a deck");
    if (arguments->outputs.n > 0 && arguments->operands.n > 1) {
        bal_complain("'-o' takes the results of one deck, and there are %zu",
                     arguments->operands.n);
        return BAL_BAD_REQUEST;
    }
    const int code = bal_outputs_create(&o, arguments);
    const int ran = code == BAL_DONE ? run_decks(arguments, &o) : code;
    bal_outputs_release(&o);
    return ran;
}
