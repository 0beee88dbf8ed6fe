/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * .include and .lib. A file may be included any number of times, but not inside itself; the same
 * file may be active twice only with different sections. Depth, number and total length have
 * limits, since ten small files that include each other twice can otherwise make a million.
 */
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "reader.h"
#include "section.h"

enum { DEEPEST_INCLUDE = 100, MOST_INCLUDES = 10000 };

static const size_t most_bytes = (size_t)1 << 30;

typedef struct request {
    bal_span name;
    bal_span section; /* source = NULL: the whole file */
} request;

static bal_status find_file(bal_reader *reader, const bal_level *level, bal_text name,
                            bal_file **file, bal_file_fault *fault)
{
    const size_t n = reader->options ? reader->options->n_folders : 0;
    bal_text *folders = bal_alloc(n + 4, sizeof *folders);
    if (!folders)
        return BAL_E_NOMEM;
    folders[0] = bal_file_folder(level->file->path);
    folders[1] = bal_file_folder(reader->deck_path);
    for (size_t i = 0; i < n; i++)
        folders[2 + i] = bal_text_of(reader->options->folders[i]);
    folders[n + 2] = bal_text_of("");
    const bool has_library = reader->options && reader->options->library;
    if (has_library)
        folders[n + 3] = bal_text_of(reader->options->library);
    const bal_status status =
        bal_file_find(&reader->files, name, folders, n + (has_library ? 4 : 3), file, fault);
    bal_free(folders);
    return status;
}

/* "a.inc -> b.inc -> a.inc": from the file that comes back, down to the present one. */
static void report_cycle(bal_reader *reader, const bal_level *level, const bal_level *first,
                         bal_span at)
{
    const bal_level *path[DEEPEST_INCLUDE + 1];
    char chain[400];
    size_t n = 0;
    int used = 0;
    for (const bal_level *l = level; l && n <= DEEPEST_INCLUDE; l = l == first ? NULL : l->parent)
        path[n++] = l;
    while (n > 0 && used >= 0 && (size_t)used < sizeof chain) {
        const int more =
            snprintf(chain + used, sizeof chain - (size_t)used, "%s -> ", path[--n]->file->path);
        used = more < 0 ? more : used + more;
    }
    (void)bal_report(reader->diag, BAL_D_RECURSIVE_INCLUDE, at, "a file includes itself: %s%s",
                     chain, used < 0 || (size_t)used >= sizeof chain ? "..." : first->file->path);
}

static bool is_recursive(bal_reader *reader, const bal_level *level, const bal_file *file,
                         const request *wanted)
{
    const bal_text section = bal_span_text(wanted->section);
    for (const bal_level *l = level; l; l = l->parent) {
        if (l->file != file || !bal_text_same(l->section, section))
            continue;
        report_cycle(reader, level, l, wanted->name);
        return true;
    }
    return false;
}

static bool is_beyond_limits(bal_reader *reader, const bal_level *level, const bal_file *file,
                             bal_span at)
{
    const char *text = NULL;
    reader->includes++;
    reader->bytes += file->text.n;
    if (level->depth + 1 > DEEPEST_INCLUDE)
        text = "files are nested more than 100 deep";
    else if (reader->includes > MOST_INCLUDES)
        text = "more than 10000 files are included";
    else if (reader->bytes > most_bytes)
        text = "the included files make more than 1 GiB";
    if (!text)
        return false;
    (void)bal_report(reader->diag, BAL_D_INCLUDE_LIMIT, at, "%s", text);
    return true;
}

static bal_status report_no_section(bal_reader *reader, const bal_file *file, bal_span at,
                                    const bal_nearest *nearest)
{
    const bal_text best = bal_nearest_get(nearest);
    return bal_report(reader->diag, BAL_D_LIB_SECTION, at, "no section '%s' in '%s'%s%s%s",
                      BAL_SHOW(bal_span_text(at)), file->path, best.n > 0 ? ": did you mean '" : "",
                      best.n > 0 ? BAL_SHOW(best) : "", best.n > 0 ? "'?" : "");
}

/* As written, and with '/' for the '\\' of Windows. */
static bal_status find_slashed(bal_reader *reader, const bal_level *level, bal_text name,
                               bal_file **file, bal_file_fault *fault)
{
    bal_status status = find_file(reader, level, name, file, fault);
    if (status != BAL_E_IO || !memchr(name.p, '\\', name.n))
        return status;
    char *slashed = bal_arena_alloc(reader->arena, name.n + 1, 1);
    if (!slashed)
        return BAL_E_NOMEM;
    for (size_t i = 0; i < name.n; i++)
        slashed[i] = name.p[i] == '\\' ? '/' : name.p[i];
    return find_file(reader, level, (bal_text){slashed, name.n}, file, fault);
}

/* The file is known: reads it, or its section, below `level`. */
static bal_status enter(bal_reader *reader, const bal_level *level, bal_file *file,
                        const request *wanted)
{
    bal_level inner = {.parent = level,
                       .file = file,
                       .section = bal_span_text(wanted->section),
                       .depth = level->depth + 1};
    bal_source *source = bal_reader_source(reader, file, wanted->name);
    if (!source)
        return BAL_E_NOMEM;
    inner.source = source;
    if (bal_reader_has_nul(reader, source))
        return BAL_OK;
    const char *text = file->text.p;
    if (!wanted->section.source)
        return bal_reader_lines(reader, &inner, text, text + file->text.n);
    bal_nearest nearest;
    bal_nearest_init(&nearest, inner.section);
    const bal_status status = bal_sections_index(file, reader->arena);
    if (status != BAL_OK)
        return status;
    const bal_section *section = bal_section_find(file, inner.section, &nearest);
    if (section)
        return bal_reader_lines(reader, &inner, section->body, section->stop);
    (void)report_no_section(reader, file, wanted->section, &nearest);
    return BAL_OK;
}

/* LTspice names standard.bjt and the like in each netlist, PSpice nom.lib; here only what is used
 * is missed. */
static bool is_stock(bal_text path)
{
    size_t n = path.n;
    while (n > 0 && path.p[n - 1] != '\\' && path.p[n - 1] != '/')
        n--;
    const bal_text name = {path.p + n, path.n - n};
    return bal_text_starts(name, "standard.") || bal_text_is(name, "nom.lib");
}

static void report_no_file(bal_reader *reader, bal_span name, const bal_file_fault *fault)
{
    char shown[200];
    const bal_text path = bal_span_text(name);
    (void)bal_show(shown, sizeof shown, path);
    if (fault->id == BAL_D_NO_FILE && is_stock(path))
        (void)bal_report(reader->diag, BAL_D_IGNORED_CARD, name,
                         "'%s' comes with LTspice or PSpice and is not here: the card is ignored",
                         shown);
    else
        (void)bal_report(reader->diag, fault->id, name, "'%s' %s", shown, fault->text);
}

static bal_status take_file(bal_reader *reader, const bal_level *level, const request *wanted)
{
    const bal_text name = bal_span_text(wanted->name);
    bal_file *file = NULL;
    bal_file_fault fault;
    if (name.n == 0) {
        (void)bal_report(reader->diag, BAL_D_NO_FILE, wanted->name, "the file name is empty");
        return BAL_OK;
    }
    const bal_status status = find_slashed(reader, level, name, &file, &fault);
    if (status == BAL_E_IO) {
        report_no_file(reader, wanted->name, &fault);
        return BAL_OK;
    }
    if (status != BAL_OK)
        return status;
    if (is_recursive(reader, level, file, wanted) ||
        is_beyond_limits(reader, level, file, wanted->name))
        return BAL_OK;
    return enter(reader, level, file, wanted);
}

static void report_usage(bal_reader *reader, bal_span at, const char *text)
{
    (void)bal_report(reader->diag, BAL_D_CARD_SYNTAX, at, "%s", text);
}

bal_status bal_read_include(bal_reader *reader, bal_level *level, bal_scanner *scanner)
{
    const bal_token *t = scanner->tokens;
    const size_t n = scanner->n_tokens;
    if (n < 2) {
        report_usage(reader, t[0].span, "expected a file name: .include FILE");
        return BAL_OK;
    }
    if (n > 2 && (t[1].kind == BAL_TOKEN_STRING || t[1].kind == BAL_TOKEN_EXPR)) {
        report_usage(reader, t[2].span, "nothing may follow the file name: .include FILE");
        return BAL_OK;
    }
    /* A name without quotes may hold blanks, as LTspice writes them. */
    const request wanted = {.name = bal_span_join(t[1].span, t[n - 1].span)};
    return take_file(reader, level, &wanted);
}

static void warn_skipped(bal_reader *reader, bal_level *level, bal_span name)
{
    if (level->told_section)
        return;
    level->told_section = true;
    const bal_text text = bal_span_text(name);
    (void)bal_report(reader->diag, BAL_D_IGNORED_CARD, name,
                     "section '%s' is passed over: '.lib FILE %s' takes it", BAL_SHOW(text),
                     BAL_SHOW(text));
}

/* ".lib X": the begin of a section, which is passed over, or else a file. */
static bal_status read_single_lib(bal_reader *reader, bal_level *level, bal_scanner *scanner)
{
    const bal_span name =
        bal_span_join(scanner->tokens[1].span, scanner->tokens[scanner->n_tokens - 1].span);
    const bal_status status = bal_sections_index(level->file, reader->arena);
    if (status != BAL_OK)
        return status;
    const bal_section *section = bal_section_at(level->file, level->source->text + name.begin);
    if (!section || !section->stop) {
        const request wanted = {.name = name};
        return take_file(reader, level, &wanted);
    }
    warn_skipped(reader, level, name);
    if (section->after > scanner->p)
        scanner->p = section->after < scanner->end ? section->after : scanner->end;
    return BAL_OK;
}

/* C:\Users\A B\lib\x.sub, which LTspice writes without quotes: blanks between backslashes. */
static bool is_windows_path(const bal_token *tokens, size_t n)
{
    const bal_text first = n > 2 ? bal_span_text(tokens[1].span) : (bal_text){0};
    const bal_text last = n > 2 ? bal_span_text(tokens[n - 1].span) : (bal_text){0};
    return n > 2 && tokens[1].kind == BAL_TOKEN_WORD && memchr(first.p, '\\', first.n) &&
           memchr(last.p, '\\', last.n);
}

bal_status bal_read_lib(bal_reader *reader, bal_level *level, bal_scanner *scanner)
{
    const bal_token *t = scanner->tokens;
    const size_t n = scanner->n_tokens;
    if (n == 2 || is_windows_path(t, n))
        return read_single_lib(reader, level, scanner);
    if (n != 3) {
        report_usage(reader, t[n > 3 ? 3 : 0].span, "expected .lib FILE [SECTION]");
        return BAL_OK;
    }
    const request wanted = {.name = t[1].span, .section = t[2].span};
    return take_file(reader, level, &wanted);
}
