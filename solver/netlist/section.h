/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_NETLIST_SECTION_H
#define BAL_NETLIST_SECTION_H

#include "file.h"

/* Lists the ".lib NAME" lines of a file once, with the ".endl" that closes each. A .lib with two
 * words is a reference and is not listed, nor does one that no .endl follows have a `stop`: then it
 * includes the file NAME. BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_sections_index(bal_file *file, bal_arena *arena);

/* The section whose name stands at `name` in the text, or NULL. */
const bal_section *bal_section_at(const bal_file *file, const char *name);

/* The closed section of that name (the first one), or NULL. Offers all names to nearest. */
const bal_section *bal_section_find(const bal_file *file, bal_text name, bal_nearest *nearest);

#endif
