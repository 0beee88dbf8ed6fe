/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slices, names, suggestions, growing arrays and the arena. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "arena.h"
#include "bal_test.h"
#include "status.h"
#include "text.h"

static bal_text t(const char *s)
{
    return bal_text_of(s);
}

static void names_compare_without_case(void **state)
{
    (void)state;
    assert_true(bal_text_same(t("Rload2"), t("rLOAD2")));
    assert_false(bal_text_same(t("Rload2"), t("Rload")));
    assert_false(bal_text_same(t("a["), t("a{"))); /* 0x5B and 0x7B differ by the case bit */
    assert_true(bal_text_is(t("MEG"), "meg"));
    assert_true(bal_text_starts(t(".INClude x"), ".inc"));
    assert_false(bal_text_starts(t(".in"), ".inc"));
    assert_int_equal(bal_text_hash(t("Net-(R1-Pad2)")), bal_text_hash(t("nET-(r1-pAD2)")));
    assert_int_not_equal(bal_text_hash(t("r12")), bal_text_hash(t("r21")));
    assert_int_equal(bal_lower('\xC4'), '\xC4');
}

static void identifiers_are_found_whole(void **state)
{
    (void)state;
    assert_true(bal_text_mentions(t("(1-K12*k12)*L1"), t("k12")));
    assert_true(bal_text_mentions(t("2*rload"), t("RLOAD")));
    assert_true(bal_text_mentions(t("gain"), t("gain")));
    assert_false(bal_text_mentions(t("K12*sqrt(L10)"), t("L1")));
    assert_false(bal_text_mentions(t("m_12+2k"), t("k")));
    assert_false(bal_text_mentions(t(""), t("r")));
}

static void utf8_is_checked(void **state)
{
    (void)state;
    assert_int_equal(bal_utf8_length("x", 1), 1);
    assert_int_equal(bal_utf8_length("\xC2\xB5", 2), 2);
    assert_int_equal(bal_utf8_length("\xE2\x84\xA6", 3), 3);
    assert_int_equal(bal_utf8_length("\xF0\x9F\x8E\xB8", 4), 4);
    assert_int_equal(bal_utf8_length("\xC2", 1), 0);         /* cut */
    assert_int_equal(bal_utf8_length("\xC0\xAF", 2), 0);     /* overlong */
    assert_int_equal(bal_utf8_length("\xE0\x80\xAF", 3), 0); /* overlong */
    assert_int_equal(bal_utf8_length("\xED\xA0\x80", 3), 0); /* surrogate */
    assert_int_equal(bal_utf8_length("\xF4\x90\x80\x80", 4), 0);
    assert_int_equal(bal_utf8_length("\xB5", 1), 0);
    assert_int_equal(bal_utf8_length("\xE2\x84x", 3), 0);
}

static const char *nearest(const char *word, const char *const *known)
{
    static char best[80];
    bal_nearest n;
    bal_nearest_init(&n, t(word));
    for (; *known; known++)
        bal_nearest_offer(&n, t(*known));
    const bal_text found = bal_nearest_get(&n);
    memcpy(best, found.p, found.n);
    best[found.n] = '\0';
    return best;
}

static void the_nearest_name_is_near(void **state)
{
    (void)state;
    const char *const known[] = {"resistance", "receiver", "receivers", "rload", NULL};
    assert_string_equal(nearest("reciever", known), "receiver"); /* a swap counts once */
    assert_string_equal(nearest("RECEIVRES", known), "receivers");
    assert_string_equal(nearest("resistence", known), "resistance");
    assert_string_equal(nearest("rlaod", known), "rload");
    assert_string_equal(nearest("rx", known), "");
    assert_string_equal(nearest("voltage", known), "");
    assert_string_equal(nearest("rload", known), ""); /* itself is no suggestion */
    char longest[200];
    memset(longest, 'r', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_string_equal(nearest(longest, known), "");
}

static void arrays_grow(void **state)
{
    (void)state;
    size_t capacity = 0;
    int *array = bal_grow(NULL, &capacity, 3, sizeof *array);
    assert_non_null(array);
    assert_true(capacity >= 3);
    for (int i = 0; i < 3; i++)
        array[i] = 7 * i + 2;
    const size_t first = capacity;
    array = bal_grow(array, &capacity, first + 1, sizeof *array);
    assert_non_null(array);
    assert_true(capacity >= 2 * first);
    assert_int_equal(array[2], 16);
    assert_null(bal_grow(array, &capacity, SIZE_MAX / 2, sizeof *array));
    assert_int_equal(array[1], 9); /* still valid */
    bal_free(array);
    assert_null(bal_alloc(SIZE_MAX / 4, 16));
    void *nothing = bal_alloc(0, 8);
    assert_non_null(nothing);
    bal_free(nothing);
}

static void the_arena_keeps_everything(void **state)
{
    (void)state;
    bal_arena arena;
    bal_arena_init(&arena);
    char *words[3000];
    for (int i = 0; i < 3000; i++) {
        words[i] = bal_arena_format(&arena, "word %d of %s", i, "many");
        assert_non_null(words[i]);
        double *numbers = bal_arena_alloc(&arena, (size_t)(i % 700), sizeof *numbers);
        assert_non_null(numbers);
        assert_int_equal((uintptr_t)numbers % _Alignof(max_align_t), 0);
        for (int k = 0; k < i % 700; k++) {
            assert_true(numbers[k] == 0.0);
            numbers[k] = -3.25;
        }
    }
    char *large = bal_arena_alloc(&arena, 3, 1 << 20);
    assert_non_null(large);
    large[(3 << 20) - 1] = 'x';
    char want[40];
    for (int i = 0; i < 3000; i++) {
        (void)snprintf(want, sizeof want, "word %d of many", i);
        assert_string_equal(words[i], want);
    }
    const char *copy = bal_arena_copy(&arena, "cutter", 3);
    assert_string_equal(copy, "cut");
    assert_null(bal_arena_alloc(&arena, SIZE_MAX / 2, 4));
    bal_arena_release(&arena);
    bal_arena_release(&arena);
}

static void every_status_has_a_text(void **state)
{
    (void)state;
    assert_string_equal(bal_status_text(BAL_E_NOMEM), "out of memory");
    assert_string_equal(bal_status_text(BAL_E_STOPPED), "stopped by the caller");
    assert_string_equal(bal_status_text((bal_status)99), "unknown status");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_compare_without_case),
        cmocka_unit_test(identifiers_are_found_whole),
        cmocka_unit_test(utf8_is_checked),
        cmocka_unit_test(the_nearest_name_is_near),
        cmocka_unit_test(arrays_grow),
        cmocka_unit_test(the_arena_keeps_everything),
        cmocka_unit_test(every_status_has_a_text),
    };
    return bal_run_tests(tests, argc, argv);
}
