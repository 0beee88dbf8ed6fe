/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list of blocks, newest first; `used` counts in the newest. Blocks double up to a megabyte. A
 * request that is large against the next block gets one of its own, linked behind the newest, so
 * that the rest of the newest stays in use.
 */
#include "arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"

typedef struct bal_arena_block {
    struct bal_arena_block *next;
    size_t size;
    max_align_t data[];
} bal_arena_block;

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };

void bal_arena_init(bal_arena *arena)
{
    *arena = (bal_arena){NULL, 0};
}

static bal_arena_block *new_block(size_t size)
{
    if (size > SIZE_MAX - sizeof(bal_arena_block))
        return NULL;
    bal_arena_block *block = bal_alloc(1, sizeof(bal_arena_block) + size);
    if (block)
        block->size = size;
    return block;
}

static void *take_large(bal_arena *arena, size_t bytes)
{
    bal_arena_block *block = new_block(bytes);
    if (!block)
        return NULL;
    if (arena->blocks) {
        block->next = arena->blocks->next;
        arena->blocks->next = block;
    } else {
        arena->blocks = block;
        arena->used = bytes;
    }
    return block->data;
}

static void *take(bal_arena *arena, size_t bytes, size_t align)
{
    bal_arena_block *newest = arena->blocks;
    if (newest) {
        const size_t at = (arena->used + align - 1) / align * align;
        if (at <= newest->size && bytes <= newest->size - at) {
            arena->used = at + bytes;
            return (char *)newest->data + at;
        }
    }
    size_t size = newest && newest->size >= FIRST_BLOCK / 2 ? newest->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (bytes > size / 4)
        return take_large(arena, bytes);
    bal_arena_block *block = new_block(size);
    if (!block)
        return NULL;
    block->next = newest;
    arena->blocks = block;
    arena->used = bytes;
    return block->data;
}

void *bal_arena_alloc(bal_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        return NULL;
    const size_t bytes = count * size;
    return take(arena, bytes > 0 ? bytes : 1, _Alignof(max_align_t));
}

char *bal_arena_copy(bal_arena *arena, const char *text, size_t n)
{
    if (n == SIZE_MAX)
        return NULL;
    char *copy = take(arena, n + 1, 1);
    if (copy && n > 0)
        memcpy(copy, text, n); /* the block was zeroed: the NUL is there */
    return copy;
}

char *bal_arena_format(bal_arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int n = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (n < 0)
        return NULL;
    char *text = take(arena, (size_t)n + 1, 1);
    if (!text)
        return NULL;
    va_start(arguments, format);
    (void)vsnprintf(text, (size_t)n + 1, format, arguments);
    va_end(arguments);
    return text;
}

void bal_arena_release(bal_arena *arena)
{
    bal_arena_block *block = arena->blocks;
    while (block) {
        bal_arena_block *next = block->next;
        bal_free(block);
        block = next;
    }
    bal_arena_init(arena);
}
