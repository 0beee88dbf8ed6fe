/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CLI_COMMAND_H
#define BAL_CLI_COMMAND_H

/* A command is one file and one line in commands.def. It returns an exit code. */
#include <stddef.h>

#include "options.h"

typedef struct bal_command {
    const char *name;
    const char *usage; /* behind the program's name */
    const char *help;
    int (*run)(const bal_arguments *arguments);
} bal_command;

#define BAL_COMMAND(name, usage, help) int bal_command_##name(const bal_arguments *arguments);
#include "commands.def"
#undef BAL_COMMAND

const bal_command *bal_command_at(size_t k); /* NULL behind the last one */
/* Number of a command, or -1. */
int bal_command_find(const char *name);

#endif
