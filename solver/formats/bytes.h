/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_FORMATS_BYTES_H
#define BAL_FORMATS_BYTES_H

/*
 * Bytes on their way out, gathered into blocks. A failed write is remembered and everything after
 * it is dropped, so that writers ask for the status once per point and not after each field.
 */
#include <stddef.h>

#include "digits17.h"
#include "status.h"

/* Takes n bytes. BAL_OK, or what stops the run (BAL_E_IO, BAL_E_STOPPED). */
typedef bal_status (*bal_bytes_fn)(void *user, const char *bytes, size_t n);

enum { BAL_BYTES_BLOCK = 65536 };

typedef struct bal_bytes {
    bal_bytes_fn write;
    void *user;
    bal_status status; /* of the first write that failed */
    size_t used;
    bal_digits17 digits;
    char block[BAL_BYTES_BLOCK];
} bal_bytes;

void bal_bytes_init(bal_bytes *bytes, bal_bytes_fn write, void *user);

void bal_bytes_put(bal_bytes *bytes, const char *text, size_t n);
void bal_bytes_text(bal_bytes *bytes, const char *text); /* NUL-terminated */
void bal_bytes_number(bal_bytes *bytes, double value);   /* 17 digits */
void bal_bytes_double(bal_bytes *bytes, double value);   /* IEEE 754, little-endian */

/* Writes what is gathered. Returns the status so far. */
bal_status bal_bytes_flush(bal_bytes *bytes);

#endif
