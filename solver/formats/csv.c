/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A field is quoted only if it holds a comma, a quote or a line end (RFC 4180, 2.6). */
#include "csv.h"

#include <string.h>

static void put_quoted(bal_bytes *bytes, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '"')
            bal_bytes_put(bytes, "\"", 1);
        bal_bytes_put(bytes, text, 1);
    }
}

/* before NAME after, as one field: re(NAME) */
static void put_field(bal_bytes *bytes, const char *before, const char *name, const char *after)
{
    const bool quote = strpbrk(name, ",\"\r\n") != NULL;
    bal_bytes_text(bytes, quote ? "\"" : "");
    bal_bytes_text(bytes, before);
    put_quoted(bytes, name);
    bal_bytes_text(bytes, after);
    bal_bytes_text(bytes, quote ? "\"" : "");
}

void bal_csv_text(bal_bytes *bytes, const char *text)
{
    bal_bytes_put(bytes, ",", 1);
    put_field(bytes, "", text, "");
}

void bal_csv_header(bal_bytes *bytes, const bal_csv_column columns[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bal_bytes_text(bytes, i == 0 ? "" : ",");
        if (columns[i].is_real) {
            put_field(bytes, "", columns[i].name, "");
            continue;
        }
        put_field(bytes, "re(", columns[i].name, ")");
        bal_bytes_put(bytes, ",", 1);
        put_field(bytes, "im(", columns[i].name, ")");
    }
    bal_bytes_put(bytes, "\n", 1);
}

void bal_csv_row(bal_bytes *bytes, const bal_csv_column columns[], size_t n,
                 const double complex values[])
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            bal_bytes_put(bytes, ",", 1);
        bal_bytes_number(bytes, creal(values[i]));
        if (columns[i].is_real)
            continue;
        bal_bytes_put(bytes, ",", 1);
        bal_bytes_number(bytes, cimag(values[i]));
    }
    bal_bytes_put(bytes, "\n", 1);
}
