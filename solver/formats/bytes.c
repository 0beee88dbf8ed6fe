/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Blocks of output. Nothing here knows of files. */
#include "bytes.h"

#include <stdint.h>
#include <string.h>

void bal_bytes_init(bal_bytes *bytes, bal_bytes_fn write, void *user)
{
    memset(bytes, 0, sizeof *bytes);
    bytes->write = write;
    bytes->user = user;
}

bal_status bal_bytes_flush(bal_bytes *bytes)
{
    if (bytes->status == BAL_OK && bytes->used > 0)
        bytes->status = bytes->write(bytes->user, bytes->block, bytes->used);
    bytes->used = 0;
    return bytes->status;
}

/* n bytes in one piece, n <= BAL_BYTES_BLOCK. */
static char *reserve(bal_bytes *bytes, size_t n)
{
    if (BAL_BYTES_BLOCK - bytes->used < n)
        (void)bal_bytes_flush(bytes);
    return bytes->block + bytes->used;
}

void bal_bytes_put(bal_bytes *bytes, const char *text, size_t n)
{
    while (n > 0) {
        const size_t part = n < BAL_BYTES_BLOCK ? n : BAL_BYTES_BLOCK;
        memcpy(reserve(bytes, part), text, part);
        bytes->used += part;
        text += part;
        n -= part;
    }
}

void bal_bytes_text(bal_bytes *bytes, const char *text)
{
    bal_bytes_put(bytes, text, strlen(text));
}

void bal_bytes_number(bal_bytes *bytes, double value)
{
    char *at = reserve(bytes, BAL_DIGITS17_SIZE);
    bytes->used += bal_digits17_print(&bytes->digits, value, at);
}

void bal_bytes_double(bal_bytes *bytes, double value)
{
    uint64_t bits = 0;
    memcpy(&bits, &value, sizeof bits);
    char *at = reserve(bytes, sizeof bits);
    for (unsigned i = 0; i < sizeof bits; i++)
        at[i] = (char)(unsigned char)(bits >> (8 * i) & 0xffU);
    bytes->used += sizeof bits;
}
