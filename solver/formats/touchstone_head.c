/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The option line and the keywords of version 2. */
#include "touchstone_state.h"

#include <string.h>

static bal_status fail(bal_touchstone_state *t, bal_span at, const char *what)
{
    return bal_report(t->fields.diag, BAL_D_DATA_FILE, at, "%s", what);
}

/* R and its resistance. */
static bal_status read_reference(bal_touchstone_state *t, bal_span word)
{
    bal_span field;
    if (!bal_fields_next(&t->fields, &field) || !bal_field_number(field, &t->reference) ||
        !(t->reference > 0.0))
        return fail(t, word, "expected a positive resistance behind R");
    return BAL_OK;
}

static bool read_option(bal_touchstone_state *t, bal_text word)
{
    static const struct {
        const char *name;
        double unit;
    } units[] = {{"hz", 1.0}, {"khz", 1e3}, {"mhz", 1e6}, {"ghz", 1e9}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (bal_text_is(word, units[i].name)) {
            t->unit = units[i].unit;
            return true;
        }
    if (bal_text_is(word, "ri") || bal_text_is(word, "ma") || bal_text_is(word, "db")) {
        t->format = bal_lower(word.p[0]);
        return true;
    }
    if (bal_text_is(word, "s") || bal_text_is(word, "y") || bal_text_is(word, "z")) {
        t->network->kind = bal_lower(word.p[0]);
        return true;
    }
    return false;
}

bal_status bal_touchstone_options(bal_touchstone_state *t)
{
    bal_span field;
    if (t->has_options)
        return BAL_OK;
    t->has_options = true;
    while (bal_fields_next(&t->fields, &field)) {
        bal_text word = bal_span_text(field);
        if (word.n > 0 && word.p[0] == '#') {
            field.begin++;
            word = bal_span_text(field);
        }
        if (word.n == 0 || read_option(t, word))
            continue;
        if (!bal_text_is(word, "r"))
            return bal_report(t->fields.diag, BAL_D_DATA_FILE, field,
                              "'%s' is unknown here: expected Hz kHz MHz GHz, S Y Z, RI MA DB, R",
                              BAL_SHOW(word));
        const bal_status status = read_reference(t, field);
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}

static bal_status set_ports(bal_touchstone_state *t, bal_span line)
{
    bal_span field;
    double number = 0.0;
    if (!bal_fields_next(&t->fields, &field) || !bal_field_number(field, &number) ||
        !(number >= 1.0 && number <= BAL_TOUCHSTONE_PORTS) || number != (int)number)
        return bal_report(t->fields.diag, BAL_D_DATA_FILE, line, "expected 1 to %d ports",
                          BAL_TOUCHSTONE_PORTS);
    t->network->n_ports = (int)number;
    return BAL_OK;
}

/* Resistances of all ports, on this line and further ones. */
static bal_status read_references(bal_touchstone_state *t)
{
    bal_span field;
    int n = 0;
    if (t->network->n_ports == 0)
        return fail(t, t->fields.line, "[Number of Ports] must come before [Reference]");
    t->references = bal_arena_alloc(t->arena, BAL_TOUCHSTONE_PORTS, sizeof *t->references);
    if (!t->references)
        return BAL_E_NOMEM;
    while (n < t->network->n_ports) {
        if (!bal_fields_next(&t->fields, &field)) {
            if (!bal_fields_line(&t->fields))
                return fail(t, t->fields.line, "expected a resistance for each port");
            continue;
        }
        if (!bal_field_number(field, &t->references[n]) || !(t->references[n] > 0.0))
            return fail(t, field, "expected a positive resistance for each port");
        n++;
    }
    return BAL_OK;
}

static bal_status set_order(bal_touchstone_state *t)
{
    bal_span field = t->fields.line;
    const bool some = bal_fields_next(&t->fields, &field);
    t->transposed = some && bal_text_is(bal_span_text(field), "21_12");
    if (!t->transposed && !(some && bal_text_is(bal_span_text(field), "12_21")))
        return fail(t, field, "expected 12_21 or 21_12");
    return BAL_OK;
}

static bal_status set_matrix(bal_touchstone_state *t)
{
    bal_span field = t->fields.line;
    const bal_text word =
        bal_fields_next(&t->fields, &field) ? bal_span_text(field) : (bal_text){"", 0};
    if (!bal_text_is(word, "full") && !bal_text_is(word, "lower") && !bal_text_is(word, "upper"))
        return fail(t, field, "expected Full, Lower or Upper");
    t->matrix = bal_lower(word.p[0]);
    return BAL_OK;
}

bal_status bal_touchstone_keyword(bal_touchstone_state *t)
{
    const bal_span line = t->fields.line;
    const char *text = line.source->text;
    const uint32_t begin = t->fields.p + 1;
    uint32_t end = begin;
    while (end < line.end && text[end] != ']')
        end++;
    const bal_text word = bal_span_text((bal_span){line.source, begin, end});
    t->fields.p = end < line.end ? end + 1 : end;
    if (bal_text_is(word, "version"))
        t->version_2 = true;
    else if (bal_text_is(word, "number of ports"))
        return set_ports(t, line);
    else if (bal_text_is(word, "reference"))
        return read_references(t);
    else if (bal_text_is(word, "two-port data order"))
        return set_order(t);
    else if (bal_text_is(word, "matrix format"))
        return set_matrix(t);
    else if (bal_text_is(word, "mixed-mode order"))
        return fail(t, line, "mixed-mode data are not read: save the single-ended ones");
    else if (bal_text_is(word, "network data"))
        t->in_data = true;
    else if (bal_text_is(word, "noise data") || bal_text_is(word, "end"))
        t->over = t->in_data;
    return BAL_OK; /* the number of frequencies is counted; information is for people */
}
