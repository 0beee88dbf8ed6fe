/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "reader.h"

static bool is_library(const char *name)
{
    const size_t n = strlen(name);
    return name[0] != '.' && n > 4 && bal_text_is((bal_text){name + n - 4, 4}, ".lib");
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

typedef struct name_list {
    const char **name;
    size_t n, capacity;
} name_list;

static bal_status add_name(name_list *list, bal_arena *arena, const char *name)
{
    const char **grown = bal_grow(list->name, &list->capacity, list->n + 1, sizeof *list->name);
    if (!grown)
        return BAL_E_NOMEM;
    list->name = grown;
    list->name[list->n] = bal_arena_copy(arena, name, strlen(name));
    return list->name[list->n++] ? BAL_OK : BAL_E_NOMEM;
}

/* Sorted: the order of a directory is the file system's. */
static bal_status list_folder(const char *folder, bal_arena *arena, name_list *list)
{
    DIR *directory = opendir(folder);
    if (!directory)
        return errno == ENOMEM ? BAL_E_NOMEM : BAL_OK;
    bal_status status = BAL_OK;
    const struct dirent *entry = readdir(directory);
    for (; entry && status == BAL_OK; entry = readdir(directory))
        if (is_library(entry->d_name))
            status = add_name(list, arena, entry->d_name);
    (void)closedir(directory);
    if (list->n > 0)
        qsort(list->name, list->n, sizeof *list->name, by_name);
    return status;
}

static bal_text next_word(const char **p, const char *end)
{
    while (*p < end && bal_blank_length(*p, end) > 0)
        *p += bal_blank_length(*p, end);
    const char *begin = *p;
    while (*p < end && bal_blank_length(*p, end) == 0)
        ++*p;
    return (bal_text){begin, (size_t)(*p - begin)};
}

static bal_status add_part(bal_library *library, bal_text name, const char *line, bool is_model)
{
    bal_part *grown = bal_grow(library->parts, &library->parts_capacity, library->n_parts + 1,
                               sizeof *library->parts);
    if (!grown)
        return BAL_E_NOMEM;
    library->parts = grown;
    library->parts[library->n_parts++] = (bal_part){name, is_model, library->n_files - 1, line};
    return BAL_OK;
}

/* Lists the parts of the newest file. */
static bal_status list_parts(bal_library *library, bal_text text)
{
    const char *end = text.p + text.n;
    bal_status status = BAL_OK;
    int depth = 0;
    for (const char *line = text.p; line < end && status == BAL_OK;) {
        const char *feed = memchr(line, '\n', (size_t)(end - line));
        const char *stop = feed ? feed : end;
        const char *p = line;
        const bal_text word = next_word(&p, stop);
        const bal_text name = next_word(&p, stop);
        const bool is_model = bal_text_is(word, ".model");
        const bool is_subckt = bal_text_is(word, ".subckt") || bal_text_is(word, ".macro");
        if (depth == 0 && name.n > 0 && (is_model || is_subckt))
            status = add_part(library, name, line, is_model);
        if (is_subckt)
            depth++;
        else if (depth > 0 && (bal_text_is(word, ".ends") || bal_text_is(word, ".eom")))
            depth--;
        line = stop < end ? stop + 1 : end;
    }
    return status;
}

static bal_status add_file(bal_library *library, const char *folder, const char *name)
{
    const char *slash = folder[0] && folder[strlen(folder) - 1] == '/' ? "" : "/";
    const char *path = bal_arena_format(library->arena, "%s%s%s", folder, slash, name);
    bal_library_file *grown = bal_grow(library->files, &library->files_capacity,
                                       library->n_files + 1, sizeof *library->files);
    if (grown)
        library->files = grown;
    bal_source *source = bal_arena_alloc(library->arena, 1, sizeof *source);
    if (!path || !grown || !source)
        return BAL_E_NOMEM;
    bal_file *file = NULL;
    bal_file_fault fault;
    const bal_status status = bal_file_load(&library->read, path, &file, &fault);
    if (status != BAL_OK)
        return status == BAL_E_NOMEM ? status : BAL_OK;
    for (size_t i = 0; i < library->n_files; i++)
        if (library->files[i].file == file)
            return BAL_OK; /* a folder given twice */
    *source =
        (bal_source){.name = file->path, .text = file->text.p, .length = (uint32_t)file->text.n};
    library->files[library->n_files++] = (bal_library_file){.file = file, .source = source};
    return list_parts(library, file->text);
}

bal_status bal_library_open(bal_library *library, const char *const folders[], size_t n_folders,
                            bal_arena *arena)
{
    *library = (bal_library){
        .arena = arena, .folders = folders, .n_folders = n_folders, .read = {.arena = arena}};
    bal_status status = BAL_OK;
    for (size_t i = 0; i < n_folders && status == BAL_OK; i++) {
        name_list list = {0};
        status = list_folder(folders[i], arena, &list);
        for (size_t k = 0; k < list.n && status == BAL_OK; k++)
            status = add_file(library, folders[i], list.name[k]);
        bal_free(list.name);
    }
    return status;
}

void bal_library_release(bal_library *library)
{
    bal_free(library->files);
    bal_free(library->parts);
}

static bal_status keep_cards(const bal_reader *reader, bal_library_file *file)
{
    bal_card *cards = bal_arena_alloc(reader->arena, reader->n_cards + 1, sizeof *cards);
    if (!cards)
        return BAL_E_NOMEM;
    if (reader->n_cards > 0)
        memcpy(cards, reader->cards, reader->n_cards * sizeof *cards);
    file->cards = cards;
    file->n_cards = reader->n_cards;
    return BAL_OK;
}

bal_status bal_library_read(bal_library *library, size_t number, bal_diag *diag)
{
    bal_library_file *file = &library->files[number];
    if (file->has_cards)
        return BAL_OK;
    file->has_cards = true;
    const bal_read_options options = {.folders = library->folders, .n_folders = library->n_folders};
    const unsigned errors = diag->errors;
    bal_reader reader = {.arena = library->arena,
                         .diag = diag,
                         .options = &options,
                         .files = library->read,
                         .deck_path = file->file->path,
                         .bytes = file->file->text.n};
    bal_level level = {.file = file->file, .source = file->source};
    bal_status status = BAL_OK;
    if (!bal_reader_has_nul(&reader, file->source))
        status = bal_reader_lines(&reader, &level, file->file->text.p,
                                  file->file->text.p + file->file->text.n);
    library->read = reader.files;
    if (status == BAL_OK)
        status = diag->errors > errors ? BAL_E_DECK : keep_cards(&reader, file);
    bal_free(reader.cards);
    return status;
}
