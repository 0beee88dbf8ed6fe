/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reference text in Markdown, made from the tables that parse. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "job.h"
#include "models.h"

/* A cell of a table: a bar would end it. */
static void put_cell(bal_bytes *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        bal_bytes_text(out, *p == '|' ? "\\" : "");
        bal_bytes_put(out, p, 1);
    }
}

static void put_row(bal_bytes *out, const char *code, const char *meaning)
{
    bal_bytes_text(out, "| `");
    put_cell(out, code);
    bal_bytes_text(out, "` | ");
    put_cell(out, meaning);
    bal_bytes_text(out, " |\n");
}

static void put_default(bal_bytes *out, const bal_param_spec *p)
{
    char number[32];
    const bool is_number = p->kind == BAL_P_REAL || p->kind == BAL_P_FREQ;
    if (isnan(p->fallback))
        bal_bytes_text(out, "needed");
    if (!is_number || isnan(p->fallback))
        return;
    (void)snprintf(number, sizeof number, "%g", p->fallback);
    bal_bytes_text(out, number);
}

static void element(bal_bytes *out, const bal_device_ops *ops)
{
    const char letter[] = {ops->letter, '\0'};
    bal_bytes_text(out, "## ");
    bal_bytes_text(out, letter);
    bal_bytes_text(out, letter[0] ? ": " : "");
    bal_bytes_text(out, ops->name);
    bal_bytes_text(out, "\n\n    ");
    bal_bytes_text(out, ops->usage);
    bal_bytes_text(out, "\n\n");
    bal_bytes_text(out, ops->summary ? ops->summary : "");
    bal_bytes_text(out, "\n\n");
    if (ops->n_params == 0)
        return;
    bal_bytes_text(out, "| parameter | unit | default | meaning |\n|---|---|---|---|\n");
    for (int i = 0; i < ops->n_params; i++) {
        const bal_param_spec *p = &ops->params[i];
        bal_bytes_text(out, "| `");
        put_cell(out, p->name);
        bal_bytes_text(out, "` | ");
        put_cell(out, p->unit);
        bal_bytes_text(out, " | ");
        put_default(out, p);
        bal_bytes_text(out, " | ");
        put_cell(out, p->help ? p->help : "");
        bal_bytes_text(out, " |\n");
    }
    bal_bytes_text(out, "\n");
}

static void elements(bal_bytes *out)
{
    size_t n = 0;
    const bal_device_ops *const *rows = bal_elements(&n);
    bal_bytes_text(out, "# Elements\n\n");
    for (size_t i = 0; i < n; i++)
        element(out, rows[i]);
    rows = bal_models(&n);
    for (size_t i = 0; i < n; i++)
        element(out, rows[i]);
}

static void functions(bal_bytes *out)
{
    int n = 0;
    const bal_function_row *rows = bal_function_table(&n);
    bal_bytes_text(out, "# Functions\n\n| function | meaning |\n|---|---|\n");
    for (int i = 0; i < n; i++)
        put_row(out, rows[i].usage, rows[i].help);
}

/* Cards that shape the deck itself: netlist/ and circuit/ read them by their word. */
static const struct {
    const char *usage, *meaning;
} deck_cards[] = {
    {".subckt NAME <pin> ... [params:] [key=value ...]",
     "Begins a subcircuit, with defaults of its parameters; .ends [NAME] ends it. .macro and .eom "
     "are the same."},
    {".param name=<value> ...", "Parameters: numbers or expressions of others, in any order. "
                                ".params and .global_param are the same."},
    {".func name(a, ...) {expression}", "A function for expressions."},
    {".model NAME TYPE (key=value ...)", "Values that elements share by naming it."},
    {".include FILE", "Reads FILE, looked for beside this file and in the folders of -I. .inc is "
                      "the same."},
    {".lib FILE [SECTION]",
     "Reads a section of FILE, which stands there between .lib SECTION and .endl; without SECTION "
     "all of it."},
    {".if (<condition>) / .elseif (<condition>) / .else / .endif",
     "Cards that count where the condition holds."},
    {".global <node> ...", "Nodes that are the same in every subcircuit."},
    {".options key=value ...",
     "temp= (degrees Celsius), rbranch= (ohm: a smaller resistance gets a branch current), log=10 "
     "(log is log10); options of other simulators that change nothing here are accepted."},
    {".temp <degrees Celsius>", "Temperature of the circuit; 27 unless given."},
    {".title <text>", "The title, in place of the first line."},
    {".control ... .endc", "Skipped, with a warning: a deck runs no commands."},
    {".end", "Ends the deck; what follows is not read."},
};

static void cards(bal_bytes *out)
{
    size_t n = 0;
    const bal_analysis_ops *const *rows = bal_analyses(&n);
    bal_bytes_text(out, "# Cards\n\n| card | meaning |\n|---|---|\n");
    for (size_t i = 0; i < n; i++)
        put_row(out, rows[i]->usage, rows[i]->summary);
    for (size_t i = 0; i < sizeof deck_cards / sizeof deck_cards[0]; i++)
        put_row(out, deck_cards[i].usage, deck_cards[i].meaning);
}

static void diagnostics(bal_bytes *out)
{
    bal_bytes_text(out, "# Messages\n\n| number | meaning |\n|---|---|\n");
    for (int i = 0; i < BAL_D_COUNT; i++) {
        const bal_diagnostic *row = bal_diagnostic_row((bal_diag_id)i);
        char number[16];
        (void)snprintf(number, sizeof number, "| %c%d | ", row->severity == BAL_WARNING ? 'W' : 'E',
                       row->number);
        bal_bytes_text(out, number);
        put_cell(out, row->title);
        bal_bytes_text(out, row->lenient ? " (a warning with --lenient) |\n" : " |\n");
    }
}

bal_result bal_reference(const char *topic, bal_write_fn write, void *user)
{
    static const struct {
        const char *topic;
        void (*put)(bal_bytes *out);
    } topics[] = {{"elements", elements},
                  {"functions", functions},
                  {"cards", cards},
                  {"diagnostics", diagnostics}};
    for (size_t i = 0; i < sizeof topics / sizeof topics[0]; i++) {
        if (strcmp(topics[i].topic, topic) != 0)
            continue;
        bal_job_writer writer = {write, user};
        bal_bytes *out = bal_alloc(1, sizeof *out);
        if (!out)
            return BAL_OUT_OF_MEMORY;
        bal_bytes_init(out, bal_job_write, &writer);
        topics[i].put(out);
        const bal_status status = bal_bytes_flush(out);
        bal_free(out);
        return bal_job_result(status);
    }
    return BAL_BAD_REQUEST;
}
