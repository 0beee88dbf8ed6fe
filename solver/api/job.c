/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "job.h"

#include <string.h>

#include "alloc.h"
#include "models.h"
#include "output.h"

void bal_job_forward(void *user, const bal_message *message)
{
    static const bal_level levels[] = {[BAL_NOTE] = BAL_LEVEL_NOTE,
                                       [BAL_WARNING] = BAL_LEVEL_WARNING,
                                       [BAL_ERROR] = BAL_LEVEL_ERROR};
    const bal_job *job = user;
    if (job->message)
        job->message(job->message_user, &(bal_notice){.level = levels[message->severity],
                                                      .number = message->number,
                                                      .file = message->file,
                                                      .line = message->line,
                                                      .column = message->column,
                                                      .text = message->headline,
                                                      .rendered = message->rendered});
}

bal_result bal_job_result(bal_status status)
{
    switch (status) {
    case BAL_OK:
        return BAL_DONE;
    case BAL_E_NOMEM:
        return BAL_OUT_OF_MEMORY;
    case BAL_E_DECK:
        return BAL_BAD_DECK;
    case BAL_E_SINGULAR:
    case BAL_E_NUMERIC:
        return BAL_NO_SOLUTION;
    case BAL_E_IO:
        return BAL_BAD_FILE;
    case BAL_E_USAGE:
        return BAL_BAD_REQUEST;
    case BAL_E_STOPPED:
        return BAL_STOPPED;
    }
    return BAL_BAD_REQUEST;
}

static bal_status build(bal_job *job, const bal_options *options)
{
    size_t n_elements = 0;
    size_t n_models = 0;
    const bal_device_ops *const *elements = bal_elements(&n_elements);
    const bal_device_ops *const *models = bal_models(&n_models);
    const bal_circuit_input circuit = {.deck = &job->deck,
                                       .elements = elements,
                                       .n_elements = n_elements,
                                       .models = models,
                                       .n_models = n_models,
                                       .settings = options->settings,
                                       .n_settings = options->n_settings,
                                       .parts = options->parts,
                                       .n_parts = options->n_parts,
                                       .lenient = options->lenient != 0,
                                       .arena = &job->arena,
                                       .diag = &job->diag};
    bal_status status = bal_circuit_create(&circuit, &job->circuit);
    if (status != BAL_OK)
        return status;
    const bal_study_input study = {job->circuit, options->frequencies, options->max_runs};
    status = bal_study_create(&study, &job->study);
    if (status == BAL_OK)
        status = bal_study_check(job->study);
    return status == BAL_OK && options->lint ? bal_study_lint(job->study) : status;
}

typedef struct deck_input {
    const char *name, *text; /* text = NULL: name is a path */
    size_t n;
} deck_input;

bal_options bal_job_given(const bal_options *given)
{
    bal_options options = {.struct_size = sizeof options};
    if (given)
        memcpy(&options, given,
               given->struct_size < sizeof options ? given->struct_size : sizeof options);
    return options;
}

static bal_result open_job(const deck_input *in, const bal_options *given, bal_job **out)
{
    const bal_options options = bal_job_given(given);
    bal_job *job = bal_alloc(1, sizeof *job);
    if (!job)
        return BAL_OUT_OF_MEMORY;
    bal_arena_init(&job->arena);
    job->message = options.message;
    job->message_user = options.message_user;
    job->diag = (bal_diag){.sink = bal_job_forward,
                           .user = job,
                           .warnings_are_errors = options.warnings_are_errors != 0,
                           .lenient = options.lenient != 0};
    const bal_read_options read = {options.folders, options.n_folders, options.library};
    bal_status status = in->text
                            ? bal_deck_read_text(in->name, in->text, in->n, &read, &job->arena,
                                                 &job->diag, &job->deck)
                            : bal_deck_read(in->name, &read, &job->arena, &job->diag, &job->deck);
    if (status == BAL_OK)
        status = build(job, &options);
    if (status == BAL_OK && job->diag.errors)
        status = BAL_E_DECK;
    if (status == BAL_OK)
        *out = job;
    else
        bal_job_close(job);
    return bal_job_result(status);
}

bal_result bal_job_open(const char *path, const bal_options *options, bal_job **job)
{
    const deck_input in = {path, NULL, 0};
    return open_job(&in, options, job);
}

bal_result bal_job_open_text(const char *name, const char *text, size_t n,
                             const bal_options *options, bal_job **job)
{
    const deck_input in = {name, text, n};
    return open_job(&in, options, job);
}

bal_status bal_job_write(void *writer, const char *bytes, size_t n)
{
    const bal_job_writer *w = writer;
    return w->write(w->user, bytes, n) == 0 ? BAL_OK : BAL_E_IO;
}

typedef struct sinks {
    bal_job_writer *writers;
    bal_sink **all;              /* to destroy */
    const bal_output_row **rows; /* of all */
    size_t n_all;
    bal_sink **files;
    bal_study_sinks study;
} sinks;

static bal_status add_sink(sinks *s, const bal_output *output)
{
    const bal_output_row *row = bal_output_find(output->format);
    if (!row)
        return BAL_E_USAGE;
    const bool is_table = strcmp(row->name, "table") == 0;
    if (is_table && s->study.table)
        return BAL_E_USAGE;
    bal_job_writer *writer = &s->writers[s->n_all];
    *writer = (bal_job_writer){output->write, output->user};
    const bal_output_options options = {bal_job_write, writer};
    for (int k = 0; k < (is_table ? 2 : 1); k++) {
        bal_sink *sink = row->create(&options);
        if (!sink)
            return BAL_E_NOMEM;
        s->rows[s->n_all] = row;
        s->all[s->n_all++] = sink;
        if (!is_table)
            s->files[s->study.n_files++] = sink;
        else if (k == 0)
            s->study.table = sink;
        if (k == 1 || (row->wants_op && !s->study.op_table))
            s->study.op_table = sink;
    }
    return BAL_OK;
}

/* The claims, for the outputs that show them. */
static bal_status finish_sinks(const bal_job *job, const sinks *s)
{
    bal_outcome outcome;
    bal_status status = bal_job_outcome(job, &outcome);
    for (size_t i = 0; i < s->n_all && status == BAL_OK; i++)
        if (s->rows[i]->finish)
            status = s->rows[i]->finish(s->all[i], &outcome);
    return status;
}

static bool measures_hold(const bal_job *job)
{
    for (size_t k = 0; k < bal_job_measures(job); k++)
        if (bal_job_failed(job, k).n_runs > 0)
            return false;
    return true;
}

static bool claims_hold(const bal_study *study)
{
    for (size_t i = 0; i < study->n_claims; i++)
        if (study->claims[i].run && (study->claims[i].reason || study->claims[i].truth != BAL_TRUE))
            return false;
    return true;
}

bal_result bal_job_run(bal_job *job, const bal_output outputs[], size_t n)
{
    sinks s = {.writers = bal_alloc(2 * n + 1, sizeof *s.writers),
               .all = bal_alloc(2 * n + 1, sizeof *s.all),
               .rows = bal_alloc(2 * n + 1, sizeof *s.rows),
               .files = bal_alloc(n + 1, sizeof *s.files)};
    bal_status status = s.writers && s.all && s.rows && s.files ? BAL_OK : BAL_E_NOMEM;
    for (size_t i = 0; i < n && status == BAL_OK; i++)
        status = add_sink(&s, &outputs[i]);
    s.study.files = s.files;
    if (status == BAL_OK)
        status = bal_study_run(job->study, &s.study);
    if (status == BAL_OK)
        status = finish_sinks(job, &s);
    for (size_t i = 0; i < s.n_all; i++)
        s.all[i]->destroy(s.all[i]);
    bal_free(s.writers);
    bal_free(s.all);
    bal_free(s.rows);
    bal_free(s.files);
    if (status == BAL_OK && !(claims_hold(job->study) && measures_hold(job)))
        return BAL_CLAIM_FAILED;
    return bal_job_result(status);
}

bal_format_row bal_format(size_t k)
{
    const bal_output_row *row = bal_output_at(k);
    return row ? (bal_format_row){row->name, row->extension, row->help} : (bal_format_row){0};
}

void bal_job_close(bal_job *job)
{
    if (!job)
        return;
    bal_study_destroy(job->study);
    bal_circuit_release(job->circuit);
    bal_arena_release(&job->arena);
    bal_free(job);
}

const char *bal_version(void)
{
    return BAL_VERSION;
}
