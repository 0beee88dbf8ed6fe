/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reference text in Markdown, made from the tables that parse. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "job.h"
#include "models.h"

static void element(bal_bytes *out, const bal_device_ops *ops)
{
    char line[256];
    (void)snprintf(line, sizeof line, "## %c: %s\n\n", ops->letter, ops->name);
    bal_bytes_text(out, line);
    bal_bytes_text(out, "    ");
    bal_bytes_text(out, ops->usage);
    bal_bytes_text(out, "\n\n");
    bal_bytes_text(out, ops->summary ? ops->summary : "");
    bal_bytes_text(out, "\n\n| parameter | unit | default | meaning |\n|---|---|---|---|\n");
    for (int i = 0; i < ops->n_params; i++) {
        const bal_param_spec *p = &ops->params[i];
        if (isnan(p->fallback))
            (void)snprintf(line, sizeof line, "| `%s` | %s | needed | %s |\n", p->name, p->unit,
                           p->help ? p->help : "");
        else
            (void)snprintf(line, sizeof line, "| `%s` | %s | %g | %s |\n", p->name, p->unit,
                           p->fallback, p->help ? p->help : "");
        bal_bytes_text(out, line);
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
}

static void functions(bal_bytes *out)
{
    int n = 0;
    const bal_function_row *rows = bal_function_table(&n);
    bal_bytes_text(out, "# Functions\n\n| function | meaning |\n|---|---|\n");
    for (int i = 0; i < n; i++) {
        bal_bytes_text(out, "| `");
        bal_bytes_text(out, rows[i].usage);
        bal_bytes_text(out, "` | ");
        bal_bytes_text(out, rows[i].help);
        bal_bytes_text(out, " |\n");
    }
}

static void cards(bal_bytes *out)
{
    size_t n = 0;
    const bal_analysis_ops *const *rows = bal_analyses(&n);
    bal_bytes_text(out, "# Cards\n\n| card | meaning |\n|---|---|\n");
    for (size_t i = 0; i < n; i++) {
        bal_bytes_text(out, "| `");
        for (const char *p = rows[i]->usage; *p; p++) {
            bal_bytes_text(out, *p == '|' ? "\\" : "");
            bal_bytes_put(out, p, 1);
        }
        bal_bytes_text(out, "` | ");
        bal_bytes_text(out, rows[i]->summary);
        bal_bytes_text(out, " |\n");
    }
}

static void diagnostics(bal_bytes *out)
{
    char line[256];
    bal_bytes_text(out, "# Messages\n\n| number | meaning |\n|---|---|\n");
    for (int i = 0; i < BAL_D_COUNT; i++) {
        const bal_diagnostic *row = bal_diagnostic_row((bal_diag_id)i);
        (void)snprintf(line, sizeof line, "| %c%d | %s |\n",
                       row->severity == BAL_WARNING ? 'W' : 'E', row->number, row->title);
        bal_bytes_text(out, line);
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
