/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first line is the title, always. Forgetting it loses an element without a trace in other
 * simulators, so a line that reads as a whole card is pointed out. */
#include "title.h"

#include <string.h>

#include "netlist.h"

enum { MOST_WORDS = 8, LONGEST_TITLE = 512 };

static bal_text trimmed(bal_text line)
{
    while (line.n > 0 && (unsigned char)line.p[0] <= ' ') {
        line.p++;
        line.n--;
    }
    while (line.n > 0 && (unsigned char)line.p[line.n - 1] <= ' ')
        line.n--;
    return line;
}

bal_status bal_title_clean(bal_text line, bal_arena *arena, bal_text *title)
{
    char shown[LONGEST_TITLE];
    line = trimmed(line);
    if (line.n > 0 && line.p[0] == '*')
        line = trimmed((bal_text){line.p + 1, line.n - 1});
    if (bal_text_starts(line, ".title") && (line.n == 6 || (unsigned char)line.p[6] <= ' '))
        line = trimmed((bal_text){line.p + 6, line.n - 6});
    const char *clean = bal_show(shown, sizeof shown, line);
    const char *copy = bal_arena_copy(arena, clean, strlen(clean));
    if (!copy)
        return BAL_E_NOMEM;
    *title = bal_text_of(copy);
    return BAL_OK;
}

static size_t split(bal_text line, bal_text words[MOST_WORDS])
{
    size_t n = 0;
    size_t i = 0;
    while (i < line.n && n < MOST_WORDS) {
        while (i < line.n && (unsigned char)line.p[i] <= ' ')
            i++;
        const size_t begin = i;
        while (i < line.n && (unsigned char)line.p[i] > ' ')
            i++;
        if (i > begin)
            words[n++] = (bal_text){line.p + begin, i - begin};
    }
    return n;
}

static bool is_dot_card(bal_text word)
{
    static const char *const cards[] = {
        ".ac",    ".end", ".ends",    ".func",  ".global", ".inc",  ".include", ".lib",   ".model",
        ".noise", ".op",  ".options", ".param", ".print",  ".save", ".step",    ".subckt"};
    for (size_t i = 0; i < sizeof cards / sizeof cards[0]; i++) {
        if (bal_text_is(word, cards[i]))
            return true;
    }
    return false;
}

static bool has_digit(bal_text word)
{
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] >= '0' && word.p[i] <= '9')
            return true;
    }
    return false;
}

static bool is_ground(bal_text word)
{
    return bal_text_is(word, "0") || bal_text_is(word, "gnd");
}

static bool is_value(bal_text word)
{
    return bal_number_looks_like(word) || word.p[0] == '{' || word.p[0] == '\'';
}

/* "R1 a b 1k", "V9 x 0 ac 1": a name with a digit or a grounded node, and a value where it belongs.
 */
static bool is_element(const bal_text words[], size_t n)
{
    if (n < 4 || !strchr("RCLVIEGFHTrclviegfht", words[0].p[0]))
        return false;
    if (!has_digit(words[0]) && !is_ground(words[1]) && !is_ground(words[2]))
        return false;
    const bool source = strchr("VIvi", words[0].p[0]) != NULL;
    if (source && (bal_text_is(words[3], "ac") || bal_text_is(words[3], "dc")))
        return true;
    const bool controlled = strchr("EGeg", words[0].p[0]) != NULL;
    return is_value(words[3]) || (controlled && n >= 6 && is_value(words[5]));
}

void bal_title_check(bal_span line, bal_diag *diag)
{
    bal_text words[MOST_WORDS];
    const size_t n = split(bal_span_text(line), words);
    if (n == 0 || (!is_dot_card(words[0]) && !is_element(words, n)))
        return;
    (void)bal_report(diag, BAL_D_TITLE_LOOKS_LIKE_CARD, line,
                     "the first line is the title, yet it looks like a card: '%s' is not read",
                     BAL_SHOW(words[0]));
}
