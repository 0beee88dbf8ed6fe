/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages to the letter: place, caret, instance path, includes, and the limits on their number. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bal_test.h"
#include "diag.h"

typedef struct said {
    char text[1 << 17];
    size_t n;
    unsigned messages;
} said;

static said heard;

static void hear(void *user, const bal_message *message)
{
    said *s = user;
    const size_t n = strlen(message->rendered);
    assert_true(s->n + n < sizeof s->text);
    memcpy(s->text + s->n, message->rendered, n + 1);
    s->n += n;
    s->messages++;
}

static bal_diag listen(void)
{
    memset(&heard, 0, sizeof heard);
    return (bal_diag){.sink = hear, .user = &heard};
}

static bal_source source_of(const char *name, const char *text)
{
    return (bal_source){.name = name, .text = text, .length = (uint32_t)strlen(text)};
}

static bal_span find(const bal_source *source, const char *word)
{
    const uint32_t at = (uint32_t)(strstr(source->text, word) - source->text);
    return (bal_span){source, at, at + (uint32_t)strlen(word)};
}

static void an_error_shows_its_place(void **state)
{
    (void)state;
    bal_diag d = listen();
    const bal_source s = source_of("deck.cir", "title\nV1 in 0\nR1 in out 1k5x9\n.end\n");
    assert_int_equal(
        bal_report(&d, BAL_D_BAD_NUMBER, find(&s, "1k5x9"), "'%s' is not a number", "1k5x9"),
        BAL_E_DECK);
    assert_string_equal(heard.text, "deck.cir:3:11: error: '1k5x9' is not a number [E201]\n"
                                    "  R1 in out 1k5x9\n"
                                    "            ^~~~~\n");
    assert_int_equal(d.errors, 1);
}

static void a_warning_and_its_note(void **state)
{
    (void)state;
    bal_diag d = listen();
    const bal_source s = source_of("deck.cir", "title\nR1 in out 1k5");
    assert_int_equal(bal_report(&d, BAL_D_RKM_NUMBER, find(&s, "1k5"), "hm"), BAL_OK);
    bal_note(&d, find(&s, "title"), "first seen here");
    assert_string_equal(heard.text, "deck.cir:2:11: warning: hm [W203]\n"
                                    "  R1 in out 1k5\n"
                                    "            ^~~\n"
                                    "deck.cir:1:1: note: first seen here\n"
                                    "  title\n"
                                    "  ^~~~~\n");
    assert_int_equal(d.errors, 0);
    assert_int_equal(d.warnings, 1);
}

static void tabs_and_wide_bytes_keep_the_caret(void **state)
{
    (void)state;
    bal_diag d = listen();
    const bal_source s = source_of("t.cir", "x\n\tC1\t\xC2\xB5\x1b[31m out 5q7");
    (void)bal_report(&d, BAL_D_BAD_NUMBER, find(&s, "5q7"), "oops");
    assert_string_equal(heard.text, "t.cir:2:16: error: oops [E201]\n"
                                    "  \tC1\t\xC2\xB5\\x1b[31m out 5q7\n"
                                    "  \t  \t              ^~~\n");
}

static void a_place_at_the_end_of_the_text(void **state)
{
    (void)state;
    bal_diag d = listen();
    const bal_source s = source_of("t.cir", "x\nR1");
    (void)bal_report(&d, BAL_D_ELEMENT_SYNTAX, (bal_span){&s, 4, 4}, "expected a node");
    assert_string_equal(heard.text, "t.cir:2:3: error: expected a node [E302]\n  R1\n    ^\n");
    d = listen();
    const bal_source empty = source_of("e.cir", "");
    (void)bal_report(&d, BAL_D_EMPTY_DECK, (bal_span){&empty, 0, 0}, "empty");
    assert_string_equal(heard.text, "e.cir:1:1: error: empty [E101]\n");
}

static void a_span_over_lines_underlines_the_first(void **state)
{
    (void)state;
    bal_diag d = listen();
    const bal_source s = source_of("t.cir", "R1 a b {p+\n+ q}\n");
    (void)bal_report(&d, BAL_D_EXPR_SYNTAX, (bal_span){&s, 7, 15}, "oops");
    assert_string_equal(heard.text, "t.cir:1:8: error: oops [E205]\n  R1 a b {p+\n         ^~~\n");
}

static void no_place_no_line(void **state)
{
    (void)state;
    bal_diag d = listen();
    (void)bal_report(&d, BAL_D_NO_FILE, (bal_span){NULL, 0, 0}, "gone\n\x07");
    assert_string_equal(heard.text, "error: gone\\x0a\\x07 [E102]\n");
}

static void instances_and_includes_follow(void **state)
{
    (void)state;
    bal_diag d = listen();
    const bal_source deck = source_of("deck.cir", "t\n.include a.lib\nX1 p q amp\n");
    bal_source lib = source_of("a.lib", ".subckt amp a b\nR1 a b 5q7\n.ends\n");
    lib.included_at = find(&deck, "a.lib");
    const bal_diag_frame outer = {.path = "x1", .at = find(&deck, "X1 p q amp")};
    const bal_diag_frame inner = {.parent = &outer, .path = "x1.x2", .at = find(&lib, "R1")};
    d.frame = &inner;
    (void)bal_report(&d, BAL_D_BAD_NUMBER, find(&lib, "5q7"), "oops");
    assert_string_equal(heard.text, "a.lib:2:8: error: oops [E201]\n"
                                    "  R1 a b 5q7\n"
                                    "         ^~~\n"
                                    "  in x1.x2, instance at a.lib:2:1\n"
                                    "  in x1, instance at deck.cir:3:1\n"
                                    "  included from deck.cir:2:10\n");
}

static void a_deep_path_is_cut(void **state)
{
    (void)state;
    bal_diag d = listen();
    bal_diag_frame frames[40];
    for (int i = 0; i < 40; i++)
        frames[i] = (bal_diag_frame){.parent = i > 0 ? &frames[i - 1] : NULL, .path = "x"};
    d.frame = &frames[39];
    (void)bal_report(&d, BAL_D_NO_FILE, (bal_span){NULL, 0, 0}, "deep");
    assert_string_equal(heard.text, "error: deep [E102]\n  in x\n  in x\n  in x\n  in x\n  in x\n"
                                    "  in x\n  and 34 more\n");
}

static void a_long_line_is_shown_around_the_caret(void **state)
{
    (void)state;
    bal_diag d = listen();
    char text[3000];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    memcpy(text + 2000, "here", 4);
    const bal_source s = source_of("t.cir", text);
    (void)bal_report(&d, BAL_D_BAD_NUMBER, find(&s, "here"), "oops");
    assert_true(heard.n < 400);
    assert_non_null(strstr(heard.text, "t.cir:1:2001: error: oops [E201]\n  ...aaaa"));
    assert_non_null(strstr(heard.text, "aaaa...\n"));
    const char *word = strstr(heard.text, "here");
    const char *caret = strstr(heard.text, "^~~~\n");
    assert_non_null(word);
    assert_non_null(caret);
    const char *line = strstr(heard.text, "  ...");
    const char *below = strchr(line, '\n') + 1;
    assert_int_equal(word - line, caret - below);
}

static void lenient_rows_and_werror(void **state)
{
    (void)state;
    bal_diag d = listen();
    const bal_span none = {NULL, 0, 0};
    assert_int_equal(bal_report(&d, BAL_D_UNKNOWN_CARD, none, "a"), BAL_E_DECK);
    d.lenient = true;
    assert_int_equal(bal_report(&d, BAL_D_UNKNOWN_CARD, none, "b"), BAL_OK);
    assert_int_equal(bal_report(&d, BAL_D_BAD_NUMBER, none, "c"), BAL_E_DECK);
    d.warnings_are_errors = true;
    assert_int_equal(bal_report(&d, BAL_D_RKM_NUMBER, none, "d"), BAL_E_DECK);
    assert_string_equal(heard.text, "error: a [E115]\nwarning: b [W115]\nerror: c [E201]\n"
                                    "error: d [E203]\n");
    assert_int_equal(d.errors, 3);
    assert_int_equal(d.warnings, 1);
}

static void errors_end_after_twenty(void **state)
{
    (void)state;
    bal_diag d = listen();
    for (int i = 0; i < 50; i++) {
        assert_int_equal(bal_diag_full(&d), i >= 20);
        assert_int_equal(bal_report(&d, BAL_D_BAD_NUMBER, (bal_span){NULL, 0, 0}, "e%d", i),
                         BAL_E_DECK);
        bal_note(&d, (bal_span){NULL, 0, 0}, "n%d", i);
    }
    assert_int_equal(d.errors, 50);
    assert_int_equal(heard.messages, 20 + 19 + 1);
    const char *last = strstr(heard.text, "e19");
    assert_non_null(last);
    assert_string_equal(last, "e19 [E201]\nerror: too many errors: the rest is not shown\n");
}

static void messages_stay_below_64_kib(void **state)
{
    (void)state;
    bal_diag d = listen();
    char text[5000];
    memset(text, '\x01', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    const bal_source s = source_of(text, text);
    for (uint32_t i = 0; i < 1000; i++) {
        assert_int_equal(bal_report(&d, BAL_D_RKM_NUMBER, (bal_span){&s, i, i + 9}, "%s", text),
                         BAL_OK);
        bal_note(&d, (bal_span){&s, i, i + 9}, "%s", text);
    }
    for (uint32_t i = 0; i < 100; i++)
        (void)bal_report(&d, BAL_D_BAD_NUMBER, (bal_span){&s, i, i + 9}, "%s", text);
    assert_true(heard.n < 65536);
    assert_non_null(strstr(heard.text, "note: too many warnings: the rest is not shown\n"));
    assert_int_equal(d.warnings, 1000);
    assert_int_equal(d.errors, 100);
}

static void a_repeated_warning_is_dropped(void **state)
{
    (void)state;
    bal_diag d = listen();
    const bal_source s = source_of("t.cir", "R1 a b 4R7\n");
    for (int i = 0; i < 5; i++)
        (void)bal_report(&d, BAL_D_RKM_NUMBER, find(&s, "4R7"), "as 4.7");
    (void)bal_report(&d, BAL_D_RKM_NUMBER, find(&s, "R7"), "as 4.7");
    assert_int_equal(heard.messages, 2);
}

static void shown_text_is_safe_and_cut(void **state)
{
    (void)state;
    char buffer[12];
    assert_string_equal(bal_show(buffer, sizeof buffer, bal_text_of("plain")), "plain");
    assert_string_equal(bal_show(buffer, sizeof buffer, bal_text_of("a\x1b\xFFz")), "a\\x1b\\xffz");
    assert_string_equal(bal_show(buffer, sizeof buffer, bal_text_of("abcdefghijk")), "abcdefghijk");
    assert_string_equal(bal_show(buffer, sizeof buffer, bal_text_of("abcdefghijkl")),
                        "abcdefgh...");
    assert_string_equal(bal_show(buffer, sizeof buffer, bal_text_of("abcdefg\xC2\xB5xyzuv")),
                        "abcdefg...");
    /* C1 controls and the marks that turn the direction of text */
    assert_string_equal(bal_show(buffer, sizeof buffer, bal_text_of("\xC2\x9B")), "\\xc2\\x9b");
    assert_string_equal(bal_show(buffer, sizeof buffer, bal_text_of("\xE2\x80\xAE")),
                        "\\xe2\\x80...");
}

static void rows_are_consistent(void **state)
{
    (void)state;
    for (int i = 0; i < BAL_D_COUNT; i++) {
        const bal_diagnostic *row = bal_diagnostic_row((bal_diag_id)i);
        assert_in_range(row->number, 100, 999);
        assert_true(strlen(row->title) > 0);
        assert_false(row->lenient && row->severity != BAL_ERROR);
        for (int k = 0; k < i; k++)
            assert_int_not_equal(bal_diagnostic_row((bal_diag_id)k)->number, row->number);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_shows_its_place),
        cmocka_unit_test(a_warning_and_its_note),
        cmocka_unit_test(tabs_and_wide_bytes_keep_the_caret),
        cmocka_unit_test(a_place_at_the_end_of_the_text),
        cmocka_unit_test(a_span_over_lines_underlines_the_first),
        cmocka_unit_test(no_place_no_line),
        cmocka_unit_test(instances_and_includes_follow),
        cmocka_unit_test(a_deep_path_is_cut),
        cmocka_unit_test(a_long_line_is_shown_around_the_caret),
        cmocka_unit_test(lenient_rows_and_werror),
        cmocka_unit_test(errors_end_after_twenty),
        cmocka_unit_test(messages_stay_below_64_kib),
        cmocka_unit_test(a_repeated_warning_is_dropped),
        cmocka_unit_test(shown_text_is_safe_and_cut),
        cmocka_unit_test(rows_are_consistent),
    };
    return bal_run_tests(tests, argc, argv);
}
