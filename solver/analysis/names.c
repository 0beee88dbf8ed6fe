/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What names mean in control cards: v(a,b), i(V1), p(R1), zin(V1), gain(v(o),V1), NAME.what,
 * parameters. */
#include <string.h>

#include "study.h"

/* Bytes of the quoted name at the beginning of the text, quotes included; 0 for none. */
static size_t quoted_length(bal_text text)
{
    const char *close = text.p[0] == '"' && text.n > 1 ? memchr(text.p + 1, '"', text.n - 1) : NULL;
    return close ? (size_t)(close - text.p) + 1 : 0;
}

/* Around "/in" the quotes go; "a,b" and "net 1" need them. */
static bool needs_quotes(bal_text quoted)
{
    return memchr(quoted.p, ',', quoted.n) || memchr(quoted.p, ' ', quoted.n);
}

const char *bal_study_label(bal_study *s, bal_span span)
{
    const bal_text text = bal_span_text(span);
    char *label = bal_arena_alloc(s->arena, text.n + 1, 1);
    size_t n = 0;
    size_t kept = 0; /* behind the quoted name that is copied as it is */
    for (size_t i = 0; label && i < text.n; i++) {
        const bal_text rest = {text.p + i, text.n - i};
        const size_t quoted = i < kept ? 0 : quoted_length(rest);
        if (quoted > 0 && needs_quotes((bal_text){rest.p, quoted}))
            kept = i + quoted;
        const bool dropped = strchr(" \t\n\"", text.p[i]) != NULL;
        if (i < kept || !dropped)
            label[n++] = bal_lower(text.p[i]);
    }
    return label;
}

bal_status bal_study_find_node(bal_study *s, bal_span name, int *node)
{
    const bal_text text = bal_span_text(name);
    *node = bal_circuit_find_node(s->circuit, text);
    if (*node < 0 && text.n > 2 && text.p[0] == '[' && text.p[text.n - 1] == ']') /* PSpice */
        *node = bal_circuit_find_node(s->circuit, (bal_text){text.p + 1, text.n - 2});
    if (*node >= 0)
        return BAL_OK;
    bal_nearest nearest;
    bal_nearest_init(&nearest, text);
    bal_circuit_offer_nodes(s->circuit, &nearest);
    const bal_text best = bal_nearest_get(&nearest);
    return bal_report(s->diag, BAL_D_UNKNOWN_NODE, name, "no node '%s'%s%s%s", BAL_SHOW(text),
                      best.n ? "; did you mean '" : "", best.n ? BAL_SHOW(best) : "",
                      best.n ? "'?" : "");
}

bal_status bal_study_find_device(bal_study *s, bal_span name, ptrdiff_t *device)
{
    bal_text text = bal_span_text(name);
    const char *branch = memchr(text.p, '#', text.n); /* ngspice: v.x1.v7#branch */
    if (branch)
        text.n = (size_t)(branch - text.p);
    *device = bal_circuit_find_device(s->circuit, text);
    if (*device >= 0)
        return BAL_OK;
    bal_nearest nearest;
    bal_nearest_init(&nearest, text);
    bal_circuit_offer_devices(s->circuit, &nearest);
    const bal_text best = bal_nearest_get(&nearest);
    return bal_report(s->diag, BAL_D_UNKNOWN_REFERENCE, name, "no element '%s'%s%s%s",
                      BAL_SHOW(text), best.n ? "; did you mean '" : "",
                      best.n ? BAL_SHOW(best) : "", best.n ? "'?" : "");
}

static bal_status voltage_term(bal_study *s, const bal_span arguments[], int n, bal_span at,
                               bal_response_term *term)
{
    *term = (bal_response_term){0, 0, -1, {1.0, 0.0}};
    if (n < 1 || n > 2)
        return bal_report(s->diag, BAL_D_WRONG_ARGUMENTS, at, "expected v(node) or v(node,node)");
    bal_status status = bal_study_find_node(s, arguments[0], &term->a);
    if (status == BAL_OK && n == 2)
        status = bal_study_find_node(s, arguments[1], &term->b);
    if (status == BAL_OK)
        s->demands = true;
    return status;
}

static bal_status current_term(bal_study *s, const bal_span arguments[], int n, bal_span at,
                               bal_response_term *term)
{
    *term = (bal_response_term){0, 0, -1, {1.0, 0.0}};
    if (n != 1)
        return bal_report(s->diag, BAL_D_WRONG_ARGUMENTS, at, "expected i(element)");
    const bal_status status = bal_study_find_device(s, arguments[0], &term->device);
    if (status != BAL_OK)
        return status;
    const bal_device *dev = bal_circuit_devices(s->circuit)[term->device];
    if (!dev->ops->current && dev->ops->n_branches == 0 && !dev->ops->branches)
        return bal_report(s->diag, BAL_D_WRONG_REFERENCE, arguments[0],
                          "the current of a %s cannot be asked for; put a 0 V source in series",
                          dev->ops->name);
    s->demands = true;
    return BAL_OK;
}

/* The text of an argument may itself be v(..) or i(..): gain(v(o),V1). */
static bal_status unit_source(bal_study *s, bal_span name, bal_ddc amplitude[], ptrdiff_t *device)
{
    const bal_status status = bal_study_find_device(s, name, device);
    if (status != BAL_OK)
        return status;
    const bal_device *dev = bal_circuit_devices(s->circuit)[*device];
    if (!dev->ops->is_source)
        return bal_report(s->diag, BAL_D_WRONG_REFERENCE, name,
                          "'%.*s' is not an independent source", (int)dev->name.n, dev->name.p);
    memset(amplitude, 0, (size_t)bal_circuit_n_sources(s->circuit) * sizeof *amplitude);
    amplitude[dev->source] = bal_ddc_real(1.0);
    return BAL_OK;
}

static bal_status declare(bal_study *s, int excitation, const bal_response_term *term,
                          const char *unit, int *vector)
{
    int response = -1;
    const bal_status status = bal_study_response(s, term, 1, &response);
    if (status != BAL_OK)
        return status;
    const bal_primary_request q = {BAL_DECK_SYSTEM, excitation, response, NULL, unit};
    return bal_study_primary(s, &q, vector);
}

static bal_status hidden(bal_study *s, const char *function, const int arguments[], int n,
                         int *vector)
{
    const bal_expr *parts[2] = {NULL, NULL};
    for (int i = 0; i < n; i++) {
        parts[i] = bal_expr_variable(s->arena, arguments[i], BAL_COMPLEX);
        if (!parts[i])
            return BAL_E_NOMEM;
    }
    const bal_expr *expr = bal_expr_call(s->arena, function, parts, n);
    if (!expr)
        return BAL_E_NOMEM;
    const bal_derived_request q = {NULL, "", expr, -1};
    return bal_study_derived(s, &q, vector);
}

/* Complex power into the element: v conj(i), RMS values. */
static bal_status power(bal_study *s, const bal_span arguments[], int n, bal_span at, int *vector)
{
    bal_response_term current;
    bal_status status = current_term(s, arguments, n, at, &current);
    if (status != BAL_OK)
        return status;
    const bal_device *dev = bal_circuit_devices(s->circuit)[current.device];
    const bal_response_term voltage = {dev->nodes[0], dev->nodes[1], -1, {1.0, 0.0}};
    int parts[2] = {0, 0};
    status = declare(s, BAL_DECK_EXCITATION, &voltage, "V", &parts[0]);
    if (status == BAL_OK)
        status = declare(s, BAL_DECK_EXCITATION, &current, "A", &parts[1]);
    if (status == BAL_OK)
        status = hidden(s, "conj", &parts[1], 1, &parts[1]);
    return status == BAL_OK ? hidden(s, "*", parts, 2, vector) : status;
}

/* Impedance that a source sees, the others at 0: v/i at its terminals. */
static bal_status input_impedance(bal_study *s, const bal_span arguments[], int n, bal_span at,
                                  bal_ddc amplitude[], int *vector)
{
    ptrdiff_t device = -1;
    if (n != 1)
        return bal_report(s->diag, BAL_D_WRONG_ARGUMENTS, at, "expected zin(source)");
    bal_status status = unit_source(s, arguments[0], amplitude, &device);
    int excitation = -1;
    if (status == BAL_OK)
        status = bal_study_excitation(s, amplitude, &excitation);
    if (status != BAL_OK)
        return status;
    const bal_device *dev = bal_circuit_devices(s->circuit)[device];
    s->demands = true;
    const bal_response_term voltage = {dev->nodes[1], dev->nodes[0], -1, {1.0, 0.0}};
    if (bal_lower(dev->ops->letter) == 'i')
        return declare(s, excitation, &voltage, "ohm", vector);
    const bal_response_term current = {0, 0, device, {1.0, 0.0}};
    int parts[2] = {0, 0};
    status = declare(s, excitation, &voltage, "V", &parts[0]);
    if (status == BAL_OK)
        status = declare(s, excitation, &current, "A", &parts[1]);
    return status == BAL_OK ? hidden(s, "/", parts, 2, vector) : status;
}

static bal_status gain(bal_study *s, const bal_span arguments[], int n, bal_span at,
                       bal_ddc amplitude[], int *vector)
{
    ptrdiff_t device = -1;
    if (n != 2)
        return bal_report(s->diag, BAL_D_WRONG_ARGUMENTS, at, "expected gain(output, source)");
    bal_status status = unit_source(s, arguments[1], amplitude, &device);
    int excitation = -1;
    int response = -1;
    const char *unit = "";
    if (status == BAL_OK)
        status = bal_study_excitation(s, amplitude, &excitation);
    if (status == BAL_OK)
        status = bal_study_linear(s, arguments[0], &response, &unit);
    const bal_primary_request q = {BAL_DECK_SYSTEM, excitation, response, NULL, ""};
    return status == BAL_OK ? bal_study_primary(s, &q, vector) : status;
}

static bal_status resolve_probe(bal_study *s, const char *function, const bal_span arguments[],
                                int n, bal_span at, int *vector)
{
    const size_t n_sources = (size_t)bal_circuit_n_sources(s->circuit);
    bal_response_term term;
    bal_status status = BAL_OK;
    if (strcmp(function, "v") == 0) {
        status = voltage_term(s, arguments, n, at, &term);
        return status == BAL_OK ? declare(s, BAL_DECK_EXCITATION, &term, "V", vector) : status;
    }
    if (strcmp(function, "i") == 0) {
        status = current_term(s, arguments, n, at, &term);
        return status == BAL_OK ? declare(s, BAL_DECK_EXCITATION, &term, "A", vector) : status;
    }
    if (strcmp(function, "p") == 0)
        return power(s, arguments, n, at, vector);
    bal_ddc *amplitude = bal_arena_alloc(s->arena, n_sources + 1, sizeof *amplitude);
    if (!amplitude)
        return BAL_E_NOMEM;
    if (strcmp(function, "zin") == 0)
        return input_impedance(s, arguments, n, at, amplitude, vector);
    return gain(s, arguments, n, at, amplitude, vector);
}

static int probe(void *user, const char *function, const bal_span *arguments, int n, bal_span at,
                 bal_type *type)
{
    int vector = -1;
    *type = BAL_COMPLEX;
    const bal_status status = resolve_probe(user, function, arguments, n, at, &vector);
    return status == BAL_OK ? vector : status == BAL_E_NOMEM ? -3 : -2;
}

/* ngspice's @r1[i], @r.x1.r3[p] and v.x1.v7#branch; -1 when the name is none of these. */
static int device_variable(bal_study *s, bal_text name, bal_span at, bal_type *type)
{
    const char *hash = memchr(name.p, '#', name.n);
    const bool branch =
        hash && bal_text_is((bal_text){hash, name.n - (size_t)(hash - name.p)}, "#branch");
    const char *open = name.p[0] == '@' ? memchr(name.p, '[', name.n) : NULL;
    const bool current = branch || (open && bal_lower(open[1]) == 'i' && open[2] == ']');
    const bool watts = open && bal_lower(open[1]) == 'p' && open[2] == ']';
    if (!current && !watts)
        return -1;
    bal_span device = at;
    device.begin += open != NULL;
    device.end = at.begin + (uint32_t)((open ? open : hash) - name.p);
    int vector = -1;
    *type = BAL_COMPLEX;
    const bal_status status = resolve_probe(s, current ? "i" : "p", &device, 1, at, &vector);
    return status == BAL_OK ? vector : status == BAL_E_NOMEM ? -3 : -2;
}

static int variable(void *user, bal_text name, bal_span at, bal_type *type)
{
    bal_study *s = user;
    const int vector = bal_vectors_find(&s->vectors, name);
    if (vector >= 0) {
        *type = s->vectors.defs[vector].type;
        return vector;
    }
    const int measure = bal_measure_find(s, name);
    *type = measure >= 0 ? bal_expr_type(s->measures[measure].expr) : BAL_REAL;
    if (measure >= 0)
        return BAL_LATE_BASE + measure;
    const int parameter = bal_circuit_find_parameter(s->circuit, name);
    return parameter >= 0 ? BAL_PARAMETER_BASE + parameter : device_variable(s, name, at, type);
}

static const bal_user_function *function(void *user, bal_text name, int n)
{
    const bal_study *s = user;
    return bal_circuit_function(s->circuit, name, n);
}

static void offer(void *user, bal_nearest *nearest)
{
    const bal_study *s = user;
    bal_vectors_offer(&s->vectors, nearest);
    for (size_t i = 0; i < s->n_measures; i++)
        bal_nearest_offer(nearest, bal_text_of(s->measures[i].name));
    bal_circuit_offer_parameters(s->circuit, nearest);
}

bal_status bal_study_compile(bal_study *s, bal_span text, const bal_expr **out)
{
    const bal_names names = {s, variable, probe, function, offer};
    return bal_expr_compile(text, &names, &bal_circuit_option(s->circuit)->expr, s->arena, s->diag,
                            out);
}

/* Names of a linear form: its variables are terms or sources, counted here. */
typedef struct linear {
    bal_study *s;
    bal_response_term *terms; /* of v() and i() */
    int n_terms;
    int capacity;
    const char *unit;
    bal_status status;
} linear;

static int linear_probe(void *user, const char *name, const bal_span *arguments, int n, bal_span at,
                        bal_type *type)
{
    linear *l = user;
    *type = BAL_COMPLEX;
    if (l->n_terms == l->capacity)
        return -1;
    bal_response_term *term = &l->terms[l->n_terms];
    const bool is_voltage = strcmp(name, "v") == 0;
    if (!is_voltage && strcmp(name, "i") != 0)
        return -1;
    const bal_status status = is_voltage ? voltage_term(l->s, arguments, n, at, term)
                                         : current_term(l->s, arguments, n, at, term);
    l->unit = is_voltage ? "V" : "A";
    return status == BAL_OK ? l->n_terms++ : status == BAL_E_NOMEM ? -3 : -2;
}

static int linear_parameter(void *user, bal_text name, bal_span at, bal_type *type)
{
    const linear *l = user;
    (void)at;
    *type = BAL_REAL;
    const int parameter = bal_circuit_find_parameter(l->s->circuit, name);
    return parameter >= 0 ? BAL_PARAMETER_BASE + parameter : -1;
}

static int source_variable(void *user, bal_text name, bal_span at, bal_type *type)
{
    const linear *l = user;
    *type = BAL_COMPLEX;
    const ptrdiff_t found = bal_circuit_find_device(l->s->circuit, name);
    if (found < 0)
        return linear_parameter(user, name, at, type);
    const bal_device *dev = bal_circuit_devices(l->s->circuit)[found];
    if (dev->ops->is_source)
        return dev->source;
    (void)bal_report(l->s->diag, BAL_D_WRONG_REFERENCE, at, "'%s' is not an independent source",
                     BAL_SHOW(name));
    return -2;
}

static void offer_sources(void *user, bal_nearest *nearest)
{
    const linear *l = user;
    const bal_device *const *devices = bal_circuit_devices(l->s->circuit);
    for (size_t i = 0; i < bal_circuit_n_devices(l->s->circuit); i++)
        if (devices[i]->ops->is_source)
            bal_nearest_offer(nearest, devices[i]->name);
}

static bal_status linear_value(void *user, int id, bal_ddc *out)
{
    const linear *l = user;
    *out = bal_ddc_real(0.0);
    if (id >= BAL_PARAMETER_BASE)
        *out = bal_ddc_of(bal_circuit_parameter(l->s->circuit, id - BAL_PARAMETER_BASE),
                          bal_dd_of(0.0));
    return BAL_OK;
}

/* coefficient[id] of every variable of a linear expression. */
static bal_status coefficients(linear *l, const bal_expr *expr, bal_ddc coefficient[])
{
    int n = 0;
    const int *ids = bal_expr_variables(expr, &n);
    const bal_env env = {.user = l, .value = linear_value};
    if (!bal_expr_is_linear(expr))
        return bal_report(l->s->diag, BAL_D_NOT_LINEAR, bal_expr_span(expr),
                          "expected a sum of constants times voltages, currents or sources");
    for (int i = 0; i < n; i++) {
        bal_ddc value;
        if (ids[i] >= BAL_PARAMETER_BASE)
            continue;
        const bal_status status =
            bal_expr_derivative(expr, &env, ids[i], &value, &coefficient[ids[i]]);
        if (status != BAL_OK)
            return status;
    }
    return BAL_OK;
}

static size_t count_calls(bal_text text)
{
    size_t n = 1;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '(';
    return n;
}

bal_status bal_study_linear(bal_study *s, bal_span text, int *response, const char **unit)
{
    const size_t most = count_calls(bal_span_text(text));
    linear l = {.s = s, .capacity = (int)most, .unit = ""};
    l.terms = bal_arena_alloc(s->arena, most, sizeof *l.terms);
    bal_ddc *coefficient = bal_arena_alloc(s->arena, most, sizeof *coefficient);
    if (!l.terms || !coefficient)
        return BAL_E_NOMEM;
    const bal_names plain = {&l, linear_parameter, linear_probe, NULL, NULL};
    const bal_expr *expr = NULL;
    bal_status status = bal_expr_compile(text, &plain, NULL, s->arena, s->diag, &expr);
    if (status == BAL_OK)
        status = coefficients(&l, expr, coefficient);
    if (status != BAL_OK)
        return status;
    for (int i = 0; i < l.n_terms; i++)
        l.terms[i].factor = coefficient[i].re;
    *unit = l.unit;
    return bal_study_response(s, l.terms, l.n_terms, response);
}

bal_status bal_study_sources(bal_study *s, bal_span text, bal_ddc amplitude[])
{
    linear l = {.s = s};
    const size_t n = (size_t)bal_circuit_n_sources(s->circuit);
    memset(amplitude, 0, n * sizeof *amplitude);
    const bal_names names = {&l, source_variable, NULL, NULL, offer_sources};
    const bal_expr *expr = NULL;
    const bal_status status = bal_expr_compile(text, &names, NULL, s->arena, s->diag, &expr);
    return status == BAL_OK ? coefficients(&l, expr, amplitude) : status;
}
