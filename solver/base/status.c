/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts of the status codes, from the one list in status.h. */
#include "status.h"

#include <stddef.h>

const char *bal_status_text(bal_status status)
{
    static const char *const texts[] = {
#define BAL_STATUS_TEXT(name, text) text,
        BAL_STATUS_LIST(BAL_STATUS_TEXT)
#undef BAL_STATUS_TEXT
    };
    const size_t i = (size_t)status;
    return i < sizeof texts / sizeof texts[0] ? texts[i] : "unknown status";
}
