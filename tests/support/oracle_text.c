/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files to logical lines, lines to words. Everything is lower case but the file names. */
#include "oracle.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct link {
    struct link *next;
    max_align_t data[];
};

_Noreturn void orc_die(const char *what, const char *where)
{
    fprintf(stderr, "oracle: %s (%s)\n", what, where);
    exit(3);
}

void *orc_alloc(struct orc_arena *arena, size_t bytes)
{
    struct link *link = calloc(1, sizeof *link + bytes);
    if (!link)
        orc_die("out of memory", "alloc");
    link->next = arena->first;
    arena->first = link;
    return link->data;
}

void orc_release(struct orc_arena *arena)
{
    struct link *link = arena->first;
    while (link) {
        struct link *next = link->next;
        free(link);
        link = next;
    }
    arena->first = NULL;
}

char *orc_copy(struct orc_arena *arena, const char *text, size_t length)
{
    char *copy = orc_alloc(arena, length + 1);
    memcpy(copy, text, length);
    return copy;
}

char *orc_join(struct orc_arena *arena, const char *a, const char *b)
{
    size_t na = strlen(a), nb = strlen(b);
    char *joined = orc_alloc(arena, na + nb + 1);
    memcpy(joined, a, na);
    memcpy(joined + na, b, nb);
    return joined;
}

static void push(struct orc_arena *arena, struct orc_lines *lines, char *text)
{
    if (lines->n == lines->capacity) {
        size_t capacity = lines->capacity ? 2 * lines->capacity : 16;
        char **at = orc_alloc(arena, capacity * sizeof *at);
        if (lines->n)
            memcpy(at, lines->at, lines->n * sizeof *at);
        lines->at = at;
        lines->capacity = capacity;
    }
    lines->at[lines->n++] = text;
}

/* Cuts comments and blanks at both ends off, in place. */
static char *strip(char *line)
{
    for (char *c = line; *c; c++) {
        bool blank = c == line || isspace((unsigned char)c[-1]);
        bool slashes = blank && c[0] == '/' && c[1] == '/';
        if (*c == ';' || (blank && *c == '$' && isspace((unsigned char)c[1])) || slashes) {
            *c = '\0';
            break;
        }
    }
    while (isspace((unsigned char)*line))
        line++;
    size_t n = strlen(line);
    while (n && isspace((unsigned char)line[n - 1]))
        line[--n] = '\0';
    return *line == '*' ? line + n : line;
}

static char *slurp(struct orc_arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        orc_die("cannot open", path);
    size_t capacity = 1 << 20;
    char *text = orc_alloc(arena, capacity);
    size_t n = fread(text, 1, capacity, file);
    fclose(file);
    if (n == capacity)
        orc_die("file too large", path);
    text[n] = '\0';
    return text;
}

static void lower(char *text)
{
    for (; *text; text++)
        *text = (char)tolower((unsigned char)*text);
}

struct reader {
    struct orc_arena *arena;
    struct orc_lines *out;
    const char *section; /* NULL: everything */
    bool inside, muted, ended;
};

static void read_file(struct reader *reader, const char *path, bool title);

/* A file name beside the file that names it. */
static const char *beside(struct orc_arena *arena, const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');
    if (!slash || *name == '/')
        return name;
    return orc_join(arena, orc_copy(arena, path, (size_t)(slash - path) + 1), name);
}

static char *unquoted(char *word)
{
    size_t n = strlen(word);
    if (n >= 2 && (word[0] == '"' || word[0] == '\'')) {
        word[n - 1] = '\0';
        return word + 1;
    }
    return word;
}

/* True if the line was one of .include, .lib, .endl, .control, .end and is dealt with. */
static bool directive(struct reader *r, const char *path, char *line)
{
    struct orc_lines words = orc_words(r->arena, line);
    char *key = orc_copy(r->arena, words.at[0], strlen(words.at[0]));
    lower(key);
    if (!strcmp(key, ".lib") && words.n == 2 && r->section) {
        lower(words.at[1]);
        r->inside = !strcmp(words.at[1], r->section);
    } else if (!strcmp(key, ".endl")) {
        r->inside = !r->section;
    } else if (!strcmp(key, ".control") || !strcmp(key, ".endc")) {
        r->muted = key[1] == 'c';
    } else if (!r->inside || r->muted) {
        return true;
    } else if (!strcmp(key, ".include") || !strcmp(key, ".inc") || !strcmp(key, ".lib")) {
        struct reader inner = {r->arena, r->out, NULL, true, false, false};
        if (words.n == 3) {
            lower(words.at[2]);
            inner.section = words.at[2];
            inner.inside = false;
        }
        read_file(&inner, beside(r->arena, path, unquoted(words.at[1])), false);
    } else if (!strcmp(key, ".end")) {
        r->ended = true;
    } else {
        return false;
    }
    return true;
}

static void take(struct reader *r, const char *path, char *line)
{
    if (!*line)
        return;
    if (*line == '.' && directive(r, path, line))
        return;
    if (!r->inside || r->muted)
        return;
    lower(line);
    if (*line != '+') {
        push(r->arena, r->out, line);
        return;
    }
    if (!r->out->n)
        orc_die("nothing to continue", path);
    *line = ' ';
    r->out->at[r->out->n - 1] = orc_join(r->arena, r->out->at[r->out->n - 1], line);
}

static void read_file(struct reader *reader, const char *path, bool title)
{
    char *text = slurp(reader->arena, path);
    for (bool first = title; *text && !reader->ended; first = false) {
        char *end = strchr(text, '\n');
        char *next = end ? end + 1 : text + strlen(text);
        if (end)
            *end = '\0';
        if (!first)
            take(reader, path, strip(text));
        text = next;
    }
}

struct orc_lines orc_read(struct orc_arena *arena, const char *path)
{
    struct orc_lines lines = {0};
    struct reader reader = {arena, &lines, NULL, true, false, false};
    read_file(&reader, path, true);
    return lines;
}

/* The end of a word: blanks end it unless they stand in braces, quotes or around an '='. */
static const char *word_end(const char *c)
{
    int depth = 0;
    char quote = '\0';
    for (; *c; c++) {
        if (quote) {
            quote = *c == quote ? '\0' : quote;
        } else if (*c == '\'' || *c == '"') {
            quote = *c;
        } else if (*c == '{') {
            depth++;
        } else if (*c == '}') {
            depth--;
        } else if (!depth && (isspace((unsigned char)*c) || *c == ',')) {
            break;
        }
    }
    return c;
}

static char *tighten(struct orc_arena *arena, const char *line)
{
    char *out = orc_alloc(arena, strlen(line) + 1), *o = out;
    for (const char *c = line; *c; c++) {
        const char *ahead = c + strspn(c, " \t");
        bool before = ahead != c && *ahead == '=' && ahead[1] != '=';
        bool after = ahead != c && o != out && o[-1] == '=';
        if (before || after)
            c = ahead;
        *o++ = *c;
    }
    return out;
}

struct orc_lines orc_words(struct orc_arena *arena, const char *line)
{
    struct orc_lines words = {0};
    const char *c = tighten(arena, line);
    for (;;) {
        c += strspn(c, " \t,");
        if (!*c)
            return words;
        const char *end = word_end(c);
        push(arena, &words, orc_copy(arena, c, (size_t)(end - c)));
        c = end;
    }
}
