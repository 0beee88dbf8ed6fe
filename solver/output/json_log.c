/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * {"schema": 1, "decks": [{"file", "exit", "result", "messages": [{"level", "number", "file",
 * "line", "column", "text"}], "claims": [...]}]}; claims as in the JSON of a run.
 */
#include "deck_log.h"
#include "json_rows.h"

static json_t *message_row(const bal_log_message *message)
{
    json_t *row = json_object();
    bal_json_member(&row, "level", bal_json_text(message->level));
    bal_json_member(&row, "number", json_integer((json_int_t)message->number));
    bal_json_member(&row, "file", bal_json_text(message->file));
    bal_json_member(&row, "line", json_integer((json_int_t)message->line));
    bal_json_member(&row, "column", json_integer((json_int_t)message->column));
    bal_json_member(&row, "text", bal_json_text(message->text));
    return row;
}

static void begin(bal_bytes *bytes)
{
    bal_bytes_text(bytes, "{\"schema\": 1, \"decks\": [\n");
}

static void put_deck(bal_bytes *bytes, size_t i, const bal_log_deck *deck)
{
    bal_bytes_text(bytes, i > 0 ? ",\n{\"file\": " : "{\"file\": ");
    bal_json_put(bytes, bal_json_text(deck->path));
    bal_bytes_text(bytes, ", \"exit\": ");
    bal_bytes_number(bytes, (double)deck->status);
    bal_bytes_text(bytes, ", \"result\": ");
    bal_json_put(bytes, bal_json_text(deck->result));
    bal_bytes_text(bytes, ",\n\"messages\": [\n");
    for (size_t k = 0; k < deck->n_messages; k++)
        bal_json_row(bytes, k, message_row(&deck->messages[k]));
    bal_bytes_text(bytes, "],\n\"claims\": [\n");
    for (size_t k = 0; k < deck->n_claims; k++)
        bal_json_row(bytes, k, bal_json_claim(&deck->claims[k]));
    bal_bytes_text(bytes, "]}");
}

static void end(bal_bytes *bytes)
{
    bal_bytes_text(bytes, "\n]}\n");
}

const bal_deck_log_row bal_deck_log_json = {
    .name = "json", .begin = begin, .deck = put_deck, .end = end};
