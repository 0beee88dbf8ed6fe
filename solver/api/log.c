/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A deck's record is gathered in an arena and written when the deck is done: the XML wants its
 * counts first. */
#include <string.h>

#include "alloc.h"
#include "arena.h"
#include "deck_log.h"
#include "job.h"

struct bal_log {
    const bal_deck_log_row *row;
    bal_job_writer writer;
    bal_status status; /* of the first failure */
    size_t n_decks;    /* written */
    bal_arena arena;   /* texts of this deck */
    bal_log_deck deck;
    bal_log_message *messages;
    size_t messages_capacity;
    bal_claim_line *claims;
    size_t claims_capacity;
    bal_bytes bytes;
};

bal_result bal_log_open(const char *format, bal_write_fn write, void *user, bal_log **out)
{
    const bal_deck_log_row *row = bal_deck_log_find(format);
    if (!row)
        return BAL_BAD_REQUEST;
    bal_log *log = bal_alloc(1, sizeof *log);
    if (!log)
        return BAL_OUT_OF_MEMORY;
    log->row = row;
    log->writer = (bal_job_writer){write, user};
    bal_bytes_init(&log->bytes, bal_job_write, &log->writer);
    row->begin(&log->bytes);
    *out = log;
    return BAL_DONE;
}

/* A copy for the record; "" and a remembered failure without memory. */
static const char *keep(bal_log *log, const char *text)
{
    const char *copy = bal_arena_copy(&log->arena, text, strlen(text));
    if (!copy)
        log->status = BAL_E_NOMEM;
    return copy ? copy : "";
}

void bal_log_begin(bal_log *log, const char *path)
{
    bal_arena_release(&log->arena);
    bal_arena_init(&log->arena);
    log->deck = (bal_log_deck){.path = keep(log, path)};
}

void bal_log_notice(bal_log *log, const bal_notice *notice)
{
    static const char *const levels[] = {
        [BAL_LEVEL_NOTE] = "note", [BAL_LEVEL_WARNING] = "warning", [BAL_LEVEL_ERROR] = "error"};
    bal_log_message *grown = bal_grow(log->messages, &log->messages_capacity,
                                      log->deck.n_messages + 1, sizeof *log->messages);
    if (!grown) {
        log->status = BAL_E_NOMEM;
        return;
    }
    log->messages = grown;
    log->messages[log->deck.n_messages++] = (bal_log_message){.level = levels[notice->level],
                                                              .number = notice->number,
                                                              .file = keep(log, notice->file),
                                                              .line = notice->line,
                                                              .column = notice->column,
                                                              .text = keep(log, notice->text)};
}

void bal_log_claim(bal_log *log, const bal_claim *claim)
{
    bal_claim_line *grown =
        bal_grow(log->claims, &log->claims_capacity, log->deck.n_claims + 1, sizeof *log->claims);
    if (!grown) {
        log->status = BAL_E_NOMEM;
        return;
    }
    log->claims = grown;
    bal_claim_line line = bal_job_claim_line(claim);
    line.text = keep(log, line.text);
    line.detail = keep(log, line.detail);
    line.source = keep(log, line.source);
    line.breaks = keep(log, line.breaks);
    line.file = keep(log, line.file);
    log->claims[log->deck.n_claims++] = line;
}

void bal_log_end(bal_log *log, int status, const char *words)
{
    log->deck.status = status;
    log->deck.result = keep(log, words);
    log->deck.messages = log->messages;
    log->deck.claims = log->claims;
    log->row->deck(&log->bytes, log->n_decks++, &log->deck);
}

bal_result bal_log_close(bal_log *log)
{
    if (!log)
        return BAL_DONE;
    log->row->end(&log->bytes);
    const bal_status written = bal_bytes_flush(&log->bytes);
    const bal_status status = log->status != BAL_OK ? log->status : written;
    bal_arena_release(&log->arena);
    bal_free(log->messages);
    bal_free(log->claims);
    bal_free(log);
    return bal_job_result(status);
}
