/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_TESTS_FAIL_ALLOC_H
#define BAL_TESTS_FAIL_ALLOC_H

#include <stdbool.h>
#include <stddef.h>

/*
 * An allocator that fails on request, for the whole program: linking fail_alloc.c replaces malloc,
 * calloc and realloc. Counting happens between arm and disarm only; one thread.
 */

/* From now on the `nth` allocation (from 1) and no other returns NULL; 0: none does. */
void bal_fail_arm(size_t nth);

typedef struct bal_fail_count {
    bool fired;         /* the allocation that was to fail was asked for */
    size_t allocations; /* asked for since arm */
    long live;          /* given since arm and not freed */
} bal_fail_count;

bal_fail_count bal_fail_disarm(void);

#endif
