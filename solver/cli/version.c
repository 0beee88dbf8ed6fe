/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <balspice/balspice.h>
#include <stdio.h>

#include "command.h"

int bal_command_version(const bal_arguments *arguments)
{
    (void)arguments;
    (void)printf("balspice %s\n", bal_version());
    return BAL_DONE;
}
