/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_BASE_DIAG_H
#define BAL_BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "source.h"
#include "status.h"

/*
 * Messages to the user. Each has a row in diagnostics.def (identifier, severity, number, title), a
 * place, and prints as
 *
 *   deck.cir:3:13: error: unexpected ',' in number [E201]
 *     R1 in out 1k,5
 *                 ^~
 *
 * followed by the instance path and the include chain where there is one. Control bytes of the
 * user's text are escaped. Messages: lower case, no full stop, user's words in '...', say what was
 * expected and what was found, then the nearest known name.
 */
typedef enum bal_severity { BAL_NOTE, BAL_WARNING, BAL_ERROR } bal_severity;

typedef enum bal_diag_id {
#define BAL_DIAGNOSTIC(id, severity, number, title) BAL_D_##id,
#include "diagnostics.def"
#undef BAL_DIAGNOSTIC
    BAL_D_COUNT
} bal_diag_id;

typedef struct bal_message {
    bal_severity severity;
    int number;       /* of diagnostics.def; 0 for a note */
    const char *file; /* "" when there is no place */
    unsigned line;    /* 0 when there is no place */
    unsigned column;
    const char *headline; /* one line, without the place */
    const char *rendered; /* everything, several lines, ends in a newline */
} bal_message;

/* Called once per message; pointers are valid during the call only. */
typedef void (*bal_diag_sink)(void *user, const bal_message *message);

/* The instance path during the expansion of subcircuits: a list on the callers' stacks. */
typedef struct bal_diag_frame {
    const struct bal_diag_frame *parent;
    const char *path; /* "x1.x2" */
    bal_span at;      /* the X card */
} bal_diag_frame;

/* Initialise with designated initialisers; sink may be NULL (messages are only counted). */
typedef struct bal_diag {
    bal_diag_sink sink;
    void *user;
    bool warnings_are_errors; /* --werror */
    bool lenient;             /* --lenient: rows marked LENIENT become warnings */
    unsigned errors;          /* counted here */
    unsigned warnings;
    const bal_diag_frame *frame; /* set by the expansion */
    size_t warning_bytes;        /* kept here: length of all warnings and notes shown */
    uint64_t told[64];           /* kept here: the latest warnings, so that none is shown twice */
    bool warnings_over;          /* kept here: no more of them are shown */
    bool muted;                  /* kept here: the last message was not shown, its notes are not */
} bal_diag;

/* Limits of what is shown; together they keep all messages of a run below 64 KiB. */
enum { BAL_MAX_ERRORS = 20, BAL_MAX_WARNINGS = 100 };

/* Reports and returns BAL_E_DECK for an error (also when the row was raised to one), BAL_OK for a
 * warning, so that `return bal_report(...)` does both. After BAL_MAX_ERRORS errors one last message
 * says so and nothing more is shown; warnings stop likewise, errors after them are still shown. A
 * warning with the place and text of a recent one (a part used a hundred times) is dropped. */
bal_status bal_report(bal_diag *diag, bal_diag_id id, bal_span at, const char *format, ...)
    BAL_PRINTF(4, 5);

/* A second place for the message before ("first defined here"). */
void bal_note(bal_diag *diag, bal_span at, const char *format, ...) BAL_PRINTF(3, 4);

bool bal_diag_full(const bal_diag *diag); /* 20 errors: loops over cards stop */

/* Writes user text into buffer with control bytes as \xNN, cut with "..." to fit; returns buffer.
 * For '%s' of bal_report. */
const char *bal_show(char *buffer, size_t size, bal_text text);
#define BAL_SHOW(text) bal_show((char[64]){0}, 64, (text))

typedef struct bal_diagnostic {
    const char *id;
    bal_severity severity;
    int number;
    const char *title; /* one line for the reference */
    bool lenient;      /* an error that --lenient lowers */
} bal_diagnostic;

const bal_diagnostic *bal_diagnostic_row(bal_diag_id id);

#endif
