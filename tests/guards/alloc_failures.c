/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Every allocation of a whole run fails, one run each: open, run into every output format, close.
 * No run may crash or leak. It reports "out of memory", or else its output is complete to the last
 * byte: KLU goes on with the larger block where it cannot shrink one.
 */
#include <balspice/balspice.h>

#include <inttypes.h>
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
                           ".model two line n=2 r=1m,0,{tol} l=(1u 0.2u 1u) c=90p,-9p,90p\n"
                           "P1 h2 c2 0 p q 0 two len=3\n"
                           "Rp p q 1k\n"
                           "Rl out 0 2.2k\n"
                           "Xop h2 c2 oo 0 opamp_ne5532\n"
                           "Roo oo 0 1k\n"
                           ".ac dec 3 20 20k\n"
                           ".step param rs list 47.5 150\n"
                           ".print ac v(out) i(Vs)\n"
                           ".cmrr rx out=v(out) signal=Vs common=Vg legs=X1.R1,X2.R1 imbalance=10\n"
                           ".claim \"the pair rejects\" minf(db(rx.cmrr)) > 30\n"
                           ".end\n";

static const char deck_of_duties[] =
    "noise, hum and ports\n"
    "V1 in 0 ac 1 spectrum=m\n"
    "R1 in a 33\n"
    "R2 0 c 47 noisy=0\n"
    "R3 a 0 1.5k vmax=2\n"
    "C1 c 0 10n\n"
    "V2 a e noise=5n fc=10\n"
    "R4 e 0 10k\n"
    ".spectrum m mains=50 preset=dimmer\n"
    ".ac list 100 2k\n"
    ".noise v(a,c) V1 rs=R1\n"
    ".hum h out=v(a,c) from=V1 nominal=4dBu signal=V1 weight=arm\n"
    ".modes m port1=(a,c)\n"
    ".balance o port=(a,c)\n"
    ".claim \"all have a value\" h.snr > -100 && noise.nf > 0 && o.sbr > -100\n"
    ".end\n";

static const char deck_of_cards[] = "conditions, tables, measures\n"
                                    ".param kind=2 rx=1k\n"
                                    ".if (kind == 1)\n"
                                    "R1 in out 100\n"
                                    ".else\n"
                                    ".param ry=3k\n"
                                    "R1 in out {rx}\n"
                                    ".endif\n"
                                    ".subckt cell a b n=1\n"
                                    ".if (n > 1)\n"
                                    ".param q=5k\n"
                                    "Ra a b {q*ry/1k}\n"
                                    ".endif\n"
                                    ".ends\n"
                                    "X1 out 0 cell n=2\n"
                                    "C1 out 0 100n\n"
                                    "V1 in 0 AC 1\n"
                                    ".model film r(tc1=1m)\n"
                                    "R2 out 0 9k film\n"
                                    ".step res film(tc1) list 1m 2m\n"
                                    ".data curve file=curve.frd extrapolate=1\n"
                                    ".data rows rx V1:acmag\n"
                                    "+ 1k 1 2k 2\n"
                                    ".enddata\n"
                                    ".data sweep freq C1\n"
                                    "100 100n\n"
                                    "1k 110n\n"
                                    "9k 120n\n"
                                    ".enddata\n"
                                    ".step data=rows\n"
                                    ".ac data=sweep\n"
                                    ".tf v(out) V1\n"
                                    ".print v(*) @r.x1.ra[i] v1#branch im(V1) curve.db\n"
                                    ".save all @r1[p]\n"
                                    ".meas ac top max vm(out) from=150 to=8k\n"
                                    ".meas ac w trig vm(out)={top/2} targ at=9k\n"
                                    ".meas ac z find v(out) when vm(out)={top/2} cross=last\n"
                                    ".meas ac p param='maxf(vm(out))-minf(vm(out))+w'\n"
                                    ".meas ac e err vm(out) vr(out)\n"
                                    ".claim \"it falls\" w > 10\n"
                                    ".end\n";

static const char deck_of_forms[] = "forms of sources, lines and models\n"
                                    ".param k=2 f(x)={x*k}\n"
                                    ".model cable ltra(r=1 l=1u c=100p len=10)\n"
                                    ".model sheet r(rsh=100)\n"
                                    ".model mix summer(in_gain=[1 {k}] out_gain=2)\n"
                                    ".model lp s_xfer(num_coeff=[1] den_coeff=[1m {k}])\n"
                                    "V1 in 0 ac 1\n"
                                    "R1 in a sheet l=20u w=1u\n"
                                    "R2 a 0 {1k+k*freq}\n"
                                    "O1 a 0 b 0 cable\n"
                                    "E1 c 0 POLY(2) a 0 b 0 0 1 {k}\n"
                                    "E2 d 0 VALUE={f(3)*v(a,b)+10*i(V1)-limit(v(a),-9,9)}\n"
                                    "G1 0 e LAPLACE {v(a)} = {1m/(1+s*1u)}\n"
                                    "E9 \"/k\" 0 LAPLACE a 0 1 'k' / 1 2u 3p\n"
                                    "F9 0 \"/k\" V1 {1+freq/1k}\n"
                                    "R9 \"/k\" 0 \"1k\"\n"
                                    "G2 0 e TABLE {v(b)} = (-1,-2m) (1,{k*1m}) (2,5m)\n"
                                    "E3 g 0 FREQ {v(a)} = (10,0,0) (10k,-6,-45)\n"
                                    "A1 [a b] h mix\n"
                                    "A2 %vd(a b) %id(0 e) lp\n"
                                    "R3 e 0 1k\n"
                                    ".model live wire d_wire=1.4m\n"
                                    ".model mic pair d_sh={k*1.3m}\n"
                                    ".model tray bundle of=(mic live) x=0,{k*5m}\n"
                                    "P1 a b c d 0 h f i e 0 tray len={k}\n"
                                    "R4 f i 1k\n"
                                    ".ac list 1k 3k\n"
                                    ".step param k list 2 3\n"
                                    ".print ac v(c) v(d) v(e) v(g) v(h) v(\"/k\")\n"
                                    ".claim \"something comes\" maxf(db(v(e))) > -100\n"
                                    ".end\n";

/* Compared, not run: a part of the deck, one without a solution and one of the library. */
static const char bench[] = "bench\n"
                            ".subckt one hot cold out ref\n"
                            "R1 hot out 1k\n"
                            "R2 cold out 2.2k\n"
                            ".ends\n"
                            ".subckt short hot cold out ref\n"
                            "V1 hot ref 0\n"
                            "R1 cold out 1k\n"
                            ".ends\n"
                            "V1 in 0 ac 1\n"
                            "Xreceiver in 0 out 0 one\n"
                            "R1 out 0 10k\n"
                            ".ac list 1k 3k\n"
                            ".meas level find db(v(out)) at=2k\n"
                            ".meas where when db(v(out))=3\n"
                            ".end\n";
static const char bench_file[] = "bench.cir";

/* What deck_of_cards reads. */
static const char curve[] = "100 -1 0\n2000 -3 -45\n";
static const char curve_file[] = "curve.frd";

static const char *const decks[] = {deck, deck_of_duties, deck_of_cards, deck_of_forms, bench};

enum { MAX_FORMATS = 32 };

/* What one run came to. */
typedef struct outcome {
    bal_result result;
    uint64_t output; /* FNV-1a of all bytes written */
    char said[1024]; /* the first message */
} outcome;

static int swallow(void *user, const char *bytes, size_t n)
{
    outcome *o = user;

    for (size_t i = 0; i < n; i++)
        o->output = (o->output ^ (unsigned char)bytes[i]) * 1099511628211u;
    return 0;
}

static void first_message(void *user, const bal_notice *notice)
{
    outcome *o = user;

    if (o->said[0] == '\0')
        strncat(o->said, notice->rendered, sizeof o->said - 1);
}

static outcome run_comparison(void)
{
    static const char *const formats[] = {"table", "csv", "json"};
    outcome o = {.output = 14695981039346656037u};
    const bal_options options = {.struct_size = sizeof options,
                                 .message = first_message,
                                 .message_user = &o,
                                 .library = BAL_LIBRARY};
    const bal_slot slot = {"Xreceiver", "receiver", "one,short,rcv_unbalanced"};
    const bal_comparison what = {
        .path = bench_file, .slots = &slot, .n_slots = 1, .sort = "-level", .columns = "level"};
    bal_output outputs[3];

    for (size_t n = 0; n < 3; n++)
        outputs[n] = (bal_output){formats[n], swallow, &o};
    o.result = bal_compare(&what, &options, outputs, 3);
    if (o.result == BAL_NO_SOLUTION) /* of one row */
        o.result = BAL_DONE;
    return o;
}

static outcome run_deck(const char *text)
{
    if (text == bench)
        return run_comparison();
    outcome o = {.output = 14695981039346656037u};
    bal_options options = {
        .struct_size = sizeof options,
        .message = first_message,
        .message_user = &o,
        .library = BAL_LIBRARY,
    };
    bal_output outputs[MAX_FORMATS];
    size_t n = 0;
    bal_job *job = NULL;

    for (; n < MAX_FORMATS && bal_format(n).name; n++)
        outputs[n] = (bal_output){bal_format(n).name, swallow, &o};
    o.result = bal_job_open_text("small.cir", text, strlen(text), &options, &job);
    if (o.result == BAL_DONE)
        o.result = bal_job_run(job, outputs, n);
    for (size_t k = 0; o.result == BAL_DONE && k < bal_job_claims(job); k++)
        o.result = bal_job_write_tap(job, k, k + 1, swallow, &o);
    if (o.result == BAL_DONE)
        o.result = bal_job_write_measures(job, 0, swallow, &o);
    bal_job_close(job);
    return o;
}

/* Whether the run whose nth allocation fails ends as it should. */
static bool survives(const char *text, size_t nth, const outcome *whole)
{
    bal_fail_arm(nth);
    const outcome o = run_deck(text);
    const bal_fail_count count = bal_fail_disarm();
    const bool complete = o.result == BAL_DONE && o.output == whole->output;

    if (count.fired && count.live == 0 && (complete || o.result == BAL_OUT_OF_MEMORY))
        return true;
    printf("allocation %zu fails: result %d (want %d), output %016" PRIx64 " (whole: %016" PRIx64
           "), %ld blocks not freed, said '%s'\n",
           nth, (int)o.result, (int)BAL_OUT_OF_MEMORY, o.output, whole->output, count.live, o.said);
    return false;
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

/* Number of allocations that the program does not survive. */
static size_t complaints_of(const char *text)
{
    size_t complaints = 0;
    /* What libraries set up once and keep is no leak of the runs below. */
    outcome whole = run_deck(text);
    bal_fail_arm(0);
    if (whole.result == BAL_DONE)
        whole = run_deck(text);
    const bal_fail_count count = bal_fail_disarm();
    if (whole.result != BAL_DONE || count.live != 0 || count.allocations < 20) {
        printf("without a failure: result %d, %ld of %zu blocks not freed, said '%s'\n",
               (int)whole.result, count.live, count.allocations, whole.said);
        return 1;
    }
    for (size_t nth = 1; nth <= count.allocations && complaints < 20; nth++)
        complaints += !survives(text, nth, &whole);
    printf("%zu allocations failed in turn, %zu complaints\n", count.allocations, complaints);
    return complaints;
}

static bool write_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");

    if (file && fputs(text, file) >= 0 && fclose(file) == 0)
        return true;
    printf("%s cannot be written\n", name);
    return false;
}

int main(void)
{
    size_t complaints = 0;

    if (!write_file(bench_file, bench) || !write_file(curve_file, curve))
        return 1;
    if (!sees_libraries()) {
        puts("allocations of shared libraries pass by fail_alloc.c");
        return 1;
    }
    for (size_t i = 0; i < sizeof decks / sizeof decks[0]; i++)
        complaints += complaints_of(decks[i]);
    return complaints ? 1 : 0;
}
