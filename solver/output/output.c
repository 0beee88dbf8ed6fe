/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of outputs. */
#include "output.h"

#include <string.h>

#include "alloc.h"

static const bal_output_row *const rows[] = {
#define BAL_OUTPUT(id) &bal_output_##id,
#include "outputs.def"
#undef BAL_OUTPUT
};

const bal_output_row *bal_output_at(size_t k)
{
    return k < sizeof rows / sizeof rows[0] ? rows[k] : NULL;
}

const bal_output_row *bal_output_find(const char *name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(rows[i]->name, name) == 0)
            return rows[i];
    return NULL;
}

void bal_output_free(bal_sink *sink)
{
    bal_free(sink);
}
