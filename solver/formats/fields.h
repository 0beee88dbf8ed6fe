/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_FORMATS_FIELDS_H
#define BAL_FORMATS_FIELDS_H

/* Fields of a data file, line by line, for its readers. */
#include "diag.h"

typedef struct bal_fields {
    const bal_source *source;
    bal_diag *diag;
    uint32_t at;            /* begin of the line to read next */
    bal_span line;          /* the present one, without its line feed */
    uint32_t p;             /* reading goes on here in it */
    const char *comments;   /* characters that begin a comment at the start of a line */
    const char *trailing;   /* the same anywhere */
    const char *separators; /* beside blanks */
    bool phrases;           /* blanks belong to the fields, but for tabs */
} bal_fields;

/* Goes to the next line that holds a field. False at the end of the file. */
bool bal_fields_line(bal_fields *f);

/* The next field of the line; false at its end. "..." is one field. */
bool bal_fields_next(bal_fields *f, bal_span *field);

/* The field as a decimal number; false when it is none or does not fit a double. */
bool bal_field_number(bal_span field, double *value);

#endif
