/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CLI_STANDARD_OUT_H
#define BAL_CLI_STANDARD_OUT_H

#include <stddef.h>

/* First of all: a closed descriptor 0, 1 or 2 would be given to the next file that is opened, and
 * tables would be written into it. */
void bal_standard_out_prepare(void);

int bal_standard_out_write(void *unused, const char *bytes, size_t n); /* a bal_write_fn */

/* Last of all: the exit code, 5 if what was printed could not be written. */
int bal_standard_out_finish(int code);

#endif
