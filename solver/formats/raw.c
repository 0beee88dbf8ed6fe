/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What readers need beyond the format's own text: spicelib takes the dialect from the Command line
 * and wants tabs between the fields of a variable; others count the header's lines, hence the
 * constant Date.
 */
#include "raw.h"

#include <string.h>

#include "text.h"

static const char *type_of_unit(const char *unit)
{
    static const struct {
        const char *unit;
        const char *type;
    } types[] = {
        {"Hz", "frequency"},  {"V", "voltage"},  {"A", "current"},
        {"ohm", "impedance"}, {"dB", "decibel"}, {"deg", "phase"},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(unit, types[i].unit) == 0)
            return types[i].type;
    return "notype";
}

/* Readers split at blanks and lines: a control byte would end the line, a blank the name. */
static void put_clean(bal_bytes *bytes, const char *text, bool is_name)
{
    for (; *text != '\0'; text++) {
        char c = is_name ? bal_lower(*text) : *text;
        if ((unsigned char)c < ' ' || c == 0x7f || (c == ' ' && is_name))
            c = '_';
        bal_bytes_put(bytes, &c, 1);
    }
}

static void put_count(bal_bytes *bytes, const char *key, size_t n)
{
    bal_bytes_text(bytes, key);
    bal_bytes_number(bytes, (double)n);
    bal_bytes_put(bytes, "\n", 1);
}

void bal_raw_header(bal_bytes *bytes, const bal_raw_plot *plot)
{
    bal_bytes_text(bytes, "Title: ");
    put_clean(bytes, plot->title, false);
    bal_bytes_text(bytes, "\nDate: Thu Jan  1 00:00:00 1970\n"
                          "Command: ngspice-compatible (balspice)\n"
                          "Plotname: AC Analysis\n"
                          "Flags: complex\n");
    put_count(bytes, "No. Variables: ", plot->n_variables);
    put_count(bytes, "No. Points: ", plot->n_points);
    bal_bytes_text(bytes, "Variables:\n");
    for (size_t i = 0; i < plot->n_variables; i++) {
        bal_bytes_put(bytes, "\t", 1);
        bal_bytes_number(bytes, (double)i);
        bal_bytes_put(bytes, "\t", 1);
        put_clean(bytes, plot->variables[i].name, true);
        bal_bytes_put(bytes, "\t", 1);
        bal_bytes_text(bytes, type_of_unit(plot->variables[i].unit));
        bal_bytes_text(bytes, i == 0 && plot->log_frequency ? "\tgrid=3\n" : "\n");
    }
    bal_bytes_text(bytes, plot->ascii ? "Values:\n" : "Binary:\n");
}

static void put_ascii(bal_bytes *bytes, const bal_raw_plot *plot, size_t index,
                      const double complex values[])
{
    bal_bytes_put(bytes, " ", 1);
    bal_bytes_number(bytes, (double)index);
    for (size_t i = 0; i < plot->n_variables; i++) {
        bal_bytes_put(bytes, "\t", 1);
        bal_bytes_number(bytes, creal(values[i]));
        bal_bytes_put(bytes, ",", 1);
        bal_bytes_number(bytes, plot->variables[i].is_real ? 0.0 : cimag(values[i]));
        bal_bytes_put(bytes, "\n", 1);
    }
    bal_bytes_put(bytes, "\n", 1);
}

void bal_raw_point(bal_bytes *bytes, const bal_raw_plot *plot, size_t index,
                   const double complex values[])
{
    if (plot->ascii) {
        put_ascii(bytes, plot, index, values);
        return;
    }
    for (size_t i = 0; i < plot->n_variables; i++) {
        bal_bytes_double(bytes, creal(values[i]));
        bal_bytes_double(bytes, plot->variables[i].is_real ? 0.0 : cimag(values[i]));
    }
}
