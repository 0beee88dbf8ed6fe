/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Single lossy line, TXL, whose AC model ngspice lacks: read as the line that it stands for. */
#include "lossy.h"

static const bal_param_spec params[] = {BAL_LOSSY_PARAMS("txl")};

static bal_status check(const bal_device *dev, bal_diag *diag)
{
    return bal_uniform_check(dev, "length", diag);
}

const bal_device_ops bal_element_txl = {
    .letter = 'Y',
    .name = "single lossy line",
    .usage = "Yname a b c d MODEL [len=<metre>] [m=]",
    .summary = "Line with losses from the port (a, b) to the port (c, d), with the r, l, g, c and "
               "len of a .model of type txl; any of them may be 0. The two ends share no ground.",
    .n_nodes = 4,
    .n_branches = 2,
    .params = params,
    .n_params = BAL_COUNT(params),
    .model_types = "txl",
    .aliases = "length=len",
    .model_keys = "length=len level=",
    .check = check,
    .ties = bal_uniform_ties,
    .stamp = bal_uniform_stamp,
    .stamp_at = bal_uniform_stamp_at,
    .current = bal_lossy_current,
    .noise = bal_uniform_noise,
    .doubt = bal_uniform_doubt,
};
