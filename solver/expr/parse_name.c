/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Names: variables, constants, calls. A name followed by '(' is, in this order, a .func of the
 * deck, a probe (v, i, ...: its arguments are raw text), or a row of functions.def.
 */
#include "parser.h"

#include <stdio.h>
#include <string.h>

#include "alloc.h"

static const struct {
    const char *name;
    double value;
} constants[] = {
    /* SI 2019, exact; kelvin is 0 K in degrees Celsius, as in ngspice */
    {"e", 2.71828182845904523536},
    {"boltz", 1.380649e-23},
    {"echarge", 1.602176634e-19},
    {"c", 299792458.0},
    {"kelvin", -273.15},
    {"planck", 6.62607015e-34},
    {"k", 1.380649e-23}, /* as LTspice calls them */
    {"q", 1.602176634e-19},
    {"true", 1.0},
    {"yes", 1.0},
    {"false", 0.0},
    {"no", 0.0},
};

static const struct {
    const char *name;
    bal_node_kind kind;
} variables[] = {
    {"freq", BAL_NODE_FREQUENCY},     {"hertz", BAL_NODE_FREQUENCY}, {"w", BAL_NODE_OMEGA},
    {"omega", BAL_NODE_OMEGA},        {"s", BAL_NODE_LAPLACE},       {"temp", BAL_NODE_TEMPERATURE},
    {"temper", BAL_NODE_TEMPERATURE},
};

/* A name of the language itself; NULL with status BAL_OK when it is none. */
static const bal_node *built_in(bal_parser *p, bal_text name, bal_span at)
{
    if (bal_text_is(name, "pi"))
        return bal_node_constant(p->build, (bal_ddc){BAL_DD_PI, {0.0, 0.0}}, at);
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
        const bal_node_kind kind = variables[i].kind;
        if (bal_text_is(name, variables[i].name))
            return bal_node_leaf(p->build, kind, kind == BAL_NODE_LAPLACE ? BAL_COMPLEX : BAL_REAL,
                                 at);
    }
    for (size_t i = 0; i < sizeof constants / sizeof constants[0]; i++)
        if (bal_text_is(name, constants[i].name))
            return bal_node_constant(p->build, bal_ddc_real(constants[i].value), at);
    return NULL;
}

static bool is_built_in(bal_text name)
{
    bool found = bal_text_is(name, "pi");
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++)
        found |= bal_text_is(name, variables[i].name);
    for (size_t i = 0; i < sizeof constants / sizeof constants[0]; i++)
        found |= bal_text_is(name, constants[i].name);
    return found;
}

static const bal_node *unknown_name(bal_parser *p, bal_text name, bal_span at)
{
    bal_diag *diag = p->lexer.diag;
    const bal_function *f = bal_function_find(name);
    if (f)
        return bal_parser_fail(p, bal_report(diag, BAL_D_UNKNOWN_NAME, at,
                                             "'%s' is a function: write %s", f->name, f->usage));
    bal_nearest nearest;
    bal_nearest_init(&nearest, name);
    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++)
        bal_nearest_offer(&nearest, bal_text_of(variables[i].name));
    for (int i = 0; p->function && i < p->function->n_parameters; i++)
        bal_nearest_offer(&nearest, p->function->parameters[i]);
    if (p->names->offer)
        p->names->offer(p->names->user, &nearest);
    const bal_text near = bal_nearest_get(&nearest);
    if (near.n > 0)
        return bal_parser_fail(p, bal_report(diag, BAL_D_UNKNOWN_NAME, at,
                                             "unknown name '%s'; did you mean '%s'?",
                                             BAL_SHOW(name), BAL_SHOW(near)));
    return bal_parser_fail(
        p, bal_report(diag, BAL_D_UNKNOWN_NAME, at, "unknown name '%s'", BAL_SHOW(name)));
}

static const bal_node *variable(bal_parser *p, bal_text name, bal_span at)
{
    for (int i = 0; p->function && i < p->function->n_parameters; i++)
        if (bal_text_same(name, p->function->parameters[i]))
            return p->bound[i];
    bal_type type = BAL_REAL;
    const int id = p->names->variable ? p->names->variable(p->names->user, name, at, &type) : -1;
    if (id >= 0)
        return bal_node_variable(p->build, id, type, at);
    if (id < -1)
        return bal_parser_fail(p, id == -3 ? BAL_E_NOMEM : BAL_E_DECK);
    const bal_node *node = built_in(p, name, at);
    if (node || p->build->status != BAL_OK)
        return node;
    return unknown_name(p, name, at);
}

typedef struct arguments {
    const bal_node **nodes; /* heap */
    size_t capacity;
    int n;
} arguments;

static bool add_argument(bal_parser *p, arguments *a, const bal_node *node)
{
    if (!node)
        return false;
    const bal_node **grown =
        bal_grow((void *)a->nodes, &a->capacity, (size_t)a->n + 1, sizeof(const bal_node *));
    if (!grown) {
        bal_parser_fail(p, BAL_E_NOMEM);
        return false;
    }
    a->nodes = grown;
    a->nodes[a->n++] = node;
    return true;
}

/* Behind the '(' up to and with the ')'. */
static bool parse_arguments(bal_parser *p, bal_span open, arguments *a)
{
    bool more = bal_parser_next(p);
    if (more && bal_parser_is(p, ")"))
        return bal_parser_next(p);
    while (more) {
        if (!add_argument(p, a, bal_parse_expression(p)))
            return false;
        if (bal_parser_is(p, ")"))
            return bal_parser_next(p);
        if (!bal_parser_is(p, ",")) {
            bal_parser_expected(p, "',' or ')'");
            bal_note(p->lexer.diag, open, "to close this one");
            return false;
        }
        more = bal_parser_next(p);
    }
    return false;
}

static const bal_node *arity(bal_parser *p, const bal_function *f, int n, bal_span at)
{
    char count[32] = "";
    if (f->min_arguments == f->max_arguments)
        (void)snprintf(count, sizeof count, "%d", f->min_arguments);
    else
        (void)snprintf(count, sizeof count, "%d to %d", f->min_arguments, f->max_arguments);
    return bal_parser_fail(p, bal_report(p->lexer.diag, BAL_D_WRONG_ARGUMENTS, at,
                                         "'%s' takes %s argument%s and got %d: %s", f->name, count,
                                         f->max_arguments == 1 ? "" : "s", n, f->usage));
}

static const bal_node *unknown_function(bal_parser *p, bal_text name, bal_span at)
{
    bal_nearest nearest;
    bal_nearest_init(&nearest, name);
    bal_function_offer(&nearest);
    const bal_text near = bal_nearest_get(&nearest);
    if (near.n > 0)
        return bal_parser_fail(p, bal_report(p->lexer.diag, BAL_D_UNKNOWN_FUNCTION, at,
                                             "unknown function '%s'; did you mean '%s'?",
                                             BAL_SHOW(name), BAL_SHOW(near)));
    return bal_parser_fail(p, bal_report(p->lexer.diag, BAL_D_UNKNOWN_FUNCTION, at,
                                         "unknown function '%s'", BAL_SHOW(name)));
}

static const bal_node *table_call(bal_parser *p, bal_text name, bal_span at)
{
    const bal_function *f = bal_function_find(name);
    const bal_node *node = NULL;
    arguments a = {0};
    if (!f || !f->usage)
        return unknown_function(p, name, at);
    if (p->options->log_is_10 && bal_text_is(name, "log"))
        f = bal_function_find(bal_text_of("log10"));
    if (parse_arguments(p, p->token.span, &a)) {
        at.end = p->end;
        if (a.n < f->min_arguments || a.n > f->max_arguments)
            arity(p, f, a.n, at);
        else
            node = bal_node_call(p->build, f, a.nodes, a.n, at);
    }
    bal_free((void *)a.nodes);
    return node;
}

static const bal_node *inline_body(bal_parser *p, const bal_user_function *f,
                                   const bal_node *const bound[], bal_span at)
{
    const bal_text name = bal_span_text(at);
    if (p->calls >= BAL_EXPR_CALLS)
        return bal_parser_fail(
            p, bal_report(p->lexer.diag, BAL_D_CIRCULAR_PARAMETER, at,
                          "more than %d functions in each other: does '%s' call itself?",
                          BAL_EXPR_CALLS, BAL_SHOW(name)));
    bal_parser body = {.build = p->build,
                       .names = p->names,
                       .options = p->options,
                       .function = f,
                       .bound = bound,
                       .nesting = p->nesting,
                       .calls = p->calls + 1};
    bal_lexer_init(&body.lexer, f->body, p->lexer.diag);
    const bal_node *node = bal_parse_all(&body);
    if (!node && p->calls == 0)
        bal_note(p->lexer.diag, at, "in the function '%s' used here", BAL_SHOW(name));
    return node;
}

static const bal_node *user_call(bal_parser *p, const bal_user_function *f, bal_span at)
{
    const bal_node *node = NULL;
    arguments a = {0};
    const bool parsed = parse_arguments(p, p->token.span, &a);
    if (parsed && a.n == f->n_parameters)
        node = inline_body(p, f, a.nodes, at);
    else if (parsed)
        bal_parser_fail(p, bal_report(p->lexer.diag, BAL_D_WRONG_ARGUMENTS, at,
                                      "'%s' takes %d argument%s and got %d",
                                      BAL_SHOW(bal_span_text(at)), f->n_parameters,
                                      f->n_parameters == 1 ? "" : "s", a.n));
    bal_free((void *)a.nodes);
    return node;
}

typedef struct probe_head {
    const char *name;
    const char *probe;
    const char *wrapper; /* NULL: none */
} probe_head;

static const probe_head heads[] = {
    {"v", "v", NULL},       {"i", "i", NULL},   {"p", "p", NULL},   {"zin", "zin", NULL},
    {"gain", "gain", NULL}, {"vdb", "v", "db"}, {"vm", "v", "abs"}, {"vp", "v", "ph"},
    {"vr", "v", "re"},      {"vi", "v", "im"},  {"idb", "i", "db"}, {"ip", "i", "ph"},
    {"ir", "i", "re"},      {"ii", "i", "im"},
};

static const probe_head *probe_of(bal_text name)
{
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
        if (bal_text_is(name, heads[i].name))
            return &heads[i];
    return NULL;
}

enum { RAW_ARGUMENTS = 8 };

static const bal_node *probe_call(bal_parser *p, const probe_head *head, bal_span at)
{
    bal_span raw[RAW_ARGUMENTS];
    bal_type type = BAL_COMPLEX;
    int n = 0;
    bal_status status = bal_lexer_raw(&p->lexer, p->token.span, raw, RAW_ARGUMENTS, &n);
    if (status != BAL_OK)
        return bal_parser_fail(p, status);
    at.end = p->lexer.span.begin;
    if (n > RAW_ARGUMENTS)
        return bal_parser_fail(p, bal_report(p->lexer.diag, BAL_D_WRONG_ARGUMENTS, at,
                                             "'%s' with %d arguments", head->name, n));
    const int id = p->names->probe(p->names->user, head->probe, raw, n, at, &type);
    if (id == -1)
        return bal_parser_fail(p, bal_report(p->lexer.diag, BAL_D_UNKNOWN_NAME, at,
                                             "nothing in the circuit answers '%s'",
                                             BAL_SHOW(bal_span_text(at))));
    if (id < 0)
        return bal_parser_fail(p, id == -3 ? BAL_E_NOMEM : BAL_E_DECK);
    const bal_node *node = bal_node_variable(p->build, id, type, at);
    if (node && head->wrapper)
        node = bal_node_call(p->build, bal_function_find(bal_text_of(head->wrapper)), &node, 1, at);
    p->token.span = (bal_span){at.source, at.end - 1, at.end};
    return node && bal_parser_next(p) ? node : NULL;
}

/* How many arguments follow, and the text of the first; -1 if they are malformed. */
static int arguments_ahead(const bal_parser *p, bal_span *first)
{
    bal_diag silent = {0};
    bal_lexer ahead = p->lexer;
    int n = 0;
    *first = p->token.span;
    ahead.diag = &silent;
    if (bal_lexer_raw(&ahead, p->token.span, first, 1, &n) != BAL_OK)
        return -1;
    return n == 1 && first->begin == first->end ? 0 : n;
}

/* The .func of that name for as many arguments as follow, or NULL. */
static const bal_user_function *user_function(const bal_parser *p, bal_text name)
{
    bal_span first;
    const int n = p->names->function ? arguments_ahead(p, &first) : -1;
    return n >= 0 ? p->names->function(p->names->user, name, n) : NULL;
}

/* im(V1): SPICE2's magnitude of a current, where the argument is one name and no variable. */
static bool is_current(const bal_parser *p, bal_text name)
{
    bal_span first;
    bal_type type = BAL_REAL;
    if (!bal_text_is(name, "im") || p->function || !p->names->probe || !p->names->variable ||
        arguments_ahead(p, &first) != 1 || is_built_in(bal_span_text(first)))
        return false;
    const bal_text word = bal_span_text(first);
    if (bal_lower(word.p[0]) < 'a' || bal_lower(word.p[0]) > 'z')
        return false;
    for (size_t i = 0; i < word.n; i++)
        if (strchr("()+-*/^ {}<>=!&|?:@#", word.p[i]))
            return false;
    return p->names->variable(p->names->user, word, first, &type) == -1;
}

const bal_node *bal_parse_name(bal_parser *parser)
{
    const bal_span at = parser->token.span;
    const bal_text name = bal_span_text(at);
    if (!bal_parser_next(parser))
        return NULL;
    if (!bal_parser_is(parser, "("))
        return variable(parser, name, at);
    const bal_user_function *f = user_function(parser, name);
    if (f)
        return user_call(parser, f, at);
    static const probe_head magnitude = {"im", "i", "abs"};
    const probe_head *head = is_current(parser, name) ? &magnitude : probe_of(name);
    if (head && parser->names->probe)
        return probe_call(parser, head, at);
    if (head && !bal_function_find(name))
        return bal_parser_fail(parser,
                               bal_report(parser->lexer.diag, BAL_D_UNKNOWN_FUNCTION, at,
                                          "'%s(...)' of the circuit has no value in this place",
                                          BAL_SHOW(name)));
    return table_call(parser, name, at);
}
