/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Claims after a run, in words. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "decimal.h"
#include "job.h"
#include "tap.h"

size_t bal_job_claims(const bal_job *job)
{
    return job->study->n_claims;
}

static bal_verdict verdict_of(const bal_study_claim *c)
{
    if (!c->run)
        return BAL_NOT_RUN;
    if (c->reason || c->truth == BAL_FALSE)
        return BAL_FAILS;
    return c->truth == BAL_TRUE ? BAL_HOLDS : BAL_UNDECIDED;
}

/* By the functions that it calls. */
static const char *unit_of_call(bal_text text)
{
    static const struct {
        const char *call, *unit;
    } units[] = {{"slope(db(", " dB/dec"}, {"argm", " Hz"},  {"cross(", " Hz"}, {"bw(", " Hz"},
                 {"dbu(", " dBu"},         {"dbv(", " dBV"}, {"db(", " dB"},    {"ph(", " deg"},
                 {"vp(", " deg"},          {"zin(", " ohm"}};
    for (size_t u = 0; u < sizeof units / sizeof units[0]; u++)
        for (size_t i = 0; i < text.n; i++)
            if (bal_text_starts((bal_text){text.p + i, text.n - i}, units[u].call))
                return units[u].unit;
    return "";
}

/* A comparison is measured in what its left side is, none if that is a product or a ratio. */
static const char *unit_of_comparison(bal_text text)
{
    const bool within = bal_text_starts(text, "within(");
    const size_t begin = within ? strlen("within(") : 0;
    size_t end = begin;
    for (int depth = 0; end < text.n; end++) {
        const char c = text.p[end];
        if (depth == 0 && (c == '*' || c == '/'))
            return "";
        if (depth == 0 && strchr(within ? "," : "<>=!", c))
            break;
        depth += (c == '(') - (c == ')');
    }
    const char *unit = unit_of_call((bal_text){text.p + begin, end - begin});
    return unit[0] ? unit : unit_of_call(text);
}

/* What all comparisons of the claim are measured in; "" where they differ. */
static const char *unit_of(const bal_study_claim *c)
{
    bal_text rest = bal_span_text(bal_expr_span(c->expr));
    const char *unit = NULL;
    while (rest.n > 0) {
        size_t n = 0;
        while (n < rest.n && rest.p[n] != '&' && rest.p[n] != '|')
            n++;
        const char *next = unit_of_comparison((bal_text){rest.p, n});
        if (unit && strcmp(unit, next) != 0)
            return "";
        unit = next;
        while (n < rest.n && strchr("&| \t\n+", rest.p[n]))
            n++;
        rest = (bal_text){rest.p + n, rest.n - n};
    }
    return unit ? unit : "";
}

/* Decibels with two decimals, or as many as the limit needs to be seen; else five digits. */
static const char *number(const char *unit, double value, double limit, char buffer[32])
{
    if (isinf(value))
        return value > 0 ? "unbounded" : "-unbounded";
    if (!strstr(unit, "dB"))
        return bal_decimal_print_digits(value, 5, buffer);
    const double small = fabs(limit) > 0.0 ? fabs(limit) : 1.0;
    int decimals = small < 0.05 ? 1 - (int)floor(log10(small)) : 2;
    decimals = decimals > 12 ? 12 : decimals;
    const double unit_in_last_place = pow(10.0, -decimals);
    const double rounded = nearbyint(value / unit_in_last_place) * unit_in_last_place;
    (void)snprintf(buffer, 32, "%.*f", decimals, rounded == 0.0 ? 0.0 : rounded);
    char *comma = strchr(buffer, ','); /* of a locale */
    if (comma)
        *comma = '.';
    return buffer;
}

/* "20.73 dB, 0.03 dB off (limit 0.10 dB)": what was found is told only of within(). */
static const char *figures(bal_arena *arena, const bal_bounded *v, const char *unit)
{
    char a[32];
    char b[32];
    char c[32];
    const char *measured = number(unit, v->measured, v->limit, a);
    const char *limit = number(unit, v->limit, v->limit, b);
    if (isnan(v->found))
        return bal_arena_format(arena, "%s%s (limit %s%s)", measured, unit, limit, unit);
    return bal_arena_format(arena, "%s%s, %s%s off (limit %s%s)",
                            number(unit, v->found, v->limit, c), unit, measured, unit, limit, unit);
}

static const char *detail_of(const bal_job *job, const bal_study_claim *c)
{
    const bal_bounded *v = &c->worst.value;
    bal_arena *arena = job->study->arena;
    char f[32];
    if (!c->run)
        return "";
    if (c->reason)
        return c->reason;
    if (isnan(v->margin))
        return "";
    const char *text = figures(arena, v, unit_of(c));
    if (text && !isnan(c->worst.frequency))
        text = bal_arena_format(arena, "%s at %s Hz", text,
                                bal_decimal_print_digits(c->worst.frequency, 6, f));
    if (text && job->study->n_steps)
        text = bal_arena_format(arena, "%s in run %zu", text, c->worst_run + 1);
    if (text && c->truth == BAL_UNKNOWN)
        text = bal_arena_format(arena, "%s, undecided: rounding is larger than the margin", text);
    return text ? text : "";
}

bal_claim bal_job_claim(const bal_job *job, size_t k)
{
    const bal_study_claim *c = &job->study->claims[k];
    return (bal_claim){.text = c->text,
                       .source = c->source,
                       .breaks = c->breaks,
                       .file = c->at.source ? c->at.source->name : "",
                       .line = bal_span_place(c->at).line,
                       .verdict = verdict_of(c),
                       .detail = detail_of(job, c)};
}

bal_claim_line bal_job_claim_line(const bal_claim *claim)
{
    static const bal_line_verdict verdicts[] = {[BAL_HOLDS] = BAL_LINE_HOLDS,
                                                [BAL_FAILS] = BAL_LINE_FAILS,
                                                [BAL_UNDECIDED] = BAL_LINE_UNDECIDED,
                                                [BAL_NOT_RUN] = BAL_LINE_NOT_RUN};
    return (bal_claim_line){.verdict = verdicts[claim->verdict],
                            .text = claim->text,
                            .detail = claim->detail,
                            .source = claim->source,
                            .breaks = claim->breaks,
                            .file = claim->file,
                            .line = claim->line};
}

bal_status bal_job_outcome(const bal_job *job, bal_outcome *outcome)
{
    bal_arena *arena = job->study->arena;
    const size_t n = bal_job_claims(job);
    const bal_text title = job->deck.title;
    bal_claim_line *lines = bal_arena_alloc(arena, n + 1, sizeof *lines);
    const char *text = bal_arena_copy(arena, title.p, title.n);
    if (!lines || !text)
        return BAL_E_NOMEM;
    for (size_t k = 0; k < n; k++) {
        const bal_claim claim = bal_job_claim(job, k);
        lines[k] = bal_job_claim_line(&claim);
    }
    *outcome = (bal_outcome){.title = text, .claims = lines, .n_claims = n};
    return bal_job_measure_rows(job, outcome);
}

bal_result bal_job_write_tap(const bal_job *job, size_t k, size_t n, bal_write_fn write, void *user)
{
    const bal_claim claim = bal_job_claim(job, k);
    const bal_claim_line line = bal_job_claim_line(&claim);
    bal_job_writer writer = {write, user};
    bal_bytes *bytes = bal_arena_alloc(job->study->arena, 1, sizeof *bytes);
    if (!bytes)
        return BAL_OUT_OF_MEMORY;
    bal_bytes_init(bytes, bal_job_write, &writer);
    bal_tap_put(bytes, n, &line);
    return bal_job_result(bal_bytes_flush(bytes));
}
