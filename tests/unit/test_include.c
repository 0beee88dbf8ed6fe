/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that a deck names: where they are found, what is said when they are not, sections. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bal_test.h"
#include "read_deck.h"

static bal_reading r;

static void read_path(const char *path, const bal_read_options *options)
{
    bal_read_path(&r, path, options);
}

static void file(const char *path, const char *text)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
    assert_int_equal(fclose(f), 0);
}

static void includes_are_found(void **state)
{
    (void)state;
    file("deck.cir", "t\n.include sub/a.inc\n.inc \"sub\\B.inc\"\n.lib 'other.lib'\n"
                     ".include sub/with blank.inc ; c\nR9 a b 3k\n");
    file("sub/a.inc", "* a\nR1 a b 3k\n.include c.inc\n.include top.inc\n.end\nR8 no\n");
    file("sub/b.INC", "R2 a b 3k\n");
    file("sub/c.inc", "R3 a b 3k\n");
    file("top.inc", "R4 a b 3k\n");
    file("extra/other.lib", "R5 a b 3k");
    file("sub/with blank.inc", "R6 a b 3k\n");
    const char *const folders[] = {"nowhere", "extra"};
    const bal_read_options options = {.folders = folders, .n_folders = 2};
    read_path("deck.cir", &options);
    assert_string_equal(r.said, "");
    assert_int_equal(r.status, BAL_OK);
    assert_string_equal(r.cards, "R1 a b 3k\nR3 a b 3k\nR4 a b 3k\nR2 a b 3k\nR5 a b 3k\n"
                                 "R6 a b 3k\nR9 a b 3k\n");
    const bal_span at = r.deck.cards[1].tokens[0].span; /* R3 of sub/c.inc */
    assert_string_equal(at.source->name, "sub/c.inc");
    assert_int_equal(bal_span_place(at).line, 1);
    assert_string_equal(at.source->included_at.source->name, "sub/a.inc");
    assert_int_equal(bal_span_place(at.source->included_at).line, 3);
    assert_int_equal(bal_span_place(r.deck.cards[6].tokens[0].span).line, 6);
}

static const char *deck_says(const char *text)
{
    file("deck.cir", text);
    read_path("deck.cir", NULL);
    assert_int_equal(r.status, BAL_E_DECK);
    return r.said;
}

static void includes_that_fail(void **state)
{
    (void)state;
    assert_string_equal(deck_says("t\n.inc \"no/such.inc\"\n"),
                        "deck.cir:2:7: error: 'no/such.inc' cannot be opened: No such file or "
                        "directory [E102]\n  .inc \"no/such.inc\"\n        ^~~~~~~~~~~\n");
    assert_string_equal(deck_says("t\n.inc \"\"\n"), "deck.cir:2:7: error: the file name is empty "
                                                     "[E102]\n  .inc \"\"\n        ^\n");
    assert_string_equal(deck_says("t\n.include\n"),
                        "deck.cir:2:1: error: expected a file name: .include FILE [E111]\n"
                        "  .include\n  ^~~~~~~~\n");
    assert_string_equal(deck_says("t\n.inc sub\n"), "deck.cir:2:6: error: 'sub' is a directory "
                                                    "[E103]\n  .inc sub\n       ^~~\n");
    assert_string_equal(deck_says("t\n.inc /dev/zero\n"),
                        "deck.cir:2:6: error: '/dev/zero' is a device [E103]\n"
                        "  .inc /dev/zero\n       ^~~~~~~~~\n");
    assert_string_equal(deck_says("t\n.inc pipe\n"), "deck.cir:2:6: error: 'pipe' is a pipe or a "
                                                     "socket [E103]\n  .inc pipe\n       ^~~~\n");
    assert_string_equal(deck_says("t\n.inc deck.cir\n"),
                        "deck.cir:2:6: error: a file includes itself: deck.cir -> deck.cir [E106]\n"
                        "  .inc deck.cir\n       ^~~~~~~~\n");
    file("sub/x.inc", "\n.inc y.inc\n");
    file("sub/y.inc", "R1 a b '3\n.inc ../sub/X.inc\n");
    assert_string_equal(deck_says("t\n.inc sub/x.inc\n"),
                        "sub/y.inc:1:8: error: this quote is not closed on this card [E108]\n"
                        "  R1 a b '3\n         ^\n"
                        "  included from sub/x.inc:2:6\n"
                        "  included from deck.cir:2:6\n"
                        "sub/y.inc:2:6: error: a file includes itself: sub/x.inc -> sub/y.inc -> "
                        "sub/x.inc [E106]\n"
                        "  .inc ../sub/X.inc\n       ^~~~~~~~~~~~\n"
                        "  included from sub/x.inc:2:6\n"
                        "  included from deck.cir:2:6\n");
}

static void the_deck_itself_cannot_be_read(void **state)
{
    (void)state;
    read_path("none.cir", NULL);
    assert_int_equal(r.status, BAL_E_IO);
    assert_string_equal(r.said, "error: 'none.cir' cannot be opened: No such file or directory "
                                "[E102]\n");
    read_path("sub", NULL);
    assert_int_equal(r.status, BAL_E_IO);
    assert_string_equal(r.said, "error: 'sub' is a directory [E103]\n");
}

static void includes_have_limits(void **state)
{
    (void)state;
    for (int i = 0; i < 101; i++) {
        char name[40];
        char text[60];
        (void)snprintf(name, sizeof name, "sub/deep%d.inc", i);
        (void)snprintf(text, sizeof text, ".inc deep%d.inc\n", i + 1);
        file(name, text);
    }
    const char *said = deck_says("t\n.inc sub/deep0.inc\n");
    assert_non_null(strstr(said, "sub/deep99.inc:1:6: error: files are nested more than 100 deep "
                                 "[E117]\n"));
    for (int i = 0; i < 20; i++) { /* 2^20 files */
        char name[40];
        char text[80];
        (void)snprintf(name, sizeof name, "sub/twice%d.inc", i);
        (void)snprintf(text, sizeof text, ".inc twice%d.inc\n.inc twice%d.inc\n", i + 1, i + 1);
        file(name, text);
    }
    file("sub/twice20.inc", "* leaf\n");
    said = deck_says("t\n.inc sub/twice0.inc\n");
    assert_non_null(strstr(said, "error: more than 10000 files are included [E117]\n"));
}

static void sections(void **state)
{
    (void)state;
    file("sub/d.lib", "* lib\nR0 a b 3k\n.lib tt\nR1 a b 3k\n.lib 'd.lib' common\n.endl tt\n"
                      ".LIB \"common\" ; c\nR2 a b 3k\n.ENDL\n.lib ff\nR3 a b 3k\n.endl FF\n");
    file("deck.cir", "t\n.lib sub/d.lib TT\n.lib \"sub/d.lib\" ff\nR9 a b 3k\n");
    read_path("deck.cir", NULL);
    assert_string_equal(r.said, "");
    assert_string_equal(r.cards, "R1 a b 3k\nR2 a b 3k\nR3 a b 3k\nR9 a b 3k\n");
    file("deck.cir", "t\n.lib sub/d.lib\n");
    read_path("deck.cir", NULL);
    assert_string_equal(r.cards, "R0 a b 3k\n");
    assert_string_equal(r.said,
                        "sub/d.lib:3:6: warning: section 'tt' is passed over: '.lib FILE tt' "
                        "takes it [W114]\n  .lib tt\n       ^~\n"
                        "  included from deck.cir:2:6\n");
    assert_string_equal(deck_says("t\n.lib sub/d.lib comon\n"),
                        "deck.cir:2:16: error: no section 'comon' in 'sub/d.lib': did you mean "
                        "'common'? [E112]\n  .lib sub/d.lib comon\n                 ^~~~~\n");
    assert_string_equal(deck_says("t\n.endl tt\n"),
                        "deck.cir:2:1: error: '.endl' without the '.lib NAME' that it would close "
                        "[E112]\n  .endl tt\n  ^~~~~\n");
    assert_string_equal(deck_says("t\n.lib tt\nR1 a b 3k\n"),
                        "deck.cir:2:6: error: 'tt' cannot be opened: No such file or directory "
                        "[E102]\n  .lib tt\n       ^~\n");
    assert_string_equal(deck_says("t\n.lib a b c\n"),
                        "deck.cir:2:10: error: expected .lib FILE [SECTION] [E111]\n"
                        "  .lib a b c\n           ^\n");
    file("sub/self.lib", ".lib x\n.lib self.lib x\n.endl\n");
    assert_string_equal(deck_says("t\n.lib sub/self.lib x\n"),
                        "sub/self.lib:2:6: error: a file includes itself: sub/self.lib -> "
                        "sub/self.lib [E106]\n  .lib self.lib x\n       ^~~~~~~~\n"
                        "  included from deck.cir:2:6\n");
}

static char scratch[] = "/tmp/bal_reader_XXXXXX";

static int enter_scratch(void)
{
    return !mkdtemp(scratch) || chdir(scratch) != 0 || mkdir("sub", 0700) != 0 ||
           mkdir("extra", 0700) != 0 || mkfifo("pipe", 0600) != 0;
}

static int leave_scratch(void)
{
    char command[80];
    (void)snprintf(command, sizeof command, "rm -rf %s", scratch);
    return chdir("/tmp") != 0 || system(command) != 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(includes_are_found),
        cmocka_unit_test(includes_that_fail),
        cmocka_unit_test(the_deck_itself_cannot_be_read),
        cmocka_unit_test(includes_have_limits),
        cmocka_unit_test(sections),
    };
    if (enter_scratch() != 0)
        return 1;
    const int failed = bal_run_tests(tests, argc, argv);
    bal_arena_release(&r.arena);
    return leave_scratch() != 0 ? 1 : failed;
}
