/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The array behind cables.def. A row without a file does not link. */
#include "cable_model.h"

static const bal_device_ops *const models[] = {
#define BAL_MODEL(file) &bal_model_##file.row,
#include "cables.def"
#undef BAL_MODEL
};

const bal_device_ops *const *bal_cable_models(size_t *n)
{
    *n = sizeof models / sizeof models[0];
    return models;
}
