/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sections of a library. ".lib X" alone may begin a section or, in LTspice's way, include a file:
 * only an .endl further down tells. A stack pairs them in one pass: an .endl with a name closes the
 * nearest .lib of that name and makes those above it includes; one without closes the nearest.
 */
#include "section.h"

#include <string.h>

#include "alloc.h"
#include "source.h"

typedef struct index {
    bal_section *sections;
    size_t n;
    size_t capacity;
    size_t *stack; /* of sections not closed yet */
    size_t depth;
    size_t stack_capacity;
} index;

static const char *skip_blanks(const char *p, const char *end)
{
    size_t n = bal_blank_length(p, end);
    while (n > 0) {
        p += n;
        n = bal_blank_length(p, end);
    }
    return p;
}

/* The first word at p, without its quotes; *after is what follows. Empty at the end of the line. */
static bal_text word_at(const char *p, const char *end, const char **after)
{
    const char quote = p < end && (*p == '"' || *p == '\'') ? *p : '\0';
    const char *begin = quote ? p + 1 : p;
    const char *stop = begin;
    while (stop < end &&
           (quote ? *stop != quote : bal_blank_length(stop, end) == 0 && *stop != ','))
        stop++;
    *after = stop < end && quote ? stop + 1 : stop;
    return (bal_text){begin, (size_t)(stop - begin)};
}

/* The only argument of a line, or an empty text if there is none or more than one. */
static bal_text only_argument(const char *p, const char *end, size_t *count)
{
    const char *after = NULL;
    *count = 0;
    p = skip_blanks(p, end);
    if (p == end || bal_is_comment(p, end))
        return (bal_text){p, 0};
    const bal_text word = word_at(p, end, &after);
    after = skip_blanks(after, end);
    *count = after == end || bal_is_comment(after, end) ? 1 : 2;
    return word;
}

static bal_status open_section(index *x, bal_text name, const char *body)
{
    bal_section *bigger = bal_grow(x->sections, &x->capacity, x->n + 1, sizeof *bigger);
    if (!bigger)
        return BAL_E_NOMEM;
    x->sections = bigger;
    size_t *stack = bal_grow(x->stack, &x->stack_capacity, x->depth + 1, sizeof *stack);
    if (!stack)
        return BAL_E_NOMEM;
    x->stack = stack;
    x->stack[x->depth++] = x->n;
    x->sections[x->n++] = (bal_section){.name = name, .body = body};
    return BAL_OK;
}

enum { DEEPEST_SECTION = 1000 }; /* bounds the search for a name that never opened */

/* An .endl of an unknown name changes nothing: reading reports it. */
static void close_section(index *x, bal_text name, const char *stop, const char *after)
{
    const size_t least = x->depth > DEEPEST_SECTION ? x->depth - DEEPEST_SECTION : 0;
    size_t k = x->depth;
    while (k > least && name.n > 0 && !bal_text_same(x->sections[x->stack[k - 1]].name, name))
        k--;
    if (k == least)
        return;
    bal_section *section = &x->sections[x->stack[k - 1]];
    section->stop = stop;
    section->after = after;
    x->depth = k - 1;
}

static bal_status index_line(index *x, const char *p, const char *end, const char *next)
{
    const char *line = p;
    const char *after = NULL;
    size_t count = 0;
    p = skip_blanks(p, end);
    if (p == end || *p != '.')
        return BAL_OK;
    const bal_text word = word_at(p, end, &after);
    const bool opens = bal_text_is(word, ".lib");
    if (!opens && !bal_text_is(word, ".endl"))
        return BAL_OK;
    const bal_text name = only_argument(after, end, &count);
    if (opens)
        return count == 1 ? open_section(x, name, next) : BAL_OK;
    close_section(x, name, line, next);
    return BAL_OK;
}

static bal_status index_lines(index *x, bal_text text)
{
    const char *p = text.p;
    const char *end = text.p + text.n;
    bal_status status = BAL_OK;
    while (p < end && status == BAL_OK) {
        const char *feed = memchr(p, '\n', (size_t)(end - p));
        const char *stop = feed ? feed : end;
        const char *next = feed ? feed + 1 : end;
        status = index_line(x, p, stop, next);
        p = next;
    }
    return status;
}

bal_status bal_sections_index(bal_file *file, bal_arena *arena)
{
    if (file->indexed)
        return BAL_OK;
    index x = {.n = 0};
    bal_status status = index_lines(&x, file->text);
    if (status == BAL_OK && x.n > 0) {
        file->sections = bal_arena_alloc(arena, x.n, sizeof *file->sections);
        if (file->sections)
            memcpy(file->sections, x.sections, x.n * sizeof *file->sections);
        else
            status = BAL_E_NOMEM;
    }
    if (status == BAL_OK) {
        file->n_sections = x.n;
        file->indexed = true;
    }
    bal_free(x.sections);
    bal_free(x.stack);
    return status;
}

const bal_section *bal_section_at(const bal_file *file, const char *name)
{
    size_t low = 0;
    size_t high = file->n_sections;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (file->sections[middle].name.p < name)
            low = middle + 1;
        else
            high = middle;
    }
    return low < file->n_sections && file->sections[low].name.p == name ? &file->sections[low]
                                                                        : NULL;
}

const bal_section *bal_section_find(const bal_file *file, bal_text name, bal_nearest *nearest)
{
    for (size_t i = 0; i < file->n_sections; i++) {
        const bal_section *section = &file->sections[i];
        if (section->stop && bal_text_same(section->name, name))
            return section;
        if (section->stop)
            bal_nearest_offer(nearest, section->name);
    }
    return NULL;
}
