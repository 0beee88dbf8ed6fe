/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON helpers: what JSON cannot hold, and what comes of a lost allocation. */
#include <string.h>

#include "bal_test.h"
#include "json.h"

typedef struct text_file {
    char text[4096];
    size_t used;
    bal_bytes bytes;
} text_file;

static bal_status take(void *user, const char *bytes, size_t n)
{
    text_file *file = user;
    memcpy(file->text + file->used, bytes, n);
    file->used += n;
    file->text[file->used] = '\0';
    return BAL_OK;
}

static text_file *opened(text_file *file)
{
    memset(file, 0, sizeof *file);
    bal_bytes_init(&file->bytes, take, file);
    return file;
}

static void numbers(void **state)
{
    static const double values[] = {0.1, -2385.0, 1e300, -0.0};
    text_file file;
    (void)state;
    opened(&file);
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        bal_json_number(&file.bytes, values[i]);
        bal_bytes_text(&file.bytes, " ");
    }
    bal_json_number(&file.bytes, (double)INFINITY);
    bal_json_number(&file.bytes, (double)-INFINITY);
    bal_json_number(&file.bytes, (double)NAN);
    assert_int_equal(bal_bytes_flush(&file.bytes), BAL_OK);
    assert_string_equal(file.text, "0.10000000000000001 -2385 1.0000000000000001e+300 -0 "
                                   "\"inf\"\"-inf\"null");
}

static void texts(void **state)
{
    static const struct {
        const char *text, *json;
    } rows[] = {
        {"", "\"\""},
        {"a \"b\" \\", "\"a \\\"b\\\" \\\\\""},
        {"\x01\n\t", "\"\\u0001\\n\\t\""},
        {"\xC2\xB5", "\"\xC2\xB5\""},
        {"\xB5x\xC2", "\"\xEF\xBF\xBDx\xEF\xBF\xBD\""},
        {"\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""}, /* a surrogate */
    };
    text_file file;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        opened(&file);
        bal_json_put(&file.bytes, bal_json_text(rows[i].text));
        assert_int_equal(bal_bytes_flush(&file.bytes), BAL_OK);
        assert_string_equal(file.text, rows[i].json);
    }
}

static void lost_memory(void **state)
{
    text_file file;
    (void)state;
    opened(&file);
    json_t *object = json_object();
    bal_json_member(&object, "a", json_integer(3));
    bal_json_member(&object, "b", NULL); /* what bal_json_text gives then */
    assert_null(object);
    bal_json_member(&object, "c", json_integer(5));
    assert_null(object);
    bal_json_put(&file.bytes, object);
    assert_int_equal(bal_bytes_flush(&file.bytes), BAL_E_NOMEM);
    assert_int_equal(file.used, 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(texts),
        cmocka_unit_test(lost_memory),
    };
    return bal_run_tests(tests, argc, argv);
}
