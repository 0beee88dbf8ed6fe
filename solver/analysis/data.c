/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * .data NAME column ... value ... .enddata: a table for .step data= and .ac data=. The values
 * follow on continuation lines, or on lines of their own that begin with a number. With file= it is
 * measured curves instead, see curve.c.
 */
#include "analyses.h"
#include "curve.h"

static bool is_number(const bal_token *token)
{
    return token->kind == BAL_TOKEN_EXPR || bal_number_looks_like(bal_span_text(token->span));
}

/* The control that holds the card; its own rows follow it. */
static const bal_control *control_of(const bal_study *s, const bal_card *card)
{
    const bal_control *k = bal_circuit_controls(s->circuit);
    while (k && k->card != card)
        k = k->next;
    return k;
}

static const bal_control *next_row(const bal_control *k)
{
    k = k->next;
    return k && is_number(&k->card->tokens[0]) ? k : NULL;
}

typedef struct collector {
    bal_study *s;
    bal_data_table *table;
    size_t n, room;
} collector;

static bal_status take(collector *r, const bal_card *card, uint32_t first)
{
    for (uint32_t i = first; i < card->n_tokens; i++) {
        const bal_status status =
            bal_circuit_real(r->s->circuit, &card->tokens[i], &r->table->values[r->n]);
        if (status != BAL_OK)
            return status;
        r->n++;
    }
    return BAL_OK;
}

static bal_status read_values(bal_study *s, const bal_card *card, uint32_t first,
                              bal_data_table *table)
{
    collector r = {.s = s, .table = table, .room = card->n_tokens};
    const bal_control *own = control_of(s, card);
    for (const bal_control *k = own ? next_row(own) : NULL; k; k = next_row(k))
        r.room += k->card->n_tokens;
    table->values = bal_arena_alloc(s->arena, r.room, sizeof *table->values);
    if (!table->values)
        return BAL_E_NOMEM;
    bal_status status = take(&r, card, first);
    for (const bal_control *k = own ? next_row(own) : NULL; k && status == BAL_OK; k = next_row(k))
        status = take(&r, k->card, 0);
    if (status != BAL_OK)
        return status;
    table->n_rows = r.n / table->n_columns;
    if (r.n > 0 && r.n % table->n_columns == 0)
        return BAL_OK;
    return bal_report(s->diag, BAL_D_ANALYSIS_SYNTAX, table->at,
                      "%zu values do not fill rows of %zu columns", r.n, table->n_columns);
}

static bal_status parse(bal_study *s, const bal_card *card)
{
    if (card->n_tokens < 3)
        return bal_study_usage(s, card->tokens[0].span, "expected a name and columns after this");
    bal_data_table table = {.at = card->tokens[1].span};
    uint32_t i = 2;
    if (bal_card_is_key(card, i))
        return bal_curve_read(s, card);
    while (i < card->n_tokens && !is_number(&card->tokens[i]))
        i++;
    table.n_columns = i - 2;
    bal_span *columns = bal_arena_alloc(s->arena, i, sizeof *columns);
    table.name = bal_study_label(s, table.at);
    bal_data_table *grown = BAL_GROW_LIST(s, tables);
    if (grown)
        s->tables = grown;
    if (!columns || !table.name || !grown)
        return BAL_E_NOMEM;
    if (table.n_columns == 0)
        return bal_study_usage(s, card->tokens[1].span, "expected the names of columns after this");
    for (uint32_t k = 2; k < i; k++)
        columns[k - 2] = card->tokens[k].span;
    table.columns = columns;
    for (size_t k = 0; k < s->n_tables; k++)
        if (bal_text_is(bal_span_text(table.at), s->tables[k].name))
            return bal_report(s->diag, BAL_D_NAME_TAKEN, table.at, "there is a table '%s' already",
                              s->tables[k].name);
    const bal_status status = read_values(s, card, i, &table);
    if (status == BAL_OK)
        s->tables[s->n_tables++] = table;
    return status;
}

const bal_analysis_ops bal_analysis_data = {
    .keyword = ".data",
    .usage = ".data NAME <column> ... <value> ... .enddata, or .data NAME file=FILE "
             "[extrapolate=1]",
    .summary = "A table for .step data=NAME and .ac data=NAME: columns are parameters, elements, "
               "V1:acmag and the like, or freq. From a file (.csv; .frd with dB and degrees, .zma "
               "with ohms and degrees): measured curves NAME.column over the frequency in the "
               "first column.",
    .phase = -1,
    .parse = parse,
};

bal_status bal_study_table(bal_study *s, bal_span name, const bal_data_table **out)
{
    bal_nearest nearest;
    bal_nearest_init(&nearest, bal_span_text(name));
    for (size_t k = 0; k < s->n_tables; k++) {
        if (bal_text_is(bal_span_text(name), s->tables[k].name)) {
            *out = &s->tables[k];
            return BAL_OK;
        }
        bal_nearest_offer(&nearest, bal_text_of(s->tables[k].name));
    }
    const bal_text best = bal_nearest_get(&nearest);
    return bal_report(s->diag, BAL_D_UNKNOWN_NAME, name, "no .data table '%s'%s%s%s",
                      BAL_SHOW(bal_span_text(name)), best.n ? "; did you mean '" : "",
                      best.n ? BAL_SHOW(best) : "", best.n ? "'?" : "");
}

bool bal_table_is_frequency(const bal_data_table *table, size_t column)
{
    const bal_text name = bal_span_text(table->columns[column]);
    return bal_text_is(name, "freq") || bal_text_is(name, "hertz") ||
           bal_text_is(name, "frequency");
}
