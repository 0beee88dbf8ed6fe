/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Name tables over uthash: keys are slices of source text, compared without regard to ASCII case.
 */
#include "names.h"

#include <stdbool.h>

#include "alloc.h"

#pragma GCC diagnostic ignored "-Wsign-conversion" /* inside uthash's macros */
#pragma GCC diagnostic ignored "-Wconversion"

static bool same_key(const void *a, const void *b, size_t n);

#define HASH_NONFATAL_OOM 1
#define HASH_FUNCTION(key, length, hash)                                                           \
    ((hash) = bal_text_hash((bal_text){(const char *)(key), (size_t)(length)}))
#define HASH_KEYCMP(a, b, n) (!same_key((a), (b), (n)))
#define uthash_malloc(size) bal_alloc(1, (size))
#define uthash_free(pointer, size) bal_free(pointer)
#include <uthash.h>

/* Shorter chains than uthash's 10: each link is a cache miss when there are a million names. 4
 * would cost a quarter more memory in all and save nothing more. */
#undef HASH_BKT_CAPACITY_THRESH
#define HASH_BKT_CAPACITY_THRESH 6U
#undef uthash_nonfatal_oom
#define uthash_nonfatal_oom(entry) ((entry)->lost = true)

typedef struct bal_name_entry {
    bal_text name;
    int value;
    bool lost; /* the table could not grow */
    UT_hash_handle hh;
} bal_name_entry;

static bool same_key(const void *a, const void *b, size_t n)
{
    return bal_text_same((bal_text){a, n}, (bal_text){b, n});
}

/* NOLINTNEXTLINE(readability-function-size): the macro of uthash counts, not our lines */
static bal_name_entry *find(const bal_name_table *table, bal_text name)
{
    bal_name_entry *entry = NULL;
    HASH_FIND(hh, table->head, name.p, name.n, entry);
    return entry;
}

bal_status bal_names_add(bal_name_table *table, bal_arena *arena, bal_text name, int value,
                         int *existing)
{
    const bal_name_entry *old = find(table, name);
    *existing = old ? old->value : -1;
    return old ? BAL_OK : bal_names_insert(table, arena, name, value);
}

/* NOLINTNEXTLINE(readability-function-size): as above */
bal_status bal_names_insert(bal_name_table *table, bal_arena *arena, bal_text name, int value)
{
    bal_name_entry *entry = bal_arena_alloc(arena, 1, sizeof *entry);
    if (!entry)
        return BAL_E_NOMEM;
    entry->name = name;
    entry->value = value;
    HASH_ADD_KEYPTR(hh, table->head, entry->name.p, entry->name.n, entry);
    return entry->lost ? BAL_E_NOMEM : BAL_OK;
}

int bal_names_find(const bal_name_table *table, bal_text name)
{
    const bal_name_entry *entry = find(table, name);
    return entry ? entry->value : -1;
}

void bal_names_set(bal_name_table *table, bal_text name, int value)
{
    bal_name_entry *entry = find(table, name);
    if (entry)
        entry->value = value;
}

void bal_names_offer(const bal_name_table *table, bal_nearest *nearest)
{
    for (const bal_name_entry *entry = table->head; entry; entry = entry->hh.next)
        bal_nearest_offer(nearest, entry->name);
}

void bal_names_release(bal_name_table *table)
{
    HASH_CLEAR(hh, table->head);
}
