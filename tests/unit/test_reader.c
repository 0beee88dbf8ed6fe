/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text to tokens and cards; how tokens are written down here is told in read_deck.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bal_test.h"
#include "read_deck.h"

static bal_reading r;

static void read_bytes(const char *text, size_t n)
{
    bal_read_bytes(&r, text, n);
}

static void read_below_title(const char *text)
{
    static const char title[] = "title\n";
    const size_t n = sizeof title - 1;
    char *deck = malloc(n + strlen(text) + 1);
    assert_non_null(deck);
    memcpy(deck, title, n);
    memcpy(deck + n, text, strlen(text) + 1);
    read_bytes(deck, strlen(deck));
    free(deck);
}

static const char *cards_of(const char *text)
{
    read_below_title(text);
    assert_string_equal(r.said, "");
    assert_int_equal(r.status, BAL_OK);
    return r.cards;
}

static const char *error_of(const char *text)
{
    read_below_title(text);
    assert_int_equal(r.status, BAL_E_DECK);
    return r.said;
}

static void words_and_their_parentheses(void **state)
{
    (void)state;
    assert_string_equal(cards_of("R1 in out 4.7k tc1 = 3m\n"), "R1 in out 4.7k tc1 = 3m\n");
    assert_string_equal(cards_of("R1,in , out\t4.7k,,x\n"), "R1 ,in ,out 4.7k ,x\n");
    assert_string_equal(cards_of(".print ac v(a,b) vdb( x )\n"), ".print ac v(a,b) vdb( x )\n");
    assert_string_equal(cards_of("C1 ( out 0 ) 1u\n"), "C1 ( out 0 ) 1u\n");
    assert_string_equal(cards_of("R1 Net-(R1-Pad1) /a#(b)~ 1k\n"), "R1 Net-(R1-Pad1) /a#(b)~ 1k\n");
    assert_string_equal(cards_of("E1 o 0 POLY(2) (a,b) (c,0) 0 3\n"),
                        "E1 o 0 POLY(2) ( a ,b ) ( c ,0 ) 0 3\n");
    assert_string_equal(cards_of("E1 o 0 TABLE {v(a)}=(0,2)(3,4)\n"),
                        "E1 o 0 TABLE x:v(a) = ( 0 ,2 ) ( 3 ,4 )\n");
    assert_string_equal(cards_of("R1 a b r=-5 m={2*k}x=3\n"), "R1 a b r = -5 m = x:2*k x = 3\n");
    assert_string_equal(cards_of("R1 + - 3k\n"), "R1 + - 3k\n");
    assert_string_equal(cards_of("R\xC2\xA7"
                                 "1 a\xC2\xA0"
                                 "b 3k\n"),
                        "R\xC2\xA7"
                        "1 a b 3k\n");
    assert_string_equal(cards_of("V1 a 0 SIN({o} 'a' 1k)\n"), "V1 a 0 SIN({o} 'a' 1k)\n");
}

static void comparisons_are_words(void **state)
{
    (void)state;
    assert_string_equal(cards_of(".if a==3\n.if b != 2\n.claim c<=4 d >= 5 x=6\n"),
                        ".if a==3\n.if b != 2\n.claim c<=4 d >= 5 x = 6\n");
}

static void quotes_hold_text(void **state)
{
    (void)state;
    assert_string_equal(cards_of("R1 a b '2*k' \"a; 'b' $ c\" {d+{e}}\n"),
                        "R1 a b x:2*k s:a; 'b' $ c x:d+{e}\n");
    assert_string_equal(cards_of(".claim \"\" v(\"a)b\") ''\n"), ".claim s: v(\"a)b\") x:\n");
    assert_string_equal(cards_of("N1 a file=\"x y.s4p\"\n"), "N1 a file = s:x y.s4p\n");
    assert_string_equal(cards_of("E1 a 0 VALUE{v(b)*2}\n"), "E1 a 0 VALUE x:v(b)*2\n");
}

static void comments_need_a_blank(void **state)
{
    (void)state;
    assert_string_equal(cards_of("R1 a b 1k ; c\nR2 a b 2k $ c\nR3 a b 3k // c\nR4 a b 4k\t;c\n"),
                        "R1 a b 1k\nR2 a b 2k\nR3 a b 3k\nR4 a b 4k\n");
    assert_string_equal(cards_of("R1 $N_0001 a//b 1k $\n"), "R1 $N_0001 a//b 1k\n");
    assert_string_equal(cards_of("* c\n  * c\n; c\n$ c\n// c\n\t \nR1 a b 3k\n"), "R1 a b 3k\n");
    assert_string_equal(cards_of("R1 a b {x ;y} \"//\" 2\n"), "R1 a b x:x ;y s:// 2\n");
    assert_string_equal(cards_of(".model q npn(bf=3 ; not ) this\n+ is=2)\n"),
                        ".model q npn(bf=3 ; not ) this\n+ is=2)\n");
}

static void lines_continue(void **state)
{
    (void)state;
    assert_string_equal(cards_of("R1 a b\n+3k\n  + tc1=2m\nR2 a b 4k\n"),
                        "R1 a b 3k tc1 = 2m\nR2 a b 4k\n");
    assert_string_equal(cards_of("R1 a ; c\n* c\n\n; c\n \t\n+ b\n// c\n+ 3k\n"), "R1 a b 3k\n");
    assert_string_equal(cards_of("R1 a b {x+\n* c\n+ y}\n+ m=2\n"),
                        "R1 a b x:x+\n* c\n+ y m = 2\n");
    assert_string_equal(cards_of("R1 a b 'x\n+ y'"), "R1 a b x:x\n+ y\n");
    assert_string_equal(cards_of(".print v(a,\n+ b) c\n"), ".print v(a,\n+ b) c\n");
}

static void hidden_cards(void **state)
{
    (void)state;
    assert_string_equal(cards_of("*> .cmrr rx out=v(o)\n*>.claim a\n*>\n*>* c\n"),
                        ".cmrr rx out = v(o)\n.claim a\n");
    assert_string_equal(cards_of("R1 a b 3k\n*>+ tol=1m\n+ m=2\n*> .cmrr rx\n*>+ out=v(o)\n"),
                        "R1 a b 3k tol = 1m m = 2\n.cmrr rx out = v(o)\n");
    assert_string_equal(error_of("*> .cmrr rx\n+ out=v(o)\nR1 a b 3k\n"),
                        "t.cir:3:1: error: a continuation line with nothing to continue [E107]\n"
                        "  + out=v(o)\n  ^\n");
}

static void the_title(void **state)
{
    (void)state;
    static const struct {
        const char *deck;
        const char *title;
    } rows[] = {
        {"* a title \nR1 a b 3k\n", "a title"},
        {"R7 filter\nR1 a b 3k\n", "R7 filter"},
        {".title  x y\nR1 a b 3k\n", "x y"},
        {"\nR1 a b 3k\n", ""},
        {"x\n.title better one\nR1 a b\n", "better one"},
        {"a\x1b[2J\nR1 a b\n", "a\\x1b[2J"},
        {"Vin to Vout in 3 steps\nR1 a b\n", "Vin to Vout in 3 steps"},
        {"RC filter, 2.2 kHz\nR1 a b\n", "RC filter, 2.2 kHz"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        read_bytes(rows[i].deck, strlen(rows[i].deck));
        assert_int_equal(r.status, BAL_OK);
        assert_string_equal(r.said, "");
        assert_int_equal(r.deck.title.n, strlen(rows[i].title));
        assert_memory_equal(r.deck.title.p, rows[i].title, r.deck.title.n);
        assert_int_equal(r.deck.n_cards, 1);
    }
}

static void a_title_like_a_card_is_told(void **state)
{
    (void)state;
    static const char *const lines[] = {"V9 x 0 ac 1", "R1 a b 4.7k",   "Cin in 0 {c}",
                                        ".param a=3",  "E1 a 0 b 0 12", ".AC dec 3 5 7"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        char deck[80];
        (void)snprintf(deck, sizeof deck, "%s\nR1 a b 3k\n", lines[i]);
        read_bytes(deck, strlen(deck));
        assert_int_equal(r.status, BAL_OK);
        assert_int_equal(r.diag.warnings, 1);
        assert_non_null(strstr(r.said, "t.cir:1:1: warning: the first line is the title, yet"));
    }
}

static void the_end(void **state)
{
    (void)state;
    assert_string_equal(cards_of("R1 a b 3k\n.END\nR2 ' \x01 {\n"), "R1 a b 3k\n");
    assert_string_equal(cards_of("R1 a b 3k\n.ends x\n.backanno"), "R1 a b 3k\n.ends x\n");
    assert_string_equal(cards_of("R1 a b 3k"), "R1 a b 3k\n");
}

static void encodings(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
    } rows[] = {
#define BYTES(text) {text, sizeof(text) - 1}
        BYTES("t\nC1 a 0 3\xC2\xB5\n"),
        BYTES("\xEF\xBB\xBFt\nC1 a 0 3\xC2\xB5\n"),
        BYTES("t\r\nC1 a 0 3\xC2\xB5\r\n"),
        BYTES("t\rC1 a 0 3\xC2\xB5\r"),
        BYTES("t\nC1 a 0 3\xB5\n"),
        BYTES("\xFF\xFEt\0\r\0\n\0C\0"
              "1\0 \0a\0 \0"
              "0\0 \0"
              "3\0\xB5\0\n\0"),
        BYTES("t\0\n\0C\0"
              "1\0 \0a\0 \0"
              "0\0 \0"
              "3\0\xB5\0"),
        BYTES("\xFE\xFF\0t\0\r\0C\0"
              "1\0 \0a\0 \0"
              "0\0 \0"
              "3\0\xB5\0\n"),
        BYTES("\0t\0\n\0C\0"
              "1\0 \0a\0 \0"
              "0\0 \0"
              "3\0\xB5"),
#undef BYTES
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        read_bytes(rows[i].bytes, rows[i].n);
        assert_string_equal(r.said, "");
        assert_int_equal(r.status, BAL_OK);
        assert_string_equal(r.cards, "C1 a 0 3\xC2\xB5\n");
    }
    read_bytes("\xFF\xFEt\0\n\0R\0"
               "1\0 \0\x3C\xD8\xB8\xDF\x3C\xD8",
               18);
    assert_string_equal(r.cards, "R1 \xF0\x9F\x8E\xB8\xEF\xBF\xBD\n"); /* a pair, half a pair */
}

static void mistakes_of_the_text(void **state)
{
    (void)state;
    assert_string_equal(error_of("+ R1 a b\n* c\n+ 3k\nR2 a b 3k\n"),
                        "t.cir:2:1: error: a continuation line with nothing to continue [E107]\n"
                        "  + R1 a b\n  ^\n");
    assert_string_equal(error_of("R1 a b '3k\nR2 a b 3k\n"),
                        "t.cir:2:8: error: this quote is not closed on this card [E108]\n"
                        "  R1 a b '3k\n         ^\n");
    assert_string_equal(error_of("R1 a b {3k\n+ {x}\nR2 a b \"3k\n"),
                        "t.cir:2:8: error: this '{' is not closed on this card [E108]\n"
                        "  R1 a b {3k\n         ^\n"
                        "t.cir:4:8: error: this quote is not closed on this card [E108]\n"
                        "  R2 a b \"3k\n         ^\n");
    assert_string_equal(error_of("R1\x1b[3m\x07 a b 3k\n* \x07\nR2 a \xC2\x85 3k\n"),
                        "t.cir:2:3: error: control character '\\x1b' in the text [E110]\n"
                        "  R1\\x1b[3m\\x07 a b 3k\n    ^~~~\n"
                        "t.cir:4:6: error: control character '\\xc2\\x85' in the text [E110]\n"
                        "  R2 a \\xc2\\x85 3k\n       ^~~~~~~~\n");
    assert_string_equal(error_of("= 3\n"),
                        "t.cir:2:1: error: a line begins with the name of an element or with a dot "
                        "word [E111]\n  = 3\n  ^\n");
}

static void what_is_no_deck(void **state)
{
    (void)state;
    read_bytes("", 0);
    assert_string_equal(r.said, "t.cir:1:1: error: the file is empty [E101]\n");
    read_bytes(" \n\t\n", 4);
    assert_string_equal(r.said, "t.cir:1:1: error: the file is empty [E101]\n   \n  ^\n");
    assert_string_equal(
        error_of("* c\n.end\nR1 a b 3k\n"),
        "t.cir:1:1: error: the file holds a title and no cards [E101]\n  title\n  ^\n");
    read_bytes("t\nR1 a b 3\0k\n", 13);
    assert_int_equal(r.status, BAL_E_DECK);
    assert_string_equal(r.said, "t.cir:2:9: error: a NUL byte in the text [E104]\n"
                                "  R1 a b 3\\x00k\n          ^~~~\n");
    read_bytes("\x89PNG\r\n\x1a\n junk", 13);
    assert_int_equal(r.status, BAL_E_DECK);
    assert_string_equal(r.said, "error: 't.cir' is not a netlist: it holds binary data [E105]\n");
}

static void parentheses_without_partner(void **state)
{
    (void)state;
    const char *deck = "t\n.model d d(is=3\n+ rs=2\nR1 a b 3k)\nC1 (a 0 3n\n";
    read_bytes(deck, strlen(deck));
    assert_int_equal(r.status, BAL_OK);
    assert_string_equal(r.cards, ".model d d(is=3\n+ rs=2\nR1 a b 3k\nC1 ( a 0 3n\n");
    assert_string_equal(r.said, "t.cir:2:11: warning: no ')' for this '(' [W116]\n"
                                "  .model d d(is=3\n            ^\n"
                                "t.cir:4:10: warning: no '(' for this ')': it is ignored [W116]\n"
                                "  R1 a b 3k)\n           ^\n"
                                "t.cir:5:4: warning: no ')' for this '(' [W116]\n"
                                "  C1 (a 0 3n\n     ^\n");
}

static void control_blocks_are_skipped(void **state)
{
    (void)state;
    const char *deck =
        "t\n.control\nshell rm {'\n.ENDC ; c\nR1 a b 3k\n.control\n.endc\nR2 a b 3k\n";
    read_bytes(deck, strlen(deck));
    assert_int_equal(r.status, BAL_OK);
    assert_string_equal(r.cards, "R1 a b 3k\nR2 a b 3k\n");
    assert_string_equal(r.said, "t.cir:2:1: warning: the '.control' block is skipped: a deck runs "
                                "no commands [W113]\n  .control\n  ^~~~~~~~\n");
    assert_string_equal(error_of("R1 a b 3k\n.control\nrun\n"),
                        "t.cir:3:1: error: no '.endc' for this '.control' [E111]\n"
                        "  .control\n  ^~~~~~~~\n");
}

static void deep_nesting_needs_no_stack(void **state)
{
    (void)state;
    enum { DEPTH = 1000000 };
    char *deck = malloc(2 * DEPTH + 32);
    assert_non_null(deck);
    size_t n = (size_t)snprintf(deck, 32, "t\nR1 a b {");
    memset(deck + n, '(', DEPTH);
    memset(deck + n + DEPTH, ')', DEPTH);
    n += 2 * DEPTH;
    deck[n++] = '}';
    read_bytes(deck, n);
    assert_int_equal(r.status, BAL_OK);
    assert_int_equal(r.deck.cards[0].n_tokens, 4);
    assert_int_equal(bal_span_text(r.deck.cards[0].tokens[3].span).n, 2 * DEPTH);
    memset(deck + 10, '{', 2 * DEPTH);
    read_bytes(deck, n);
    assert_int_equal(r.status, BAL_E_DECK);
    free(deck);
}

static void words_open(void **state)
{
    (void)state;
    (void)cards_of(".model m R(tc1=2m,\n+ tc2 = 3u) plain v(a)*2 e()\n");
    const bal_token *t = r.deck.cards[0].tokens;
    const bal_token *inner = NULL;
    bal_span head;
    uint32_t n = 0;
    assert_int_equal(bal_token_open(&t[2], &r.arena, &r.diag, &head, &inner, &n), BAL_OK);
    assert_int_equal(bal_span_text(head).n, 1);
    assert_int_equal(n, 6);
    const bal_card card = {inner, n};
    assert_true(bal_card_is_key(&card, 0));
    assert_false(bal_card_is_key(&card, 2));
    assert_true(bal_card_is_key(&card, 3));
    assert_false(bal_card_is_key(&card, 5));
    assert_true(inner[3].after_comma);
    assert_true(bal_text_is(bal_span_text(inner[5].span), "3u"));
    assert_int_equal(bal_span_place(inner[5].span).line, 3);
    assert_int_equal(bal_token_open(&t[3], &r.arena, &r.diag, &head, &inner, &n), BAL_OK);
    assert_int_equal(n, 0);
    assert_true(bal_text_is(bal_span_text(head), "plain"));
    assert_int_equal(bal_token_open(&t[5], &r.arena, &r.diag, &head, &inner, &n), BAL_OK);
    assert_int_equal(n, 0);
    assert_int_equal(bal_token_open(&t[4], &r.arena, &r.diag, &head, &inner, &n), BAL_E_DECK);
    assert_string_equal(r.said, "t.cir:3:23: error: unexpected text behind the ')' of 'v' [E111]\n"
                                "  + tc2 = 3u) plain v(a)*2 e()\n                        ^~\n");
}

static void errors_stop_at_twenty(void **state)
{
    (void)state;
    static const char line[] = "R1 a b '\n";
    const size_t n = sizeof line - 1;
    char deck[2000] = "t\n";
    for (size_t i = 0; i < 60; i++)
        memcpy(deck + 2 + i * n, line, n);
    read_bytes(deck, strlen(deck));
    assert_int_equal(r.status, BAL_E_DECK);
    assert_int_equal(r.diag.errors, 20);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_their_parentheses),
        cmocka_unit_test(comparisons_are_words),
        cmocka_unit_test(quotes_hold_text),
        cmocka_unit_test(comments_need_a_blank),
        cmocka_unit_test(lines_continue),
        cmocka_unit_test(hidden_cards),
        cmocka_unit_test(the_title),
        cmocka_unit_test(a_title_like_a_card_is_told),
        cmocka_unit_test(the_end),
        cmocka_unit_test(encodings),
        cmocka_unit_test(mistakes_of_the_text),
        cmocka_unit_test(what_is_no_deck),
        cmocka_unit_test(parentheses_without_partner),
        cmocka_unit_test(control_blocks_are_skipped),
        cmocka_unit_test(deep_nesting_needs_no_stack),
        cmocka_unit_test(words_open),
        cmocka_unit_test(errors_stop_at_twenty),
    };
    const int failed = bal_run_tests(tests, argc, argv);
    bal_arena_release(&r.arena);
    return failed;
}
