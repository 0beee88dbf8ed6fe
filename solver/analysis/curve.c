/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * .data NAME file=x.csv: measured curves as vectors NAME.column, for claims and pictures. Between
 * the points of the file a curve is straight over the logarithm of the frequency, and a phase takes
 * the shorter way round. Outside of the file nothing is known, unless extrapolate=1 holds the ends.
 */
#include "curve.h"

#include <math.h>
#include <string.h>

#include "engine.h"
#include "table.h"

enum { NO_VECTOR = -1 };

typedef struct curve {
    const bal_table *table;
    bal_text name;
    bal_span at;
    bool extrapolate;
    int *vectors;         /* by column; that of the frequency has none */
    const bool *circular; /* by column: degrees */
} curve;

static bal_status outside(const curve *x, const bal_study *s, double hertz)
{
    const bal_table *t = x->table;
    const size_t last = (t->n_rows - 1) * (size_t)t->n_columns;
    return bal_report(s->diag, BAL_D_PARAMETER_RANGE, x->at,
                      "'%s' is known from %.6g to %.6g Hz only, and %.6g Hz is asked for; "
                      "extrapolate=1 holds its ends",
                      BAL_SHOW(x->name), t->values[0], t->values[last], hertz);
}

static double between(double a, double b, double part, bool circular)
{
    const double step = circular ? remainder(b - a, 360.0) : b - a;
    const double value = part < 1.0 ? a + part * step : b;
    return circular && part > 0.0 && part < 1.0 ? remainder(value, 360.0) : value;
}

static bal_status point(void *state, bal_engine *e)
{
    const curve *x = state;
    const bal_table *t = x->table;
    const size_t columns = (size_t)t->n_columns;
    const double hertz = e->values[0].value.re.hi;
    size_t row = 0;
    double part = 0.0;
    if (!bal_bracket(t->values, t->n_rows, columns, hertz, &row, &part) && !x->extrapolate)
        return outside(x, e->study, hertz);
    const double *low = t->values + row * columns;
    const double *high = part > 0.0 ? low + columns : low;
    if (part > 0.0 && part < 1.0 && low[0] > 0.0)
        part = log(hertz / low[0]) / log(high[0] / low[0]);
    for (size_t c = 1; c < columns; c++)
        e->values[x->vectors[c]] =
            bal_bounded_of(bal_ddc_real(between(low[c], high[c], part, x->circular[c])), true);
    return BAL_OK;
}

static const bal_duty_ops duty = {.point = point};

static bool ends_in(const char *text, const char *end)
{
    const size_t n = strlen(text);
    const size_t m = strlen(end);
    return n >= m && bal_text_is((bal_text){text + n - m, m}, end);
}

/* The columns of files that have no header, by the kind of file. */
static const struct {
    const char *extension;
    const char *names[3];
} kinds[] = {{".frd", {"", "db", "deg"}}, {".zma", {"", "ohm", "deg"}}};

/* A name of the file as one that expressions can hold: "SPL (dB)" is spl_db. */
static const char *plain_name(bal_study *s, const char *given)
{
    char *name = bal_arena_alloc(s->arena, strlen(given) + 1, 1);
    size_t n = 0;
    for (const char *p = given; name && *p; p++) {
        const char c = bal_lower(*p);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            name[n++] = c;
        else if (n > 0 && name[n - 1] != '_')
            name[n++] = '_';
    }
    while (n > 0 && name[n - 1] == '_')
        name[--n] = '\0';
    return name;
}

static const char *column_name(bal_study *s, const bal_table *table, int column)
{
    if (table->names)
        return plain_name(s, table->names[column]);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (column < 3 && ends_in(table->path, kinds[i].extension))
            return kinds[i].names[column];
    return bal_arena_format(s->arena, "c%d", column + 1);
}

static const char *unit_of(const char *name)
{
    static const char *const rows[][2] = {
        {"db", "dB"}, {"dbu", "dBu"}, {"dbv", "dBV"}, {"deg", "deg"}, {"ohm", "ohm"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *at = strrchr(name, '_');
        if (strcmp(at ? at + 1 : name, rows[i][0]) == 0)
            return rows[i][1];
    }
    return "";
}

static bal_status declare(bal_study *s, curve *x)
{
    const size_t columns = (size_t)x->table->n_columns;
    bool *circular = bal_arena_alloc(s->arena, columns, sizeof *circular);
    x->vectors = bal_arena_alloc(s->arena, columns, sizeof *x->vectors);
    x->circular = circular;
    if (!circular || !x->vectors)
        return BAL_E_NOMEM;
    x->vectors[0] = NO_VECTOR;
    for (int c = 1; c < x->table->n_columns; c++) {
        const char *what = column_name(s, x->table, c);
        const char *name = what ? bal_study_member(s, x->name, what) : NULL;
        if (!name)
            return BAL_E_NOMEM;
        if (!what[0] || bal_vectors_find(&s->vectors, bal_text_of(name)) >= 0)
            return bal_report(s->diag, BAL_D_NAME_TAKEN, x->at,
                              "column %d of '%s' has no name of its own", c + 1, x->table->path);
        const char *unit = unit_of(what);
        circular[c] = strcmp(unit, "deg") == 0;
        const bal_status status = bal_study_filled(s, name, unit, &x->vectors[c]);
        if (status != BAL_OK)
            return status;
    }
    return bal_study_duty(s, &duty, x);
}

bal_status bal_curve_read(bal_study *s, const bal_card *card)
{
    bal_field fields[] = {{.key = "file"}, {.key = "extrapolate"}};
    curve *x = bal_arena_alloc(s->arena, 1, sizeof *x);
    double extrapolate = 0.0;
    bal_span name;
    if (!x)
        return BAL_E_NOMEM;
    bal_status status = bal_study_name(s, card, &name);
    if (status == BAL_OK)
        status = bal_study_fields(s, card, 2, fields, 2);
    if (status == BAL_OK)
        status = bal_field_real(s, card, &fields[1], &extrapolate);
    if (status == BAL_OK && !fields[0].value.source)
        status = bal_study_usage(s, name, "expected file= after this");
    if (status == BAL_OK)
        status = bal_circuit_table(s->circuit, fields[0].value, &x->table);
    if (status != BAL_OK)
        return status;
    x->name = bal_span_text(name);
    x->at = name;
    x->extrapolate = extrapolate != 0.0;
    if (x->table->n_columns < 2 || x->table->values[0] < 0.0)
        return bal_report(s->diag, BAL_D_DATA_FILE, fields[0].value,
                          "expected frequencies in the first column and a curve beside it");
    return declare(s, x);
}
