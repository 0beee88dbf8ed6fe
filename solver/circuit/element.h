/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CIRCUIT_ELEMENT_H
#define BAL_CIRCUIT_ELEMENT_H

/* What the files that read one element card share: the card, how far it is read, the device that it
 * becomes. */
#include "internal.h"

typedef struct bal_element {
    bal_circuit *c;
    bal_scope *scope;
    const bal_card *card;
    bal_device *dev;
    size_t number;  /* of the device */
    uint32_t at;    /* token to read next */
    int positional; /* parameter that the next bare field fills, at the earliest */
    const bal_device **refs;
    const char **texts;
    const bal_expr **functions;
    const bal_token *model; /* read last: the card's own fields win */
} bal_element;

/* element.c */
bal_status bal_element_usage(const bal_element *r, bal_span at, const char *what);
bool bal_in_list(const char *list, bal_text word); /* words with blanks between */

/* element_value.c */
/* What stands behind "key=" in a list of such pairs, the key itself if none does. */
bal_text bal_renamed(const char *list, bal_text key);
/* The parameter of that name or alias, or -1. */
int bal_element_param(const bal_device_ops *ops, bal_text name);
/* The token's value for parameter `index`. Reports. */
BAL_NODISCARD bal_status bal_element_set(bal_element *r, int index, const bal_token *token);

/* element_model.c */
/* Is the bare word a model of the element's types? Its parameter, or -1. */
BAL_NODISCARD bal_status bal_element_model_param(const bal_element *r, const bal_token *token,
                                                 int *index);
BAL_NODISCARD bal_status bal_element_read_model(bal_element *r);

#endif
