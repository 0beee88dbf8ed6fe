/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The array behind models.def. A row without a file does not link. */
#include "models.h"

#include "cable_model.h"

static const bal_device_ops *const elements[] = {
#define BAL_ELEMENT(file) &bal_element_##file,
#include "models.def"
#undef BAL_ELEMENT
};

const bal_device_ops *const *bal_models(size_t *n)
{
    return bal_cable_models(n);
}

const bal_device_ops *const *bal_elements(size_t *n)
{
    *n = sizeof elements / sizeof elements[0];
    return elements;
}
