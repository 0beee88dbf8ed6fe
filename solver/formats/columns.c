/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "columns.h"

#include <string.h>

#include "alloc.h"
#include "fields.h"

enum { MOST_COLUMNS = 512 };

typedef struct reading {
    bal_fields fields;
    bal_arena *arena;
    bal_table *table;
    const char **names;
    double *values; /* grown, copied at the end */
    size_t n, capacity;
} reading;

static char *lower_copy(bal_arena *arena, bal_text text)
{
    for (; text.n > 0 && text.p[0] == ' '; text.n--)
        text.p++;
    while (text.n > 0 && text.p[text.n - 1] == ' ')
        text.n--;
    char *copy = bal_arena_copy(arena, text.p, text.n);
    for (char *p = copy; p && *p; p++)
        *p = bal_lower(*p);
    return copy;
}

/* Do more than blanks part the names of this line? "Freq (Hz),CMRR (dB)" are two. */
static bool has_marks(bal_text line)
{
    return memchr(line.p, ',', line.n) || memchr(line.p, ';', line.n) ||
           memchr(line.p, '\t', line.n);
}

static bal_status read_names(reading *r)
{
    bal_span field;
    r->names = bal_arena_alloc(r->arena, MOST_COLUMNS, sizeof *r->names);
    if (!r->names)
        return BAL_E_NOMEM;
    while (bal_fields_next(&r->fields, &field)) {
        if (r->table->n_columns == MOST_COLUMNS)
            return bal_report(r->fields.diag, BAL_D_DATA_FILE, field, "more than %d columns",
                              MOST_COLUMNS);
        char *name = lower_copy(r->arena, bal_span_text(field));
        if (!name)
            return BAL_E_NOMEM;
        r->names[r->table->n_columns++] = name;
    }
    r->table->names = r->names;
    return BAL_OK;
}

static bal_status read_header(reading *r)
{
    r->fields.p = r->fields.line.begin;
    r->fields.phrases = has_marks(bal_span_text(r->fields.line));
    const bal_status status = read_names(r);
    r->fields.phrases = false;
    return status;
}

static bal_status add(reading *r, double value)
{
    double *grown = bal_grow(r->values, &r->capacity, r->n + 1, sizeof *r->values);
    if (!grown)
        return BAL_E_NOMEM;
    r->values = grown;
    r->values[r->n++] = value;
    return BAL_OK;
}

static bal_status check_row(reading *r, int count)
{
    bal_table *t = r->table;
    bal_diag *diag = r->fields.diag;
    if (t->n_columns == 0)
        t->n_columns = count;
    if (count != t->n_columns)
        return bal_report(diag, BAL_D_DATA_FILE, r->fields.line,
                          "expected %d numbers in each line, this one has %d", t->n_columns, count);
    const size_t columns = (size_t)t->n_columns;
    if (t->n_rows++ > 0 && !(r->values[r->n - columns] > r->values[r->n - 2 * columns]))
        return bal_report(diag, BAL_D_DATA_FILE, r->fields.line,
                          "the first column must ascend from line to line");
    return BAL_OK;
}

static bal_status read_row(reading *r)
{
    bal_span field;
    int count = 0;
    while (bal_fields_next(&r->fields, &field)) {
        double value = 0.0;
        if (!bal_field_number(field, &value)) {
            if (count == 0 && r->table->n_rows == 0 && !r->names)
                return read_header(r);
            return bal_report(r->fields.diag, BAL_D_DATA_FILE, field, "'%s' is not a number",
                              BAL_SHOW(bal_span_text(field)));
        }
        const bal_status status = add(r, value);
        if (status != BAL_OK)
            return status;
        count++;
    }
    return check_row(r, count);
}

static bal_status read_all(reading *r)
{
    while (bal_fields_line(&r->fields)) {
        const bal_status status = read_row(r);
        if (status != BAL_OK)
            return status;
    }
    if (r->table->n_rows == 0)
        return bal_report(r->fields.diag, BAL_D_DATA_FILE, (bal_span){r->fields.source, 0, 0},
                          "the file holds no numbers");
    double *copy = bal_arena_alloc(r->arena, r->n, sizeof *copy);
    if (!copy)
        return BAL_E_NOMEM;
    memcpy(copy, r->values, r->n * sizeof *copy);
    r->table->values = copy;
    return BAL_OK;
}

bal_status bal_columns_read(const bal_source *source, bal_arena *arena, bal_diag *diag,
                            const bal_table **out)
{
    reading r = {.fields = {.source = source,
                            .diag = diag,
                            .comments = "#%;*",
                            .trailing = "",
                            .separators = ",;"},
                 .arena = arena,
                 .table = bal_arena_alloc(arena, 1, sizeof *r.table)};
    if (!r.table)
        return BAL_E_NOMEM;
    r.table->path = source->name;
    const bal_status status = read_all(&r);
    bal_free(r.values);
    if (status == BAL_OK)
        *out = r.table;
    return status;
}
