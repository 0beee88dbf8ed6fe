/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JUnit's XML as GitLab, Jenkins and GitHub actions read it: a deck is a testsuite, a claim a
 * testcase, a deck without a result an error. No times: two runs give the same bytes.
 */
#include <stdbool.h>
#include <string.h>

#include "deck_log.h"
#include "text.h"

/* What XML 1.0 cannot hold even escaped: most controls, surrogates (no UTF-8), U+FFFE, U+FFFF. */
static bool is_allowed(const char *p, size_t length)
{
    if (length == 1)
        return (unsigned char)*p >= ' ' || *p == '\t' || *p == '\n';
    return length != 0 && memcmp(p, "\xEF\xBF\xBE", 3) != 0 && memcmp(p, "\xEF\xBF\xBF", 3) != 0;
}

static void put_escaped(bal_bytes *bytes, const char *text)
{
    static const struct {
        char c;
        const char *entity;
    } entities[] = {{'<', "&lt;"},   {'>', "&gt;"},  {'&', "&amp;"},
                    {'"', "&quot;"}, {'\t', "&#9;"}, {'\n', "&#10;"}};
    const size_t n = strlen(text);
    for (size_t i = 0; i < n;) {
        const size_t length = bal_utf8_length(text + i, n - i);
        const char *entity = NULL;
        for (size_t k = 0; k < sizeof entities / sizeof entities[0]; k++)
            entity = text[i] == entities[k].c ? entities[k].entity : entity;
        if (entity)
            bal_bytes_text(bytes, entity);
        else if (is_allowed(text + i, length))
            bal_bytes_put(bytes, text + i, length);
        else
            bal_bytes_text(bytes, "?");
        i += length != 0 ? length : 1;
    }
}

static void put_attribute(bal_bytes *bytes, const char *name, const char *value)
{
    bal_bytes_text(bytes, " ");
    bal_bytes_text(bytes, name);
    bal_bytes_text(bytes, "=\"");
    put_escaped(bytes, value);
    bal_bytes_text(bytes, "\"");
}

static void put_count(bal_bytes *bytes, const char *name, size_t value)
{
    bal_bytes_text(bytes, " ");
    bal_bytes_text(bytes, name);
    bal_bytes_text(bytes, "=\"");
    bal_bytes_number(bytes, (double)value);
    bal_bytes_text(bytes, "\"");
}

static void put_claim(bal_bytes *bytes, const char *path, const bal_claim_line *claim)
{
    bal_bytes_text(bytes, "    <testcase");
    put_attribute(bytes, "classname", path);
    put_attribute(bytes, "name", claim->text);
    put_attribute(bytes, "file", claim->file);
    put_count(bytes, "line", claim->line);
    if (claim->verdict == BAL_LINE_HOLDS) {
        bal_bytes_text(bytes, "/>\n");
        return;
    }
    bal_bytes_text(bytes, ">\n      <failure");
    put_attribute(bytes, "type", bal_line_verdict_text(claim->verdict));
    put_attribute(bytes, "message", claim->detail);
    bal_bytes_text(bytes, ">");
    put_escaped(bytes, claim->source);
    bal_bytes_text(bytes, "</failure>\n    </testcase>\n");
}

static void put_message(bal_bytes *bytes, const bal_log_message *message)
{
    put_escaped(bytes, message->file);
    if (message->line > 0) {
        bal_bytes_text(bytes, ":");
        bal_bytes_number(bytes, (double)message->line);
        bal_bytes_text(bytes, ":");
        bal_bytes_number(bytes, (double)message->column);
        bal_bytes_text(bytes, ": ");
    }
    bal_bytes_text(bytes, message->level);
    bal_bytes_text(bytes, ": ");
    put_escaped(bytes, message->text);
    bal_bytes_text(bytes, "\n");
}

static void put_error(bal_bytes *bytes, const bal_log_deck *deck)
{
    bal_bytes_text(bytes, "    <testcase");
    put_attribute(bytes, "classname", deck->path);
    put_attribute(bytes, "name", deck->path);
    bal_bytes_text(bytes, ">\n      <error");
    put_attribute(bytes, "type", "deck");
    put_attribute(bytes, "message", deck->result);
    bal_bytes_text(bytes, ">");
    for (size_t k = 0; k < deck->n_messages; k++)
        put_message(bytes, &deck->messages[k]);
    bal_bytes_text(bytes, "</error>\n    </testcase>\n");
}

static void begin(bal_bytes *bytes)
{
    bal_bytes_text(bytes, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
}

static void put_deck(bal_bytes *bytes, size_t i, const bal_log_deck *deck)
{
    const bool error = deck->status > 1;
    size_t failures = 0;
    (void)i;
    for (size_t k = 0; k < deck->n_claims; k++)
        failures += deck->claims[k].verdict != BAL_LINE_HOLDS;
    bal_bytes_text(bytes, "  <testsuite");
    put_attribute(bytes, "name", deck->path);
    put_count(bytes, "tests", deck->n_claims + error);
    put_count(bytes, "failures", failures);
    put_count(bytes, "errors", error);
    put_count(bytes, "skipped", 0);
    bal_bytes_text(bytes, ">\n");
    for (size_t k = 0; k < deck->n_claims; k++)
        put_claim(bytes, deck->path, &deck->claims[k]);
    if (error)
        put_error(bytes, deck);
    bal_bytes_text(bytes, "  </testsuite>\n");
}

static void end(bal_bytes *bytes)
{
    bal_bytes_text(bytes, "</testsuites>\n");
}

const bal_deck_log_row bal_deck_log_junit = {
    .name = "junit", .begin = begin, .deck = put_deck, .end = end};
