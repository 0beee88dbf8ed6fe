/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of functions and operators, expanded from functions.def. */
#include "tree.h"

#include "rules.h"

#define R BAL_F_R
#define S BAL_F_S
#define B BAL_F_B
#define ORDER BAL_F_ORDER
#define RANDOM BAL_F_RANDOM
#define LAZY BAL_F_LAZY
#define OVER_F BAL_F_OVER_F

static const bal_function functions[] = {
#define BAL_OPERATOR(name, fewest, most, flags, rule)                                              \
    {name, fewest, most, NULL, flags, &bal_rule_##rule},
#define BAL_FUNCTION(name, fewest, most, usage, help, flags, rule)                                 \
    {name, fewest, most, usage, flags, &bal_rule_##rule},
#include "functions.def"
#undef BAL_OPERATOR
#undef BAL_FUNCTION
};

static const bal_function_row rows[] = {
#define BAL_OPERATOR(name, fewest, most, flags, rule)
#define BAL_FUNCTION(name, fewest, most, usage, help, flags, rule)                                 \
    {name, fewest, most, usage, help, ((flags)&OVER_F) != 0},
#include "functions.def"
#undef BAL_OPERATOR
#undef BAL_FUNCTION
};

const bal_function *bal_function_find(bal_text name)
{
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
        if (bal_text_is(name, functions[i].name))
            return &functions[i];
    return NULL;
}

void bal_function_offer(bal_nearest *nearest)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        bal_nearest_offer(nearest, bal_text_of(rows[i].name));
}

const bal_function_row *bal_function_table(int *count)
{
    *count = (int)(sizeof rows / sizeof rows[0]);
    return rows;
}
