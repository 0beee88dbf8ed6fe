/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_NETLIST_LIBRARY_H
#define BAL_NETLIST_LIBRARY_H

/*
 * Part libraries: the *.lib files of some folders, as a list of the .subckt and .model cards that
 * stand at their outermost level. Opening reads the files and looks for these lines, no more; the
 * cards of a file are made when one of its parts is wanted, so that a mistake in a file that nobody
 * needs goes unnoticed.
 */
#include "file.h"
#include "netlist.h"

typedef struct bal_library_file {
    bal_file *file;
    const bal_source *source;
    bool has_cards; /* were read */
    const bal_card *cards;
    size_t n_cards;
} bal_library_file;

typedef struct bal_part {
    bal_text name; /* as written; inside the text of its file */
    bool is_model;
    size_t file;      /* number of its file */
    const char *card; /* begin of its line, inside the text of its file */
} bal_part;

/* Files in the order of the folders, then of their names; where two have a part of one name, both
 * are listed and the first counts. */
typedef struct bal_library {
    bal_arena *arena;
    const char *const *folders;
    size_t n_folders;
    bal_files read;
    bal_library_file *files;
    size_t n_files, files_capacity;
    bal_part *parts;
    size_t n_parts, parts_capacity;
} bal_library;

/* Lists the parts of the folders in turn. A folder or a file that cannot be read is passed over.
 * The strings of `folders` and the arena must outlive the library. BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_library_open(bal_library *library, const char *const folders[],
                                          size_t n_folders, bal_arena *arena);
void bal_library_release(bal_library *library); /* what stands outside of the arena */

/* Makes the cards of a file, .include of its folder and of all folders followed. Mistakes are
 * reported. BAL_E_DECK, BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_library_read(bal_library *library, size_t file, bal_diag *diag);

#endif
