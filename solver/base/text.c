/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slices, names without regard to ASCII case, and the nearest known name. No locale is asked. */
#include "text.h"

#include <string.h>

enum { LONGEST_WORD = 64 }; /* longer words get no suggestion */

bal_text bal_text_of(const char *nul_terminated)
{
    return (bal_text){nul_terminated, strlen(nul_terminated)};
}

char bal_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Well-formed as in table 3-7 of the Unicode standard: no overlong forms, no surrogates. */
size_t bal_utf8_length(const char *p, size_t n)
{
    const unsigned char c = (unsigned char)p[0];
    if (c < 0x80)
        return 1;
    const size_t length = c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
    if (length == 0 || length > n)
        return 0;
    const unsigned char d = (unsigned char)p[1];
    const unsigned char least_d = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
    const unsigned char most_d = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    if (d < least_d || d > most_d)
        return 0;
    for (size_t i = 2; i < length; i++) {
        if (((unsigned char)p[i] & 0xC0u) != 0x80u)
            return 0;
    }
    return length;
}

static bool same_bytes(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (bal_lower(a[i]) != bal_lower(b[i]))
            return false;
    }
    return true;
}

bool bal_text_same(bal_text a, bal_text b)
{
    return a.n == b.n && same_bytes(a.p, b.p, a.n);
}

/* Most words differ in their first letter: no length is taken. */
bool bal_text_is(bal_text a, const char *nul_terminated)
{
    for (size_t i = 0; i < a.n; i++)
        if (nul_terminated[i] == '\0' || bal_lower(a.p[i]) != bal_lower(nul_terminated[i]))
            return false;
    return nul_terminated[a.n] == '\0';
}

bool bal_text_starts(bal_text a, const char *prefix)
{
    const size_t n = strlen(prefix);
    return a.n >= n && same_bytes(a.p, prefix, n);
}

static bool is_name_byte(char c)
{
    const char l = bal_lower(c);
    return (l >= 'a' && l <= 'z') || (l >= '0' && l <= '9') || l == '_';
}

bool bal_text_mentions(bal_text text, bal_text name)
{
    for (size_t i = 0; i < text.n;) {
        size_t n = 0;
        while (i + n < text.n && is_name_byte(text.p[i + n]))
            n++;
        if (n > 0 && bal_text_same((bal_text){text.p + i, n}, name))
            return true;
        i += n > 0 ? n : 1;
    }
    return false;
}

/* FNV-1a, 32 bits (Fowler, Noll, Vo), over lower-case bytes. */
unsigned bal_text_hash(bal_text a)
{
    unsigned hash = 2166136261u;
    for (size_t i = 0; i < a.n; i++)
        hash = (hash ^ (unsigned char)bal_lower(a.p[i])) * 16777619u;
    return hash;
}

void bal_nearest_init(bal_nearest *nearest, bal_text word)
{
    *nearest = (bal_nearest){.word = word, .best = {"", 0}, .distance = word.n / 3 + 1};
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edits between two words: insert, delete, replace, or swap neighbours (Damerau's distance with
 * each letter edited once). Both have at most LONGEST_WORD bytes. */
static size_t edits(bal_text a, bal_text b)
{
    size_t rows[3][LONGEST_WORD + 1];
    size_t *before = rows[0];
    size_t *last = rows[1];
    size_t *row = rows[2];
    for (size_t j = 0; j <= b.n; j++) {
        before[j] = j;
        last[j] = j;
    }
    for (size_t i = 1; i <= a.n; i++) {
        const char c = bal_lower(a.p[i - 1]);
        row[0] = i;
        for (size_t j = 1; j <= b.n; j++) {
            const char d = bal_lower(b.p[j - 1]);
            row[j] = least(last[j - 1] + (c != d), least(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && c == bal_lower(b.p[j - 2]) && d == bal_lower(a.p[i - 2]))
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *oldest = before;
        before = last;
        last = row;
        row = oldest;
    }
    return last[b.n];
}

void bal_nearest_offer(bal_nearest *nearest, bal_text candidate)
{
    const bal_text word = nearest->word;
    if (word.n > LONGEST_WORD || candidate.n > LONGEST_WORD || candidate.n == 0)
        return;
    const size_t apart = word.n > candidate.n ? word.n - candidate.n : candidate.n - word.n;
    if (apart >= nearest->distance)
        return;
    const size_t distance = edits(word, candidate);
    if (distance == 0 || distance >= nearest->distance)
        return;
    nearest->best = candidate;
    nearest->distance = distance;
}

bal_text bal_nearest_get(const bal_nearest *nearest)
{
    return nearest->best;
}
