/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines to cards. A mistake is reported, its card is left out and reading goes on with the next
 * line; whether the deck can be used is told by the error count at the end.
 */
#include "reader.h"

#include <string.h>

#include "alloc.h"
#include "title.h"

static const char *line_end(const char *p, const char *end)
{
    const char *feed = memchr(p, '\n', (size_t)(end - p));
    return feed ? feed : end;
}

static const char *skip_blanks(const char *p, const char *end)
{
    size_t n = bal_blank_length(p, end);
    while (n > 0) {
        p += n;
        n = bal_blank_length(p, end);
    }
    return p;
}

bal_source *bal_reader_source(bal_reader *reader, const bal_file *file, bal_span included_at)
{
    bal_source *source = bal_arena_alloc(reader->arena, 1, sizeof *source);
    if (!source)
        return NULL;
    source->name = file->path;
    source->text = file->text.p;
    source->length = (uint32_t)file->text.n;
    source->included_at = included_at;
    return source;
}

bool bal_reader_has_nul(const bal_reader *reader, const bal_source *source)
{
    const char *nul = memchr(source->text, '\0', source->length);
    if (!nul)
        return false;
    const uint32_t at = (uint32_t)(nul - source->text);
    (void)bal_report(reader->diag, BAL_D_NUL_BYTE, (bal_span){source, at, at + 1},
                     "a NUL byte in the text");
    return true;
}

static bal_status append(bal_reader *reader, const bal_scanner *scanner)
{
    if (reader->n_cards == reader->capacity || !reader->cards) {
        bal_card *bigger =
            bal_grow(reader->cards, &reader->capacity, reader->n_cards + 1, sizeof *bigger);
        if (!bigger)
            return BAL_E_NOMEM;
        reader->cards = bigger;
    }
    bal_token *tokens = bal_arena_alloc(reader->arena, scanner->n_tokens, sizeof *tokens);
    if (!tokens)
        return BAL_E_NOMEM;
    memcpy(tokens, scanner->tokens, scanner->n_tokens * sizeof *tokens);
    reader->cards[reader->n_cards++] = (bal_card){tokens, (uint32_t)scanner->n_tokens};
    return BAL_OK;
}

static bal_status read_end(bal_reader *reader, bal_level *level, bal_scanner *scanner)
{
    (void)reader;
    (void)level;
    scanner->p = scanner->end;
    return BAL_OK;
}

static bal_status read_endl(bal_reader *reader, bal_level *level, bal_scanner *scanner)
{
    (void)level;
    (void)bal_report(reader->diag, BAL_D_LIB_SECTION, scanner->tokens[0].span,
                     "'.endl' without the '.lib NAME' that it would close");
    return BAL_OK;
}

/* The line that begins with .endc, or NULL. */
static const char *find_endc(const char *p, const char *end)
{
    while (p < end) {
        p = skip_blanks(p, end);
        const char *stop = line_end(p, end);
        const bal_text line = {p, (size_t)(stop - p)};
        if (bal_text_starts(line, ".endc") &&
            (line.n == 5 || bal_blank_length(p + 5, stop) > 0 || bal_is_comment(p + 5, stop)))
            return p;
        p = stop < end ? stop + 1 : end;
    }
    return NULL;
}

/* Where the block runs an .ac, its user is told how to have it. */
static void point_at_sweep(bal_reader *reader, const bal_scanner *scanner, const char *close)
{
    const char *p = scanner->p;
    while (p < close) {
        p = skip_blanks(p, close);
        const char *stop = line_end(p, close);
        if (stop - p > 3 && bal_text_starts((bal_text){p, 2}, "ac") &&
            bal_blank_length(p + 2, stop) > 0) {
            bal_note(reader->diag, bal_scan_span(scanner, p, stop),
                     "to run this, write it as a card outside of the block: .ac ...");
            return;
        }
        p = stop < close ? stop + 1 : close;
    }
}

static bal_status read_control(bal_reader *reader, bal_level *level, bal_scanner *scanner)
{
    (void)level;
    const bal_span at = scanner->tokens[0].span;
    const char *close = find_endc(scanner->p, scanner->end);
    if (!close) {
        (void)bal_report(reader->diag, BAL_D_CARD_SYNTAX, at, "no '.endc' for this '.control'");
    } else if (!reader->told_control) {
        (void)bal_report(reader->diag, BAL_D_SKIPPED_CONTROL, at,
                         "the '.control' block is skipped: a deck runs no commands");
        point_at_sweep(reader, scanner, close);
    }
    scanner->p = close ? line_end(close, scanner->end) : scanner->end;
    reader->told_control = true;
    return BAL_OK;
}

static bal_status read_endc(bal_reader *reader, bal_level *level, bal_scanner *scanner)
{
    (void)level;
    (void)bal_report(reader->diag, BAL_D_IGNORED_CARD, scanner->tokens[0].span,
                     "'.endc' without a '.control' is ignored");
    return BAL_OK;
}

static bal_status read_backanno(bal_reader *reader, bal_level *level, bal_scanner *scanner)
{
    (void)reader;
    (void)level;
    (void)scanner;
    return BAL_OK;
}

static bal_status read_title(bal_reader *reader, bal_level *level, bal_scanner *scanner)
{
    const size_t n = scanner->n_tokens;
    if (level->parent || n < 2)
        return BAL_OK;
    const bal_span all = bal_span_join(scanner->tokens[1].span, scanner->tokens[n - 1].span);
    return bal_title_clean(bal_span_text(all), reader->arena, &reader->title);
}

/* The dot words that this layer knows; all others are cards for the layers behind. */
static const struct {
    const char *word;
    bal_status (*read)(bal_reader *reader, bal_level *level, bal_scanner *scanner);
} dot_words[] = {
    {".include", bal_read_include}, {".incl", bal_read_include}, {".inc", bal_read_include},
    {".lib", bal_read_lib},         {".endl", read_endl},        {".end", read_end},
    {".control", read_control},     {".endc", read_endc},        {".backanno", read_backanno},
    {".title", read_title},
};

static bal_status take_card(bal_reader *reader, bal_level *level, bal_scanner *scanner)
{
    const bal_token *first = &scanner->tokens[0];
    const bal_text word = bal_span_text(first->span);
    if (first->kind != BAL_TOKEN_WORD) {
        (void)bal_report(reader->diag, BAL_D_CARD_SYNTAX, first->span,
                         "a line begins with the name of an element or with a dot word");
        return BAL_OK;
    }
    if (word.p[0] != '.')
        return append(reader, scanner);
    for (size_t i = 0; i < sizeof dot_words / sizeof dot_words[0]; i++) {
        if (bal_text_is(word, dot_words[i].word))
            return dot_words[i].read(reader, level, scanner);
    }
    return append(reader, scanner);
}

/* A '+' with no card before it: reported once for all the lines that would continue it. */
static const char *skip_lonely(const bal_reader *reader, const bal_scanner *scanner)
{
    const char *p = scanner->p;
    (void)bal_report(reader->diag, BAL_D_LONELY_CONTINUATION, bal_scan_span(scanner, p, p + 1),
                     "a continuation line with nothing to continue");
    const char *stop = p;
    while (p) {
        stop = line_end(p, scanner->end);
        p = bal_line_continues(stop, scanner->end, NULL);
    }
    return stop;
}

/* gnucap's comments; no element begins with '#'. */
static void skip_hash(bal_reader *reader, bal_scanner *s)
{
    if (!reader->told_hash)
        (void)bal_report(reader->diag, BAL_D_FOREIGN_FORM, bal_scan_span(s, s->p, s->p + 1),
                         "a line with '#' is taken for a comment, as in gnucap; SPICE has '*'");
    reader->told_hash = true;
    s->p = line_end(s->p, s->end);
}

/* From the begin of a line: one card, or a line that holds none. Leaves p at a line feed or end. */
static bal_status read_line(bal_reader *reader, bal_level *level, bal_scanner *s)
{
    s->p = skip_blanks(s->p, s->end);
    s->hidden = s->end - s->p >= 2 && s->p[0] == '*' && s->p[1] == '>';
    if (s->hidden)
        s->p = skip_blanks(s->p + 2, s->end);
    if (s->p == s->end || *s->p == '\n')
        return BAL_OK;
    if (*s->p == '*' || bal_is_comment(s->p, s->end)) {
        s->p = line_end(s->p, s->end);
        return BAL_OK;
    }
    if (*s->p == '+') {
        s->p = skip_lonely(reader, s);
        return BAL_OK;
    }
    if (*s->p == '#') {
        skip_hash(reader, s);
        return BAL_OK;
    }
    const bal_status status = bal_scan_card(s);
    if (status == BAL_E_NOMEM)
        return status;
    return status == BAL_OK && s->n_tokens > 0 ? take_card(reader, level, s) : BAL_OK;
}

bal_status bal_reader_lines(bal_reader *reader, bal_level *level, const char *begin,
                            const char *end)
{
    bal_scanner s = {.source = level->source, .p = begin, .end = end, .diag = reader->diag};
    bal_status status = BAL_OK;
    while (status == BAL_OK && s.p < s.end && !bal_diag_full(reader->diag)) {
        status = read_line(reader, level, &s);
        if (s.p < s.end && *s.p == '\n')
            s.p++;
    }
    bal_free(s.tokens);
    return status;
}
