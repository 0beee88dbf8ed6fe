/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SPICE suffixes, once: numbers of cards and numbers in expressions both read them here. */
#include "suffix.h"

#include <string.h>

#include "decimal.h"

/* Longer ones first where one begins another. */
static const struct {
    const char *text;
    int power;
    char letter;
} suffixes[] = {
    {"meg", 6, 'x'}, {"mil", -7, 'l'},      {"t", 12, 't'},        {"g", 9, 'g'},   {"k", 3, 'k'},
    {"m", -3, 'm'},  {"u", -6, 'u'},        {"n", -9, 'n'},        {"p", -12, 'p'}, {"f", -15, 'f'},
    {"a", -18, 'a'}, {"\xC2\xB5", -6, 'u'}, {"\xCE\xBC", -6, 'u'},
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool begins(const char *p, size_t n, const char *word)
{
    const size_t length = strlen(word);
    if (n < length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (lower(p[i]) != word[i])
            return false;
    return true;
}

bool bal_suffix_read(const char *p, size_t n, bal_suffix *suffix)
{
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        if (!begins(p, n, suffixes[i].text))
            continue;
        *suffix = (bal_suffix){suffixes[i].power, strlen(suffixes[i].text), suffixes[i].letter};
        return true;
    }
    return false;
}

bal_dd bal_suffix_apply(bal_dd value, const bal_suffix *suffix)
{
    if (suffix->letter == 'l')
        value = bal_dd_scale(value, 254.0);
    /* Negative powers by division: 10^|power| is exact, so 22u is the decimal 22e-6 rounded once.
     */
    if (suffix->power < 0)
        return bal_dd_div(value, bal_dd_pow10(-suffix->power));
    return bal_dd_mul(value, bal_dd_pow10(suffix->power));
}

size_t bal_unit_length(const char *p, size_t n)
{
    static const char *const signs[] = {"\xE2\x84\xA6", "\xCE\xA9", "\xC2\xB0"};
    size_t i = 0;
    while (i < n) {
        const char c = lower(p[i]);
        if (c >= 'a' && c <= 'z') {
            i++;
            continue;
        }
        size_t length = 0;
        for (size_t k = 0; k < sizeof signs / sizeof signs[0] && length == 0; k++)
            if (begins(p + i, n - i, signs[k]))
                length = strlen(signs[k]);
        if (length == 0)
            break;
        i += length;
    }
    return i;
}
