/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CLI_LIBRARY_H
#define BAL_CLI_LIBRARY_H

/* The folder of the part library for this program: beside it where it is installed
 * (<prefix>/share/balspice/library), else that of the source tree it was built from. Fills `path`
 * (at least 4096 bytes); NULL where there is none. */
#include <stddef.h>

const char *bal_library_folder(char *path, size_t size);

/* The deck of `balspice compare`, likewise. */
const char *bal_library_bench(char *path, size_t size);

#endif
