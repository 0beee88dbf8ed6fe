/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_BASE_ALLOC_H
#define BAL_BASE_ALLOC_H

#include <stddef.h>

#include "status.h"

/*
 * The one door to malloc. Plain malloc, calloc and realloc behind checked products; the failing
 * allocation test wraps those of the whole program, so every NULL must be handled by the caller.
 */

/* count * size zeroed bytes; NULL when memory is out or the product overflows. count = 0 gives a
 * pointer that may be freed. The caller frees with bal_free. */
BAL_NODISCARD void *bal_alloc(size_t count, size_t size);

/* Grows `array` (NULL at first) so that it holds at least `need` elements of `size` bytes, doubling
 * *capacity. Returns the new array, or NULL (then the old one is still valid and unchanged). New
 * elements are not zeroed. */
BAL_NODISCARD void *bal_grow(void *array, size_t *capacity, size_t need, size_t size);

void bal_free(void *pointer); /* NULL is allowed */

#endif
