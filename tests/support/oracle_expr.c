/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers straight from their decimal text to 113 bits, and expressions by recursive descent, with
 * no tree: each look-up evaluates the text again, each parameter once. */
#include "oracle.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cursor {
    const char *c, *whole;
    struct orc_scope *scope;
    const struct orc_func *func; /* whose arguments are visible, or NULL */
    const orc_real *args;
};

static orc_real sum(struct cursor *cur);

static void blanks(struct cursor *cur)
{
    cur->c += strspn(cur->c, " \t");
}

static bool accept(struct cursor *cur, const char *token)
{
    blanks(cur);
    size_t n = strlen(token);
    if (strncmp(cur->c, token, n) != 0)
        return false;
    cur->c += n;
    return true;
}

static void expect(struct cursor *cur, const char *token)
{
    if (!accept(cur, token))
        orc_die(token, cur->whole);
}

bool orc_numeric(const char *text)
{
    text += *text == '+' || *text == '-';
    text += *text == '.';
    return isdigit((unsigned char)*text);
}

/* The decimal exponent of the suffix at c; "mil" is told by *factor. */
static int suffix(const char *c, orc_real *factor)
{
    static const struct {
        const char *text;
        int exponent;
    } table[] = {{"meg", 6}, {"mil", -6}, {"t", 12},  {"g", 9},   {"k", 3},   {"m", -3},
                 {"u", -6},  {"n", -9},   {"p", -12}, {"f", -15}, {"a", -18}, {"\xc2\xb5", -6}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (strncmp(c, table[i].text, strlen(table[i].text)) != 0)
            continue;
        if (!strcmp(table[i].text, "mil"))
            *factor = strtoflt128("25.4", NULL);
        return table[i].exponent;
    }
    return 0;
}

/* Mantissa and exponent are put together as text, so that 10.7u is rounded once. */
static orc_real number(struct cursor *cur)
{
    char text[128];
    const char *c = cur->c;
    size_t n = strspn(c, "0123456789.");
    if (n == 0 || n > 90)
        orc_die("number", cur->whole);
    long exponent = 0;
    const char *after = c + n;
    bool sign = *after == 'e' && (after[1] == '+' || after[1] == '-');
    if (*after == 'e' && isdigit((unsigned char)after[sign ? 2 : 1])) {
        char *end;
        exponent = strtol(after + 1, &end, 10);
        after = end;
    }
    orc_real factor = 1;
    exponent += suffix(after, &factor);
    snprintf(text, sizeof text, "%.*se%ld", (int)n, c, exponent);
    while (isalpha((unsigned char)*after) || (unsigned char)*after >= 0x80)
        after++;
    cur->c = after;
    return factor * strtoflt128(text, NULL);
}

static orc_real call_own(struct cursor *cur, const struct orc_func *func)
{
    orc_real args[8];
    size_t n = 0;
    do {
        if (n == 8)
            orc_die("too many arguments", cur->whole);
        args[n++] = sum(cur);
    } while (accept(cur, ","));
    expect(cur, ")");
    if (n != func->args.n)
        orc_die("number of arguments", cur->whole);
    struct cursor body = {func->body, func->body, cur->scope, func, args};
    orc_real value = sum(&body);
    blanks(&body);
    if (*body.c)
        orc_die("junk in .func", func->body);
    return value;
}

static orc_real call_two(struct cursor *cur, const char *name)
{
    orc_real a = sum(cur);
    expect(cur, ",");
    orc_real b = sum(cur);
    expect(cur, ")");
    if (!strcmp(name, "min"))
        return a < b ? a : b;
    if (!strcmp(name, "max"))
        return a > b ? a : b;
    if (!strcmp(name, "pow"))
        return powq(a, b);
    orc_die("unknown function", name);
}

static orc_real sign_of(orc_real x)
{
    return (orc_real)((x > 0) - (x < 0));
}

static orc_real call(struct cursor *cur, const char *name)
{
    static const struct {
        const char *name;
        orc_real (*f)(orc_real);
    } table[] = {{"sqrt", sqrtq}, {"abs", fabsq},  {"exp", expq},     {"ln", logq},
                 {"log", logq},   {"sin", sinq},   {"log10", log10q}, {"cos", cosq},
                 {"tan", tanq},   {"atan", atanq}, {"sinh", sinhq},   {"cosh", coshq},
                 {"tanh", tanhq}, {"asin", asinq}, {"acos", acosq},   {"floor", floorq},
                 {"ceil", ceilq}, {"sgn", sign_of}};
    for (struct orc_scope *s = cur->scope; s; s = s->outer)
        for (const struct orc_func *f = s->funcs; f; f = f->next)
            if (!strcmp(f->name, name))
                return call_own(cur, f);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (strcmp(table[i].name, name) != 0)
            continue;
        orc_real value = table[i].f(sum(cur));
        expect(cur, ")");
        return value;
    }
    return call_two(cur, name);
}

static orc_real evaluate(struct orc_scope *scope, const char *text)
{
    struct cursor cur = {text, text, scope, NULL, NULL};
    orc_real value = sum(&cur);
    blanks(&cur);
    if (*cur.c)
        orc_die("junk after an expression", text);
    return value;
}

static orc_real look_up(struct cursor *cur, const char *name)
{
    for (size_t i = 0; cur->func && i < cur->func->args.n; i++)
        if (!strcmp(cur->func->args.at[i], name))
            return cur->args[i];
    for (struct orc_scope *s = cur->scope; s; s = s->outer) {
        for (struct orc_param *p = s->params; p; p = p->next) {
            if (strcmp(p->name, name) != 0)
                continue;
            if (p->state == 1)
                orc_die("parameter depends on itself", name);
            if (p->state == 0) {
                p->state = 1;
                p->value = orc_value(p->home, p->text);
                p->state = 2;
            }
            return p->value;
        }
    }
    orc_die("unknown name", name);
}

static orc_real primary(struct cursor *cur)
{
    if (accept(cur, "(")) {
        orc_real value = sum(cur);
        expect(cur, ")");
        return value;
    }
    if (accept(cur, "{")) {
        orc_real value = sum(cur);
        expect(cur, "}");
        return value;
    }
    blanks(cur);
    if (isdigit((unsigned char)*cur->c) || *cur->c == '.')
        return number(cur);
    size_t n = 0;
    while (isalnum((unsigned char)cur->c[n]) || cur->c[n] == '_')
        n++;
    if (!n)
        orc_die("expression", cur->whole);
    const char *name = orc_copy(cur->scope->arena, cur->c, n);
    cur->c += n;
    return accept(cur, "(") ? call(cur, name) : look_up(cur, name);
}

static orc_real exponent(struct cursor *cur)
{
    if (accept(cur, "-"))
        return -exponent(cur);
    return accept(cur, "+") ? exponent(cur) : primary(cur);
}

/* From the left, as ngspice does. */
static orc_real power(struct cursor *cur)
{
    orc_real base = primary(cur);
    while (accept(cur, "**") || accept(cur, "^"))
        base = powq(base, exponent(cur));
    return base;
}

static orc_real sign(struct cursor *cur)
{
    if (accept(cur, "-"))
        return -sign(cur);
    return accept(cur, "+") ? sign(cur) : power(cur);
}

static orc_real product(struct cursor *cur)
{
    orc_real value = sign(cur);
    for (;;) {
        if (accept(cur, "*"))
            value *= sign(cur);
        else if (accept(cur, "/"))
            value /= sign(cur);
        else
            return value;
    }
}

static orc_real sum(struct cursor *cur)
{
    orc_real value = product(cur);
    for (;;) {
        if (accept(cur, "+"))
            value += product(cur);
        else if (accept(cur, "-"))
            value -= product(cur);
        else
            return value;
    }
}

orc_real orc_value(struct orc_scope *scope, const char *text)
{
    size_t n = strlen(text);
    if (n >= 2 && ((*text == '{' && text[n - 1] == '}') || (*text == '\'' && text[n - 1] == '\'')))
        text = orc_copy(scope->arena, text + 1, n - 2);
    return evaluate(scope, text);
}

void orc_define(struct orc_scope *scope, const char *name, const char *text, struct orc_scope *home)
{
    struct orc_param *param = orc_alloc(scope->arena, sizeof *param);
    param->name = name;
    param->text = text;
    param->home = home;
    param->next = scope->params; /* the last definition is found first */
    scope->params = param;
}
