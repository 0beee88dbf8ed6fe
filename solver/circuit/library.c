/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Definitions of the part library: a file of it becomes a definition without a parent, beside the
 * top of the deck, so that its parts see each other and other library files but nothing of the
 * deck. No file is looked at before a name is missing.
 */
#include "internal.h"

#include "alloc.h"
#include "library.h"

struct bal_circuit_library {
    bal_library files;
    const char **folders;   /* -I and then the part library */
    bal_definition **roots; /* of each file; NULL: its cards were not needed. NULL: memory is out */
    bal_name_table subckts; /* -> number of the part */
    bal_name_table models;
};

static bal_status add_names(bal_circuit *c, struct bal_circuit_library *l)
{
    bal_status status = BAL_OK;
    for (size_t i = 0; i < l->files.n_parts && status == BAL_OK; i++) {
        const bal_part *part = &l->files.parts[i];
        int existing = -1;
        status = bal_names_add(part->is_model ? &l->models : &l->subckts, c->in.arena, part->name,
                               (int)i, &existing);
    }
    return status;
}

static bal_status open_library(bal_circuit *c)
{
    const bal_deck *deck = c->in.deck;
    struct bal_circuit_library *l = bal_arena_alloc(c->in.arena, 1, sizeof *l);
    const char **folders = bal_arena_alloc(c->in.arena, deck->n_folders + 1, sizeof *folders);
    if (!l || !folders)
        return BAL_E_NOMEM;
    size_t n = deck->n_folders;
    for (size_t i = 0; i < n; i++)
        folders[i] = deck->folders[i];
    if (deck->library)
        folders[n++] = deck->library;
    c->library = l;
    bal_status status = bal_library_open(&l->files, folders, n, c->in.arena);
    if (status == BAL_OK)
        status = add_names(c, l);
    l->roots = bal_arena_alloc(c->in.arena, l->files.n_files + 1, sizeof(bal_definition *));
    return l->roots ? status : BAL_E_NOMEM;
}

static const bal_part *find_part(const bal_circuit *c, bal_text name, bool is_model)
{
    const struct bal_circuit_library *l = c->library;
    const int i = l && l->roots ? bal_names_find(is_model ? &l->models : &l->subckts, name) : -1;
    return i >= 0 ? &l->files.parts[i] : NULL;
}

bal_status bal_library_need(bal_circuit *c, bal_text name, bool is_model)
{
    bal_status status = c->library ? BAL_OK : open_library(c);
    const bal_part *part = status == BAL_OK ? find_part(c, name, is_model) : NULL;
    if (!part || c->library->roots[part->file])
        return status;
    bal_definition *root = bal_definitions_root(c);
    if (!root)
        return BAL_E_NOMEM;
    root->is_library = true;
    c->library->roots[part->file] = root;
    status = bal_library_read(&c->library->files, part->file, c->in.diag);
    const bal_library_file *file = &c->library->files.files[part->file];
    return status == BAL_OK ? bal_definitions_sort(c, root, file->cards, file->n_cards) : status;
}

const bal_definition *bal_library_root(const bal_circuit *c, bal_text name, bool is_model)
{
    const bal_part *part = find_part(c, name, is_model);
    return part ? c->library->roots[part->file] : NULL;
}

void bal_library_offer(const bal_circuit *c, bool models, bal_nearest *nearest)
{
    if (c->library)
        bal_names_offer(models ? &c->library->models : &c->library->subckts, nearest);
}

void bal_library_close(bal_circuit *c)
{
    if (!c->library)
        return;
    bal_library_release(&c->library->files);
    bal_names_release(&c->library->subckts);
    bal_names_release(&c->library->models);
}
