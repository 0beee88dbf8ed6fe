/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_NETLIST_ENCODING_H
#define BAL_NETLIST_ENCODING_H

#include <stdbool.h>

#include "arena.h"
#include "status.h"
#include "text.h"

/* Whether bytes are no text at all: a well-known binary file, or every sixteenth byte of the
 * beginning is a control character. UTF-16 is text. */
bool bal_bytes_are_binary(const unsigned char *bytes, size_t n);

/* Bytes of a file -> UTF-8 with '\n' as the only line end, NUL-terminated in the arena. UTF-8 with
 * or without BOM, UTF-16 of either order with BOM or told by its NULs; a byte that is no UTF-8 is
 * read as Latin-1. NULs stay. BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_bytes_decode(const unsigned char *bytes, size_t n, bal_arena *arena,
                                          bal_text *text);

#endif
