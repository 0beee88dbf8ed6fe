/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part library as files: every part says what it is, and says it right. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bal_test.h"
#include "library.h"
#include "part.h"

typedef struct opened {
    bal_arena arena;
    bal_library library;
    const char *folders[2];
} opened;

static void open_folder(opened *o, const char *folder)
{
    memset(o, 0, sizeof *o);
    bal_arena_init(&o->arena);
    o->folders[0] = folder;
    assert_int_equal(bal_library_open(&o->library, o->folders, 1, &o->arena), BAL_OK);
}

static void close_folder(opened *o)
{
    bal_library_release(&o->library);
    bal_arena_release(&o->arena);
}

static void show(void *user, const bal_message *message)
{
    (void)user;
    (void)fputs(message->rendered, stderr);
}

/* The card of a part, by the place of its first word. */
static const bal_card *card_of(const bal_library_file *file, const bal_part *part)
{
    for (size_t i = 0; i < file->n_cards; i++) {
        const bal_span at = file->cards[i].tokens[0].span;
        if (at.source == file->source && file->source->text + at.begin == part->card)
            return &file->cards[i];
    }
    return NULL;
}

static bool complain(const bal_part *part, const char *what, bal_text word)
{
    (void)fprintf(stderr, "%.*s: %s '%.*s'\n", (int)part->name.n, part->name.p, what, (int)word.n,
                  word.p);
    return false;
}

static bool pins_agree(const bal_part *part, const bal_part_head *head, const bal_card *card,
                       uint32_t *key)
{
    bal_text rest = head->pins;
    bool good = true;
    *key = 2;
    for (; *key < card->n_tokens && !bal_card_is_key(card, *key); ++*key) {
        const bal_text pin = bal_span_text(card->tokens[*key].span);
        const bal_text told = bal_part_word(&rest);
        if (!bal_text_same(pin, told))
            good = complain(part, "the comment does not have the pin", pin);
    }
    return rest.n == 0 ? good : complain(part, "no pin of the card is", rest);
}

/* Each key of the card stands in the comment with the same default, and the other way round. */
static bool params_agree(const bal_part *part, const bal_part_head *head, const bal_card *card,
                         uint32_t key)
{
    size_t n = 0;
    bool good = true;
    for (uint32_t i = key; i < card->n_tokens; i++) {
        if (!bal_card_is_key(card, i))
            continue;
        const bal_part_param *p = n < head->n_params ? &head->params[n] : NULL;
        n++;
        if (!p || !bal_text_same(p->name, bal_span_text(card->tokens[i].span)))
            return complain(part, "the next param line should be of",
                            bal_span_text(card->tokens[i].span));
        if (!bal_text_same(p->fallback, bal_span_text(card->tokens[i + 2].span)))
            good = complain(part, "another default in the card than", p->fallback);
        if (p->meaning.n == 0)
            good = complain(part, "no meaning of", p->name);
    }
    return n == head->n_params ? good : complain(part, "no key for", head->params[n].name);
}

static bool is_complete(opened *o, const bal_part *part)
{
    bal_diag diag = {.sink = show};
    bal_part_head head;
    uint32_t key = 0;
    assert_int_equal(bal_part_read_head(&o->library, part, &o->arena, &head), BAL_OK);
    assert_int_equal(bal_library_read(&o->library, part->file, &diag), BAL_OK);
    const bal_card *card = card_of(&o->library.files[part->file], part);
    assert_non_null(card);
    if (head.summary.n == 0)
        return complain(part, "no line that begins with", part->name);
    if (part->is_model)
        return true; /* its keys are those of its type: the table knows them */
    return pins_agree(part, &head, card, &key) && params_agree(part, &head, card, key);
}

static void every_part_is_documented(void **state)
{
    (void)state;
    opened o;
    size_t bad = 0;
    open_folder(&o, BAL_SOURCE_DIR "/models/library");
    assert_true(o.library.n_parts > 60);
    for (size_t i = 0; i < o.library.n_parts; i++)
        bad += is_complete(&o, &o.library.parts[i]) ? 0 : 1;
    assert_int_equal(bad, 0);
    close_folder(&o);
}

static void no_name_twice(void **state)
{
    (void)state;
    opened o;
    open_folder(&o, BAL_SOURCE_DIR "/models/library");
    for (size_t i = 0; i < o.library.n_parts; i++)
        for (size_t j = 0; j < i; j++)
            assert_false(bal_text_same(o.library.parts[i].name, o.library.parts[j].name));
    close_folder(&o);
}

static void a_missing_folder_is_empty(void **state)
{
    (void)state;
    opened o;
    open_folder(&o, "/nowhere/at/all");
    assert_int_equal(o.library.n_parts, 0);
    close_folder(&o);
}

static void heads_are_read(void **state)
{
    (void)state;
    static const char text[] = "* first line\n\n"
                               "* Pad: attenuator, 2.385 dB\n"
                               "* pins: a b ref\n"
                               "* param r=2.385k ohm   series arm   [AN-003, p. 7; unverified]\n"
                               "* param n=3  sections\n"
                               "* A note.\n"
                               ".SUBCKT pad a b ref r=2.385k n=3\n"
                               ".subckt inner a b\n"
                               ".ends\n"
                               ".model hidden res r=1\n"
                               ".ends\n"
                               ".model open res r=2.385\n";
    char folder[] = "/tmp/bal_libraryXXXXXX";
    char path[64];
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/x.LIB", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fputs(text, file);
    (void)fclose(file);
    opened o;
    bal_part_head head;
    open_folder(&o, folder);
    assert_int_equal(o.library.n_parts, 2);
    assert_true(o.library.parts[1].is_model);
    assert_int_equal(bal_part_read_head(&o.library, &o.library.parts[0], &o.arena, &head), BAL_OK);
    assert_true(bal_text_is(head.summary, "attenuator, 2.385 dB"));
    assert_true(bal_text_is(head.pins, "a b ref"));
    assert_int_equal(head.n_params, 2);
    assert_true(bal_text_is(head.params[0].fallback, "2.385k"));
    assert_true(bal_text_is(head.params[0].unit, "ohm"));
    assert_true(bal_text_is(head.params[0].meaning, "series arm"));
    assert_true(bal_text_is(head.params[0].origin, "AN-003, p. 7; unverified"));
    assert_int_equal(head.params[1].unit.n, 0);
    assert_true(bal_text_is(head.params[1].meaning, "sections"));
    assert_int_equal(head.n_notes, 1);
    close_folder(&o);
    (void)unlink(path);
    (void)rmdir(folder);
}

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_part_is_documented),
        cmocka_unit_test(no_name_twice),
        cmocka_unit_test(a_missing_folder_is_empty),
        cmocka_unit_test(heads_are_read),
    };
    return bal_run_tests(tests, argc, argv);
}
