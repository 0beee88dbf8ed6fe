/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_NETLIST_READER_H
#define BAL_NETLIST_READER_H

/* What reading a deck keeps: shared by reader.c (lines and cards) and include.c (files). */
#include "file.h"
#include "netlist.h"
#include "scan.h"

typedef struct bal_reader {
    bal_arena *arena;
    bal_diag *diag;
    const bal_read_options *options;
    bal_files files;
    const char *deck_path;
    bal_card *cards;
    size_t n_cards;
    size_t capacity;
    bal_text title;
    size_t bytes;      /* of all files read so far, each as often as included */
    unsigned includes; /* likewise */
    bool told_control; /* one warning for all .control blocks */
    bool told_hash;    /* and one for all comments with # */
} bal_reader;

/* One file, or one section of it, being read; a list on the callers' stacks. */
typedef struct bal_level {
    const struct bal_level *parent; /* NULL: the deck */
    bal_file *file;
    bal_text section; /* empty: the whole file */
    const bal_source *source;
    unsigned depth;
    bool told_section; /* one warning for all sections passed over */
} bal_level;

/* Reads the cards between begin and end of the level's text. BAL_E_NOMEM; mistakes are reported and
 * counted in the diag only. */
BAL_NODISCARD bal_status bal_reader_lines(bal_reader *reader, bal_level *level, const char *begin,
                                          const char *end);

/* Cards that name files: the scanner holds the card's tokens. As bal_reader_lines. */
BAL_NODISCARD bal_status bal_read_include(bal_reader *reader, bal_level *level,
                                          bal_scanner *scanner);
BAL_NODISCARD bal_status bal_read_lib(bal_reader *reader, bal_level *level, bal_scanner *scanner);

/* A source for the file; NULL when memory is out. */
bal_source *bal_reader_source(bal_reader *reader, const bal_file *file, bal_span included_at);

/* Reports a NUL byte; true if there is one. */
bool bal_reader_has_nul(const bal_reader *reader, const bal_source *source);

#endif
