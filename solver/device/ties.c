/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing list; an error sticks until the next device. */
#include "ties.h"

#include "alloc.h"

void bal_tie(bal_ties *ties, bal_tie_kind kind, int a, int b)
{
    if (ties->status)
        return;
    bal_tie_entry *grown =
        bal_grow(ties->entries, &ties->capacity, ties->n + 1, sizeof *ties->entries);
    if (!grown) {
        ties->status = BAL_E_NOMEM;
        return;
    }
    ties->entries = grown;
    ties->entries[ties->n++] = (bal_tie_entry){kind, a, b};
}

bal_status bal_ties_of(bal_ties *ties, const bal_device *device)
{
    ties->n = 0;
    ties->status = BAL_OK;
    if (device->ops->ties)
        device->ops->ties(device, ties);
    return ties->status;
}

void bal_ties_release(bal_ties *ties)
{
    bal_free(ties->entries);
    *ties = (bal_ties){0};
}
