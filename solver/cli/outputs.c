/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "outputs.h"

#include <stdlib.h>
#include <string.h>

#include "job.h"
#include "standard_out.h"

static const char *extension_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash != NULL ? slash : path, '.');
    return dot != NULL ? dot : "";
}

static const char *format_of_extension(const char *extension)
{
    for (size_t k = 0; bal_format(k).name != NULL; k++)
        if (extension[0] != '\0' && strcmp(bal_format(k).extension, extension) == 0)
            return bal_format(k).name;
    return NULL;
}

static int unknown_extension(const char *path)
{
    char known[256] = "";
    size_t used = 0;
    for (size_t k = 0; bal_format(k).name != NULL; k++) {
        const char *extension = bal_format(k).extension;
        const size_t n = strlen(extension);
        if (n == 0 || used + n + 2 > sizeof known)
            continue;
        known[used++] = ' ';
        memcpy(known + used, extension, n + 1);
        used += n;
    }
    bal_complain("'%s' has no extension that tells its format; known are%s", path, known);
    return BAL_BAD_REQUEST;
}

static int choose_formats(bal_outputs *o, const bal_arguments *arguments)
{
    for (size_t i = 0; i < o->n; i++) {
        const char *path = arguments->outputs.item[i];
        const char *extension = extension_of(path);
        const char *format = format_of_extension(extension);
        if (format == NULL)
            return unknown_extension(path);
        const bool ascii = arguments->raw == 1 && strcmp(extension, ".raw") == 0;
        o->list[i] = (bal_output){ascii ? "raw-ascii" : format, bal_out_file_write, &o->files[i]};
        o->files[i].name = path;
    }
    return BAL_DONE;
}

static int cannot_write(const bal_out_file *file)
{
    bal_complain("cannot write '%s': %s", file->name, strerror(file->error));
    return BAL_BAD_FILE;
}

int bal_outputs_create(bal_outputs *o, const bal_arguments *arguments)
{
    o->n = arguments->outputs.n;
    o->list = calloc(o->n + 1, sizeof *o->list);
    o->files = calloc(o->n + 1, sizeof *o->files);
    bal_out_file_catch_signals();
    if (o->list == NULL || o->files == NULL)
        return bal_exit_code(BAL_OUT_OF_MEMORY);
    return choose_formats(o, arguments);
}

void bal_outputs_release(bal_outputs *o)
{
    free(o->list);
    free(o->files);
}

size_t bal_outputs_all(bal_outputs *o, const bal_arguments *arguments)
{
    const bal_output json = {"json", bal_standard_out_write, NULL};
    const bal_output table = {"table", bal_standard_out_write, NULL};
    if (!arguments->json && (o->n > 0 || arguments->quiet))
        return o->n;
    o->list[o->n] = arguments->json ? json : table;
    return o->n + 1;
}

int bal_outputs_open(bal_outputs *o)
{
    for (size_t i = 0; i < o->n; i++) {
        if (bal_out_file_open(&o->files[i], o->files[i].name) == 0)
            continue;
        const int code = cannot_write(&o->files[i]);
        while (i-- > 0)
            bal_out_file_discard(&o->files[i]);
        return code;
    }
    return BAL_DONE;
}

int bal_outputs_close(bal_outputs *o, bool good)
{
    int code = BAL_DONE;
    for (size_t i = 0; i < o->n; i++) {
        if (good && code == BAL_DONE)
            (void)bal_out_file_commit(&o->files[i]);
        if (o->files[i].error != 0 && code == BAL_DONE)
            code = cannot_write(&o->files[i]);
        bal_out_file_discard(&o->files[i]);
    }
    return code;
}
