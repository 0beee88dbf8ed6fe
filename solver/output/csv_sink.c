/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One table per stream: the stepped parameters, the frequency, the vectors. The values of the steps
 * are repeated in every row, so that each row stands alone.
 */
#include "alloc.h"
#include "csv.h"
#include "output.h"

typedef struct csv_sink {
    bal_sink base;
    size_t n_steps;
    size_t n_columns; /* n_steps + n_vectors */
    size_t n_streams; /* begun before */
    bal_csv_column *columns;
    double complex *row;
    bal_bytes bytes;
} csv_sink;

static csv_sink *self_of(bal_sink *sink)
{
    return (csv_sink *)(void *)sink;
}

static void release_columns(csv_sink *self)
{
    bal_free(self->columns);
    bal_free(self->row);
    self->columns = NULL;
    self->row = NULL;
}

static bal_status csv_begin(bal_sink *sink, const bal_stream *stream)
{
    csv_sink *self = self_of(sink);
    release_columns(self);
    self->n_steps = stream->n_steps;
    self->n_columns = stream->n_steps + stream->n_vectors;
    self->columns = bal_alloc(self->n_columns, sizeof *self->columns);
    self->row = bal_alloc(self->n_columns, sizeof *self->row);
    if (self->columns == NULL || self->row == NULL)
        return BAL_E_NOMEM;
    for (size_t i = 0; i < stream->n_steps; i++)
        self->columns[i] = (bal_csv_column){stream->steps[i].name, true};
    for (size_t i = 0; i < stream->n_vectors; i++)
        self->columns[stream->n_steps + i] =
            (bal_csv_column){stream->vectors[i].name, stream->vectors[i].is_real};
    if (self->n_streams++ > 0)
        bal_bytes_put(&self->bytes, "\n", 1);
    bal_csv_header(&self->bytes, self->columns, self->n_columns);
    return self->bytes.status;
}

static bal_status csv_run(bal_sink *sink, size_t run, const double step_values[])
{
    csv_sink *self = self_of(sink);
    (void)run;
    for (size_t i = 0; i < self->n_steps; i++)
        self->row[i] = step_values[i];
    return BAL_OK;
}

static bal_status csv_point(bal_sink *sink, const double complex values[])
{
    csv_sink *self = self_of(sink);
    for (size_t i = self->n_steps; i < self->n_columns; i++)
        self->row[i] = values[i - self->n_steps];
    bal_csv_row(&self->bytes, self->columns, self->n_columns, self->row);
    return self->bytes.status;
}

static bal_status csv_end(bal_sink *sink)
{
    return bal_bytes_flush(&self_of(sink)->bytes);
}

static void csv_destroy(bal_sink *sink)
{
    release_columns(self_of(sink));
    bal_output_free(sink);
}

static bal_sink *csv_create(const bal_output_options *options)
{
    csv_sink *self = bal_alloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->base = (bal_sink){csv_begin, csv_run, csv_point, csv_end, csv_destroy};
    bal_bytes_init(&self->bytes, options->write, options->user);
    return &self->base;
}

const bal_output_row bal_output_csv = {
    .name = "csv",
    .extension = ".csv",
    .help = "comma-separated values, real and imaginary parts with 17 digits",
    .create = csv_create,
};
