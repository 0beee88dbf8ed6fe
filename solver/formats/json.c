/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jansson's NULL means "out of memory" here: everything else that it refuses is kept from it. */
#include "json.h"

#include <math.h>
#include <string.h>

#include "alloc.h"
#include "text.h"

static int take(const char *text, size_t n, void *user)
{
    bal_bytes *bytes = user;
    bal_bytes_put(bytes, text, n);
    return 0;
}

static void fail(bal_bytes *bytes)
{
    if (bytes->status == BAL_OK)
        bytes->status = BAL_E_NOMEM;
}

void bal_json_put(bal_bytes *bytes, json_t *value)
{
    if (value == NULL || json_dump_callback(value, take, bytes, JSON_ENCODE_ANY) != 0)
        fail(bytes);
    json_decref(value);
}

/* With room for a replacement of three bytes in place of each. */
static size_t repair(const char *text, char *out)
{
    size_t used = 0;
    const size_t n = strlen(text);
    for (size_t i = 0; i < n;) {
        const size_t length = bal_utf8_length(text + i, n - i);
        memcpy(out + used, length != 0 ? text + i : "\xEF\xBF\xBD", length != 0 ? length : 3);
        used += length != 0 ? length : 3;
        i += length != 0 ? length : 1;
    }
    return used;
}

json_t *bal_json_text(const char *text)
{
    char *copy = bal_alloc(3 * strlen(text) + 1, 1);
    json_t *value = copy != NULL ? json_stringn_nocheck(copy, repair(text, copy)) : NULL;
    bal_free(copy);
    return value;
}

void bal_json_member(json_t **object, const char *key, json_t *value)
{
    if (json_object_set_new_nocheck(*object, key, value) == 0)
        return; /* the value is released when it fails */
    json_decref(*object);
    *object = NULL;
}

void bal_json_number(bal_bytes *bytes, double value)
{
    if (isfinite(value))
        bal_bytes_number(bytes, value);
    else
        bal_bytes_text(bytes, isnan(value) ? "null" : value > 0.0 ? "\"inf\"" : "\"-inf\"");
}
