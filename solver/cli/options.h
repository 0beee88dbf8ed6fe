/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CLI_OPTIONS_H
#define BAL_CLI_OPTIONS_H

/* The command line. One table of options makes the parsing, --help and the reference. */
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct bal_words {
    const char **item; /* the words belong to argv */
    size_t n;
} bal_words;

typedef enum bal_color { BAL_COLOR_AUTO, BAL_COLOR_ALWAYS, BAL_COLOR_NEVER } bal_color;

typedef struct bal_arguments {
    int command;        /* number of the command, 0 if none was named */
    bool has_command;   /* a command was named */
    bal_words operands; /* decks, folders, topics */
    bal_words outputs;
    bal_words settings;
    bal_words folders;
    const char *frequencies; /* NULL: the deck's grid */
    unsigned raw;            /* 0 binary, 1 ascii */
    unsigned color;          /* bal_color */
    unsigned annotate;       /* 0 by the environment, 1 for GitHub, 2 never */
    const char *junit;       /* NULL: none */
    const char *drivers;     /* of compare: "A,B" or "all"; NULL: as drawn */
    const char *cables;
    const char *receivers;
    const char *sort;    /* NULL: by the first column */
    const char *columns; /* "A,B"; NULL: all */
    const char *library; /* folder of the part library, see library.h; NULL: none */
    bool lenient;
    bool werror;
    bool quiet;
    bool json; /* on stdout */
    bool breaks;
    bool help;
    bool version;
    unsigned long long max_runs; /* 0: the library's own limit */
    unsigned long long threads;
    const char **storage; /* of the word lists */
} bal_arguments;

/* Exit code 0, or 2 (or 5 without memory) after a message. Release in both cases. */
int bal_arguments_parse(bal_arguments *arguments, int argc, char **argv);
void bal_arguments_release(bal_arguments *arguments);

/* The options of a command (all if command < 0): for people, or as a table in Markdown. */
void bal_options_print(FILE *file, int command);
void bal_options_print_markdown(FILE *file);

#endif
