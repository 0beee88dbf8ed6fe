/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards of the form ".word NAME key=value ...": a value runs up to the next key. */
#include <string.h>

#include "study.h"

static bal_field *find(bal_field fields[], size_t n, bal_text key)
{
    for (size_t i = 0; i < n; i++)
        if (bal_text_is(key, fields[i].key))
            return &fields[i];
    return NULL;
}

static bal_status read_field(bal_study *s, const bal_card *card, uint32_t i, bal_field *field)
{
    if (field->value.source)
        return bal_report(s->diag, BAL_D_GIVEN_TWICE, card->tokens[i].span, "'%s' is given twice",
                          field->key);
    field->at = card->tokens[i].span;
    field->first = field->end = i + 2;
    while (field->end < card->n_tokens && !bal_card_is_key(card, field->end))
        field->end++;
    if (field->first >= field->end)
        return bal_study_usage(s, field->at, "expected a value for this");
    field->value = bal_fields_span(card->tokens, field->first, field->end);
    return BAL_OK;
}

static bal_status unknown_field(bal_study *s, const bal_field fields[], size_t n, bal_span at)
{
    bal_nearest nearest;
    bal_nearest_init(&nearest, bal_span_text(at));
    for (size_t i = 0; i < n; i++)
        bal_nearest_offer(&nearest, bal_text_of(fields[i].key));
    const bal_text best = bal_nearest_get(&nearest);
    if (best.n == 0)
        return bal_study_usage(s, at, "unknown field");
    const char *what =
        bal_arena_format(s->arena, "unknown field; did you mean '%s'?", BAL_SHOW(best));
    return what ? bal_study_usage(s, at, what) : BAL_E_NOMEM;
}

bal_status bal_study_fields(bal_study *s, const bal_card *card, uint32_t from, bal_field fields[],
                            size_t n)
{
    for (uint32_t i = from; i < card->n_tokens;) {
        const bal_span at = card->tokens[i].span;
        if (!bal_card_is_key(card, i))
            return bal_study_usage(s, at, "expected key=value here");
        bal_field *field = find(fields, n, bal_span_text(at));
        if (!field)
            return unknown_field(s, fields, n, at);
        const bal_status status = read_field(s, card, i, field);
        if (status != BAL_OK)
            return status;
        i = field->end;
    }
    return BAL_OK;
}

bal_status bal_field_real(bal_study *s, const bal_card *card, const bal_field *field, double *value)
{
    if (!field->value.source)
        return BAL_OK;
    if (field->end - field->first != 1)
        return bal_study_usage(s, field->value, "expected one number, or an expression in braces");
    bal_dd number = {0.0, 0.0};
    const bal_status status = bal_circuit_real(s->circuit, &card->tokens[field->first], &number);
    if (status == BAL_OK)
        *value = bal_dd_double(number);
    return status;
}

static bool is_member(const char *member, bal_text name)
{
    return strlen(member) > name.n && member[name.n] == '.' &&
           bal_text_same(name, (bal_text){member, name.n});
}

bal_status bal_study_name_free(bal_study *s, bal_span at, bal_text name)
{
    bool taken = false;
    for (size_t i = 0; i < s->vectors.n_defs && !taken; i++)
        taken = is_member(s->vectors.defs[i].shown.name, name);
    for (size_t i = 0; i < s->n_measures && !taken; i++)
        taken = is_member(s->measures[i].name, name);
    if (taken)
        return bal_report(s->diag, BAL_D_NAME_TAKEN, at, "the name '%s' is in use", BAL_SHOW(name));
    if (bal_circuit_has_instance(s->circuit, name))
        return bal_report(s->diag, BAL_D_NAME_TAKEN, at,
                          "'%s' is an instance: '%s.x' would be two things", BAL_SHOW(name),
                          BAL_SHOW(name));
    return BAL_OK;
}

bal_status bal_study_name(bal_study *s, const bal_card *card, bal_span *name)
{
    if (card->n_tokens < 2 || card->tokens[1].kind != BAL_TOKEN_WORD || bal_card_is_key(card, 1))
        return bal_study_usage(s, card->tokens[0].span, "expected a name after this");
    *name = card->tokens[1].span;
    return bal_study_name_free(s, *name, bal_span_text(*name));
}

const char *bal_study_member(bal_study *s, bal_text name, const char *what)
{
    return bal_arena_format(s->arena, "%.*s.%s", (int)name.n, name.p, what);
}
