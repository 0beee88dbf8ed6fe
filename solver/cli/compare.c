/* SPDX-License-Identifier: GPL-3.0-or-later */
/* balspice compare: one bench with many parts, as a ranked table or files. Without a deck it takes
 * the bench that comes with the program. */
#include <balspice/balspice.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "job.h"
#include "library.h"
#include "outputs.h"

/* What no option names stays as it is drawn; if there is none at all, the receivers are compared.
 */
static size_t list_slots(const bal_arguments *arguments, bal_slot slots[3])
{
    const bool none = !arguments->drivers && !arguments->cables && !arguments->receivers;
    slots[0] = (bal_slot){"Xdriver", "driver", arguments->drivers};
    slots[1] = (bal_slot){"Xcable", "cable", arguments->cables};
    slots[2] = (bal_slot){"Xreceiver", "receiver", none ? "all" : arguments->receivers};
    return 3;
}

static int check_formats(const bal_outputs *o)
{
    for (size_t i = 0; i < o->n; i++) {
        const char *format = o->list[i].format;
        if (strcmp(format, "csv") == 0 || strcmp(format, "json") == 0)
            continue;
        bal_complain("'compare' writes .csv and .json, and not '%s'", o->files[i].name);
        return BAL_BAD_REQUEST;
    }
    return BAL_DONE;
}

/* One for each processor. */
static unsigned threads_of(const bal_arguments *arguments)
{
    enum { MOST = 256 };
    const long here = sysconf(_SC_NPROCESSORS_ONLN);
    const unsigned long long n = arguments->threads > 0 ? arguments->threads
                                 : here > 0             ? (unsigned long long)here
                                                        : 1;
    return n < MOST ? (unsigned)n : MOST;
}

static int compare(const bal_arguments *arguments, const char *deck, bal_outputs *o)
{
    bal_slot slots[3];
    bal_show show = bal_show_for(arguments);
    bal_options options = bal_job_options(arguments, &show);
    const bal_comparison what = {.path = deck,
                                 .slots = slots,
                                 .n_slots = list_slots(arguments, slots),
                                 .sort = arguments->sort,
                                 .columns = arguments->columns};
    options.threads = threads_of(arguments);
    int code = bal_outputs_open(o);
    if (code != BAL_DONE)
        return code;
    const bal_result result = bal_compare(&what, &options, o->list, bal_outputs_all(o, arguments));
    const bool good = result != BAL_BAD_REQUEST && result != BAL_BAD_FILE;
    return bal_worse(bal_outputs_close(o, good), bal_exit_code(result));
}

int bal_command_compare(const bal_arguments *arguments)
{
    char bench[4096];
    const char *deck = arguments->operands.n > 0 ? arguments->operands.item[0]
                                                 : bal_library_bench(bench, sizeof bench);
    if (arguments->operands.n > 1 || deck == NULL) {
        bal_complain(deck == NULL ? "the bench of this program is not installed: name a deck"
                                  : "'compare' takes one deck");
        return BAL_BAD_REQUEST;
    }
    bal_outputs o;
    int code = bal_outputs_create(&o, arguments);
    if (code == BAL_DONE)
        code = check_formats(&o);
    if (code == BAL_DONE)
        code = compare(arguments, deck, &o);
    bal_outputs_release(&o);
    return code;
}
