/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CLI_ANNOTATE_H
#define BAL_CLI_ANNOTATE_H

/* Workflow commands by which GitHub shows a message at its line. They go to stderr, which the
 * runner reads as well, so that results on stdout stay what they are. */
#include <balspice/balspice.h>
#include <stdbool.h>

#include "options.h"

/* --annotate=github, or else GITHUB_ACTIONS=true in the environment. */
bool bal_annotates(const bal_arguments *arguments);

void bal_annotate_notice(const bal_notice *notice); /* nothing for a note */
void bal_annotate_claim(const bal_claim *claim);    /* nothing for one that holds */

#endif
