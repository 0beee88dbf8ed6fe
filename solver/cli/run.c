/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * balspice run: tables on stdout, or files by their extension. Files take their names only after
 * the whole run succeeded; a claim that fails does not spoil them.
 */
#include <balspice/balspice.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annotate.h"
#include "command.h"
#include "job.h"
#include "out_file.h"
#include "standard_out.h"

typedef struct outputs {
    size_t n;
    bal_output *list;    /* for the library; room for one more */
    bal_out_file *files; /* n, none for the table */
} outputs;

static const char *extension_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash != NULL ? slash : path, '.');
    return dot != NULL ? dot : "";
}

static const char *format_of_extension(const char *extension)
{
    for (size_t k = 0; bal_format(k).name != NULL; k++)
        if (extension[0] != '\0' && strcmp(bal_format(k).extension, extension) == 0)
            return bal_format(k).name;
    return NULL;
}

static int unknown_extension(const char *path)
{
    char known[256] = "";
    size_t used = 0;
    for (size_t k = 0; bal_format(k).name != NULL; k++) {
        const char *extension = bal_format(k).extension;
        const size_t n = strlen(extension);
        if (n == 0 || used + n + 2 > sizeof known)
            continue;
        known[used++] = ' ';
        memcpy(known + used, extension, n + 1);
        used += n;
    }
    bal_complain("'%s' has no extension that tells its format; known are%s", path, known);
    return BAL_BAD_REQUEST;
}

/* Fills in the formats: everything that can be wrong before the deck is read. */
static int choose_formats(const bal_arguments *arguments, outputs *o)
{
    for (size_t i = 0; i < o->n; i++) {
        const char *path = arguments->outputs.item[i];
        const char *extension = extension_of(path);
        const char *format = format_of_extension(extension);
        if (format == NULL)
            return unknown_extension(path);
        const bool ascii = arguments->raw == 1 && strcmp(extension, ".raw") == 0;
        o->list[i] = (bal_output){ascii ? "raw-ascii" : format, bal_out_file_write, &o->files[i]};
    }
    return BAL_DONE;
}

static int cannot_write(const bal_out_file *file)
{
    bal_complain("cannot write '%s': %s", file->name, strerror(file->error));
    return BAL_BAD_FILE;
}

static int open_files(const bal_arguments *arguments, outputs *o)
{
    for (size_t i = 0; i < o->n; i++)
        if (bal_out_file_open(&o->files[i], arguments->outputs.item[i]) != 0)
            return cannot_write(&o->files[i]);
    return BAL_DONE;
}

/* Gives the files their names if `good`, and removes what has none. */
static int close_files(outputs *o, bool good)
{
    int code = BAL_DONE;
    for (size_t i = 0; i < o->n; i++) {
        if (good && code == BAL_DONE)
            (void)bal_out_file_commit(&o->files[i]);
        if (o->files[i].error != 0 && code == BAL_DONE)
            code = cannot_write(&o->files[i]);
        bal_out_file_discard(&o->files[i]);
    }
    return code;
}

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

/* The files, and JSON or a table on stdout. */
static size_t choose_outputs(const bal_arguments *arguments, outputs *o)
{
    const bal_output json = {"json", bal_standard_out_write, NULL};
    const bal_output table = {"table", bal_standard_out_write, NULL};
    if (!arguments->json && (o->n > 0 || arguments->quiet))
        return o->n;
    o->list[o->n] = arguments->json ? json : table;
    return o->n + 1;
}

static int run_job(const bal_arguments *arguments, bal_job *job, outputs *o)
{
    const bal_result result = bal_job_run(job, o->list, choose_outputs(arguments, o));
    const bool good = result == BAL_DONE || result == BAL_CLAIM_FAILED;
    int code = close_files(o, good);
    if (code == BAL_DONE)
        code = bal_exit_code(result);
    if (good)
        show_claims(arguments, job);
    return code;
}

static int run_deck(const bal_arguments *arguments, const char *path, outputs *o)
{
    bal_show show = bal_show_for(arguments);
    const bal_options options = bal_job_options(arguments, &show);
    bal_job *job = NULL;
    const bal_result result = bal_job_open(path, &options, &job);
    if (result != BAL_DONE)
        return bal_exit_code(result);
    int code = open_files(arguments, o);
    if (code == BAL_DONE)
        code = run_job(arguments, job, o);
    else
        for (size_t i = 0; i < o->n; i++)
            bal_out_file_discard(&o->files[i]);
    bal_job_close(job);
    return code;
}

static int run_decks(const bal_arguments *arguments, outputs *o)
{
    int code = choose_formats(arguments, o);
    for (size_t i = 0; code != BAL_BAD_REQUEST && i < arguments->operands.n; i++) {
        if (i > 0 && !arguments->quiet && !arguments->json)
            (void)putchar('\n');
        code = bal_worse(code, run_deck(arguments, arguments->operands.item[i], o));
    }
    return code;
}

int bal_command_run(const bal_arguments *arguments)
{
    outputs o = {.n = arguments->outputs.n};
    if (arguments->operands.n == 0)
        return bal_no_operand("run", "a deck");
    if (o.n > 0 && arguments->operands.n > 1) {
        bal_complain("'-o' takes the results of one deck, and there are %zu",
                     arguments->operands.n);
        return BAL_BAD_REQUEST;
    }
    o.list = calloc(o.n + 1, sizeof *o.list);
    o.files = calloc(o.n + 1, sizeof *o.files);
    const bool memory = o.list != NULL && o.files != NULL;
    bal_out_file_catch_signals();
    const int code = memory ? run_decks(arguments, &o) : bal_exit_code(BAL_OUT_OF_MEMORY);
    free(o.list);
    free(o.files);
    return code;
}
