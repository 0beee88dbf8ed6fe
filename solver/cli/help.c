/* SPDX-License-Identifier: GPL-3.0-or-later */
/* balspice help: the tables of the program, and those of the library by topic. */
#include <balspice/balspice.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "job.h"
#include "nearest.h"
#include "standard_out.h"

static const char own_topic[] = "options";
static const char *const topics[] = {"elements", "functions", "cards", "diagnostics", own_topic};
enum { N_TOPICS = sizeof topics / sizeof topics[0] };

static const char exit_codes[] = "exit codes:\n"
                                 "  0  all done, all claims hold\n"
                                 "  1  a claim fails or is undecided\n"
                                 "  2  the command line is wrong\n"
                                 "  3  a deck, or a file that it includes, is wrong\n"
                                 "  4  the circuit has no unique solution\n"
                                 "  5  a file cannot be read or written, or memory is out\n";

static void print_overview(void)
{
    (void)puts("balspice: small-signal analysis of audio interconnections\n\nusage:");
    for (size_t k = 0; bal_command_at(k) != NULL; k++)
        (void)printf("  balspice %-36s %s\n", bal_command_at(k)->usage, bal_command_at(k)->help);
    (void)puts("\noptions:");
    bal_options_print(stdout, -1);
    (void)puts("\noutput files:");
    for (size_t k = 0; bal_format(k).name != NULL; k++)
        if (bal_format(k).extension[0] != '\0')
            (void)printf("  %-6s %s\n", bal_format(k).extension, bal_format(k).help);
    (void)printf("\ntopics of 'balspice help':");
    for (size_t i = 0; i < N_TOPICS; i++)
        (void)printf(" %s", topics[i]);
    (void)printf("\n\n%s", exit_codes);
}

static void print_command(int command)
{
    const bal_command *c = bal_command_at((size_t)command);
    (void)printf("usage: balspice %s\n\n%s\n\noptions:\n", c->usage, c->help);
    bal_options_print(stdout, command);
}

static int unknown_topic(const char *word)
{
    bal_nearest_word nearest = {.word = word, .n = strlen(word)};
    for (size_t k = 0; bal_command_at(k) != NULL; k++)
        bal_nearest_word_offer(&nearest, bal_command_at(k)->name);
    for (size_t i = 0; i < N_TOPICS; i++)
        bal_nearest_word_offer(&nearest, topics[i]);
    if (nearest.best != NULL)
        bal_complain("no help on '%s'; did you mean '%s'?", word, nearest.best);
    else
        bal_complain("no help on '%s'", word);
    return BAL_BAD_REQUEST;
}

static int print_topic(const char *word)
{
    const int command = bal_command_find(word);
    if (command >= 0) {
        print_command(command);
        return BAL_DONE;
    }
    if (strcmp(word, own_topic) == 0) {
        bal_options_print_markdown(stdout);
        return BAL_DONE;
    }
    const bal_result result = bal_reference(word, bal_standard_out_write, NULL);
    return result == BAL_BAD_REQUEST ? unknown_topic(word) : bal_exit_code(result);
}

int bal_command_help(const bal_arguments *arguments)
{
    int code = BAL_DONE;
    if (arguments->operands.n == 0)
        print_overview();
    for (size_t i = 0; i < arguments->operands.n && code == BAL_DONE; i++)
        code = print_topic(arguments->operands.item[i]);
    return code;
}
