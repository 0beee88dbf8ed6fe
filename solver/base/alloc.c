/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checked products in front of calloc and realloc. Doubling keeps the cost per element constant. */
#include "alloc.h"

#include <stdint.h>
#include <stdlib.h>

void *bal_alloc(size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    const size_t bytes = count * size;
    return calloc(bytes > 0 ? bytes : 1, 1);
}

void *bal_grow(void *array, size_t *capacity, size_t need, size_t size)
{
    if (array && need <= *capacity)
        return array;
    const size_t limit = SIZE_MAX / (size > 0 ? size : 1);
    size_t wanted = *capacity < limit / 2 ? *capacity * 2 : limit;
    if (wanted < 16)
        wanted = 16;
    if (wanted < need)
        wanted = need;
    if (wanted > limit)
        return NULL;
    void *bigger = realloc(array, wanted * (size > 0 ? size : 1));
    if (!bigger)
        return NULL;
    *capacity = wanted;
    return bigger;
}

void bal_free(void *pointer)
{
    free(pointer);
}
