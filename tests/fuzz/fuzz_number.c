/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers of a netlist: accepted exactly when nothing was reported, and then finite and normalised.
 */
#include "fuzz.h"
#include "netlist.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 4096)
        return 0;
    char *text = calloc(size + 1, 1);
    if (!text)
        return 0;
    if (size > 0)
        memcpy(text, data, size);

    const bal_source source = {.name = "fuzz", .text = text, .length = (uint32_t)size};
    bal_diag diag = {0};
    bal_dd value = {2.385, 0.0};
    bal_status status =
        bal_number_parse((bal_span){&source, 0, (uint32_t)size}, &diag, &value, NULL);

    if ((status == BAL_OK) != (diag.errors == 0))
        abort();
    if (!isfinite(value.hi) || !isfinite(value.lo) || value.hi + value.lo != value.hi)
        abort();
    if (status != BAL_OK && (value.hi != 2.385 || value.lo != 0.0))
        abort(); /* untouched on failure */
    free(text);
    return 0;
}
