/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole job at one frequency: whatever the deck, the result is one of the documented ones, a
 * refusal comes with a message, and messages hold no control bytes. */
#include <balspice/balspice.h>

#include "fuzz.h"

#include <stdlib.h>

static void check_message(void *user, const bal_notice *notice)
{
    unsigned *messages = user;

    ++*messages;
    for (const char *p = notice->rendered; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f)
            abort();
    }
}

static int swallow(void *user, const char *bytes, size_t n)
{
    (void)user;
    (void)bytes;
    (void)n;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned messages = 0;
    const bal_options options = {.struct_size = sizeof options,
                                 .message = check_message,
                                 .message_user = &messages,
                                 .frequencies = "997",
                                 .max_runs = 50};
    const bal_output output = {"csv", swallow, NULL};
    bal_job *job = NULL;
    bal_result result = bal_job_open_text("fuzz.cir", (const char *)data, size, &options, &job);

    if ((result == BAL_DONE) != (job != NULL))
        abort();
    if (result == BAL_DONE)
        result = bal_job_run(job, &output, 1);
    if (result == BAL_BAD_REQUEST || result == BAL_BAD_FILE || result == BAL_STOPPED)
        abort();
    if (result != BAL_DONE && result != BAL_CLAIM_FAILED && messages == 0)
        abort();
    bal_job_close(job);
    return 0;
}
