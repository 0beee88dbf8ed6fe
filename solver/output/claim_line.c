/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One spelling of the verdicts for every output. */
#include "claim_line.h"

const char *bal_line_verdict_text(bal_line_verdict verdict)
{
    static const char *const texts[] = {
        [BAL_LINE_HOLDS] = "holds",
        [BAL_LINE_FAILS] = "fails",
        [BAL_LINE_UNDECIDED] = "undecided",
        [BAL_LINE_NOT_RUN] = "not run",
    };
    return texts[verdict];
}
