/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole deck: its file, its title line, its cards. */
#include <string.h>

#include "alloc.h"
#include "reader.h"
#include "title.h"

static bool is_blank(bal_text text)
{
    const char *end = text.p + text.n;
    for (const char *p = text.p; p < end; p++) {
        if ((unsigned char)*p > ' ' || *p == '\0')
            return false;
    }
    return true;
}

static void report_empty(const bal_reader *reader, const bal_source *source, const char *text)
{
    (void)bal_report(reader->diag, BAL_D_EMPTY_DECK, (bal_span){source, 0, 0}, "%s", text);
}

static bal_status read_cards(bal_reader *reader, bal_level *level)
{
    const bal_source *source = level->source;
    const char *text = source->text;
    const char *end = text + source->length;
    const char *feed = memchr(text, '\n', source->length);
    const char *stop = feed ? feed : end;
    const bal_span line = {source, 0, (uint32_t)(stop - text)};
    const bal_status status = bal_title_clean(bal_span_text(line), reader->arena, &reader->title);
    if (status != BAL_OK)
        return status;
    bal_title_check(line, reader->diag);
    return bal_reader_lines(reader, level, stop < end ? stop + 1 : end, end);
}

static bal_status finish(bal_reader *reader, const bal_source *source, bal_deck *deck)
{
    bal_card *cards = bal_arena_alloc(reader->arena, reader->n_cards, sizeof *cards);
    if (!cards)
        return BAL_E_NOMEM;
    memcpy(cards, reader->cards, reader->n_cards * sizeof *cards);
    *deck = (bal_deck){.title = reader->title,
                       .cards = cards,
                       .n_cards = reader->n_cards,
                       .source = source,
                       .folders = reader->options ? reader->options->folders : NULL,
                       .n_folders = reader->options ? reader->options->n_folders : 0,
                       .library = reader->options ? reader->options->library : NULL};
    return BAL_OK;
}

static bal_status read_deck(bal_reader *reader, bal_file *file, bal_deck *deck)
{
    const unsigned errors = reader->diag->errors;
    const bal_source *source = bal_reader_source(reader, file, (bal_span){NULL, 0, 0});
    if (!source)
        return BAL_E_NOMEM;
    bal_level level = {.file = file, .source = source};
    reader->bytes = file->text.n;
    if (bal_reader_has_nul(reader, source))
        return BAL_E_DECK;
    if (is_blank(file->text)) {
        report_empty(reader, source, "the file is empty");
        return BAL_E_DECK;
    }
    const bal_status status = read_cards(reader, &level);
    if (status != BAL_OK)
        return status;
    if (reader->n_cards == 0 && reader->diag->errors == errors)
        report_empty(reader, source, "the file holds a title and no cards");
    return reader->diag->errors > errors ? BAL_E_DECK : finish(reader, source, deck);
}

static bal_reader new_reader(const char *path, const bal_read_options *options, bal_arena *arena,
                             bal_diag *diag)
{
    return (bal_reader){.arena = arena,
                        .diag = diag,
                        .options = options,
                        .files = {.arena = arena},
                        .deck_path = path};
}

static bal_status report_fault(bal_diag *diag, const char *path, const bal_file_fault *fault)
{
    char shown[300];
    (void)bal_report(diag, fault->id, (bal_span){NULL, 0, 0}, "'%s' %s",
                     bal_show(shown, sizeof shown, bal_text_of(path)), fault->text);
    return fault->id == BAL_D_NOT_TEXT ? BAL_E_DECK : BAL_E_IO;
}

/* Of bal_file_load or bal_file_of_text: goes on with the file, or reports why there is none. */
static bal_status read_loaded(bal_reader *reader, bal_status loaded, bal_file *file,
                              const bal_file_fault *fault, bal_deck *deck)
{
    if (loaded == BAL_E_IO)
        return report_fault(reader->diag, reader->deck_path, fault);
    if (loaded != BAL_OK)
        return loaded;
    const bal_status status = read_deck(reader, file, deck);
    bal_free(reader->cards);
    return status;
}

bal_status bal_deck_read(const char *path, const bal_read_options *options, bal_arena *arena,
                         bal_diag *diag, bal_deck *deck)
{
    bal_reader reader = new_reader(path, options, arena, diag);
    bal_file_fault fault;
    bal_file *file = NULL;
    const bal_status loaded = bal_file_load(&reader.files, path, &file, &fault);
    return read_loaded(&reader, loaded, file, &fault, deck);
}

bal_status bal_deck_read_text(const char *name, const char *text, size_t n,
                              const bal_read_options *options, bal_arena *arena, bal_diag *diag,
                              bal_deck *deck)
{
    bal_reader reader = new_reader(name, options, arena, diag);
    bal_file_fault fault;
    bal_file *file = NULL;
    const bal_text bytes = {text, n};
    const bal_status loaded = bal_file_of_text(&reader.files, name, bytes, &file, &fault);
    return read_loaded(&reader, loaded, file, &fault, deck);
}
