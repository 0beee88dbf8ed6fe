/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One conversion at the door: behind it every text is UTF-8 with line feeds, so that no other file
 * knows of encodings. Runs twice, first to count and then to write.
 */
#include "encoding.h"

#include <stdint.h>
#include <string.h>

typedef enum coding { UTF8, UTF16_LE, UTF16_BE } coding;

typedef struct output {
    char *bytes; /* NULL: only counts */
    size_t n;
} output;

static void emit(output *out, const void *bytes, size_t n)
{
    if (out->bytes)
        memcpy(out->bytes + out->n, bytes, n);
    out->n += n;
}

static void emit_code(output *out, uint32_t c)
{
    unsigned char b[4];
    size_t n = 1;
    if (c < 0x80) {
        b[0] = (unsigned char)c;
    } else if (c < 0x800) {
        b[0] = (unsigned char)(0xC0 | c >> 6);
        b[1] = (unsigned char)(0x80 | (c & 0x3F));
        n = 2;
    } else if (c < 0x10000) {
        b[0] = (unsigned char)(0xE0 | c >> 12);
        b[1] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
        b[2] = (unsigned char)(0x80 | (c & 0x3F));
        n = 3;
    } else {
        b[0] = (unsigned char)(0xF0 | c >> 18);
        b[1] = (unsigned char)(0x80 | (c >> 12 & 0x3F));
        b[2] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
        b[3] = (unsigned char)(0x80 | (c & 0x3F));
        n = 4;
    }
    emit(out, b, n);
}

static void decode_utf8(const unsigned char *p, size_t n, output *out)
{
    size_t i = 0;
    while (i < n) {
        const size_t run = i;
        while (i < n && p[i] < 0x80 && p[i] != '\r')
            i++;
        emit(out, p + run, i - run);
        if (i == n)
            return;
        if (p[i] == '\r') {
            emit(out, "\n", 1);
            i += i + 1 < n && p[i + 1] == '\n' ? 2 : 1;
            continue;
        }
        const size_t length = bal_utf8_length((const char *)p + i, n - i);
        if (length > 0)
            emit(out, p + i, length);
        else
            emit_code(out, p[i]); /* Latin-1 numbers its characters as Unicode does */
        i += length > 0 ? length : 1;
    }
}

static uint32_t unit_at(const unsigned char *p, size_t i, coding order)
{
    return order == UTF16_LE ? (uint32_t)(p[i] | p[i + 1] << 8) : (uint32_t)(p[i] << 8 | p[i + 1]);
}

static void decode_utf16(const unsigned char *p, size_t n, coding order, output *out)
{
    for (size_t i = 0; i + 1 < n; i += 2) {
        uint32_t c = unit_at(p, i, order);
        const uint32_t next = i + 3 < n ? unit_at(p, i + 2, order) : 0;
        if (c == '\r') {
            c = '\n';
            i += next == '\n' ? 2 : 0;
        } else if (c >= 0xD800 && c < 0xDC00 && next >= 0xDC00 && next < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10) + (next - 0xDC00);
            i += 2;
        } else if (c >= 0xD800 && c < 0xE000) {
            c = 0xFFFD; /* half a pair */
        }
        emit_code(out, c);
    }
}

/* UTF-16 of mostly Latin letters has a NUL in (nearly) every second byte and none in the others. */
static bool looks_like_utf16(const unsigned char *p, size_t n, coding *order)
{
    size_t zeros[2] = {0, 0};
    const size_t seen = n < 512 ? n : 512;
    for (size_t i = 0; i < seen; i++)
        zeros[i % 2] += p[i] == 0;
    if (seen < 4)
        return false;
    *order = zeros[1] > zeros[0] ? UTF16_LE : UTF16_BE;
    const size_t most = zeros[0] > zeros[1] ? zeros[0] : zeros[1];
    const size_t least = zeros[0] > zeros[1] ? zeros[1] : zeros[0];
    return least == 0 && most * 4 >= seen / 2 * 3;
}

/* The encoding, and the length of its byte order mark. */
static coding detect(const unsigned char *p, size_t n, size_t *mark)
{
    coding order = UTF8;
    *mark = 0;
    if (n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) {
        *mark = 3;
        return UTF8;
    }
    if (n >= 2 && (memcmp(p, "\xFF\xFE", 2) == 0 || memcmp(p, "\xFE\xFF", 2) == 0)) {
        *mark = 2;
        return p[0] == 0xFF ? UTF16_LE : UTF16_BE;
    }
    return looks_like_utf16(p, n, &order) ? order : UTF8;
}

bool bal_bytes_are_binary(const unsigned char *bytes, size_t n)
{
    static const char *const magic[] = {"\x89PNG", "\177ELF", "PK\x03\x04", "%PDF-", "\x1f\x8b"};
    size_t mark = 0;
    if (n == 0 || detect(bytes, n, &mark) != UTF8)
        return false;
    for (size_t i = 0; i < sizeof magic / sizeof magic[0]; i++) {
        const size_t length = strlen(magic[i]);
        if (n >= length && memcmp(bytes, magic[i], length) == 0)
            return true;
    }
    const size_t seen = n < 4096 ? n : 4096;
    size_t controls = 0;
    for (size_t i = 0; i < seen; i++) {
        const unsigned char c = bytes[i];
        const bool space = c >= '\t' && c <= '\r';
        controls += (c < 0x20 && !space) || c == 0x7F;
    }
    return controls >= 8 && controls * 16 > seen; /* a stray few are mistakes to point at */
}

static void decode(const unsigned char *bytes, size_t n, output *out)
{
    size_t mark = 0;
    const coding order = detect(bytes, n, &mark);
    if (order == UTF8)
        decode_utf8(bytes + mark, n - mark, out);
    else
        decode_utf16(bytes + mark, n - mark, order, out);
}

bal_status bal_bytes_decode(const unsigned char *bytes, size_t n, bal_arena *arena, bal_text *text)
{
    output out = {NULL, 0};
    decode(bytes, n, &out);
    out.bytes = bal_arena_alloc(arena, out.n + 1, 1);
    if (!out.bytes)
        return BAL_E_NOMEM;
    out.n = 0;
    decode(bytes, n, &out);
    *text = (bal_text){out.bytes, out.n};
    return BAL_OK;
}
