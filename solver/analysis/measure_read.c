/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the tokens of a .meas card to its parts. */
#include <math.h>
#include <string.h>

#include "measure.h"

typedef struct reader {
    bal_study *s;
    const bal_card *card;
    uint32_t i; /* next token */
    bal_measure_card *m;
    bal_measure_event *event; /* the one that keys belong to now */
} reader;

static bal_text word_at(const reader *r, uint32_t i)
{
    if (i >= r->card->n_tokens || r->card->tokens[i].kind != BAL_TOKEN_WORD)
        return (bal_text){"", 0};
    return bal_span_text(r->card->tokens[i].span);
}

static bool is_any(bal_text word, const char *const words[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bal_text_is(word, words[i]))
            return true;
    return false;
}
#define IS_ANY(word, list) is_any(word, list, sizeof(list) / sizeof(list)[0])

/* Keys that say how other simulators print or optimise. */
static const char *const idle_keys[] = {"goal",        "weight",   "precision", "print",
                                        "format",      "ignore",   "ymin",      "ymax",
                                        "indepvarcol", "depvarcol"};
static const char *const keys[] = {"at", "from", "to",     "rise",    "fall",        "cross",
                                   "td", "val",  "minval", "minimum", "default_val", "output"};
static const char *const clauses[] = {"when", "trig", "targ"};

static bool is_key(const reader *r, uint32_t i)
{
    const bal_text word = word_at(r, i);
    return bal_card_is_key(r->card, i) && (IS_ANY(word, keys) || IS_ANY(word, idle_keys));
}

static bool ends_text(const reader *r, uint32_t i)
{
    const bool equals = r->card->tokens[i].kind == BAL_TOKEN_EQUALS;
    return equals || is_key(r, i) || IS_ANY(word_at(r, i), clauses) ||
           bal_text_is(word_at(r, i), "at");
}

static bal_status wrong(const reader *r, const char *what)
{
    const uint32_t last = r->card->n_tokens - 1;
    return bal_study_usage(r->s, r->card->tokens[r->i <= last ? r->i : last].span, what);
}

/* The expression that begins here. */
static bal_status collect(reader *r, const char *what, bal_span *text)
{
    const uint32_t first = r->i;
    while (r->i < r->card->n_tokens && !ends_text(r, r->i))
        r->i++;
    if (r->i == first)
        return wrong(r, what);
    *text = bal_fields_span(r->card->tokens, first, r->i);
    return BAL_OK;
}

static bool take_equals(reader *r)
{
    const bool is = r->i < r->card->n_tokens && r->card->tokens[r->i].kind == BAL_TOKEN_EQUALS;
    r->i += is;
    return is;
}

/* x = level, or x val=level */
static bal_status read_condition(reader *r, bal_measure_event *e)
{
    bal_status status = collect(r, "expected a quantity here", &e->x);
    if (status == BAL_OK && take_equals(r))
        status = collect(r, "expected the level after '='", &e->level);
    return status;
}

static bal_status read_clause(reader *r)
{
    const bal_text word = word_at(r, r->i);
    bal_measure_event *e = bal_text_is(word, "when")   ? &r->m->when
                           : bal_text_is(word, "trig") ? &r->m->trig
                                                       : &r->m->targ;
    if (e->word.source)
        return wrong(r, "this word stands there already");
    e->word = r->card->tokens[r->i++].span;
    e->n = 1.0;
    r->event = e;
    if (e != &r->m->when && bal_text_is(word_at(r, r->i), "at"))
        return BAL_OK;
    return read_condition(r, e);
}

static bal_status read_edge(reader *r, bal_text key)
{
    bal_measure_event *e = r->event;
    if (!e)
        return wrong(r, "this needs 'when', 'trig' or 'targ' before it");
    if (e->has_edge)
        return wrong(r, "only one of rise=, fall= and cross= can be given");
    e->has_edge = true;
    e->edge = bal_text_is(key, "rise") ? 1.0 : bal_text_is(key, "fall") ? -1.0 : 0.0;
    r->i += 2;
    if (bal_text_is(word_at(r, r->i), "last")) {
        e->n = -1.0;
        r->i++;
        return BAL_OK;
    }
    bal_dd n = {0.0, 0.0};
    if (r->i >= r->card->n_tokens)
        return wrong(r, "expected a number or 'last' after this");
    const bal_status status = bal_circuit_real(r->s->circuit, &r->card->tokens[r->i], &n);
    if (status != BAL_OK)
        return status;
    e->n = bal_dd_double(n);
    if (e->n == 0.0 || e->n != floor(e->n) || fabs(e->n) > 1e9)
        return wrong(r, "crossings are counted 1, 2, ... or -1, -2, ... from the end");
    r->i++;
    return BAL_OK;
}

/* output=freq of Xyce turns min into min_at. */
static bal_status read_output(reader *r)
{
    r->i += 2;
    const bal_text word = word_at(r, r->i);
    if (bal_text_is(word, "freq") && r->m->kind == BAL_MEASURE_MIN)
        r->m->kind = BAL_MEASURE_MIN_AT;
    else if (bal_text_is(word, "freq") && r->m->kind == BAL_MEASURE_MAX)
        r->m->kind = BAL_MEASURE_MAX_AT;
    else if (!bal_text_is(word, "value"))
        return wrong(r, "expected value, or freq with min and max");
    r->i++;
    return BAL_OK;
}

/* Where the value of a key goes; NULL when the key has no place here. */
static bal_span *place_of(reader *r, bal_text key)
{
    bal_measure_card *m = r->m;
    const bool point = r->event && r->event != &m->when;
    if (bal_text_is(key, "at"))
        return point ? &r->event->at : &m->at;
    if (bal_text_is(key, "val"))
        return r->event && !r->event->level.source ? &r->event->level : NULL;
    if (bal_text_is(key, "td"))
        return r->event ? &r->event->td : &m->from;
    if (bal_text_is(key, "from"))
        return &m->from;
    if (bal_text_is(key, "to"))
        return &m->to;
    if (bal_text_is(key, "default_val"))
        return &m->fallback;
    return &m->minval;
}

static bal_status read_key(reader *r)
{
    const bal_text key = word_at(r, r->i);
    if (bal_text_is(key, "rise") || bal_text_is(key, "fall") || bal_text_is(key, "cross"))
        return read_edge(r, key);
    if (bal_text_is(key, "output"))
        return read_output(r);
    bal_span ignored = {0};
    bal_span *place = IS_ANY(key, idle_keys) ? &ignored : place_of(r, key);
    if (!place)
        return wrong(r, "this has no meaning here");
    if (place->source)
        return wrong(r, "this is given twice");
    r->i++;
    (void)take_equals(r); /* LTspice: at 1k */
    return collect(r, "expected a value after this", place);
}

static bal_status read_rest(reader *r)
{
    bal_status status = BAL_OK;
    while (status == BAL_OK && r->i < r->card->n_tokens) {
        if (IS_ANY(word_at(r, r->i), clauses))
            status = read_clause(r);
        else if (is_key(r, r->i) || bal_text_is(word_at(r, r->i), "at"))
            status = read_key(r);
        else
            status = wrong(r, "this has no meaning here");
    }
    return status;
}

#define WINDOW "[from=<f>] [to=<f>]"
#define EDGE "<y>=<level> [rise|fall|cross=<n>|last]"
#define POINT "at=<f>|when " EDGE
#define EVENT "at=<f>|" EDGE

static const struct {
    const char *word;
    bal_measure_kind kind;
    const char *usage;
} functions[] = {
    {"find", BAL_MEASURE_FIND, "find <x> " POINT},
    {"when", BAL_MEASURE_WHEN, "when " EDGE " " WINDOW},
    {"trig", BAL_MEASURE_DISTANCE, "trig " EVENT " targ " EVENT},
    {"deriv", BAL_MEASURE_DERIV, "deriv <x> " POINT},
    {"derivative", BAL_MEASURE_DERIV, "deriv <x> " POINT},
    {"param", BAL_MEASURE_PARAM, "param=<expression>"},
    {"eqn", BAL_MEASURE_PARAM, "eqn <expression>"},
    {"equation", BAL_MEASURE_PARAM, "eqn <expression>"},
    {"avg", BAL_MEASURE_AVG, "avg <x> " WINDOW},
    {"min", BAL_MEASURE_MIN, "min <x> " WINDOW},
    {"max", BAL_MEASURE_MAX, "max <x> " WINDOW},
    {"pp", BAL_MEASURE_PP, "pp <x> " WINDOW},
    {"rms", BAL_MEASURE_RMS, "rms <x> " WINDOW},
    {"integ", BAL_MEASURE_INTEG, "integ <x> " WINDOW},
    {"integral", BAL_MEASURE_INTEG, "integ <x> " WINDOW},
    {"min_at", BAL_MEASURE_MIN_AT, "min_at <x> " WINDOW},
    {"max_at", BAL_MEASURE_MAX_AT, "max_at <x> " WINDOW},
    {"err", BAL_MEASURE_ERR, "err <x> <y> [minval=<v>] " WINDOW},
    {"err1", BAL_MEASURE_ERR, "err1 <x> <y> [minval=<v>] " WINDOW},
    {"err2", BAL_MEASURE_ERR2, "err2 <x> <y> [minval=<v>] " WINDOW},
};

static bal_status unknown_function(const reader *r)
{
    const bal_text word = word_at(r, r->i);
    if (bal_text_is(word, "error"))
        return wrong(r, "a file is compared by '.data NAME file=' and err1 <x> NAME.column; "
                        "'error' is not read");
    bal_nearest nearest;
    bal_nearest_init(&nearest, word);
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
        bal_nearest_offer(&nearest, bal_text_of(functions[i].word));
    const bal_text best = bal_nearest_get(&nearest);
    if (best.n == 0)
        return wrong(r, "expected what to measure here");
    return bal_report(r->s->diag, BAL_D_ANALYSIS_SYNTAX, r->card->tokens[r->i].span,
                      "nothing is measured by '%s'; did you mean '%s'?", BAL_SHOW(word),
                      BAL_SHOW(best));
}

/* The two quantities of err are single words. */
static bal_status read_pair(reader *r)
{
    bal_span *const places[2] = {&r->m->x, &r->m->y};
    for (int k = 0; k < 2; k++) {
        if (r->i >= r->card->n_tokens || ends_text(r, r->i))
            return wrong(r, "expected two quantities after 'err'");
        *places[k] = r->card->tokens[r->i++].span;
    }
    return BAL_OK;
}

static bal_status read_body(reader *r)
{
    const bal_text word = word_at(r, r->i);
    size_t k = 0;
    while (k < sizeof functions / sizeof functions[0] && !bal_text_is(word, functions[k].word))
        k++;
    if (k == sizeof functions / sizeof functions[0])
        return unknown_function(r);
    const char *usage = bal_arena_format(r->s->arena, ".meas ac NAME %s", functions[k].usage);
    if (!usage)
        return BAL_E_NOMEM;
    r->s->usage = usage;
    r->m->kind = functions[k].kind;
    if (r->m->kind == BAL_MEASURE_WHEN || r->m->kind == BAL_MEASURE_DISTANCE)
        return read_rest(r);
    r->i++;
    bal_status status = BAL_OK;
    if (r->m->kind == BAL_MEASURE_ERR || r->m->kind == BAL_MEASURE_ERR2) {
        status = read_pair(r);
    } else {
        (void)take_equals(r); /* param = 'x' */
        status = collect(r, "expected what to measure here", &r->m->x);
    }
    return status == BAL_OK ? read_rest(r) : status;
}

/* What each kind cannot do without, or with. */
static bal_status check(const reader *r)
{
    const bal_measure_card *m = r->m;
    const bool point = m->kind == BAL_MEASURE_FIND || m->kind == BAL_MEASURE_DERIV;
    const bool when = m->when.word.source != NULL;
    if (point && when == (m->at.source != NULL))
        return bal_study_usage(r->s, m->name, "expected either at= or when");
    if (!point && m->at.source)
        return bal_study_usage(r->s, m->at, "at= has no meaning here");
    if (when && !m->when.level.source)
        return bal_study_usage(r->s, m->when.x, "expected '=' and a level after this");
    if (m->kind == BAL_MEASURE_DISTANCE && !m->targ.word.source)
        return bal_study_usage(r->s, m->trig.word, "expected 'targ' after 'trig'");
    const bal_measure_event *const ends[2] = {&m->trig, &m->targ};
    for (int k = 0; k < 2; k++)
        if (ends[k]->word.source && !ends[k]->at.source && !ends[k]->level.source)
            return bal_study_usage(r->s, ends[k]->word, "expected a level: '=' or val=");
    return BAL_OK;
}

/* Kinds of analysis that a card may name; one without belongs to this one. */
static bal_status read_type(reader *r, bool *other)
{
    static const char *const others[] = {"tran", "dc",        "noise",      "sp",      "op",
                                         "tf",   "tran_cont", "noise_cont", "dc_cont", "ft"};
    const bal_text word = word_at(r, r->i);
    *other = IS_ANY(word, others);
    if (bal_text_is(word, "ac_cont"))
        return bal_report(r->s->diag, BAL_D_NOT_COMPUTED, r->card->tokens[r->i].span,
                          "'ac_cont', every crossing at once, is not computed: 'ac' with rise=, "
                          "fall= or cross= gives one");
    r->i += bal_text_is(word, "ac");
    if (!*other)
        return BAL_OK;
    return bal_report(r->s->diag, BAL_D_IGNORED_CARD, r->card->tokens[0].span,
                      "'.meas %s' measures another analysis and is ignored", BAL_SHOW(word));
}

bal_status bal_measure_read(bal_study *s, const bal_card *card, bal_measure_card *m, bool *other)
{
    reader r = {.s = s, .card = card, .i = 1, .m = m};
    s->usage = ".meas ac NAME find|when|deriv|trig|avg|min|max|pp|rms|integ|min_at|max_at|param|"
               "err1|err2 ...";
    bal_status status = read_type(&r, other);
    if (status != BAL_OK || *other)
        return status;
    if (r.i >= card->n_tokens || card->tokens[r.i].kind == BAL_TOKEN_EQUALS)
        return wrong(&r, "expected a name for the result here");
    m->name = card->tokens[r.i].span;
    m->label = bal_study_label(s, m->name);
    r.i++;
    if (!m->label)
        return BAL_E_NOMEM;
    if (r.i >= card->n_tokens)
        return wrong(&r, "expected what to measure after this");
    status = read_body(&r);
    return status == BAL_OK ? check(&r) : status;
}
