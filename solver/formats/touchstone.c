/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of a Touchstone file come in any lines: a point is a frequency and as many pairs as the
 * matrix has entries. */
#include "touchstone.h"

#include <math.h>
#include <string.h>

#include "alloc.h"
#include "touchstone_state.h"

static const double pi = 3.14159265358979323846;

/* The number in ".s4p", 0 if there is none. */
static int ports_of_name(const char *path)
{
    const char *dot = strrchr(path, '.');
    int n = 0;
    if (!dot || bal_lower(dot[1]) != 's')
        return 0;
    const char *p = dot + 2;
    for (; *p >= '0' && *p <= '9' && n < 1000; p++)
        n = 10 * n + (*p - '0');
    return bal_lower(*p) == 'p' && p[1] == '\0' ? n : 0;
}

static bal_status begin_data(bal_touchstone_state *t)
{
    bal_network *net = t->network;
    if (net->n_ports == 0)
        net->n_ports = ports_of_name(net->path);
    if (net->n_ports < 1 || net->n_ports > BAL_TOUCHSTONE_PORTS)
        return bal_report(t->fields.diag, BAL_D_DATA_FILE, t->fields.line,
                          "how many ports? A file of version 1 is named .s2p, .s4p ... (1 to %d)",
                          BAL_TOUCHSTONE_PORTS);
    const int n = net->n_ports;
    t->in_data = true;
    t->wanted = 1 + 2 * (t->matrix == 'f' ? n * n : n * (n + 1) / 2);
    t->numbers = bal_arena_alloc(t->arena, (size_t)t->wanted, sizeof *t->numbers);
    double *reference = bal_arena_alloc(t->arena, (size_t)n, sizeof *reference);
    if (!t->numbers || !reference)
        return BAL_E_NOMEM;
    for (int i = 0; i < n; i++)
        reference[i] = t->references ? t->references[i] : t->reference;
    net->reference = reference;
    if (!t->version_2)
        t->transposed = n == 2;
    return BAL_OK;
}

static double complex pair(const bal_touchstone_state *t, const double two[])
{
    if (t->format == 'r')
        return bal_cplx(two[0], two[1]);
    const double size = t->format == 'd' ? pow(10.0, two[0] / 20.0) : two[0];
    const double angle = two[1] * pi / 180.0;
    return bal_cplx(size * cos(angle), size * sin(angle));
}

/* Version 1 divides Z, and multiplies Y, by the reference. */
static double denormal(const bal_touchstone_state *t)
{
    if (t->version_2 || t->network->kind == 's')
        return 1.0;
    return t->network->kind == 'z' ? t->reference : 1.0 / t->reference;
}

static void place(bal_touchstone_state *t, double complex out[])
{
    const int n = t->network->n_ports;
    const double *p = t->numbers + 1;
    const double scale = denormal(t);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            if ((t->matrix == 'l' && j > i) || (t->matrix == 'u' && j < i))
                continue;
            const double complex value = pair(t, p) * scale;
            p += 2;
            out[t->transposed ? j * n + i : i * n + j] = value;
            if (t->matrix != 'f')
                out[j * n + i] = value;
        }
}

static bal_status keep_point(bal_touchstone_state *t)
{
    const size_t square = (size_t)t->network->n_ports * (size_t)t->network->n_ports;
    double *hertz = bal_grow(t->hertz, &t->hertz_capacity, t->points + 1, sizeof *hertz);
    if (!hertz)
        return BAL_E_NOMEM;
    t->hertz = hertz;
    double complex *values =
        bal_grow(t->values, &t->values_capacity, (t->points + 1) * square, sizeof *values);
    if (!values)
        return BAL_E_NOMEM;
    t->values = values;
    hertz[t->points] = t->numbers[0] * t->unit;
    place(t, values + t->points * square);
    t->points++;
    t->n = 0;
    return BAL_OK;
}

/* Behind the data of a two-port noise parameters may begin at a lower frequency: five numbers. */
static bool begins_noise(const bal_touchstone_state *t)
{
    bal_fields rest = t->fields;
    bal_span field;
    int n = 1;
    while (bal_fields_next(&rest, &field))
        n++;
    return t->points > 0 && t->network->n_ports == 2 && !t->version_2 && n == 5;
}

static bal_status check_frequency(bal_touchstone_state *t, bal_span field, double value)
{
    if (t->points == 0 && value >= 0.0)
        return BAL_OK;
    if (t->points > 0 && value * t->unit > t->hertz[t->points - 1])
        return BAL_OK;
    if (begins_noise(t)) {
        t->over = true;
        return BAL_OK;
    }
    return bal_report(t->fields.diag, BAL_D_DATA_FILE, field,
                      "frequencies must be positive and ascend; is the number of ports right?");
}

static bal_status read_numbers(bal_touchstone_state *t)
{
    bal_span field;
    if (!t->wanted) {
        const bal_status status = begin_data(t);
        if (status != BAL_OK)
            return status;
    }
    while (!t->over && bal_fields_next(&t->fields, &field)) {
        double value = 0.0;
        if (!bal_field_number(field, &value))
            return bal_report(t->fields.diag, BAL_D_DATA_FILE, field, "'%s' is not a number",
                              BAL_SHOW(bal_span_text(field)));
        bal_status status = t->n == 0 ? check_frequency(t, field, value) : BAL_OK;
        if (status != BAL_OK || t->over)
            return status;
        t->numbers[t->n++] = value;
        if (t->n == t->wanted)
            status = keep_point(t);
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}

static bal_status read_lines(bal_touchstone_state *t)
{
    while (!t->over && bal_fields_line(&t->fields)) {
        const char first = t->fields.source->text[t->fields.p];
        bal_status status = BAL_OK;
        if (first == '#')
            status = bal_touchstone_options(t);
        else if (first == '[')
            status = bal_touchstone_keyword(t);
        else if (!t->version_2 || t->in_data)
            status = read_numbers(t);
        if (status != BAL_OK)
            return status;
    }
    if (t->n > 0)
        return bal_report(t->fields.diag, BAL_D_DATA_FILE, t->fields.line,
                          "the last point has %d of %d numbers", t->n, t->wanted);
    if (t->points == 0)
        return bal_report(t->fields.diag, BAL_D_DATA_FILE, (bal_span){t->fields.source, 0, 0},
                          "the file holds no data");
    return BAL_OK;
}

static bal_status finish(bal_touchstone_state *t)
{
    const size_t square = (size_t)t->network->n_ports * (size_t)t->network->n_ports;
    double *hertz = bal_arena_alloc(t->arena, t->points, sizeof *hertz);
    double complex *values = bal_arena_alloc(t->arena, t->points * square, sizeof *values);
    if (!hertz || !values)
        return BAL_E_NOMEM;
    memcpy(hertz, t->hertz, t->points * sizeof *hertz);
    memcpy(values, t->values, t->points * square * sizeof *values);
    t->network->hertz = hertz;
    t->network->values = values;
    t->network->n_points = t->points;
    return BAL_OK;
}

bal_status bal_touchstone_read(const bal_source *source, bal_arena *arena, bal_diag *diag,
                               const bal_network **out)
{
    bal_touchstone_state t = {.fields = {.source = source,
                                         .diag = diag,
                                         .comments = "",
                                         .trailing = "!",
                                         .separators = ""},
                              .arena = arena,
                              .network = bal_arena_alloc(arena, 1, sizeof *t.network),
                              .unit = 1e9,
                              .format = 'm',
                              .matrix = 'f',
                              .reference = 50.0};
    if (!t.network)
        return BAL_E_NOMEM;
    t.network->path = source->name;
    t.network->kind = 's';
    bal_status status = read_lines(&t);
    if (status == BAL_OK)
        status = finish(&t);
    bal_free(t.hertz);
    bal_free(t.values);
    if (status == BAL_OK)
        *out = t.network;
    return status;
}

/* ---- writer ---- */

static void write_head(bal_bytes *bytes, const bal_network *net, bool version_2)
{
    const char kind[2] = {(char)(net->kind - 'a' + 'A'), '\0'};
    if (version_2)
        bal_bytes_text(bytes, "[Version] 2.0\n");
    bal_bytes_text(bytes, "# Hz ");
    bal_bytes_text(bytes, kind);
    bal_bytes_text(bytes, " RI R ");
    bal_bytes_number(bytes, net->reference[0]);
    bal_bytes_text(bytes, "\n");
    if (!version_2)
        return;
    bal_bytes_text(bytes, "[Number of Ports] ");
    bal_bytes_number(bytes, net->n_ports);
    bal_bytes_text(bytes, net->n_ports == 2 ? "\n[Two-Port Data Order] 21_12" : "");
    bal_bytes_text(bytes, "\n[Number of Frequencies] ");
    bal_bytes_number(bytes, (double)net->n_points);
    bal_bytes_text(bytes, "\n[Reference]");
    for (int i = 0; i < net->n_ports; i++) {
        bal_bytes_text(bytes, " ");
        bal_bytes_number(bytes, net->reference[i]);
    }
    bal_bytes_text(bytes, "\n[Network Data]\n");
}

void bal_touchstone_write(bal_bytes *bytes, const bal_network *net)
{
    const int n = net->n_ports;
    bool version_2 = false;
    for (int i = 1; i < n; i++)
        version_2 = version_2 || net->reference[i] != net->reference[0];
    write_head(bytes, net, version_2);
    double scale = 1.0;
    if (!version_2 && net->kind != 's')
        scale = net->kind == 'z' ? 1.0 / net->reference[0] : net->reference[0];
    for (size_t k = 0; k < net->n_points; k++) {
        const double complex *values = net->values + k * (size_t)(n * n);
        bal_bytes_number(bytes, net->hertz[k]);
        for (int at = 0; at < n * n; at++) {
            const double complex z = values[n == 2 ? at % 2 * 2 + at / 2 : at] * scale;
            bal_bytes_text(bytes, n > 2 && at > 0 && at % n == 0 ? "\n" : "");
            bal_bytes_text(bytes, " ");
            bal_bytes_number(bytes, creal(z));
            bal_bytes_text(bytes, " ");
            bal_bytes_number(bytes, cimag(z));
        }
        bal_bytes_text(bytes, "\n");
    }
    bal_bytes_text(bytes, version_2 ? "[End]\n" : "");
}
