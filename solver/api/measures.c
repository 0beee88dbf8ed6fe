/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Measures after a run: a line each, or a table with a line for each run of a stepped deck. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "decimal.h"
#include "job.h"

enum { CELL = 80, DIGITS = 10 };

size_t bal_job_measures(const bal_job *job)
{
    return job->study->n_measures;
}

size_t bal_job_runs(const bal_job *job)
{
    return job->study->n_runs;
}

size_t bal_job_steps(const bal_job *job)
{
    return job->study->n_steps;
}

bal_step_value bal_job_step(const bal_job *job, size_t axis, size_t run)
{
    const bal_study *s = job->study;
    return (bal_step_value){s->steps[axis].name, bal_dd_double(bal_study_step_value(s, axis, run))};
}

bal_measure bal_job_measure(const bal_job *job, size_t k, size_t run)
{
    const bal_study_measure *m = &job->study->measures[k];
    const bool ran = run < m->n_values;
    const bal_measure_value none = {0.0, (double)NAN, "it was not measured", NULL};
    const bal_measure_value *v = ran ? &m->values[run] : &none;
    return (bal_measure){.name = m->name,
                         .unit = m->unit,
                         .file = m->at.source ? m->at.source->name : "",
                         .line = bal_span_place(m->at).line,
                         .is_complex = bal_expr_type(m->expr) == BAL_COMPLEX,
                         .re = v->reason ? (double)NAN : creal(v->value),
                         .im = v->reason ? (double)NAN : cimag(v->value),
                         .frequency = v->frequency,
                         .failure = v->reason ? v->reason : "",
                         .note = v->note ? v->note : ""};
}

static void print(double value, char cell[32])
{
    if (isinf(value))
        (void)snprintf(cell, 32, "%s", value > 0 ? "unbounded" : "-unbounded");
    else
        (void)bal_decimal_print_digits(value, DIGITS, cell);
}

static const char *value_cell(const bal_measure *m, char cell[CELL])
{
    print(m->re, cell);
    if (m->failure[0])
        (void)snprintf(cell, CELL, "failed");
    if (m->failure[0] || !m->is_complex)
        return cell;
    size_t n = strlen(cell);
    cell[n] = '+';
    print(m->im, cell + n + (signbit(m->im) ? 0 : 1));
    n = strlen(cell);
    memcpy(cell + n, "j", 2);
    return cell;
}

static void put_padded(bal_bytes *out, const char *text, size_t width)
{
    bal_bytes_text(out, text);
    for (size_t n = strlen(text); n < width; n++)
        bal_bytes_text(out, " ");
}

static size_t name_width(const bal_job *job)
{
    size_t width = 0;
    for (size_t k = 0; k < job->study->n_measures; k++) {
        const size_t n = strlen(job->study->measures[k].name);
        width = n > width ? n : width;
    }
    return width;
}

/* "fc = 1591.549431 Hz", "peak = 3.01 dB at 1000 Hz", "x failed: it does not cross the level" */
static void put_line(const bal_job *job, size_t k, size_t width, bal_bytes *out)
{
    const bal_measure m = bal_job_measure(job, k, 0);
    char cell[CELL];
    put_padded(out, m.name, width);
    if (m.failure[0]) {
        bal_bytes_text(out, " failed: ");
        bal_bytes_text(out, m.failure);
    } else {
        bal_bytes_text(out, " = ");
        bal_bytes_text(out, value_cell(&m, cell));
        bal_bytes_text(out, m.unit[0] ? " " : "");
        bal_bytes_text(out, m.unit);
    }
    if (!m.failure[0] && !isnan(m.frequency)) {
        bal_bytes_text(out, " at ");
        bal_bytes_text(out, bal_decimal_print_digits(m.frequency, DIGITS, cell));
        bal_bytes_text(out, " Hz");
    }
    bal_bytes_text(out, m.note[0] ? ", " : "");
    bal_bytes_text(out, m.note);
    bal_bytes_text(out, "\n");
}

/* Column c of the table: first the steps, outermost first, then the measures. */
static const char *cell_of(const bal_job *job, size_t c, size_t run, char cell[CELL])
{
    const size_t n_steps = job->study->n_steps;
    if (c < n_steps)
        return bal_decimal_print(bal_job_step(job, n_steps - 1 - c, run).value, cell);
    const bal_measure m = bal_job_measure(job, c - n_steps, run);
    return value_cell(&m, cell);
}

static const char *heading_of(const bal_job *job, size_t c)
{
    const bal_study *s = job->study;
    if (c < s->n_steps)
        return s->steps[s->n_steps - 1 - c].name;
    const bal_study_measure *m = &s->measures[c - s->n_steps];
    return m->unit[0] ? bal_arena_format(s->arena, "%s/%s", m->name, m->unit) : m->name;
}

static bal_status put_table(const bal_job *job, bal_bytes *out)
{
    const bal_study *s = job->study;
    const size_t n = s->n_steps + s->n_measures;
    size_t *width = bal_arena_alloc(s->arena, n, sizeof *width);
    const char **heading = bal_arena_alloc(s->arena, n, sizeof *heading);
    char cell[CELL];
    for (size_t c = 0; width && heading && c < n; c++) {
        heading[c] = heading_of(job, c);
        if (!heading[c])
            return BAL_E_NOMEM;
        width[c] = strlen(heading[c]);
        for (size_t run = 0; run < s->n_runs; run++) {
            const size_t length = strlen(cell_of(job, c, run, cell));
            width[c] = length > width[c] ? length : width[c];
        }
        put_padded(out, heading[c], c + 1 < n ? width[c] + 2 : 0);
    }
    if (!width || !heading)
        return BAL_E_NOMEM;
    bal_bytes_text(out, "\n");
    for (size_t run = 0; run < s->n_runs; run++) {
        for (size_t c = 0; c < n; c++)
            put_padded(out, cell_of(job, c, run, cell), c + 1 < n ? width[c] + 2 : 0);
        bal_bytes_text(out, "\n");
    }
    return BAL_OK;
}

bal_failed_measure bal_job_failed(const bal_job *job, size_t k)
{
    const bal_study_measure *m = &job->study->measures[k];
    bal_failed_measure f = {.why = ""};
    for (size_t run = 0; run < m->n_values; run++) {
        if (!m->values[run].reason)
            continue;
        if (f.n_runs++ == 0) {
            f.first_run = run;
            f.why = m->values[run].reason;
        }
    }
    if (f.n_runs > 0 && job->study->n_steps > 0) {
        const char *text =
            bal_arena_format(job->study->arena, "%s (%zu of %zu runs, the first is run %zu)", f.why,
                             f.n_runs, m->n_values, f.first_run + 1);
        f.why = text ? text : f.why;
    }
    return f;
}

static void put_failures(const bal_job *job, bal_bytes *out)
{
    for (size_t k = 0; k < job->study->n_measures; k++) {
        const bal_failed_measure f = bal_job_failed(job, k);
        if (f.n_runs == 0)
            continue;
        bal_bytes_text(out, job->study->measures[k].name);
        bal_bytes_text(out, " failed: ");
        bal_bytes_text(out, f.why);
        bal_bytes_text(out, "\n");
    }
}

bal_result bal_job_write_measures(const bal_job *job, int only_failed, bal_write_fn write,
                                  void *user)
{
    bal_job_writer writer = {write, user};
    bal_bytes *out = bal_arena_alloc(job->study->arena, 1, sizeof *out);
    bal_status status = out ? BAL_OK : BAL_E_NOMEM;
    if (!out || job->study->n_measures == 0)
        return bal_job_result(status);
    bal_bytes_init(out, bal_job_write, &writer);
    const bool stepped = job->study->n_steps > 0;
    const size_t width = name_width(job);
    for (size_t k = 0; !only_failed && !stepped && k < job->study->n_measures; k++)
        put_line(job, k, width, out);
    if (!only_failed && stepped)
        status = put_table(job, out);
    if (only_failed || stepped)
        put_failures(job, out);
    return bal_job_result(status == BAL_OK ? bal_bytes_flush(out) : status);
}

bal_status bal_job_measure_rows(const bal_job *job, bal_outcome *outcome)
{
    const bal_study *s = job->study;
    bal_measure_row *rows = bal_arena_alloc(s->arena, s->n_measures * s->n_runs + 1, sizeof *rows);
    if (!rows)
        return BAL_E_NOMEM;
    outcome->measures = rows;
    outcome->n_measures = 0;
    for (size_t run = 0; run < s->n_runs; run++)
        for (size_t k = 0; k < s->n_measures; k++) {
            const bal_measure m = bal_job_measure(job, k, run);
            rows[outcome->n_measures++] = (bal_measure_row){.name = m.name,
                                                            .unit = m.unit,
                                                            .run = run,
                                                            .is_complex = m.is_complex,
                                                            .re = m.re,
                                                            .im = m.im,
                                                            .frequency = m.frequency,
                                                            .failure = m.failure,
                                                            .note = m.note};
        }
    return BAL_OK;
}
