/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of numbers that a card names: found like includes, each read once. */
#include <stdio.h>

#include "alloc.h"
#include "columns.h"
#include "file.h"
#include "internal.h"
#include "touchstone.h"

/* What was read, by file. */
struct bal_data_file {
    struct bal_data_file *next;
    const bal_file *file;
    const bal_source *source;
    const bal_table *table;
    const bal_network *network;
};

/* Beside the file that names it, beside the deck, then along -I. */
static bal_status find(bal_circuit *c, bal_span name, bal_file **file, bal_file_fault *fault)
{
    const bal_deck *deck = c->in.deck;
    bal_text *folders = bal_alloc(deck->n_folders + 3, sizeof *folders);
    if (!folders)
        return BAL_E_NOMEM;
    folders[0] = bal_file_folder(name.source->name);
    folders[1] = bal_file_folder(deck->source->name);
    for (size_t i = 0; i < deck->n_folders; i++)
        folders[2 + i] = bal_text_of(deck->folders[i]);
    folders[deck->n_folders + 2] = bal_text_of("");
    bal_files files = {c->in.arena, c->files};
    const bal_status status =
        bal_file_find(&files, bal_span_text(name), folders, deck->n_folders + 3, file, fault);
    c->files = files.first;
    bal_free(folders);
    return status;
}

static bal_status remember(bal_circuit *c, bal_span name, const bal_file *file,
                           struct bal_data_file **out)
{
    for (struct bal_data_file *d = c->data_files; d; d = d->next)
        if (d->file == file) {
            *out = d;
            return BAL_OK;
        }
    struct bal_data_file *d = bal_arena_alloc(c->in.arena, 1, sizeof *d);
    bal_source *source = bal_arena_alloc(c->in.arena, 1, sizeof *source);
    if (!d || !source)
        return BAL_E_NOMEM;
    *source = (bal_source){.name = file->path,
                           .text = file->text.p,
                           .length = (uint32_t)file->text.n,
                           .included_at = name};
    d->file = file;
    d->source = source;
    d->next = c->data_files;
    c->data_files = d;
    *out = d;
    return BAL_OK;
}

static bal_status open_data(bal_circuit *c, bal_span name, struct bal_data_file **out)
{
    bal_file *file = NULL;
    bal_file_fault fault;
    if (name.begin == name.end)
        return bal_report(c->in.diag, BAL_D_NO_FILE, name, "the file name is empty");
    const bal_status status = find(c, name, &file, &fault);
    if (status == BAL_E_IO) {
        char shown[200];
        return bal_report(c->in.diag, fault.id, name, "'%s' %s",
                          bal_show(shown, sizeof shown, bal_span_text(name)), fault.text);
    }
    return status == BAL_OK ? remember(c, name, file, out) : status;
}

bal_status bal_data_table(bal_circuit *c, bal_span name, const bal_table **out)
{
    struct bal_data_file *d = NULL;
    bal_status status = open_data(c, name, &d);
    if (status != BAL_OK || !d)
        return status;
    if (!d->table)
        status = bal_columns_read(d->source, c->in.arena, c->in.diag, &d->table);
    if (status == BAL_OK)
        *out = d->table;
    return status;
}

bal_status bal_circuit_table(bal_circuit *c, bal_span name, const bal_table **table)
{
    return bal_data_table(c, name, table);
}

bal_status bal_data_network(bal_circuit *c, bal_span name, const bal_network **out)
{
    struct bal_data_file *d = NULL;
    bal_status status = open_data(c, name, &d);
    if (status != BAL_OK || !d)
        return status;
    if (!d->network)
        status = bal_touchstone_read(d->source, c->in.arena, c->in.diag, &d->network);
    if (status == BAL_OK)
        *out = d->network;
    return status;
}
