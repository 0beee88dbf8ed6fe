/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "::error file=F,line=L,col=C,title=T::TEXT": '%' and line ends are escaped everywhere, ':' and
 * ',' in properties too (docs.github.com, "Workflow commands"). */
#include "annotate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { AUTO, GITHUB, NEVER };

bool bal_annotates(const bal_arguments *arguments)
{
    const char *on = getenv("GITHUB_ACTIONS");
    if (arguments->annotate != AUTO)
        return arguments->annotate == GITHUB;
    return on != NULL && strcmp(on, "true") == 0;
}

static void put(const char *text, const char *escaped)
{
    for (; *text != '\0'; text++)
        if (strchr(escaped, *text) != NULL)
            (void)fprintf(stderr, "%%%02X", (unsigned)(unsigned char)*text);
        else
            (void)fputc(*text, stderr);
}

static void put_property(const char *text)
{
    put(text, "%\r\n:,");
}

static void put_text(const char *text)
{
    put(text, "%\r\n");
}

static void begin(const char *command, const char *file, unsigned line, unsigned column)
{
    (void)fprintf(stderr, "::%s ", command);
    if (file[0] == '\0')
        return;
    (void)fputs("file=", stderr);
    put_property(file);
    if (line > 0)
        (void)fprintf(stderr, ",line=%u", line);
    if (column > 0)
        (void)fprintf(stderr, ",col=%u", column);
    (void)fputc(',', stderr);
}

void bal_annotate_notice(const bal_notice *notice)
{
    const bool error = notice->level == BAL_LEVEL_ERROR;
    if (notice->level == BAL_LEVEL_NOTE)
        return;
    begin(error ? "error" : "warning", notice->file, notice->line, notice->column);
    (void)fprintf(stderr, "title=%c%d::", error ? 'E' : 'W', notice->number);
    put_text(notice->text);
    (void)fputc('\n', stderr);
}

void bal_annotate_claim(const bal_claim *claim)
{
    static const char *const titles[] = {[BAL_HOLDS] = "the claim holds",
                                         [BAL_FAILS] = "the claim fails",
                                         [BAL_UNDECIDED] = "the claim is undecided",
                                         [BAL_NOT_RUN] = "the claim was not tested"};
    if (claim->verdict == BAL_HOLDS)
        return;
    begin("error", claim->file, claim->line, 0);
    (void)fprintf(stderr, "title=%s::", titles[claim->verdict]);
    put_text(claim->text);
    (void)fputs(claim->detail[0] != '\0' ? ": " : "", stderr);
    put_text(claim->detail);
    (void)fputc('\n', stderr);
}
