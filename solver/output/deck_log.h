/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_OUTPUT_DECK_LOG_H
#define BAL_OUTPUT_DECK_LOG_H

/* What became of many decks, one record each, for machines: JSON or JUnit's XML. */
#include "bytes.h"
#include "claim_line.h"

typedef struct bal_log_message {
    const char *level; /* "note", "warning", "error" */
    int number;        /* 0 for a note */
    const char *file;  /* "" when there is no place */
    unsigned line, column;
    const char *text;
} bal_log_message;

typedef struct bal_log_deck {
    const char *path;
    int status;         /* 0 done, 1 a claim does not hold; above: there is no result */
    const char *result; /* the status in words */
    const bal_log_message *messages;
    size_t n_messages;
    const bal_claim_line *claims;
    size_t n_claims;
} bal_log_deck;

typedef struct bal_deck_log_row {
    const char *name;
    void (*begin)(bal_bytes *bytes);
    void (*deck)(bal_bytes *bytes, size_t i, const bal_log_deck *deck); /* the i-th, from 0 */
    void (*end)(bal_bytes *bytes);
} bal_deck_log_row;

const bal_deck_log_row *bal_deck_log_find(const char *name); /* "json", "junit"; NULL if unknown */

extern const bal_deck_log_row bal_deck_log_json;
extern const bal_deck_log_row bal_deck_log_junit;

#endif
