/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every allocation of a whole run fails, one run each: open, run into every output format, close.
 * No run may crash, leak, or report anything but "out of memory".
 */
#include <balspice/balspice.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fail_alloc.h"

static const char deck[] = "impedance-balanced link with a subcircuit, expressions and a claim\n"
                           ".param rs=47.5 tol={2.385m}\n"
                           ".func par(a,b) {a*b/(a+b)}\n"
                           ".subckt leg in out params: r=100\n"
                           "R1 in out {r}\n"
                           "C1 out 0 {par(220p,330p)}\n"
                           ".ends\n"
                           "Vs s gs AC 2.385\n"
                           "Vg gs 0 AC 0\n"
                           "X1 s hot leg r={rs*(1+tol)}\n"
                           "X2 gs cold leg r={rs}\n"
                           "Rh hot 0 10k\n"
                           "Rc cold 0 10k\n"
                           "Lh hot h2 1u\n"
                           "Lc cold c2 1u\n"
                           "Kx Lh Lc 0.97\n"
                           "E1 out 0 h2 c2 2\n"
                           "Rl out 0 2.2k\n"
                           ".ac dec 3 20 20k\n"
                           ".step param rs list 47.5 150\n"
                           ".print ac v(out) i(Vs)\n"
                           ".cmrr rx out=v(out) signal=Vs common=Vg legs=X1.R1,X2.R1 imbalance=10\n"
                           ".claim \"the pair rejects\" minf(db(rx.cmrr)) > 30\n"
                           ".end\n";

enum { MAX_FORMATS = 32 };

static int swallow(void *user, const char *bytes, size_t n)
{
    size_t *total = user;

    (void)bytes;
    *total += n;
    return 0;
}

static void first_message(void *user, bal_level level, const char *rendered)
{
    char *said = user;

    (void)level;
    if (said[0] == '\0')
        strncat(said, rendered, 1023);
}

static bal_result run_deck(size_t *bytes, char said[1024])
{
    bal_options options = {
        .struct_size = sizeof options, .message = first_message, .message_user = said};
    bal_output outputs[MAX_FORMATS];
    size_t n = 0;
    bal_job *job = NULL;

    for (; n < MAX_FORMATS && bal_format(n).name; n++)
        outputs[n] = (bal_output){bal_format(n).name, swallow, bytes};
    bal_result result = bal_job_open_text("small.cir", deck, strlen(deck), &options, &job);
    if (result == BAL_DONE)
        result = bal_job_run(job, outputs, n);
    for (size_t k = 0; result == BAL_DONE && k < bal_job_claims(job); k++)
        result = bal_job_write_tap(job, k, k + 1, swallow, bytes);
    bal_job_close(job);
    return result;
}

/* One run whose nth allocation fails. Returns 1 if it was reached and survived, 0 if there is no
 * nth allocation, -1 after a complaint. */
static int survive(size_t nth)
{
    char said[1024] = "";
    size_t bytes = 0;

    bal_fail_arm(nth);
    bal_result result = run_deck(&bytes, said);
    bal_fail_count count = bal_fail_disarm();
    if (!count.fired)
        return 0;
    if (result == BAL_OUT_OF_MEMORY && count.live == 0)
        return 1;
    printf("allocation %zu fails: result %d (want %d), %ld blocks not freed, said '%s'\n", nth,
           (int)result, (int)BAL_OUT_OF_MEMORY, count.live, said);
    return -1;
}

/* Are the allocations inside shared libraries seen? (Not where only our own calls are wrapped.) */
static bool sees_libraries(void)
{
    bal_fail_arm(1);
    char *copy = strdup(deck);
    bal_fail_count count = bal_fail_disarm();

    free(copy);
    return BAL_WRAPPED_MALLOC || (count.fired && !copy);
}

int main(void)
{
    char said[1024] = "";
    size_t bytes = 0;
    int complaints = 0;

    if (!sees_libraries()) {
        puts("allocations of shared libraries pass by fail_alloc.c");
        return 1;
    }
    /* What libraries set up once and keep is not a leak of the runs below. */
    if (run_deck(&bytes, said) != BAL_DONE || bytes == 0) {
        printf("the deck does not run: %s\n", said);
        return 1;
    }
    bal_fail_arm(0);
    bal_result result = run_deck(&bytes, said);
    bal_fail_count whole = bal_fail_disarm();
    if (result != BAL_DONE || whole.live != 0 || whole.allocations < 20) {
        printf("without a failure: result %d, %ld of %zu blocks not freed\n", (int)result,
               whole.live, whole.allocations);
        return 1;
    }
    for (size_t nth = 1; nth <= whole.allocations && complaints < 20; nth++)
        complaints += survive(nth) < 0;
    printf("%zu allocations failed in turn, %d complaints\n", whole.allocations, complaints);
    return complaints ? 1 : 0;
}
