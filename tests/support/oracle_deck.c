/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines to a flat list of elements: parameters, models, subcircuits expanded by recursion. A copy
 * count m of an instance scales every admittance and every current inside it. */
#include "oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What one body of lines is expanded with. */
struct place {
    struct orc_circuit *circuit;
    const struct orc_lines *lines;
    struct orc_scope *scope;
    const char *prefix; /* "x1.x2." */
    const struct orc_lines *formal, *actual;
    const struct orc_lines *global;
    orc_real copies, temperature;
    int depth;
};

static const orc_real tnom = 27;

static bool is(const char *line, const char *key)
{
    size_t n = strlen(key);
    return !strncmp(line, key, n) && (!line[n] || strchr(" \t=", line[n]));
}

static bool has(const struct orc_lines *words, const char *word)
{
    for (size_t i = 0; i < words->n; i++)
        if (!strcmp(words->at[i], word))
            return true;
    return false;
}

/* The text behind "key=" from word `from` on, or NULL. */
static const char *keyed(const struct orc_lines *words, size_t from, const char *key)
{
    size_t n = strlen(key);
    for (size_t i = from; i < words->n; i++)
        if (!strncmp(words->at[i], key, n) && words->at[i][n] == '=')
            return words->at[i] + n + 1;
    return NULL;
}

static orc_real keyed_value(struct orc_scope *scope, const struct orc_lines *words, const char *key,
                            orc_real fallback)
{
    const char *text = keyed(words, 1, key);
    return text ? orc_value(scope, text) : fallback;
}

static void define_word(struct orc_scope *scope, const char *word, struct orc_scope *home)
{
    const char *equals = strchr(word, '=');
    if (!equals)
        orc_die("no '=' in a parameter", word);
    orc_define(scope, orc_copy(scope->arena, word, (size_t)(equals - word)), equals + 1, home);
}

static void take_func(struct orc_scope *scope, const char *line)
{
    const char *open = strchr(line, '('), *close = strchr(line, ')');
    const char *name = line + strlen(".func") + strspn(line + strlen(".func"), " \t");
    if (!open || !close)
        orc_die(".func", line);
    struct orc_func *func = orc_alloc(scope->arena, sizeof *func);
    func->name = orc_copy(scope->arena, name, strcspn(name, " \t("));
    func->args =
        orc_words(scope->arena, orc_copy(scope->arena, open + 1, (size_t)(close - open - 1)));
    const char *body = close + 1 + strspn(close + 1, " \t=");
    size_t n = strlen(body);
    bool braces = n > 1 && (*body == '{' || *body == '\'');
    func->body = braces ? orc_copy(scope->arena, body + 1, n - 2) : body;
    func->next = scope->funcs;
    scope->funcs = func;
}

static struct orc_block *take_block(struct orc_scope *scope, struct orc_block **list,
                                    const char *line)
{
    struct orc_lines words = orc_words(scope->arena, line);
    if (words.n < 2)
        orc_die("nameless", line);
    struct orc_block *block = orc_alloc(scope->arena, sizeof *block);
    block->name = words.at[1];
    block->home = scope;
    block->next = *list;
    *list = block;
    return block;
}

/* The line of the .ends that closes the .subckt at i. */
static size_t closing(const struct orc_lines *lines, size_t i, size_t end)
{
    int depth = 0;
    for (; i < end; i++) {
        depth += is(lines->at[i], ".subckt");
        depth -= is(lines->at[i], ".ends");
        if (!depth)
            return i;
    }
    orc_die("no .ends", lines->at[end - 1]);
}

/* First pass over a body: names only. */
static void declare(const struct place *place, size_t begin, size_t end)
{
    struct orc_scope *scope = place->scope;
    for (size_t i = begin; i < end; i++) {
        const char *line = place->lines->at[i];
        if (is(line, ".subckt")) {
            struct orc_block *block = take_block(scope, &scope->subckts, line);
            block->begin = i;
            i = block->end = closing(place->lines, i, end);
        } else if (is(line, ".model")) {
            take_block(scope, &scope->models, line)->begin = i;
        } else if (is(line, ".func")) {
            take_func(scope, line);
        } else if (is(line, ".param")) {
            struct orc_lines words = orc_words(scope->arena, line);
            for (size_t w = 1; w < words.n; w++)
                define_word(scope, words.at[w], scope);
        }
    }
}

static const char *node_name(const struct place *place, const char *name)
{
    if (!strcmp(name, "0") || !strcmp(name, "gnd"))
        return NULL;
    for (size_t i = 0; place->formal && i < place->formal->n; i++)
        if (!strcmp(place->formal->at[i], name))
            return place->actual->at[i];
    if (has(place->global, name))
        return name;
    return orc_join(&place->circuit->arena, place->prefix, name);
}

static int node_index(struct orc_circuit *circuit, const char *name)
{
    if (!name || !strcmp(name, "0"))
        return -1;
    for (size_t i = 0; i < circuit->n_nodes; i++)
        if (!strcmp(circuit->node[i], name))
            return (int)i;
    if (circuit->n_nodes == circuit->node_capacity) {
        circuit->node_capacity = circuit->node_capacity ? 2 * circuit->node_capacity : 32;
        const char **grown = orc_alloc(&circuit->arena, circuit->node_capacity * sizeof *grown);
        for (size_t i = 0; i < circuit->n_nodes; i++)
            grown[i] = circuit->node[i];
        circuit->node = grown;
    }
    circuit->node[circuit->n_nodes] = name;
    return (int)circuit->n_nodes++;
}

static struct orc_element *add(const struct place *place, const struct orc_lines *words,
                               size_t nodes)
{
    struct orc_circuit *circuit = place->circuit;
    if (circuit->n_elements == circuit->element_capacity) {
        circuit->element_capacity = circuit->element_capacity ? 2 * circuit->element_capacity : 64;
        struct orc_element *grown =
            orc_alloc(&circuit->arena, circuit->element_capacity * sizeof *grown);
        if (circuit->n_elements)
            memcpy(grown, circuit->element, circuit->n_elements * sizeof *grown);
        circuit->element = grown;
    }
    if (words->n < nodes + 2)
        orc_die("too few words", words->at[0]);
    struct orc_element *element = &circuit->element[circuit->n_elements++];
    element->kind = words->at[0][0];
    element->name = orc_join(&circuit->arena, place->prefix, words->at[0]);
    element->branch = -1;
    for (size_t i = 0; i < nodes; i++)
        element->node[i] = node_index(circuit, node_name(place, words->at[i + 1]));
    return element;
}

static const struct orc_lines *find_model(const struct place *place, const char *name)
{
    for (const struct orc_scope *s = place->scope; s; s = s->outer) {
        for (const struct orc_block *b = s->models; b; b = b->next) {
            if (strcmp(b->name, name) != 0)
                continue;
            char *line = orc_join(s->arena, place->lines->at[b->begin], "");
            for (char *c = line; *c; c++)
                if (*c == '(' || *c == ')')
                    *c = ' ';
            struct orc_lines *words = orc_alloc(s->arena, sizeof *words);
            *words = orc_words(s->arena, line);
            return words;
        }
    }
    orc_die("unknown model", name);
}

/* R = rsh (l - 2 short) / (w - 2 narrow) of a resistor model, cap= or ind= of the others. */
static orc_real model_value(const struct place *place, const struct orc_lines *words,
                            const struct orc_lines *model, char kind)
{
    struct orc_scope *scope = place->scope;
    if (kind != 'r')
        return keyed_value(scope, model, kind == 'c' ? "cap" : "ind", 0);
    orc_real l = keyed_value(scope, words, "l", 0) - 2 * keyed_value(scope, model, "short", 0);
    orc_real w = keyed_value(scope, words, "w", keyed_value(scope, model, "defw", 0));
    w -= 2 * keyed_value(scope, model, "narrow", 0);
    return keyed_value(scope, model, "rsh", 0) * l / w;
}

/* R, C, L: value or model or both, tc1 tc2 temp dtemp m scale. */
static void add_passive(const struct place *place, const struct orc_lines *words)
{
    struct orc_element *e = add(place, words, 2);
    struct orc_scope *scope = place->scope;
    const char key[2] = {e->kind, '\0'};
    const char *text = keyed(words, 3, key);
    const struct orc_lines *model = NULL;
    for (size_t i = 3; i < words->n && !strchr(words->at[i], '='); i++) {
        if (orc_numeric(words->at[i]) || strchr("{'", words->at[i][0]))
            text = words->at[i];
        else
            model = find_model(place, words->at[i]);
    }
    if (!text && !model)
        orc_die("no value", e->name);
    e->value = text ? orc_value(scope, text) : model_value(place, words, model, e->kind);
    static const struct orc_lines none = {0};
    const struct orc_lines *m = model ? model : &none;
    orc_real tc1 = keyed_value(scope, words, "tc1", keyed_value(scope, m, "tc1", 0));
    orc_real tc2 = keyed_value(scope, words, "tc2", keyed_value(scope, m, "tc2", 0));
    orc_real here = place->temperature + keyed_value(scope, words, "dtemp", 0);
    orc_real d = keyed_value(scope, words, "temp", here) - keyed_value(scope, m, "tnom", tnom);
    e->value *= (1 + d * (tc1 + d * tc2)) * keyed_value(scope, words, "scale", 1);
    orc_real copies = place->copies * keyed_value(scope, words, "m", 1);
    e->value = e->kind == 'c' ? e->value * copies : e->value / copies;
}

/* name=value or name value. */
static orc_real named_value(const struct place *place, const struct orc_lines *words,
                            const char *name, orc_real otherwise)
{
    for (size_t i = 3; i + 1 < words->n; i++)
        if (strcmp(words->at[i], name) == 0)
            return orc_value(place->scope, words->at[i + 1]);
    return keyed_value(place->scope, words, name, otherwise);
}

static void add_source(const struct place *place, const struct orc_lines *words)
{
    struct orc_element *e = add(place, words, 2);
    orc_real part[2] = {0, 0};
    for (size_t i = 3; i < words->n; i++) {
        if (strcmp(words->at[i], "ac") != 0)
            continue;
        part[0] = 1;
        for (size_t k = 0; k < 2 && ++i < words->n; k++) {
            const char *text = words->at[i];
            if (!orc_numeric(text) && !strchr("{'", *text))
                break;
            part[k] = orc_value(place->scope, text);
        }
        break;
    }
    part[0] = named_value(place, words, "acmag", part[0]);
    part[1] = named_value(place, words, "acphase", part[1]);
    orc_real angle = part[1] * acosq(-1) / 180;
    __real__ e->ac = part[0] * cosq(angle);
    __imag__ e->ac = part[0] * sinq(angle);
    if (e->kind == 'i')
        e->ac *= place->copies * keyed_value(place->scope, words, "m", 1);
}

static void add_controlled(const struct place *place, const struct orc_lines *words)
{
    char kind = words->at[0][0];
    bool by_voltage = kind == 'e' || kind == 'g';
    struct orc_element *e = add(place, words, by_voltage ? 4 : 2);
    size_t at = by_voltage ? 5 : 4;
    if (words->n <= at)
        orc_die("no gain", e->name);
    e->value = orc_value(place->scope, words->at[at]);
    if (!by_voltage)
        e->ref[0] = orc_join(&place->circuit->arena, place->prefix, words->at[3]);
    if (kind == 'g' || kind == 'f')
        e->value *= keyed_value(place->scope, words, "m", 1);
    /* The controlling source of F and H stands in the same body and carries the current of all
     * copies: F needs no factor, H is divided. */
    if (kind == 'g')
        e->value *= place->copies;
    else if (kind == 'h')
        e->value /= place->copies;
}

static void add_coupling(const struct place *place, const struct orc_lines *words)
{
    struct orc_element *e = add(place, words, 0);
    if (words->n != 4)
        orc_die("coupling of two", e->name);
    for (size_t i = 0; i < 2; i++)
        e->ref[i] = orc_join(&place->circuit->arena, place->prefix, words->at[i + 1]);
    e->value = orc_value(place->scope, words->at[3]);
}

static void add_line(const struct place *place, const struct orc_lines *words)
{
    struct orc_element *e = add(place, words, 4);
    orc_real quarter = (orc_real)1 / 4;
    e->value = keyed_value(place->scope, words, "z0", keyed_value(place->scope, words, "zo", 0));
    e->td = keyed_value(place->scope, words, "td", 0);
    if (!keyed(words, 5, "td"))
        e->td = keyed_value(place->scope, words, "nl", quarter) /
                keyed_value(place->scope, words, "f", 0);
}

static void expand(const struct place *place, size_t begin, size_t end);

static const struct orc_block *find_subckt(const struct place *place, const char *name)
{
    for (const struct orc_scope *s = place->scope; s; s = s->outer)
        for (const struct orc_block *b = s->subckts; b; b = b->next)
            if (!strcmp(b->name, name))
                return b;
    orc_die("unknown subcircuit", name);
}

/* How many words stand before the first "a=b" or "params:". */
static size_t positional(const struct orc_lines *words)
{
    size_t n = 0;
    while (n < words->n && !strchr(words->at[n], '=') && strcmp(words->at[n], "params:") != 0)
        n++;
    return n;
}

static void define_words(struct orc_scope *scope, const struct orc_lines *words,
                         struct orc_scope *home)
{
    for (size_t i = positional(words); i < words->n; i++)
        if (strcmp(words->at[i], "params:") != 0 && strncmp(words->at[i], "m=", 2) != 0)
            define_word(scope, words->at[i], home);
}

static void add_instance(const struct place *place, const struct orc_lines *words)
{
    struct orc_arena *arena = &place->circuit->arena;
    size_t n = positional(words);
    if (n < 2 || place->depth > 20)
        orc_die("instance", words->at[0]);
    const struct orc_block *block = find_subckt(place, words->at[n - 1]);
    struct orc_lines head = orc_words(arena, place->lines->at[block->begin]);
    struct orc_lines formal = {head.at + 2, positional(&head) - 2, 0};
    if (formal.n != n - 2)
        orc_die("number of nodes", words->at[0]);
    struct orc_lines actual = {orc_alloc(arena, (n + 1) * sizeof *actual.at), formal.n, 0};
    for (size_t i = 0; i < formal.n; i++) {
        const char *name = node_name(place, words->at[i + 1]);
        actual.at[i] = orc_join(arena, name ? name : "0", "");
    }
    struct orc_scope *scope = orc_alloc(arena, sizeof *scope);
    scope->arena = arena;
    scope->outer = block->home;
    struct place inner = *place;
    inner.scope = scope;
    inner.prefix = orc_join(arena, orc_join(arena, place->prefix, words->at[0]), ".");
    inner.formal = &formal;
    inner.actual = &actual;
    inner.depth++;
    inner.copies *= keyed_value(place->scope, words, "m", 1);
    define_words(scope, &head, scope);
    declare(&inner, block->begin + 1, block->end);
    define_words(scope, words, place->scope);
    expand(&inner, block->begin + 1, block->end);
}

static void add_any(const struct place *place, const char *line)
{
    struct orc_lines words = orc_words(&place->circuit->arena, line);
    switch (*line) {
    case 'r':
    case 'c':
    case 'l':
        add_passive(place, &words);
        break;
    case 'v':
    case 'i':
        add_source(place, &words);
        break;
    case 'e':
    case 'f':
    case 'g':
    case 'h':
        add_controlled(place, &words);
        break;
    case 'k':
        add_coupling(place, &words);
        break;
    case 't':
        add_line(place, &words);
        break;
    case 'x':
        add_instance(place, &words);
        break;
    default:
        orc_die("element", line);
    }
}

/* Second pass over a body: elements. Cards of the top level are read elsewhere. */
static void expand(const struct place *place, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++) {
        const char *line = place->lines->at[i];
        if (is(line, ".subckt"))
            i = closing(place->lines, i, end);
        else if (*line != '.')
            add_any(place, line);
    }
}

static void put_grid(struct orc_circuit *circuit, struct orc_scope *scope, const char *line)
{
    struct orc_lines w = orc_words(&circuit->arena, line);
    if (w.n != 5)
        orc_die(".ac", line);
    orc_real steps = orc_value(scope, w.at[2]);
    orc_real low = orc_value(scope, w.at[3]), high = orc_value(scope, w.at[4]);
    bool linear = !strcmp(w.at[1], "lin");
    orc_real base = !strcmp(w.at[1], "oct") ? 2 : 10;
    orc_real spans = linear ? steps - 1 : steps * logq(high / low) / logq(base);
    size_t n = (size_t)(spans + strtoflt128("1e-9", NULL)) + 1;
    circuit->grid = orc_alloc(&circuit->arena, n * sizeof *circuit->grid);
    circuit->n_grid = n;
    for (size_t i = 0; i < n; i++) {
        orc_real at = (orc_real)i;
        if (linear)
            circuit->grid[i] = n > 1 ? low + (high - low) * at / (steps - 1) : low;
        else
            circuit->grid[i] = low * powq(base, at / steps);
    }
}

static size_t find(const struct orc_circuit *circuit, const char *name, const char *kinds)
{
    for (size_t i = 0; i < circuit->n_elements; i++) {
        const struct orc_element *e = &circuit->element[i];
        if (strchr(kinds, e->kind) && !strcmp(e->name, name))
            return i;
    }
    orc_die("unknown element", name);
}

/* Names to indices, and a number for each branch current. */
static void bind(struct orc_circuit *circuit)
{
    for (size_t i = 0; i < circuit->n_elements; i++) {
        struct orc_element *e = &circuit->element[i];
        /* As an admittance a microohm would round away the leaks beside it, even here. */
        bool link = e->kind == 'r' && fabsq(e->value) < 1;
        if (link || strchr("lvehtf", e->kind)) {
            e->branch = circuit->n_branches;
            circuit->n_branches += e->kind == 't' ? 2 : 1;
        }
        for (size_t k = 0; k < 2; k++)
            if (e->ref[k])
                e->other[k] = find(circuit, e->ref[k], e->kind == 'k' ? "l" : "v");
    }
}

void orc_load(struct orc_circuit *circuit, const char *path)
{
    struct orc_lines lines = orc_read(&circuit->arena, path), global = {0};
    struct orc_scope top = {.arena = &circuit->arena};
    struct place place = {circuit, &lines, &top, "", NULL, NULL, &global, 1, tnom, 0};
    declare(&place, 0, lines.n);
    for (size_t i = 0; i < lines.n; i++) {
        struct orc_lines words = orc_words(&circuit->arena, lines.at[i]);
        if (is(lines.at[i], ".global"))
            global = words;
        else if (is(lines.at[i], ".ac"))
            put_grid(circuit, &top, lines.at[i]);
        else if (is(lines.at[i], ".temp"))
            place.temperature = orc_value(&top, words.at[1]);
        else if (is(lines.at[i], ".options"))
            place.temperature = keyed_value(&top, &words, "temp", place.temperature);
    }
    expand(&place, 0, lines.n);
    bind(circuit);
}
