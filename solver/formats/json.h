/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_FORMATS_JSON_H
#define BAL_FORMATS_JSON_H

/*
 * JSON (RFC 8259) by Jansson, for writers that stream: the brackets of long lists are put as text,
 * what stands between them in pieces that fit into memory.
 */
#include <jansson.h>

#include "bytes.h"

enum { BAL_JSON_SCHEMA = 1 }; /* "schema" of every file; raised when a reader could break */

/* Puts the value in one line and gives its reference back. NULL, as Jansson returns it without
 * memory, makes the status of `bytes` BAL_E_NOMEM. */
void bal_json_put(bal_bytes *bytes, json_t *value);

/* Bytes that are no UTF-8 become U+FFFD. NULL when memory is out. */
json_t *bal_json_text(const char *text);

/* Adds a member and takes its reference. *object becomes NULL when memory is out, so that a row of
 * these calls needs no test in between. */
void bal_json_member(json_t **object, const char *key, json_t *value);

/* 17 digits, without an allocation. JSON knows no infinity: "inf", "-inf"; what is undefined is
 * null. */
void bal_json_number(bal_bytes *bytes, double value);

#endif
