/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A comparison as a table, which the sink of tables draws with the parts as labels, as CSV, or as
 *
 *   {"schema": 1, "title", "sort", "slots": [...], "columns": [{"name", "unit"}],
 *    "rows": [{"parts": {slot: part}, "values": {column: number or null}, "failures": {column:
 * why}, "reason"}]}
 */
#include "ranking.h"

#include <math.h>
#include <string.h>

#include "alloc.h"
#include "arena.h"
#include "csv.h"
#include "json_rows.h"

enum { GAP = 2 };

/* ---- table ---- */

static size_t width_of(const bal_ranking *r, size_t slot)
{
    size_t width = strlen(r->titles[slot]);
    for (size_t i = 0; i < r->n_rows; i++) {
        const size_t n = strlen(r->rows[i].parts[slot]);
        width = n > width ? n : width;
    }
    return width;
}

typedef struct drawing {
    const bal_ranking *r;
    bal_arena *arena;
    size_t *widths; /* by slot */
} drawing;

/* One line of the parts' columns, padded. */
static char *label_of(const drawing *d, const char *const parts[])
{
    const bal_ranking *r = d->r;
    size_t n = 0;
    for (size_t k = 0; k < r->n_slots; k++)
        n += d->widths[k] + GAP;
    char *label = bal_arena_alloc(d->arena, n + 1, 1);
    if (!label)
        return NULL;
    memset(label, ' ', n);
    char *at = label;
    for (size_t k = 0; k < r->n_slots; k++) {
        memcpy(at, parts[k], strlen(parts[k]));
        at += d->widths[k] + GAP;
    }
    label[n > GAP ? n - GAP : n] = '\0';
    return label;
}

static bal_status put_rows(const bal_ranking *r, const bal_stream *stream, bal_sink *table,
                           double complex *values)
{
    bal_status status = table->begin(table, stream);
    if (status == BAL_OK)
        status = table->run(table, 0, NULL);
    for (size_t i = 0; i < stream->n_frequencies && status == BAL_OK; i++) {
        for (size_t k = 0; k < r->n_columns; k++)
            values[k + 1] = r->rows[i].values[k];
        status = table->point(table, values);
    }
    return status == BAL_OK ? table->end(table) : status;
}

static bal_status draw(const bal_ranking *r, bal_sink *table, bal_arena *arena)
{
    const size_t n = r->n_columns + 1;
    const drawing d = {r, arena, bal_arena_alloc(arena, r->n_slots + 1, sizeof *d.widths)};
    if (!d.widths)
        return BAL_E_NOMEM;
    for (size_t k = 0; k < r->n_slots; k++)
        d.widths[k] = width_of(r, k);
    bal_vector *vectors = bal_arena_alloc(arena, n, sizeof *vectors);
    double complex *values = bal_arena_alloc(arena, n, sizeof *values);
    const char **labels = bal_arena_alloc(arena, r->n_rows + 1, sizeof *labels);
    const char *title = bal_arena_format(arena, "%s: by %s", r->title, r->sort);
    bal_stream stream = {.title = title,
                         .vectors = vectors,
                         .n_vectors = n,
                         .n_runs = 1,
                         .labels = labels,
                         .label_title = label_of(&d, r->titles)};
    if (!vectors || !values || !labels || !title || !stream.label_title)
        return BAL_E_NOMEM;
    vectors[0] = (bal_vector){.name = "", .unit = "", .is_real = true};
    for (size_t k = 0; k < r->n_columns; k++)
        vectors[k + 1] =
            (bal_vector){.name = r->columns[k].name, .unit = r->columns[k].unit, .is_real = true};
    for (size_t i = 0; i < r->n_rows && !r->rows[i].reason; i++) {
        labels[stream.n_frequencies++] = label_of(&d, r->rows[i].parts);
        if (!labels[i])
            return BAL_E_NOMEM;
    }
    return put_rows(r, &stream, table, values);
}

/* "drv_x cable_y rcv_z: bandwidth failed: it does not cross the level" */
static void put_failure(const bal_ranking *r, const bal_ranking_row *row, const char *column,
                        const char *why, bal_bytes *bytes)
{
    for (size_t k = 0; k < r->n_slots; k++) {
        bal_bytes_text(bytes, k > 0 ? " " : "");
        bal_bytes_text(bytes, row->parts[k]);
    }
    bal_bytes_text(bytes, ": ");
    bal_bytes_text(bytes, column);
    bal_bytes_text(bytes, column[0] ? " failed: " : "");
    bal_bytes_text(bytes, why);
    bal_bytes_text(bytes, "\n");
}

static void put_failures(const bal_ranking *r, bal_bytes *bytes)
{
    for (size_t i = 0; i < r->n_rows; i++) {
        const bal_ranking_row *row = &r->rows[i];
        if (row->reason)
            put_failure(r, row, "", row->reason, bytes);
        for (size_t k = 0; k < r->n_columns && !row->reason; k++) {
            if (row->failures[k])
                put_failure(r, row, r->columns[k].name, row->failures[k], bytes);
        }
    }
}

static bal_status write_table(const bal_ranking *r, const bal_output_options *options,
                              bal_bytes *bytes)
{
    bal_arena arena = {0};
    bal_sink *table = bal_output_find("table")->create(options);
    bal_status status = table ? draw(r, table, &arena) : BAL_E_NOMEM;
    if (table)
        table->destroy(table);
    bal_arena_release(&arena);
    if (status == BAL_OK)
        put_failures(r, bytes);
    return status;
}

/* ---- CSV ---- */

static void write_csv(const bal_ranking *r, bal_bytes *bytes)
{
    bal_bytes_text(bytes, "rank");
    for (size_t k = 0; k < r->n_slots; k++)
        bal_csv_text(bytes, r->titles[k]);
    for (size_t k = 0; k < r->n_columns; k++)
        bal_csv_text(bytes, r->columns[k].name);
    bal_bytes_text(bytes, ",reason\n");
    for (size_t i = 0; i < r->n_rows; i++) {
        const bal_ranking_row *row = &r->rows[i];
        bal_bytes_number(bytes, (double)(i + 1));
        for (size_t k = 0; k < r->n_slots; k++)
            bal_csv_text(bytes, row->parts[k]);
        for (size_t k = 0; k < r->n_columns; k++) {
            bal_bytes_text(bytes, ",");
            if (!row->reason && !row->failures[k])
                bal_bytes_number(bytes, row->values[k]);
        }
        bal_csv_text(bytes, row->reason ? row->reason : "");
        bal_bytes_text(bytes, "\n");
    }
}

/* ---- JSON ---- */

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value)
           : isnan(value)  ? json_null()
                           : bal_json_text(value > 0.0 ? "inf" : "-inf");
}

static json_t *row_of(const bal_ranking *r, const bal_ranking_row *row)
{
    json_t *parts = json_object();
    json_t *values = json_object();
    json_t *failures = json_object();
    json_t *object = json_object();
    for (size_t k = 0; k < r->n_slots; k++)
        bal_json_member(&parts, r->titles[k], bal_json_text(row->parts[k]));
    for (size_t k = 0; k < r->n_columns && !row->reason; k++) {
        bal_json_member(&values, r->columns[k].name, number(row->values[k]));
        if (row->failures[k])
            bal_json_member(&failures, r->columns[k].name, bal_json_text(row->failures[k]));
    }
    bal_json_member(&object, "parts", parts);
    bal_json_member(&object, "values", values);
    bal_json_member(&object, "failures", failures);
    bal_json_member(&object, "reason", row->reason ? bal_json_text(row->reason) : json_null());
    return object;
}

static json_t *column_of(const bal_ranking_column *column)
{
    json_t *object = json_object();
    bal_json_member(&object, "name", bal_json_text(column->name));
    bal_json_member(&object, "unit", bal_json_text(column->unit));
    return object;
}

static void write_json(const bal_ranking *r, bal_bytes *bytes)
{
    bal_bytes_text(bytes, "{\"schema\": 1, \"title\": ");
    bal_json_put(bytes, bal_json_text(r->title));
    bal_bytes_text(bytes, ", \"sort\": ");
    bal_json_put(bytes, bal_json_text(r->sort));
    bal_bytes_text(bytes, ",\n\"slots\": [");
    for (size_t k = 0; k < r->n_slots; k++) {
        bal_bytes_text(bytes, k > 0 ? ", " : "");
        bal_json_put(bytes, bal_json_text(r->titles[k]));
    }
    bal_bytes_text(bytes, "],\n\"columns\": [\n");
    for (size_t k = 0; k < r->n_columns; k++)
        bal_json_row(bytes, k, column_of(&r->columns[k]));
    bal_bytes_text(bytes, "],\n\"rows\": [\n");
    for (size_t i = 0; i < r->n_rows; i++)
        bal_json_row(bytes, i, row_of(r, &r->rows[i]));
    bal_bytes_text(bytes, "]}\n");
}

bool bal_ranking_writes(const char *format)
{
    return strcmp(format, "table") == 0 || strcmp(format, "csv") == 0 ||
           strcmp(format, "json") == 0;
}

bal_status bal_ranking_write(const bal_ranking *r, const char *format,
                             const bal_output_options *options)
{
    bal_bytes *bytes = bal_alloc(1, sizeof *bytes);
    bal_status status = BAL_OK;
    if (!bytes)
        return BAL_E_NOMEM;
    bal_bytes_init(bytes, options->write, options->user);
    if (strcmp(format, "csv") == 0)
        write_csv(r, bytes);
    else if (strcmp(format, "json") == 0)
        write_json(r, bytes);
    else
        status = write_table(r, options, bytes);
    if (status == BAL_OK)
        status = bal_bytes_flush(bytes);
    bal_free(bytes);
    return status;
}
