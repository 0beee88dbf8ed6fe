/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * No word list can hold more words than argv, so that one block of memory serves all of them and
 * nothing grows. Choices are stored as their number in the list.
 */
#include "options.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "message.h"
#include "nearest.h"

typedef enum option_kind { FLAG, TEXT, WORDS, COUNT, CHOICE } option_kind;

enum {
#define BAL_COMMAND(name, usage, help) number_of_##name,
#include "commands.def"
#undef BAL_COMMAND
    RUN = 1 << number_of_run,
    TEST = 1 << number_of_test,
    CHECK = 1 << number_of_check,
    COMPARE = 1 << number_of_compare,
    MODELS = 1 << number_of_models,
    DECKS = RUN | TEST | CHECK | COMPARE,
    ALL = ~0
};

typedef struct option {
    char letter;          /* 0: none */
    const char *name;     /* without "--" */
    const char *argument; /* NULL: none; for a choice "ascii|binary" */
    int commands;
    option_kind kind;
    size_t member;
    const char *help;
} option;

#define MEMBER(name) offsetof(bal_arguments, name)

static const option options[] = {
    {'o', "output", "FILE", RUN | COMPARE, WORDS, MEMBER(outputs),
     "write the results to FILE, by its extension, and no table; may be repeated"},
    {0, "raw", "binary|ascii", RUN, CHOICE, MEMBER(raw), "layout of .raw files"},
    {0, "set", "NAME=VALUE", DECKS, WORDS, MEMBER(settings),
     "a parameter, or the value of an element; may be repeated"},
    {0, "json", NULL, DECKS, FLAG, MEMBER(json), "print JSON instead of tables, TAP or text"},
    {0, "junit", "FILE", TEST, TEXT, MEMBER(junit), "write the results to FILE as JUnit XML, too"},
    {0, "receivers", "A,B|all", COMPARE, TEXT, MEMBER(receivers),
     "in place of the part of Xreceiver; all: those with the same pins"},
    {0, "drivers", "A,B|all", COMPARE, TEXT, MEMBER(drivers), "in place of the part of Xdriver"},
    {0, "cables", "A,B|all", COMPARE, TEXT, MEMBER(cables), "in place of the part of Xcable"},
    {0, "sort", "MEASURE", COMPARE, TEXT, MEMBER(sort),
     "best first by this column, -MEASURE worst first; the first column"},
    {0, "columns", "A,B,...", COMPARE, TEXT, MEMBER(columns), "these measures alone"},
    {0, "annotate", "auto|github|never", DECKS, CHOICE, MEMBER(annotate),
     "workflow commands for messages and failed claims; auto: if GITHUB_ACTIONS=true"},
    {0, "freq", "F1,F2,...", DECKS, TEXT, MEMBER(frequencies),
     "these frequencies instead of the deck's, with SPICE suffixes"},
    {0, "breaks", NULL, TEST, FLAG, MEMBER(breaks),
     "apply each claim's breaks= and expect the claim to fail"},
    {'I', "include", "DIR", DECKS | MODELS, WORDS, MEMBER(folders),
     "look for included files and for parts (*.lib) in DIR too; may be repeated"},
    {0, "lenient", NULL, DECKS, FLAG, MEMBER(lenient),
     "unknown cards, options and parameters are warnings"},
    {0, "werror", NULL, DECKS, FLAG, MEMBER(werror), "warnings are errors"},
    {0, "max-runs", "N", DECKS, COUNT, MEMBER(max_runs),
     "refuse more than N runs of .step (1000000)"},
    {0, "threads", "N", RUN | TEST | COMPARE, COUNT, MEMBER(threads),
     "use at most N threads; the results do not depend on it"},
    {'q', "quiet", NULL, DECKS, FLAG, MEMBER(quiet), "no tables, notes and warnings"},
    {0, "color", "auto|always|never", ALL, CHOICE, MEMBER(color), "colour of messages"},
    {'h', "help", NULL, ALL, FLAG, MEMBER(help), "print help and exit"},
    {'V', "version", NULL, ALL, FLAG, MEMBER(version), "print the version and exit"},
};
enum { N_OPTIONS = sizeof options / sizeof options[0], N_LISTS = 4 };

static void *member_of(bal_arguments *arguments, const option *o)
{
    return (char *)arguments + o->member;
}

static int refuse(void)
{
    bal_complain_hint("try 'balspice help'");
    return 2;
}

static const option *find_name(const char *name, size_t n)
{
    for (size_t i = 0; i < N_OPTIONS; i++)
        if (strlen(options[i].name) == n && memcmp(options[i].name, name, n) == 0)
            return &options[i];
    return NULL;
}

static const option *find_letter(char letter)
{
    for (size_t i = 0; i < N_OPTIONS; i++)
        if (options[i].letter == letter)
            return &options[i];
    return NULL;
}

static int unknown_name(const char *word, size_t n)
{
    bal_nearest_word nearest = {.word = word, .n = n};
    for (size_t i = 0; i < N_OPTIONS; i++)
        bal_nearest_word_offer(&nearest, options[i].name);
    if (nearest.best != NULL)
        bal_complain("unknown option '--%.*s'; did you mean '--%s'?", (int)n, word, nearest.best);
    else
        bal_complain("unknown option '--%.*s'", (int)n, word);
    return refuse();
}

/* Decimal digits only, and not 0. */
static bool parse_count(const char *text, unsigned long long *out)
{
    unsigned long long n = 0;
    for (const char *p = text; *p != '\0'; p++) {
        if (*p < '0' || *p > '9' || n > 100000000000000000ULL)
            return false;
        n = 10 * n + (unsigned long long)(*p - '0');
    }
    *out = n;
    return n > 0;
}

/* Number of `text` in "a|b|c", or -1. */
static int find_choice(const char *choices, const char *text)
{
    int number = 0;
    for (const char *p = choices; p != NULL; number++) {
        const char *end = strchr(p, '|');
        const size_t n = end != NULL ? (size_t)(end - p) : strlen(p);
        if (n == strlen(text) && memcmp(p, text, n) == 0)
            return number;
        p = end != NULL ? end + 1 : NULL;
    }
    return -1;
}

/* value is NULL for a flag only. */
static int apply(bal_arguments *arguments, const option *o, const char *value)
{
    void *member = member_of(arguments, o);
    if (o->kind == FLAG) {
        *(bool *)member = true;
    } else if (o->kind == TEXT) {
        *(const char **)member = value;
    } else if (o->kind == WORDS) {
        bal_words *words = member;
        words->item[words->n++] = value;
    } else if (o->kind == COUNT) {
        if (!parse_count(value, member)) {
            bal_complain("'--%s' takes a whole number above 0, not '%s'", o->name, value);
            return refuse();
        }
    } else {
        const int choice = find_choice(o->argument, value);
        if (choice < 0) {
            bal_complain("'--%s' takes %s, not '%s'", o->name, o->argument, value);
            return refuse();
        }
        *(unsigned *)member = (unsigned)choice;
    }
    return 0;
}

typedef struct reader {
    bal_arguments *arguments;
    int argc;
    char **argv;
    int at;
    bool seen[N_OPTIONS];
    bool has_operand;
    bool only_operands; /* behind "--" */
} reader;

/* Takes the option's argument from `rest` (behind '=' or the letter) or else the next word. */
static int take_option(reader *r, const option *o, const char *rest)
{
    r->seen[o - options] = true;
    if (o->kind == FLAG)
        return apply(r->arguments, o, NULL);
    if (rest == NULL && r->at + 1 < r->argc)
        rest = r->argv[++r->at];
    if (rest == NULL) {
        bal_complain("'--%s' needs an argument: %s", o->name, o->argument);
        return refuse();
    }
    return apply(r->arguments, o, rest);
}

static int take_long(reader *r, const char *word)
{
    const char *equals = strchr(word, '=');
    const size_t n = equals != NULL ? (size_t)(equals - word) : strlen(word);
    const option *o = find_name(word, n);
    if (o == NULL)
        return unknown_name(word, n);
    if (o->kind == FLAG && equals != NULL) {
        bal_complain("'--%s' takes no argument", o->name);
        return refuse();
    }
    return take_option(r, o, equals != NULL ? equals + 1 : NULL);
}

static int take_letters(reader *r, const char *letters)
{
    for (const char *p = letters; *p != '\0'; p++) {
        const option *o = find_letter(*p);
        if (o == NULL) {
            bal_complain("unknown option '-%c'", *p);
            return refuse();
        }
        if (o->kind != FLAG)
            return take_option(r, o, p[1] != '\0' ? p + 1 : NULL);
        (void)take_option(r, o, NULL);
    }
    return 0;
}

static int unknown_command(const char *word)
{
    bal_nearest_word nearest = {.word = word, .n = strlen(word)};
    for (size_t i = 0; bal_command_at(i) != NULL; i++)
        bal_nearest_word_offer(&nearest, bal_command_at(i)->name);
    if (nearest.best != NULL)
        bal_complain("'%s' is neither a command nor a file; did you mean '%s'?", word,
                     nearest.best);
    else
        bal_complain("'%s' is neither a command nor a file", word);
    return refuse();
}

static int take_operand(reader *r, const char *word)
{
    bal_words *operands = &r->arguments->operands;
    if (!r->has_operand) {
        r->has_operand = true;
        const int command = bal_command_find(word);
        if (command >= 0 && !r->only_operands) {
            r->arguments->command = command;
            r->arguments->has_command = true;
            return 0;
        }
        if (strpbrk(word, "./") == NULL && access(word, F_OK) != 0)
            return unknown_command(word);
    }
    operands->item[operands->n++] = word;
    return 0;
}

static int take_word(reader *r)
{
    const char *word = r->argv[r->at];
    if (r->only_operands || word[0] != '-' || word[1] == '\0')
        return take_operand(r, word);
    if (word[1] != '-')
        return take_letters(r, word + 1);
    if (word[2] == '\0') {
        r->only_operands = true;
        return 0;
    }
    return take_long(r, word + 2);
}

/* Options that the command does not know. */
static int check_options(const reader *r)
{
    const int command = r->arguments->command;
    for (size_t i = 0; i < N_OPTIONS; i++) {
        if (!r->seen[i] || (options[i].commands & (1 << command)) != 0)
            continue;
        bal_complain("'--%s' is not an option of '%s'", options[i].name,
                     bal_command_at((size_t)command)->name);
        return refuse();
    }
    return 0;
}

int bal_arguments_parse(bal_arguments *arguments, int argc, char **argv)
{
    memset(arguments, 0, sizeof *arguments);
    const size_t n = (size_t)argc + 1;
    arguments->storage = calloc(N_LISTS * n, sizeof *arguments->storage);
    if (arguments->storage == NULL) {
        bal_complain("out of memory");
        return 5;
    }
    bal_words *lists[N_LISTS] = {&arguments->operands, &arguments->outputs, &arguments->settings,
                                 &arguments->folders};
    for (size_t i = 0; i < N_LISTS; i++)
        lists[i]->item = arguments->storage + i * n;
    reader r = {.arguments = arguments, .argc = argc, .argv = argv};
    for (r.at = 1; r.at < argc; r.at++) {
        const int code = take_word(&r);
        if (code != 0)
            return code;
    }
    return check_options(&r);
}

void bal_arguments_release(bal_arguments *arguments)
{
    free(arguments->storage);
}

void bal_options_print(FILE *file, int command)
{
    for (size_t i = 0; i < N_OPTIONS; i++) {
        const option *o = &options[i];
        char left[64];
        if (command >= 0 && (o->commands & (1 << command)) == 0)
            continue;
        (void)snprintf(left, sizeof left, "--%s%s%s", o->name, o->argument != NULL ? "=" : "",
                       o->argument != NULL ? o->argument : "");
        if (o->letter != 0)
            (void)fprintf(file, "  -%c, %-25s %s\n", o->letter, left, o->help);
        else
            (void)fprintf(file, "      %-25s %s\n", left, o->help);
    }
}

static void print_cell(FILE *file, const char *text)
{
    for (; *text != '\0'; text++)
        (void)fprintf(file, *text == '|' ? "\\%c" : "%c", *text);
}

void bal_options_print_markdown(FILE *file)
{
    (void)fputs("| option | commands | meaning |\n|---|---|---|\n", file);
    for (size_t i = 0; i < N_OPTIONS; i++) {
        const option *o = &options[i];
        (void)fputs("| `", file);
        if (o->letter != 0)
            (void)fprintf(file, "-%c`, `", o->letter);
        (void)fprintf(file, "--%s%s", o->name, o->argument != NULL ? "=" : "");
        print_cell(file, o->argument != NULL ? o->argument : "");
        (void)fputs("` |", file);
        for (size_t k = 0; o->commands != ALL && bal_command_at(k) != NULL; k++)
            if ((o->commands & (1 << k)) != 0)
                (void)fprintf(file, " %s", bal_command_at(k)->name);
        (void)fprintf(file, "%s | %s |\n", o->commands == ALL ? " all" : "", o->help);
    }
}
