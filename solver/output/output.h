/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_OUTPUT_OUTPUT_H
#define BAL_OUTPUT_OUTPUT_H

/*
 * What a stream of results can be written as. A new output is one file that defines a row and one
 * line in outputs.def.
 */
#include "bytes.h"
#include "outcome.h"
#include "sink.h"

typedef struct bal_output_options {
    bal_bytes_fn write; /* receives the bytes, in blocks */
    void *user;
} bal_output_options;

typedef struct bal_output_row {
    const char *name;      /* "csv" */
    const char *extension; /* ".csv"; "" when no file name asks for it */
    const char *help;      /* one line */
    /* A sink for any number of streams, one after the other; NULL when memory is out. The caller
     * destroys it. What is not yet written is lost unless a stream was ended. */
    bal_sink *(*create)(const bal_output_options *options);
    bool wants_op; /* its sinks take the operating point, too, before the other streams */
    /* Once, after the last stream of a run that ended well; NULL if the format has no use for it.
     */
    bal_status (*finish)(bal_sink *sink, const bal_outcome *outcome);
} bal_output_row;

#define BAL_OUTPUT(id) extern const bal_output_row bal_output_##id;
#include "outputs.def"
#undef BAL_OUTPUT

const bal_output_row *bal_output_at(size_t k);           /* NULL behind the last one */
const bal_output_row *bal_output_find(const char *name); /* NULL if unknown */

/* Frees a sink that is one block of memory: the usual `destroy`. */
void bal_output_free(bal_sink *sink);

#endif
