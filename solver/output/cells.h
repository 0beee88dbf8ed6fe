/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_OUTPUT_CELLS_H
#define BAL_OUTPUT_CELLS_H

/*
 * Numbers as an engineer reads them, without the locale, and never with a digit that its bound does
 * not vouch for. A bound is in dB as sink.h says: 0 for "exact as far as the table goes",
 * +infinity: the value is a lower limit (">= X"), -infinity: an upper limit ("<= X").
 */
#include <stddef.h>

enum { BAL_CELL = 40 }; /* bytes of a cell with its NUL */

/* Hertz: six digits, no exponent from 1e-3 to 1e9. */
void bal_cell_frequency(double hertz, char cell[BAL_CELL]);

/* dB with two decimals. -infinity is "null", +infinity "infinite". */
void bal_cell_decibel(double db, double bound, char cell[BAL_CELL]);

/* Degrees with two decimals; "-" where the bound leaves no digit before the point. */
void bal_cell_degrees(double degrees, double bound, char cell[BAL_CELL]);

/* Six digits and an exponent that is a multiple of three: "600.000", "10.0000e3", "1.20000e-9". */
void bal_cell_engineering(double value, double bound, char cell[BAL_CELL]);

#endif
