/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table on the terminal. A complex vector takes two columns, level and phase; a bound takes
 * none but decides how many digits of the vector before it are shown. Widths are fixed before the
 * first point, so that the table streams. Each run of a step has a heading of its own; runs of a
 * single frequency are one table with the stepped parameters in front.
 */
#include <math.h>
#include <string.h>

#include "alloc.h"
#include "cells.h"
#include "decimal.h"
#include "output.h"

typedef enum column_kind {
    STEP,
    LABEL,
    FREQUENCY,
    LEVEL,
    MODULUS,
    PHASE,
    DECIBEL,
    DEGREES,
    REAL
} column_kind;

enum { NO_BOUND = -1, GAP = 2 };

typedef struct column {
    column_kind kind;
    size_t index;     /* of the vector, or of the step axis */
    ptrdiff_t bound;  /* index of the vector that bounds it, or NO_BOUND */
    const char *name; /* NULL in the second column of a vector */
    const char *unit;
    size_t width;
} column;

typedef struct table_sink {
    bal_sink base;
    const bal_stream *stream;
    column *columns;
    size_t n_columns;
    double *step_values;
    size_t n_streams; /* begun before */
    size_t n_points;  /* of this run, so far: which label is next */
    bal_bytes bytes;
} table_sink;

static table_sink *self_of(bal_sink *sink)
{
    return (table_sink *)(void *)sink;
}

static void release_stream(table_sink *self)
{
    bal_free(self->columns);
    bal_free(self->step_values);
    self->columns = NULL;
    self->step_values = NULL;
    self->n_columns = 0;
}

static bool steps_are_columns(const bal_stream *stream)
{
    return stream->n_steps > 0 && stream->n_frequencies == 1;
}

static size_t width_of_kind(column_kind kind)
{
    switch (kind) {
    case LEVEL:
    case DECIBEL:
        return strlen(">= -266.02");
    case PHASE:
    case DEGREES:
        return strlen("-179.99");
    case MODULUS:
    case REAL:
        return strlen("-999.999e-12");
    case STEP:
    case LABEL:
    case FREQUENCY:
        break;
    }
    return strlen("1234567.89");
}

/* Characters, not bytes: UTF-8 names. */
static size_t characters(const char *text)
{
    size_t n = 0;
    for (; *text != '\0'; text++)
        n += ((unsigned char)*text & 0xc0U) != 0x80U;
    return n;
}

static void add_column(table_sink *self, column c)
{
    c.width = width_of_kind(c.kind);
    if (characters(c.unit) > c.width)
        c.width = characters(c.unit);
    self->columns[self->n_columns++] = c;
}

/* Widens the last column until the columns of the vector, `first` onwards, hold its name. */
static void fit_name(table_sink *self, size_t first)
{
    size_t width = 0;
    for (size_t i = first; i < self->n_columns; i++)
        width += self->columns[i].width + (i > first ? GAP : 0);
    const size_t need = characters(self->columns[first].name);
    if (need > width)
        self->columns[self->n_columns - 1].width += need - width;
}

/* Widens the last column until it holds every label. */
static void fit_labels(table_sink *self)
{
    column *c = &self->columns[self->n_columns - 1];
    for (size_t i = 0; i < self->stream->n_frequencies; i++) {
        const size_t need = characters(self->stream->labels[i]);
        c->width = need > c->width ? need : c->width;
    }
}

static column_kind kind_of_real(const bal_vector *vector)
{
    if (strncmp(vector->unit, "dB", 2) == 0 && !strchr(vector->unit, '/'))
        return DECIBEL;
    return strcmp(vector->unit, "deg") == 0 ? DEGREES : REAL;
}

static void add_vector(table_sink *self, size_t index)
{
    const bal_vector *vector = &self->stream->vectors[index];
    const size_t next = index + 1;
    const bool bounded = next < self->stream->n_vectors && self->stream->vectors[next].is_bound_of;
    column c = {.index = index,
                .bound = bounded ? (ptrdiff_t)next : NO_BOUND,
                .name = vector->name,
                .unit = vector->unit};
    const size_t first = self->n_columns;
    if (index == 0 && self->stream->labels) {
        c.kind = LABEL;
        c.name = self->stream->label_title;
        c.unit = "";
        add_column(self, c);
        fit_labels(self);
    } else if (index == 0) {
        c.kind = FREQUENCY;
        add_column(self, c);
    } else if (vector->is_real) {
        c.kind = kind_of_real(vector);
        add_column(self, c);
    } else {
        const bool ratio = vector->unit[0] == '\0';
        const bool volts = strcmp(vector->unit, "V") == 0;
        c.kind = ratio || volts ? LEVEL : MODULUS;
        c.unit = ratio ? "dB" : volts ? "dBV" : vector->unit;
        add_column(self, c);
        c.kind = PHASE;
        c.name = NULL;
        c.unit = "deg";
        add_column(self, c);
    }
    fit_name(self, first);
}

static bal_status make_columns(table_sink *self, const bal_stream *stream)
{
    self->columns = bal_alloc(stream->n_steps + 2 * stream->n_vectors, sizeof *self->columns);
    self->step_values = bal_alloc(stream->n_steps, sizeof *self->step_values);
    if (self->columns == NULL || self->step_values == NULL)
        return BAL_E_NOMEM;
    for (size_t i = 0; steps_are_columns(stream) && i < stream->n_steps; i++) {
        const size_t first = self->n_columns;
        add_column(self, (column){.kind = STEP,
                                  .index = i,
                                  .bound = NO_BOUND,
                                  .name = stream->steps[i].name,
                                  .unit = ""});
        fit_name(self, first);
    }
    for (size_t i = 0; i < stream->n_vectors; i++)
        if (!stream->vectors[i].is_bound_of)
            add_vector(self, i);
    return BAL_OK;
}

/* The user's text, which must not steer the terminal. */
static void put_text(bal_bytes *bytes, const char *text)
{
    for (; *text != '\0'; text++) {
        const bool control = (unsigned char)*text < ' ' || *text == 0x7f;
        bal_bytes_put(bytes, control ? "?" : text, 1);
    }
}

static void put_right(bal_bytes *bytes, const char *text, size_t width)
{
    for (size_t n = characters(text); n < width; n++)
        bal_bytes_put(bytes, " ", 1);
    put_text(bytes, text);
}

static void put_gap(bal_bytes *bytes, size_t i)
{
    if (i > 0)
        bal_bytes_put(bytes, "  ", GAP);
}

/* Names, each at the right edge of its vector's columns. */
static void put_names(table_sink *self)
{
    for (size_t i = 0; i < self->n_columns;) {
        const size_t first = i;
        size_t width = self->columns[i++].width;
        for (; i < self->n_columns && self->columns[i].name == NULL; i++)
            width += GAP + self->columns[i].width;
        put_gap(&self->bytes, first);
        put_right(&self->bytes, self->columns[first].name, width);
    }
    bal_bytes_put(&self->bytes, "\n", 1);
}

static void put_header(table_sink *self)
{
    put_names(self);
    for (size_t i = 0; i < self->n_columns; i++) {
        put_gap(&self->bytes, i);
        put_right(&self->bytes, self->columns[i].unit, self->columns[i].width);
    }
    bal_bytes_put(&self->bytes, "\n", 1);
}

static bal_status table_begin(bal_sink *sink, const bal_stream *stream)
{
    table_sink *self = self_of(sink);
    release_stream(self);
    self->stream = stream;
    const bal_status status = make_columns(self, stream);
    if (status != BAL_OK)
        return status;
    if (self->n_streams++ > 0)
        bal_bytes_put(&self->bytes, "\n", 1);
    if (stream->title[0] != '\0') {
        put_text(&self->bytes, stream->title);
        bal_bytes_put(&self->bytes, "\n\n", 2);
    }
    if (stream->n_steps == 0 || steps_are_columns(stream))
        put_header(self);
    return self->bytes.status;
}

static void put_run_heading(table_sink *self, size_t run, const double step_values[])
{
    if (run > 0)
        bal_bytes_put(&self->bytes, "\n", 1);
    for (size_t i = 0; i < self->stream->n_steps; i++) {
        char number[32];
        bal_bytes_text(&self->bytes, i > 0 ? ", " : "");
        put_text(&self->bytes, self->stream->steps[i].name);
        bal_bytes_text(&self->bytes, " = ");
        bal_bytes_text(&self->bytes, bal_decimal_print_digits(step_values[i], 6, number));
    }
    bal_bytes_put(&self->bytes, "\n", 1);
}

static bal_status table_run(bal_sink *sink, size_t run, const double step_values[])
{
    table_sink *self = self_of(sink);
    self->n_points = 0;
    for (size_t i = 0; i < self->stream->n_steps; i++)
        self->step_values[i] = step_values[i];
    if (self->stream->n_steps > 0 && !steps_are_columns(self->stream)) {
        put_run_heading(self, run, step_values);
        put_header(self);
    }
    return self->bytes.status;
}

static double phase_in_degrees(double complex z)
{
    const double per_radian = 57.295779513082323;
    return z == 0.0 ? (double)NAN : carg(z) * per_radian;
}

static void format_cell(const table_sink *self, const column *c, const double complex values[],
                        char cell[BAL_CELL])
{
    const double bound = c->bound == NO_BOUND ? 0.0 : creal(values[c->bound]);
    switch (c->kind) {
    case STEP:
        (void)bal_decimal_print_digits(self->step_values[c->index], 6, cell);
        break;
    case LABEL: /* see table_point */
        cell[0] = '\0';
        break;
    case FREQUENCY:
        bal_cell_frequency(creal(values[c->index]), cell);
        break;
    case LEVEL:
        bal_cell_decibel(20.0 * log10(cabs(values[c->index])), bound, cell);
        break;
    case MODULUS:
        bal_cell_engineering(cabs(values[c->index]), bound, cell);
        break;
    case PHASE:
        bal_cell_degrees(phase_in_degrees(values[c->index]), bound, cell);
        break;
    case DECIBEL:
        bal_cell_decibel(creal(values[c->index]), bound, cell);
        break;
    case DEGREES:
        bal_cell_degrees(creal(values[c->index]), bound, cell);
        break;
    case REAL:
        bal_cell_engineering(creal(values[c->index]), bound, cell);
        break;
    }
}

static bal_status table_point(bal_sink *sink, const double complex values[])
{
    table_sink *self = self_of(sink);
    for (size_t i = 0; i < self->n_columns; i++) {
        char cell[BAL_CELL];
        format_cell(self, &self->columns[i], values, cell);
        put_gap(&self->bytes, i);
        const bool label = self->columns[i].kind == LABEL;
        put_right(&self->bytes, label ? self->stream->labels[self->n_points] : cell,
                  self->columns[i].width);
    }
    self->n_points++;
    bal_bytes_put(&self->bytes, "\n", 1);
    return self->bytes.status;
}

static bal_status table_end(bal_sink *sink)
{
    return bal_bytes_flush(&self_of(sink)->bytes);
}

static void table_destroy(bal_sink *sink)
{
    release_stream(self_of(sink));
    bal_output_free(sink);
}

static bal_sink *table_create(const bal_output_options *options)
{
    table_sink *self = bal_alloc(1, sizeof *self);
    if (self == NULL)
        return NULL;
    self->base = (bal_sink){table_begin, table_run, table_point, table_end, table_destroy};
    bal_bytes_init(&self->bytes, options->write, options->user);
    return &self->base;
}

const bal_output_row bal_output_table = {
    .name = "table",
    .extension = "",
    .help = "aligned text with levels in dB and phases in degrees",
    .create = table_create,
};
