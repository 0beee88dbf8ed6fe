/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units of outputs by the functions that they are written with. */
#include <string.h>

#include "study.h"

static const struct {
    const char *head, *unit; /* NULL: that of what stands inside */
} heads[] = {
    {"db", "dB"},
    {"vdb", "dB"},
    {"idb", "dB"},
    {"dbu", "dBu"},
    {"dbv", "dBV"},
    {"vp", "deg"},
    {"ip", "deg"},
    {"ph", "deg"},
    {"phase", "deg"},
    {"v", "V"},
    {"vm", "V"},
    {"vr", "V"},
    {"vi", "V"},
    {"i", "A"},
    {"ir", "A"},
    {"ii", "A"},
    {"p", "W"},
    {"zin", "ohm"},
    {"abs", NULL},
    {"mag", NULL},
    {"magnitude", NULL},
    {"m", NULL},
    {"re", NULL},
    {"real", NULL},
    {"im", NULL},
    {"imag", NULL},
    {"img", NULL},
    {"conj", NULL},
    {"par", NULL},
    {"at", NULL},
    {"minf", NULL},
    {"maxf", NULL},
    {"argminf", "Hz"},
    {"argmaxf", "Hz"},
    {"cross", "Hz"},
    {"bw", "Hz"},
    {"slope(db", "dB/dec"},
};

/* Behind the ')' that closes the '(' at p; NULL without. Quoted names are skipped. */
static const char *behind_call(const char *p)
{
    int depth = 0;
    for (; *p; p++) {
        const char *close = *p == '"' ? strchr(p + 1, '"') : NULL;
        p = close ? close : p;
        depth += *p == '(';
        depth -= *p == ')';
        if (depth == 0)
            return p + 1;
    }
    return NULL;
}

/* An element stands alone in im(V1) only. */
static const char *unit_of_name(const bal_study *s, const char *name, size_t n)
{
    if (n > 3 && name[0] == '@' && strncmp(name + n - 3, "[p]", 3) == 0)
        return "W";
    if (n > 3 && name[0] == '@')
        return "A";
    if (n > 7 && strncmp(name + n - 7, "#branch", 7) == 0)
        return "A";
    const int vector = bal_vectors_find(&s->vectors, (bal_text){name, n});
    if (vector >= 0)
        return s->vectors.defs[vector].shown.unit;
    const int measure = bal_measure_find(s, (bal_text){name, n});
    if (measure >= 0)
        return s->measures[measure].unit;
    return bal_circuit_find_device(s->circuit, (bal_text){name, n}) >= 0 ? "A" : "";
}

/* The first term of a sum; *rest stands behind it. */
static const char *unit_of_term(const bal_study *s, const char *p, const char **rest)
{
    size_t n = strcspn(p, "(+-*/,)");
    *rest = p + n;
    if (p[n] != '(')
        return unit_of_name(s, p, n);
    *rest = behind_call(p + n);
    for (size_t i = 0; *rest && i < sizeof heads / sizeof heads[0]; i++) {
        const char *ignored = NULL;
        if (strlen(heads[i].head) == n && strncmp(heads[i].head, p, n) == 0)
            return heads[i].unit ? heads[i].unit : unit_of_term(s, p + n + 1, &ignored);
    }
    return "";
}

const char *bal_study_unit(const bal_study *s, const char *label)
{
    const char *rest = NULL;
    const char *unit = unit_of_term(s, label, &rest);
    while (rest && (*rest == '+' || *rest == '-')) {
        const char *next = unit_of_term(s, rest + 1, &rest);
        if (strcmp(next, unit) != 0)
            return "";
    }
    return rest && *rest == '\0' ? unit : "";
}
