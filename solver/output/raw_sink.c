/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A raw file has no axis but the frequency: each run is a plot of its own, all with the same
 * vectors, and the values of the steps stand in its title.
 */
#include <string.h>

#include "alloc.h"
#include "decimal.h"
#include "output.h"
#include "raw.h"

typedef struct raw_sink {
    bal_sink base;
    bal_raw_plot plot;
    bal_raw_variable *variables;
    const bal_stream *stream;
    char *title;
    size_t point;
    bal_bytes bytes;
} raw_sink;

static raw_sink *self_of(bal_sink *sink)
{
    return (raw_sink *)(void *)sink;
}

static void release_stream(raw_sink *self)
{
    bal_free(self->variables);
    bal_free(self->title);
    self->variables = NULL;
    self->title = NULL;
}

/* Room for "TITLE (a = 1, b = 2)". */
static size_t title_size(const bal_stream *stream)
{
    enum { NUMBER = 32, MARKS = 8 };
    size_t n = strlen(stream->title) + MARKS;
    for (size_t i = 0; i < stream->n_steps; i++)
        n += strlen(stream->steps[i].name) + NUMBER + MARKS;
    return n;
}

static bal_status raw_begin(bal_sink *sink, const bal_stream *stream)
{
    raw_sink *self = self_of(sink);
    release_stream(self);
    self->stream = stream;
    self->variables = bal_alloc(stream->n_vectors, sizeof *self->variables);
    self->title = bal_alloc(title_size(stream), 1);
    if (self->variables == NULL || self->title == NULL)
        return BAL_E_NOMEM;
    for (size_t i = 0; i < stream->n_vectors; i++) {
        const bal_vector *v = &stream->vectors[i];
        self->variables[i] = (bal_raw_variable){v->name, v->unit, v->is_real};
    }
    self->plot.title = self->title;
    self->plot.variables = self->variables;
    self->plot.n_variables = stream->n_vectors;
    self->plot.n_points = stream->n_frequencies;
    self->plot.log_frequency = stream->log_frequency;
    return BAL_OK;
}

static char *append(char *at, const char *text)
{
    const size_t n = strlen(text);
    memcpy(at, text, n + 1);
    return at + n;
}

static void make_title(raw_sink *self, const double step_values[])
{
    const bal_stream *stream = self->stream;
    char *at = append(self->title, stream->title);
    for (size_t i = 0; i < stream->n_steps; i++) {
        char number[32];
        at = append(at, i == 0 ? " (" : ", ");
        at = append(at, stream->steps[i].name);
        at = append(at, " = ");
        at = append(at, bal_decimal_print(step_values[i], number));
    }
    if (stream->n_steps > 0)
        (void)append(at, ")");
}

static bal_status raw_run(bal_sink *sink, size_t run, const double step_values[])
{
    raw_sink *self = self_of(sink);
    (void)run;
    make_title(self, step_values);
    self->point = 0;
    bal_raw_header(&self->bytes, &self->plot);
    return self->bytes.status;
}

static bal_status raw_point(bal_sink *sink, const double complex values[])
{
    raw_sink *self = self_of(sink);
    bal_raw_point(&self->bytes, &self->plot, self->point++, values);
    return self->bytes.status;
}

static bal_status raw_end(bal_sink *sink)
{
    return bal_bytes_flush(&self_of(sink)->bytes);
}

static void raw_destroy(bal_sink *sink)
{
    release_stream(self_of(sink));
    bal_output_free(sink);
}

static bal_sink *create(const bal_output_options *options, bool ascii)
{
    raw_sink *self = bal_alloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->base = (bal_sink){raw_begin, raw_run, raw_point, raw_end, raw_destroy};
    self->plot.ascii = ascii;
    bal_bytes_init(&self->bytes, options->write, options->user);
    return &self->base;
}

static bal_sink *create_binary(const bal_output_options *options)
{
    return create(options, false);
}

static bal_sink *create_ascii(const bal_output_options *options)
{
    return create(options, true);
}

const bal_output_row bal_output_raw = {
    .name = "raw",
    .extension = ".raw",
    .help = "raw file as ngspice writes it, binary",
    .create = create_binary,
};

const bal_output_row bal_output_raw_ascii = {
    .name = "raw-ascii",
    .extension = "",
    .help = "raw file as ngspice writes it, text",
    .create = create_ascii,
};
