/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_DEVICE_TIES_H
#define BAL_DEVICE_TIES_H

#include <stddef.h>

#include "device.h"

/* What a device says of how its terminals hang together; terminals are its own, 0.. */
typedef struct bal_tie_entry {
    bal_tie_kind kind;
    int a;
    int b;
} bal_tie_entry;

/* {0} is empty; reused from device to device. Not thread-safe per object. */
struct bal_ties {
    bal_tie_entry *entries;
    size_t n;
    size_t capacity;
    bal_status status; /* sticky within one device */
};

/* Replaces the entries by those of the device (none if it has no ties hook). BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_ties_of(bal_ties *ties, const bal_device *device);
void bal_ties_release(bal_ties *ties);

#endif
