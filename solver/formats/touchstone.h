/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_FORMATS_TOUCHSTONE_H
#define BAL_FORMATS_TOUCHSTONE_H

#include "arena.h"
#include "bytes.h"
#include "diag.h"
#include "table.h"

enum { BAL_TOUCHSTONE_PORTS = 16 };

/*
 * Touchstone 1.1 and 2.0, single-ended: S, Y or Z; RI, MA or DB; Hz to GHz (GHz if nothing is
 * said); the two-port order 11 21 12 22 of version 1; full, lower and upper matrices; Y and Z
 * normalised in version 1 and not in version 2. Version 1 tells the number of ports in the file's
 * extension. Noise data are passed over. Values come out in siemens, ohms or as S. Reports with the
 * place in the file. BAL_E_DECK, BAL_E_NOMEM.
 */
BAL_NODISCARD bal_status bal_touchstone_read(const bal_source *source, bal_arena *arena,
                                             bal_diag *diag, const bal_network **out);

/* Version 1.1 when all ports have one reference resistance, else 2.0; hertz, RI, 17 digits. */
void bal_touchstone_write(bal_bytes *bytes, const bal_network *network);

#endif
