/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part library as text, from the comments above its parts. */
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "job.h"
#include "part.h"

typedef struct printer {
    const bal_library *library;
    bal_arena *arena;
    bal_bytes *out;
} printer;

static void put(const printer *p, bal_text text)
{
    bal_bytes_put(p->out, text.p, text.n);
}

static void put_padded(const printer *p, bal_text text, size_t width)
{
    put(p, text);
    for (size_t n = text.n; n < width; n++)
        bal_bytes_text(p->out, " ");
}

static size_t wider(size_t width, bal_text text)
{
    return text.n > width ? text.n : width;
}

static size_t widest_name(const bal_library *library)
{
    size_t width = 0;
    for (size_t i = 0; i < library->n_parts; i++)
        width = wider(width, library->parts[i].name);
    return width;
}

/* A line for each part, under the name of its file. */
static bal_status print_list(const printer *p)
{
    const size_t width = widest_name(p->library);
    size_t file = p->library->n_files;
    for (size_t i = 0; i < p->library->n_parts; i++) {
        const bal_part *part = &p->library->parts[i];
        bal_part_head head;
        if (bal_part_read_head(p->library, part, p->arena, &head) != BAL_OK)
            return BAL_E_NOMEM;
        if (part->file != file) {
            bal_bytes_text(p->out, i > 0 ? "\n" : "");
            bal_bytes_text(p->out, p->library->files[part->file].source->name);
            bal_bytes_text(p->out, "\n");
        }
        file = part->file;
        bal_bytes_text(p->out, "  ");
        put_padded(p, part->name, head.summary.n > 0 ? width + 2 : 0);
        put(p, head.summary);
        bal_bytes_text(p->out, "\n");
    }
    return BAL_OK;
}

typedef struct widths {
    size_t name, fallback, unit, meaning;
} widths;

static void print_row(const printer *p, const widths *w, const bal_part_param *row)
{
    bal_bytes_text(p->out, "  ");
    put_padded(p, row->name, w->name + 2);
    put_padded(p, row->fallback, w->fallback + 2);
    put_padded(p, row->unit, w->unit + 2);
    put_padded(p, row->meaning, row->origin.n > 0 ? w->meaning + 2 : 0);
    put(p, row->origin);
    bal_bytes_text(p->out, "\n");
}

static void print_params(const printer *p, const bal_part_head *head)
{
    const bal_part_param title = {bal_text_of("parameter"), bal_text_of("default"),
                                  bal_text_of("unit"), bal_text_of("meaning"),
                                  bal_text_of("origin")};
    widths w = {title.name.n, title.fallback.n, title.unit.n, title.meaning.n};
    for (size_t i = 0; i < head->n_params; i++) {
        const bal_part_param *row = &head->params[i];
        w = (widths){wider(w.name, row->name), wider(w.fallback, row->fallback),
                     wider(w.unit, row->unit), wider(w.meaning, row->meaning)};
    }
    if (head->n_params == 0)
        return;
    bal_bytes_text(p->out, "\n");
    print_row(p, &w, &title);
    for (size_t i = 0; i < head->n_params; i++)
        print_row(p, &w, &head->params[i]);
}

static bal_status print_part(const printer *p, const bal_part *part)
{
    const bal_source *source = p->library->files[part->file].source;
    const uint32_t at = (uint32_t)(part->card - source->text);
    const char *place = bal_arena_format(p->arena, "\n  %s:%u\n", source->name,
                                         bal_span_place((bal_span){source, at, at}).line);
    bal_part_head head;
    if (!place || bal_part_read_head(p->library, part, p->arena, &head) != BAL_OK)
        return BAL_E_NOMEM;
    put(p, part->name);
    bal_bytes_text(p->out, head.summary.n > 0 ? ": " : "");
    put(p, head.summary);
    bal_bytes_text(p->out, place);
    bal_bytes_text(p->out, part->is_model ? "\n  P1 " : "\n  X1 ");
    put(p, head.pins);
    bal_bytes_text(p->out, head.pins.n > 0 ? " " : "... ");
    put(p, part->name);
    bal_bytes_text(p->out, part->is_model ? " len=\n" : head.n_params > 0 ? " ...\n" : "\n");
    print_params(p, &head);
    bal_bytes_text(p->out, head.n_notes > 0 ? "\n" : "");
    for (size_t i = 0; i < head.n_notes; i++) {
        bal_bytes_text(p->out, "  ");
        put(p, head.notes[i]);
        bal_bytes_text(p->out, "\n");
    }
    return BAL_OK;
}

static bal_status print_named(const printer *p, bal_diag *diag, const char *name)
{
    bal_nearest nearest;
    bal_nearest_init(&nearest, bal_text_of(name));
    for (size_t i = 0; i < p->library->n_parts; i++) {
        if (bal_text_is(p->library->parts[i].name, name))
            return print_part(p, &p->library->parts[i]);
        bal_nearest_offer(&nearest, p->library->parts[i].name);
    }
    const bal_text best = bal_nearest_get(&nearest);
    (void)bal_report(diag, BAL_D_UNKNOWN_SUBCKT, (bal_span){NULL, 0, 0},
                     "no part '%s' in the library%s%s%s", BAL_SHOW(bal_text_of(name)),
                     best.n ? "; did you mean '" : "", best.n ? BAL_SHOW(best) : "",
                     best.n ? "'?" : "");
    return BAL_E_USAGE;
}

static bal_status print(printer *p, const bal_options *options, bal_diag *diag, const char *name)
{
    bal_library library = {0};
    const char **folders = bal_arena_alloc(p->arena, options->n_folders + 1, sizeof *folders);
    if (!folders)
        return BAL_E_NOMEM;
    size_t n = 0;
    for (; n < options->n_folders; n++)
        folders[n] = options->folders[n];
    if (options->library)
        folders[n++] = options->library;
    bal_status status = bal_library_open(&library, folders, n, p->arena);
    p->library = &library;
    if (status == BAL_OK)
        status = name ? print_named(p, diag, name) : print_list(p);
    bal_library_release(&library);
    p->library = NULL;
    return status;
}

bal_result bal_parts(const bal_options *given, const char *name, bal_write_fn write, void *user)
{
    const bal_options options = bal_job_given(given);
    bal_job job = {.message = options.message, .message_user = options.message_user};
    bal_diag diag = {.sink = bal_job_forward, .user = &job};
    bal_job_writer writer = {write, user};
    bal_bytes *out = bal_alloc(1, sizeof *out);
    if (!out)
        return BAL_OUT_OF_MEMORY;
    bal_arena_init(&job.arena);
    bal_bytes_init(out, bal_job_write, &writer);
    printer p = {.arena = &job.arena, .out = out};
    bal_status status = print(&p, &options, &diag, name);
    if (status == BAL_OK)
        status = bal_bytes_flush(out);
    bal_free(out);
    bal_arena_release(&job.arena);
    return bal_job_result(status);
}
