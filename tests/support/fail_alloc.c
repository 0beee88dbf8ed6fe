/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two ways into the program's allocations. Without sanitizers these functions are malloc and
 * friends themselves, so that the shared libraries (KLU, GSL, libc) come here too. A sanitizer
 * brings a malloc of its own: there the linker's --wrap sends the calls of our own objects here.
 */
#include "fail_alloc.h"

#include <errno.h>
#include <stdint.h>

#if BAL_WRAPPED_MALLOC
#define MINE(name) __wrap_##name
#define REAL(name) __real_##name
#else
#define MINE(name) name
#define REAL(name) __libc_##name
#endif

void *REAL(malloc)(size_t size);
void *REAL(calloc)(size_t count, size_t size);
void *REAL(realloc)(void *old, size_t size);
void REAL(free)(void *pointer);

/* Shared libraries find them only if they are visible. */
#define VISIBLE __attribute__((visibility("default")))
VISIBLE void *MINE(malloc)(size_t size);
VISIBLE void *MINE(calloc)(size_t count, size_t size);
VISIBLE void *MINE(realloc)(void *old, size_t size);
VISIBLE void MINE(free)(void *pointer);

/* Blocks given while armed; one that another malloc gave earlier may be freed here as well. */
enum { SLOTS = 1 << 16 };

static struct {
    bool armed;
    bool fired;
    size_t nth;
    size_t count;
    long live;
    void *blocks[SLOTS]; /* open addressing; TOMBSTONE marks a freed slot */
} state;

static char tombstone;

static size_t slot_of(const void *pointer)
{
    return (size_t)(((uintptr_t)pointer >> 4) * 2654435761u) % SLOTS;
}

static void remember(void *pointer)
{
    size_t k = slot_of(pointer);

    while (state.blocks[k] && state.blocks[k] != &tombstone)
        k = (k + 1) % SLOTS;
    state.blocks[k] = pointer;
    state.live++;
}

static void forget(const void *pointer)
{
    for (size_t k = slot_of(pointer); state.blocks[k]; k = (k + 1) % SLOTS) {
        if (state.blocks[k] == pointer) {
            state.blocks[k] = &tombstone;
            state.live--;
            return;
        }
    }
}

static bool must_fail(void)
{
    if (!state.armed || ++state.count != state.nth)
        return false;
    state.fired = true;
    errno = ENOMEM;
    return true;
}

void bal_fail_arm(size_t nth)
{
    for (size_t k = 0; k < SLOTS; k++)
        state.blocks[k] = NULL;
    state.nth = nth;
    state.count = 0;
    state.live = 0;
    state.fired = false;
    state.armed = true;
}

bal_fail_count bal_fail_disarm(void)
{
    state.armed = false;
    return (bal_fail_count){.fired = state.fired, .allocations = state.count, .live = state.live};
}

void *MINE(malloc)(size_t size)
{
    if (must_fail())
        return NULL;
    void *got = REAL(malloc)(size);
    if (state.armed && got)
        remember(got);
    return got;
}

void *MINE(calloc)(size_t count, size_t size)
{
    if (must_fail())
        return NULL;
    void *got = REAL(calloc)(count, size);
    if (state.armed && got)
        remember(got);
    return got;
}

void *MINE(realloc)(void *old, size_t size)
{
    if (must_fail())
        return NULL;
    if (state.armed && old)
        forget(old); /* before it may move: the value of `old` is not to be used afterwards */
    void *got = REAL(realloc)(old, size);
    if (state.armed && got)
        remember(got);
    return got;
}

void MINE(free)(void *pointer)
{
    if (state.armed && pointer)
        forget(pointer);
    REAL(free)(pointer);
}
