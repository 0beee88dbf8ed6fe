/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * balspice test: one TAP stream over all decks. A deck that cannot be solved is one failed test, so
 * that it is seen by who reads the TAP only. With --breaks a test passes when its claim fails once
 * the change that it names is made: a claim that nothing can break proves nothing.
 */
#include <balspice/balspice.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "deck_logs.h"
#include "folder.h"
#include "job.h"
#include "standard_out.h"

typedef struct test_run {
    const bal_arguments *arguments;
    size_t passed;
    size_t failed;
    int code;
    bool tap; /* on stdout */
    bal_deck_logs logs;
} test_run;

static size_t count(test_run *run, bool passed)
{
    if (passed)
        run->passed++;
    else
        run->failed++;
    return run->passed + run->failed;
}

/* '#' begins a directive in TAP. */
static void print_escaped(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '#' || *text == '\\')
            (void)putchar('\\');
        (void)putchar((unsigned char)*text < ' ' || *text == 0x7f ? ' ' : *text);
    }
}

static void print_line(test_run *run, bool passed, const char *text, const char *detail)
{
    const size_t number = count(run, passed);
    if (!run->tap)
        return;
    (void)printf("%s %zu - ", passed ? "ok" : "not ok", number);
    print_escaped(text);
    if (detail[0] != '\0') {
        (void)fputs("   ", stdout);
        print_escaped(detail);
    }
    (void)putchar('\n');
}

/* The place of a claim, for the lines that are not the library's. */
static void print_place(const test_run *run, const bal_claim *claim)
{
    if (!run->tap)
        return;
    (void)fputs("  ---\n  file: \"", stdout);
    for (const char *p = claim->file; *p != '\0'; p++) {
        if (*p == '"' || *p == '\\')
            (void)putchar('\\');
        (void)putchar((unsigned char)*p < ' ' ? ' ' : *p);
    }
    (void)printf("\"\n  line: %u\n  ...\n", claim->line);
}

static void fail_deck(test_run *run, const char *path, bal_result result)
{
    const int code = bal_exit_code(result);
    char detail[96];
    (void)snprintf(detail, sizeof detail, "%s (exit %d)", bal_result_words(result), code);
    print_line(run, false, path, detail);
    run->code = bal_worse(run->code, code);
    bal_deck_logs_end(&run->logs, code, bal_result_words(result));
}

static void test_claims(test_run *run, const char *path, bal_job *job)
{
    const bal_result result = bal_job_run(job, NULL, 0);
    if (result != BAL_DONE && result != BAL_CLAIM_FAILED) {
        fail_deck(run, path, result);
        return;
    }
    run->code = bal_worse(run->code, (int)result);
    for (size_t k = 0; k < bal_job_claims(job); k++) {
        const bal_claim claim = bal_job_claim(job, k);
        const bool holds = claim.verdict == BAL_HOLDS;
        if (!holds)
            run->code = bal_worse(run->code, BAL_CLAIM_FAILED);
        const size_t number = count(run, holds);
        if (run->tap)
            (void)bal_job_write_tap(job, k, number, bal_standard_out_write, NULL);
        bal_deck_logs_claim(&run->logs, &claim);
    }
    for (size_t k = 0; k < bal_job_measures(job); k++) {
        bal_claim failed;
        if (!bal_measure_failed(job, k, &failed))
            continue;
        print_line(run, false, failed.text, failed.detail);
        print_place(run, &failed);
        bal_deck_logs_claim(&run->logs, &failed);
    }
    bal_deck_logs_end(&run->logs, (int)result, bal_result_words(result));
}

/* The user's settings and those of breaks="R3=11k len=20", which stand in *copy. NULL: no memory.
 */
static const char **join_settings(const bal_words *settings, char *copy, size_t *n)
{
    const char **joined = calloc(settings->n + strlen(copy) / 2 + 1, sizeof *joined);
    if (joined == NULL)
        return NULL;
    for (*n = 0; *n < settings->n; (*n)++)
        joined[*n] = settings->item[*n];
    for (char *p = copy + strspn(copy, " \t"); *p != '\0';) {
        joined[(*n)++] = p;
        p += strcspn(p, " \t");
        if (*p != '\0')
            *p++ = '\0';
        p += strspn(p, " \t");
    }
    return joined;
}

/* Opens and runs the deck with the settings and gives the verdict on claim k. */
static bal_result run_broken(const bal_options *options, const char *path, size_t k,
                             bal_verdict *verdict)
{
    bal_job *job = NULL;
    bal_result result = bal_job_open(path, options, &job);
    if (result == BAL_DONE)
        result = bal_job_run(job, NULL, 0);
    if ((result == BAL_DONE || result == BAL_CLAIM_FAILED) && k < bal_job_claims(job))
        *verdict = bal_job_claim(job, k).verdict;
    bal_job_close(job);
    return result;
}

static void report_break(test_run *run, const bal_claim *claim, bal_result result,
                         bal_verdict verdict)
{
    static const char *const words[] = {[BAL_HOLDS] = "it still holds with",
                                        [BAL_FAILS] = "fails with",
                                        [BAL_UNDECIDED] = "it is undecided with",
                                        [BAL_NOT_RUN] = "it was not tested with"};
    char detail[256];
    const bool ran = result == BAL_DONE || result == BAL_CLAIM_FAILED;
    const bool broken = ran && verdict == BAL_FAILS;
    bal_claim shown = *claim;
    (void)snprintf(detail, sizeof detail, "%s %s", ran ? words[verdict] : bal_result_words(result),
                   claim->breaks);
    shown.verdict = broken ? BAL_HOLDS : BAL_FAILS;
    shown.detail = detail;
    bal_deck_logs_claim(&run->logs, &shown);
    print_line(run, broken, claim->text, detail);
    if (broken)
        return;
    print_place(run, claim);
    run->code = bal_worse(run->code, ran ? (int)BAL_CLAIM_FAILED : bal_exit_code(result));
}

static void test_break(test_run *run, const char *path, const bal_job *job, size_t k)
{
    bal_claim claim = bal_job_claim(job, k);
    if (claim.breaks[0] == '\0') {
        claim.verdict = BAL_FAILS;
        claim.detail = "has no breaks=";
        print_line(run, false, claim.text, claim.detail);
        print_place(run, &claim);
        bal_deck_logs_claim(&run->logs, &claim);
        run->code = bal_worse(run->code, BAL_CLAIM_FAILED);
        return;
    }
    bal_show show = bal_show_for(run->arguments);
    show.errors_only = true; /* the warnings were shown once */
    show.logs = &run->logs;
    bal_options options = bal_job_options(run->arguments, &show);
    const size_t size = strlen(claim.breaks) + 1;
    char *copy = malloc(size);
    if (copy != NULL)
        memcpy(copy, claim.breaks, size);
    const char **joined =
        copy != NULL ? join_settings(&run->arguments->settings, copy, &options.n_settings) : NULL;
    options.settings = joined;
    bal_verdict verdict = BAL_NOT_RUN;
    const bal_result result =
        joined != NULL ? run_broken(&options, path, k, &verdict) : BAL_OUT_OF_MEMORY;
    report_break(run, &claim, result, verdict);
    free(joined);
    free(copy);
}

static void test_breaks(test_run *run, const char *path, const bal_job *job)
{
    const int before = run->code;
    run->code = BAL_DONE;
    for (size_t k = 0; k < bal_job_claims(job); k++)
        test_break(run, path, job, k);
    bal_deck_logs_end(&run->logs, run->code, bal_result_words((bal_result)run->code));
    run->code = bal_worse(run->code, before);
}

static void test_deck(test_run *run, const char *path)
{
    bal_show show = bal_show_for(run->arguments);
    show.logs = &run->logs;
    bal_deck_logs_begin(&run->logs, path);
    const bal_options options = bal_job_options(run->arguments, &show);
    bal_job *job = NULL;
    const bal_result result = bal_job_open(path, &options, &job);
    if (result != BAL_DONE) {
        fail_deck(run, path, result);
        return;
    }
    if (run->arguments->breaks)
        test_breaks(run, path, job);
    else
        test_claims(run, path, job);
    bal_job_close(job);
}

/* All decks of the operands; a folder without any is a mistake that must not pass for a success. */
static int find_decks(const bal_words *operands, bal_paths *decks)
{
    for (size_t i = 0; i < operands->n; i++) {
        const size_t before = decks->n;
        const int error = bal_paths_add(decks, operands->item[i]);
        if (error != 0) {
            bal_complain("cannot read '%s': %s", operands->item[i], strerror(error));
            return BAL_BAD_FILE;
        }
        if (decks->n == before) {
            bal_complain("there is no *.cir in '%s'", operands->item[i]);
            return BAL_BAD_REQUEST;
        }
    }
    return BAL_DONE;
}

static void test_decks(test_run *run, const bal_paths *decks)
{
    if (run->tap)
        (void)puts("TAP version 13");
    for (size_t i = 0; i < decks->n; i++)
        test_deck(run, decks->item[i]);
    if (run->tap)
        (void)printf("1..%zu\n%zu passed, %zu failed\n", run->passed + run->failed, run->passed,
                     run->failed);
}

int bal_command_test(const bal_arguments *arguments)
{
    bal_paths decks = {0};
    test_run run = {.arguments = arguments, .tap = !arguments->json};
    if (arguments->operands.n == 0)
        return bal_no_operand("test", "a deck or a folder");
    int code = find_decks(&arguments->operands, &decks);
    if (code == BAL_DONE) {
        code = bal_deck_logs_open(&run.logs, arguments);
        if (code == BAL_DONE)
            test_decks(&run, &decks);
        code = bal_worse(code, bal_deck_logs_close(&run.logs));
    }
    bal_paths_release(&decks);
    return bal_worse(code, run.code);
}
