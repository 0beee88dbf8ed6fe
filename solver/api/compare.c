/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One deck with many parts. The deck is read once as it is drawn, for its slots, pins and columns;
 * then a job of its own solves each combination. What a combination has to say stays in its row.
 */
#include "compare.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

#include "alloc.h"

bal_status bal_compare_refuse(bal_compared *c, bal_diag_id id, const char *text)
{
    if (text)
        (void)bal_report(&c->diag, id, (bal_span){NULL, 0, 0}, "%s", text);
    return text ? BAL_E_USAGE : BAL_E_NOMEM;
}

const char *bal_compare_nearest(bal_compared *c, const bal_nearest *nearest)
{
    const bal_text best = bal_nearest_get(nearest);
    return best.n ? bal_arena_format(&c->arena, "; did you mean '%.*s'?", (int)best.n, best.p) : "";
}

/* ---- rows ---- */

typedef struct listener {
    bal_arena *arena;
    const char *first; /* error */
} listener;

static void listen(void *user, const bal_notice *notice)
{
    listener *l = user;
    if (notice->level == BAL_LEVEL_ERROR && !l->first)
        l->first = bal_arena_copy(l->arena, notice->text, strlen(notice->text));
}

/* Solves every stride-th row. What rows need lives in its arena: workers share nothing they write.
 */
struct bal_compare_worker {
    const bal_compared *c;
    bal_arena arena;
    size_t first, stride;
    bal_status status;
    bal_result worst;
    thrd_t thread;
    bool has_thread;
};
typedef struct bal_compare_worker worker;

static bal_status read_column(worker *w, const bal_measure *m, bal_ranking_row *row, size_t column)
{
    row->values[column] = m->is_complex ? hypot(m->re, m->im) : m->re;
    if (!m->failure[0])
        return BAL_OK;
    row->failures[column] = bal_arena_copy(&w->arena, m->failure, strlen(m->failure));
    w->worst = w->worst > BAL_CLAIM_FAILED ? w->worst : BAL_CLAIM_FAILED;
    return row->failures[column] ? BAL_OK : BAL_E_NOMEM;
}

static bal_status read_measures(worker *w, const bal_job *job, bal_ranking_row *row)
{
    const bal_compared *c = w->c;
    bal_status status = BAL_OK;
    size_t card = 0;
    for (size_t k = 0; k < bal_job_measures(job) && status == BAL_OK; k++) {
        if (job->study->measures[k].of_card)
            continue;
        const bal_measure m = bal_job_measure(job, k, 0);
        for (size_t i = 0; i < c->ranking.n_columns && status == BAL_OK; i++)
            if (c->cards[i] == card)
                status = read_column(w, &m, row, i);
        card++;
    }
    return status;
}

static bal_status solve_row(worker *w, bal_ranking_row *row)
{
    const bal_compared *c = w->c;
    const size_t n = c->ranking.n_slots;
    const char **parts = bal_arena_alloc(&w->arena, n + 1, sizeof *parts);
    row->values = bal_arena_alloc(&w->arena, c->ranking.n_columns, sizeof *row->values);
    row->failures = bal_arena_alloc(&w->arena, c->ranking.n_columns, sizeof *row->failures);
    if (!parts || !row->values || !row->failures)
        return BAL_E_NOMEM;
    for (size_t k = 0; k < n; k++) {
        parts[k] = bal_arena_format(&w->arena, "%s=%s", c->slots[k].drawn, row->parts[k]);
        if (!parts[k])
            return BAL_E_NOMEM;
    }
    listener heard = {&w->arena, NULL};
    bal_options options = c->options;
    options.message = listen;
    options.message_user = &heard;
    options.parts = parts;
    options.n_parts = n;
    bal_job *job = NULL;
    bal_result result = bal_job_open(c->what->path, &options, &job);
    if (result == BAL_DONE)
        result = bal_job_run(job, NULL, 0);
    const bool good = result == BAL_DONE || result == BAL_CLAIM_FAILED;
    bal_status status = result == BAL_OUT_OF_MEMORY ? BAL_E_NOMEM : BAL_OK;
    if (good)
        status = read_measures(w, job, row);
    else
        row->reason = heard.first ? heard.first : "it cannot be solved";
    if (!good && result > w->worst)
        w->worst = result;
    bal_job_close(job);
    return status;
}

/* Row i: the last slot turns fastest. */
static bal_status make_row(worker *w, size_t i)
{
    const bal_compared *c = w->c;
    bal_ranking_row *row = &c->rows[i];
    row->parts = bal_arena_alloc(&w->arena, c->ranking.n_slots + 1, sizeof *row->parts);
    if (!row->parts)
        return BAL_E_NOMEM;
    for (size_t k = c->ranking.n_slots; k-- > 0;) {
        row->parts[k] = c->slots[k].parts[i % c->slots[k].n_parts];
        i /= c->slots[k].n_parts;
    }
    return solve_row(w, row);
}

static int work(void *user)
{
    worker *w = user;
    for (size_t i = w->first; i < w->c->ranking.n_rows && w->status == BAL_OK; i += w->stride)
        w->status = make_row(w, i);
    return 0;
}

/* The caller's thread works too, and does what a thread that cannot be had would have done. */
static bal_status share_out(bal_compared *c)
{
    const size_t most = c->options.threads > 0 ? c->options.threads : 1;
    const size_t n = most < c->ranking.n_rows ? most : c->ranking.n_rows;
    c->workers = bal_alloc(n, sizeof *c->workers);
    if (!c->workers)
        return BAL_E_NOMEM;
    c->n_workers = n;
    for (size_t k = 0; k < n; k++) {
        worker *w = &c->workers[k];
        *w = (worker){.c = c, .first = k, .stride = n, .worst = BAL_DONE};
        w->has_thread = k > 0 && thrd_create(&w->thread, work, w) == thrd_success;
    }
    for (size_t k = 0; k < n; k++)
        if (!c->workers[k].has_thread)
            (void)work(&c->workers[k]);
    bal_status status = BAL_OK;
    for (size_t k = 0; k < n; k++) {
        const worker *w = &c->workers[k];
        if (w->has_thread)
            (void)thrd_join(w->thread, NULL);
        status = status == BAL_OK ? w->status : status;
        c->worst = w->worst > c->worst ? w->worst : c->worst;
    }
    return status;
}

static bal_status make_rows(bal_compared *c)
{
    size_t n = 1;
    for (size_t k = 0; k < c->ranking.n_slots; k++)
        n *= c->slots[k].n_parts;
    c->rows = bal_arena_alloc(&c->arena, n + 1, sizeof *c->rows);
    c->ranking.n_rows = n;
    c->ranking.rows = c->rows;
    return c->rows ? share_out(c) : BAL_E_NOMEM;
}

/* ---- order ---- */

typedef struct place {
    double key; /* small is good */
    size_t number;
} place;

static int better_first(const void *a, const void *b)
{
    const place *p = a;
    const place *q = b;
    if (p->key != q->key)
        return p->key < q->key ? -1 : 1;
    return (p->number > q->number) - (p->number < q->number);
}

/* Behind all values come those that failed, then the rows without any. */
static double key_of(const bal_compared *c, const bal_ranking_row *row)
{
    const double value = row->reason ? 0.0 : row->values[c->sort];
    if (row->reason)
        return (double)INFINITY;
    if (isnan(value))
        return DBL_MAX;
    const double key = c->ascending ? value : -value;
    return fmax(fmin(key, DBL_MAX / 2.0), -DBL_MAX / 2.0);
}

static bal_status rank(bal_compared *c)
{
    const size_t n = c->ranking.n_rows;
    place *places = bal_arena_alloc(&c->arena, n + 1, sizeof *places);
    bal_ranking_row *sorted = bal_arena_alloc(&c->arena, n + 1, sizeof *sorted);
    if (!places || !sorted)
        return BAL_E_NOMEM;
    for (size_t i = 0; i < n; i++)
        places[i] = (place){key_of(c, &c->rows[i]), i};
    qsort(places, n, sizeof *places, better_first);
    for (size_t i = 0; i < n; i++)
        sorted[i] = c->rows[places[i].number];
    c->ranking.rows = sorted;
    return BAL_OK;
}

/* ---- all of it ---- */

static bal_status describe(bal_compared *c)
{
    const bal_text title = c->base->deck.title;
    const size_t n = c->what->n_slots;
    c->ranking.title = bal_arena_copy(&c->arena, title.p, title.n);
    c->titles = bal_arena_alloc(&c->arena, n + 1, sizeof *c->titles);
    if (!c->ranking.title || !c->titles)
        return BAL_E_NOMEM;
    for (size_t k = 0; k < n; k++)
        c->titles[k] = c->what->slots[k].title;
    c->ranking.titles = c->titles;
    c->ranking.n_slots = n;
    return BAL_OK;
}

static bal_status write_all(const bal_compared *c, const bal_output outputs[], size_t n)
{
    bal_status status = BAL_OK;
    for (size_t i = 0; i < n && status == BAL_OK; i++) {
        bal_job_writer writer = {outputs[i].write, outputs[i].user};
        const bal_output_options options = {bal_job_write, &writer};
        status = bal_ranking_write(&c->ranking, outputs[i].format, &options);
    }
    return status;
}

static bal_status compare(bal_compared *c, const bal_output outputs[], size_t n)
{
    bal_status status = BAL_OK;
    for (size_t i = 0; i < n && status == BAL_OK; i++)
        if (!bal_ranking_writes(outputs[i].format))
            status = BAL_E_USAGE;
    if (status == BAL_OK)
        status = describe(c);
    if (status == BAL_OK)
        status = bal_compare_fill(c);
    if (status == BAL_OK)
        status = bal_compare_columns(c);
    if (status == BAL_OK)
        status = make_rows(c);
    if (status == BAL_OK)
        status = rank(c);
    return status == BAL_OK ? write_all(c, outputs, n) : status;
}

bal_result bal_compare(const bal_comparison *what, const bal_options *given,
                       const bal_output outputs[], size_t n_outputs)
{
    bal_compared c = {.what = what, .options = bal_job_given(given), .worst = BAL_DONE};
    const bal_result opened = bal_job_open(what->path, &c.options, &c.base);
    if (opened != BAL_DONE)
        return opened;
    bal_job speaker = {.message = c.options.message, .message_user = c.options.message_user};
    c.diag = (bal_diag){.sink = bal_job_forward, .user = &speaker};
    const bal_status status = compare(&c, outputs, n_outputs);
    for (size_t k = 0; k < c.n_workers; k++)
        bal_arena_release(&c.workers[k].arena);
    bal_free(c.workers);
    bal_library_release(&c.library);
    bal_arena_release(&c.arena);
    bal_job_close(c.base);
    return status == BAL_OK ? c.worst : bal_job_result(status);
}
