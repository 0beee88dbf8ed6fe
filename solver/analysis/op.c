/* SPDX-License-Identifier: GPL-3.0-or-later */
/* .op: the solution at f = 0 with the DC values of the sources. Solved by operating.c. */
#include "analyses.h"

static bal_status parse(bal_study *s, const bal_card *card)
{
    (void)card;
    s->wants_op = true;
    return BAL_OK;
}

const bal_analysis_ops bal_analysis_op = {
    .keyword = ".op",
    .usage = ".op",
    .summary = "DC voltages and currents of the linear circuit.",
    .phase = 0,
    .parse = parse,
};
