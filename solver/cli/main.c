/* SPDX-License-Identifier: GPL-3.0-or-later */
/* balspice: the command line on libbalspice. */
#include <balspice/balspice.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "library.h"
#include "options.h"
#include "standard_out.h"

static const bal_command commands[] = {
#define BAL_COMMAND(name, usage, help) {#name, usage, help, bal_command_##name},
#include "commands.def"
#undef BAL_COMMAND
};
enum { N_COMMANDS = sizeof commands / sizeof commands[0] };

const bal_command *bal_command_at(size_t k)
{
    return k < N_COMMANDS ? &commands[k] : NULL;
}

int bal_command_find(const char *name)
{
    for (int k = 0; k < N_COMMANDS; k++)
        if (strcmp(commands[k].name, name) == 0)
            return k;
    return -1;
}

static int run_command(const bal_arguments *arguments)
{
    if (arguments->version)
        return bal_command_version(arguments);
    if (!arguments->help)
        return commands[arguments->command].run(arguments);
    const char *topic = commands[arguments->command].name;
    const bal_words topics = {&topic, arguments->has_command ? 1 : 0};
    bal_arguments help = *arguments;
    help.operands = topics;
    return bal_command_help(&help);
}

int main(int argc, char **argv)
{
    bal_arguments arguments;
    bal_standard_out_prepare();
    int code = bal_arguments_parse(&arguments, argc, argv);
    char library[4096];
    arguments.library = bal_library_folder(library, sizeof library);
    if (code == BAL_DONE)
        code = run_command(&arguments);
    bal_arguments_release(&arguments);
    return bal_standard_out_finish(code);
}
