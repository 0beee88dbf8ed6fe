/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One object, written as the points come:
 *
 *   {"schema": 1, "results": [{"title", "vectors": [{"name", "unit", "kind"}], "steps": [{"name",
 *   "values"}], "frequencies", "runs": [{"steps": [...], "points": [[...], ...]}]}], "title",
 *   "claims": [...], "measures": [{"name", "unit", "run", "value", "frequency", "failure",
 * "note"}]}
 *
 * A point holds one entry for each vector: a number where its kind is "real" or "bound", else
 * [re, im].
 */
#include "json_rows.h"

#include <math.h>

#include "alloc.h"
#include "output.h"

typedef struct json_sink {
    bal_sink base;
    const bal_stream *stream;
    size_t n_results; /* begun before */
    size_t n_runs;    /* of this one */
    size_t n_points;  /* of this run */
    bal_bytes bytes;
} json_sink;

static json_sink *self_of(bal_sink *sink)
{
    return (json_sink *)(void *)sink;
}

static json_t *vector_row(const bal_vector *vector)
{
    const char *kind = vector->is_bound_of ? "bound" : vector->is_real ? "real" : "complex";
    json_t *row = json_object();
    bal_json_member(&row, "name", bal_json_text(vector->name));
    bal_json_member(&row, "unit", bal_json_text(vector->unit));
    bal_json_member(&row, "kind", bal_json_text(kind));
    return row;
}

static json_t *step_row(const bal_step_axis *step)
{
    json_t *row = json_object();
    bal_json_member(&row, "name", bal_json_text(step->name));
    bal_json_member(&row, "values", json_integer((json_int_t)step->n));
    return row;
}

static bal_status json_begin(bal_sink *sink, const bal_stream *stream)
{
    json_sink *self = self_of(sink);
    bal_bytes *bytes = &self->bytes;
    self->stream = stream;
    self->n_runs = 0;
    bal_bytes_text(bytes, self->n_results++ > 0 ? ",\n" : "{\"schema\": 1, \"results\": [\n");
    bal_bytes_text(bytes, "{\"title\": ");
    bal_json_put(bytes, bal_json_text(stream->title));
    bal_bytes_text(bytes, ",\n\"vectors\": [\n");
    for (size_t i = 0; i < stream->n_vectors; i++)
        bal_json_row(bytes, i, vector_row(&stream->vectors[i]));
    bal_bytes_text(bytes, "],\n\"steps\": [\n");
    for (size_t i = 0; i < stream->n_steps; i++)
        bal_json_row(bytes, i, step_row(&stream->steps[i]));
    bal_bytes_text(bytes, "],\n\"frequencies\": ");
    bal_bytes_number(bytes, (double)stream->n_frequencies);
    bal_bytes_text(bytes, ",\n\"runs\": [\n");
    return bytes->status;
}

static void end_run(json_sink *self)
{
    if (self->n_runs > 0)
        bal_bytes_text(&self->bytes, "\n]}");
}

static bal_status json_run(bal_sink *sink, size_t run, const double step_values[])
{
    json_sink *self = self_of(sink);
    bal_bytes *bytes = &self->bytes;
    (void)run;
    end_run(self);
    bal_bytes_text(bytes, self->n_runs++ > 0 ? ",\n{\"steps\": [" : "{\"steps\": [");
    for (size_t i = 0; i < self->stream->n_steps; i++) {
        bal_bytes_text(bytes, i > 0 ? ", " : "");
        bal_json_number(bytes, step_values[i]);
    }
    bal_bytes_text(bytes, "], \"points\": [");
    self->n_points = 0;
    return bytes->status;
}

static bal_status json_point(bal_sink *sink, const double complex values[])
{
    json_sink *self = self_of(sink);
    bal_bytes *bytes = &self->bytes;
    bal_bytes_text(bytes, self->n_points++ > 0 ? ",\n[" : "\n[");
    for (size_t i = 0; i < self->stream->n_vectors; i++) {
        const bool is_real = self->stream->vectors[i].is_real;
        bal_bytes_text(bytes, i > 0 ? ", " : "");
        bal_bytes_text(bytes, is_real ? "" : "[");
        bal_json_number(bytes, creal(values[i]));
        if (is_real)
            continue;
        bal_bytes_text(bytes, ", ");
        bal_json_number(bytes, cimag(values[i]));
        bal_bytes_text(bytes, "]");
    }
    bal_bytes_text(bytes, "]");
    return bytes->status;
}

static bal_status json_end(bal_sink *sink)
{
    json_sink *self = self_of(sink);
    end_run(self);
    bal_bytes_text(&self->bytes, "\n]}");
    return self->bytes.status;
}

/* null where there is no number. */
static json_t *number_or_null(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *measure_row(const bal_measure_row *m)
{
    json_t *row = json_object();
    bal_json_member(&row, "name", bal_json_text(m->name));
    bal_json_member(&row, "unit", bal_json_text(m->unit));
    bal_json_member(&row, "run", json_integer((json_int_t)m->run));
    bal_json_member(&row, "value", number_or_null(m->re));
    if (m->is_complex)
        bal_json_member(&row, "imaginary", number_or_null(m->im));
    bal_json_member(&row, "frequency", number_or_null(m->frequency));
    bal_json_member(&row, "failure", bal_json_text(m->failure));
    if (m->note[0])
        bal_json_member(&row, "note", bal_json_text(m->note));
    return row;
}

static bal_status json_finish(bal_sink *sink, const bal_outcome *outcome)
{
    json_sink *self = self_of(sink);
    bal_bytes *bytes = &self->bytes;
    bal_bytes_text(bytes, self->n_results > 0 ? "\n],\n" : "{\"schema\": 1, \"results\": [],\n");
    bal_bytes_text(bytes, "\"title\": ");
    bal_json_put(bytes, bal_json_text(outcome->title));
    bal_bytes_text(bytes, ",\n\"claims\": [\n");
    for (size_t i = 0; i < outcome->n_claims; i++)
        bal_json_row(bytes, i, bal_json_claim(&outcome->claims[i]));
    bal_bytes_text(bytes, "],\n\"measures\": [\n");
    for (size_t i = 0; i < outcome->n_measures; i++)
        bal_json_row(bytes, i, measure_row(&outcome->measures[i]));
    bal_bytes_text(bytes, "]}\n");
    return bal_bytes_flush(bytes);
}

static bal_sink *json_create(const bal_output_options *options)
{
    json_sink *self = bal_alloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->base = (bal_sink){json_begin, json_run, json_point, json_end, bal_output_free};
    bal_bytes_init(&self->bytes, options->write, options->user);
    return &self->base;
}

const bal_output_row bal_output_json = {
    .name = "json",
    .extension = ".json",
    .help = "one JSON object: vectors, runs with their points, claims",
    .create = json_create,
    .wants_op = true,
    .finish = json_finish,
};
