/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_BASE_ARENA_H
#define BAL_BASE_ARENA_H

#include <stddef.h>

#include "status.h"
#include "text.h"

/* Text things (names, cards, expressions, instances) live in one arena per circuit and are freed at
 * once. Not thread-safe per object. */
typedef struct bal_arena {
    struct bal_arena_block *blocks;
    size_t used; /* bytes of the newest block */
} bal_arena;

void bal_arena_init(bal_arena *arena); /* {0} is as good */

/* Zeroed, aligned for any type; NULL when memory is out. Lives until bal_arena_release. */
BAL_NODISCARD void *bal_arena_alloc(bal_arena *arena, size_t count, size_t size);

/* NUL-terminated copy of n bytes; NULL when memory is out. */
BAL_NODISCARD char *bal_arena_copy(bal_arena *arena, const char *text, size_t n);

/* printf into the arena; NULL when memory is out. */
BAL_NODISCARD char *bal_arena_format(bal_arena *arena, const char *format, ...) BAL_PRINTF(2, 3);

void bal_arena_release(bal_arena *arena);

#endif
