/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "part.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bal_text trim(bal_text t)
{
    while (t.n > 0 && is_blank(t.p[0]))
        t = (bal_text){t.p + 1, t.n - 1};
    while (t.n > 0 && is_blank(t.p[t.n - 1]))
        t.n--;
    return t;
}

/* Cuts `n` bytes and what blanks follow off the front of *rest. */
static bal_text cut(bal_text *rest, size_t n)
{
    const bal_text front = {rest->p, n};
    *rest = trim((bal_text){rest->p + n, rest->n - n});
    return trim(front);
}

bal_text bal_part_word(bal_text *list)
{
    *list = trim(*list);
    size_t n = 0;
    while (n < list->n && !is_blank(list->p[n]))
        n++;
    return cut(list, n);
}

/* Up to two blanks. */
static bal_text column(bal_text *rest)
{
    size_t n = 0;
    while (n < rest->n && !(is_blank(rest->p[n]) && n + 1 < rest->n && is_blank(rest->p[n + 1])))
        n++;
    return cut(rest, n);
}

static bal_text bracketed(bal_text *rest)
{
    const char *open = rest->n > 0 ? memchr(rest->p, '[', rest->n) : NULL;
    if (!open || rest->p[rest->n - 1] != ']')
        return (bal_text){rest->p, 0};
    const bal_text inside = {open + 1, (size_t)(rest->p + rest->n - 1 - (open + 1))};
    rest->n = (size_t)(open - rest->p);
    return trim(inside);
}

static bal_part_param read_param(bal_text line)
{
    bal_part_param param = {.origin = bracketed(&line)};
    bal_text value = column(&line);
    param.meaning = trim(line);
    const bal_text word = bal_part_word(&value);
    const char *equals = word.n > 0 ? memchr(word.p, '=', word.n) : NULL;
    const size_t n = equals ? (size_t)(equals - word.p) : word.n;
    param.name = (bal_text){word.p, n};
    param.fallback = equals ? (bal_text){equals + 1, word.n - n - 1} : (bal_text){word.p + n, 0};
    param.unit = value;
    return param;
}

static void read_line(bal_part_head *head, const bal_part *part, bal_text line)
{
    bal_text rest = line;
    const bal_text word = bal_part_word(&rest);
    const bool names_it = word.n == part->name.n + 1 && word.p[word.n - 1] == ':' &&
                          bal_text_same((bal_text){word.p, part->name.n}, part->name);
    if (names_it)
        head->summary = rest;
    else if (bal_text_is(word, "pins:"))
        head->pins = rest;
    else if (bal_text_is(word, "param"))
        head->params[head->n_params++] = read_param(rest);
    else if (line.n > 0)
        head->notes[head->n_notes++] = line;
}

/* The begin of the line before the one that begins at `line`; NULL at the begin of the text. */
static const char *line_before(const char *text, const char *line)
{
    if (line == text)
        return NULL;
    const char *p = line - 1;
    while (p > text && p[-1] != '\n')
        p--;
    return p;
}

bal_status bal_part_read_head(const bal_library *library, const bal_part *part, bal_arena *arena,
                              bal_part_head *head)
{
    const char *text = library->files[part->file].file->text.p;
    const char *begin = part->card;
    size_t n = 0;
    for (const char *p = line_before(text, begin); p && *p == '*'; p = line_before(text, p)) {
        begin = p;
        n++;
    }
    *head = (bal_part_head){.params = bal_arena_alloc(arena, n + 1, sizeof *head->params),
                            .notes = bal_arena_alloc(arena, n + 1, sizeof *head->notes)};
    if (!head->params || !head->notes)
        return BAL_E_NOMEM;
    while (begin < part->card) {
        const char *feed = memchr(begin, '\n', (size_t)(part->card - begin));
        const bal_text line = {begin + 1, (size_t)(feed - (begin + 1))};
        read_line(head, part, trim(line));
        begin = feed + 1;
    }
    return BAL_OK;
}
