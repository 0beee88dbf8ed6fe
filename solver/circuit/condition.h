/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CIRCUIT_CONDITION_H
#define BAL_CIRCUIT_CONDITION_H

/*
 * .if (condition) .elseif .else .endif. At the top of the deck they are settled before anything
 * else is read, so a branch may hold any card; conditions use parameters of the top level, with
 * --set in force. Inside a subcircuit they are settled for each instance and choose among elements
 * and .param cards. A parameter that decides a condition cannot be stepped.
 */
#include "internal.h"

enum { BAL_MAX_IFS = 32 };

typedef struct bal_conditions {
    int depth;
    struct {
        bool active; /* the cards of this branch count */
        bool done;   /* no later branch can */
        bool has_else;
        bal_span at;
    } level[BAL_MAX_IFS];
} bal_conditions;

bool bal_is_condition(bal_text word);
bool bal_conditions_active(const bal_conditions *conditions);
/* A card for which bal_is_condition holds. Reports. BAL_E_DECK, BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_conditions_card(bal_circuit *c, const bal_scope *scope,
                                             bal_conditions *conditions, const bal_card *card);
/* Reports a block that is not closed. */
BAL_NODISCARD bal_status bal_conditions_end(const bal_circuit *c, const bal_conditions *conditions);

/* Replaces the deck by one without conditions at its top level, unless there are none. */
BAL_NODISCARD bal_status bal_conditions_resolve(bal_circuit *c);

#endif
