/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CIRCUIT_ELEMENT_H
#define BAL_CIRCUIT_ELEMENT_H

/* What the files that read one element card share: the card, how far it is read, the device that it
 * becomes. */
#include "internal.h"

typedef struct bal_form bal_form;

typedef struct bal_element {
    bal_circuit *c;
    bal_scope *scope;
    const bal_card *card;
    bal_device *dev;
    size_t number;        /* of the device */
    uint32_t at;          /* token to read next */
    int positional;       /* parameter that the next bare field fills, at the earliest */
    const bal_form *form; /* of a source that is more than one gain, else NULL */
    uint32_t behind;      /* token behind what the form has read */
    const bal_device **refs;
    size_t refs_capacity;
    const char **texts;
    const bal_expr **functions;
    const bal_token *model; /* read last: the card's own fields win */
    int *nodes;             /* dev->nodes, with room for more */
    bal_param_data *data;   /* dev->data, once there is some */
} bal_element;

/* element.c */
bal_status bal_element_usage(const bal_element *r, bal_span at, const char *what);
bool bal_in_list(const char *list, bal_text word); /* words with blanks between */

/* foreign.c: cards that are something else in another program. Reports. */
BAL_NODISCARD bal_status bal_foreign_check(bal_circuit *c, const bal_card *card);

/* element_value.c */
/* refs[*index] of the device becomes the element of that name, once all are known. */
BAL_NODISCARD bal_status bal_element_reference(bal_element *r, bal_span name, int *index);
/* What stands behind "key=" in a list of such pairs, the key itself if none does. */
bal_text bal_renamed(const char *list, bal_text key);
/* The parameter of that name or alias, or -1. */
int bal_element_param(const bal_device_ops *ops, bal_text name);
/* The token's value for parameter `index`. Reports. */
BAL_NODISCARD bal_status bal_element_set(bal_element *r, int index, const bal_token *token);

/* dev->data for writing; NULL when memory is out. */
bal_param_data *bal_element_data(bal_element *r);
/* The value (element >= 0: of a list) follows the parameters in `expr` from now on. */
BAL_NODISCARD bal_status bal_element_bind(bal_element *r, int index, int element,
                                          const bal_expr *expr);

/* model.c */
bool bal_model_has_row(const bal_circuit *c, const bal_model *model);
/* The model as a device. Reports, once per model. */
BAL_NODISCARD bal_status bal_element_build_model(bal_element *r, const bal_model *model,
                                                 const bal_device **out);

/* model_value.c */
/* The device took parameter `index` of `owner` (itself, or its model) from the model; -1: all. */
BAL_NODISCARD bal_status bal_model_note(const bal_element *r, const bal_model *model,
                                        bal_device *owner, int index);

/* element_model.c */
/* Is the bare word a model of the element's types? Its parameter, or -1. */
BAL_NODISCARD bal_status bal_element_model_param(const bal_element *r, const bal_token *token,
                                                 int *index);
BAL_NODISCARD bal_status bal_element_read_model(bal_element *r);
/* The model of that name, of one of the types that the row of r takes. Reports. */
BAL_NODISCARD bal_status bal_element_find_model(const bal_element *r, const bal_token *token,
                                                const bal_model **model);
/* Reports `before` 'name' `after`, and the nearest model that the element sees. */
bal_status bal_element_no_model(const bal_element *r, bal_span at, const char *before,
                                const char *after);

#endif
