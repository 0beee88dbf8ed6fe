/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colour is for people: only on a terminal, never with NO_COLOR (no-color.org), unless it is asked
 * for. */
#include "message.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "annotate.h"
#include "deck_logs.h"

void bal_complain(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    (void)fputs("balspice: error: ", stderr);
    (void)vfprintf(stderr, format, list);
    (void)fputc('\n', stderr);
    va_end(list);
}

void bal_complain_hint(const char *text)
{
    (void)fprintf(stderr, "%s\n", text);
}

static bool terminal_takes_color(void)
{
    const char *refusal = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    if (refusal != NULL && refusal[0] != '\0')
        return false;
    return isatty(STDERR_FILENO) == 1 && terminal != NULL && strcmp(terminal, "dumb") != 0;
}

bal_show bal_show_for(const bal_arguments *arguments)
{
    const bool color = arguments->color == BAL_COLOR_ALWAYS ||
                       (arguments->color == BAL_COLOR_AUTO && terminal_takes_color());
    return (bal_show){
        .color = color, .errors_only = arguments->quiet, .annotate = bal_annotates(arguments)};
}

void bal_show_message(void *user, const bal_notice *notice)
{
    static const struct {
        const char *word;
        const char *color;
    } looks[] = {
        [BAL_LEVEL_NOTE] = {"note:", "\033[1;36m"},
        [BAL_LEVEL_WARNING] = {"warning:", "\033[1;35m"},
        [BAL_LEVEL_ERROR] = {"error:", "\033[1;31m"},
    };
    const bal_show *show = user;
    const bal_level level = notice->level;
    const char *rendered = notice->rendered;
    if (show->errors_only && level != BAL_LEVEL_ERROR)
        return;
    if (show->logs != NULL)
        bal_deck_logs_notice(show->logs, notice);
    if (show->annotate)
        bal_annotate_notice(notice);
    const char *word = show->color ? strstr(rendered, looks[level].word) : NULL;
    if (word == NULL) {
        (void)fputs(rendered, stderr);
        return;
    }
    (void)fwrite(rendered, 1, (size_t)(word - rendered), stderr);
    (void)fprintf(stderr, "%s%s\033[0m", looks[level].color, looks[level].word);
    (void)fputs(word + strlen(looks[level].word), stderr);
}
