/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CIRCUIT_CIRCUIT_H
#define BAL_CIRCUIT_CIRCUIT_H

/*
 * Cards -> parameters, subcircuits, instances, node names.
 *
 * The circuit is flat: every element of every instance is one bal_device with circuit node numbers.
 * What it remembers of the hierarchy are scopes: one per instance, with its parameters, nodes and
 * elements. Parameters stay expressions, so that a step or a --set changes what depends on them and
 * nothing else.
 */
#include "device.h"
#include "expr.h"
#include "names.h"
#include "netlist.h"

typedef struct bal_circuit bal_circuit;

typedef struct bal_circuit_options {
    double temperature; /* .temp, degrees Celsius; 27 */
    double r_branch;    /* .options rbranch, ohm; 1 */
    bal_expr_options expr;
    bool lenient;
} bal_circuit_options;

/* A dot card that is none of this layer's, in deck order: .ac .cmrr .claim .print ... */
typedef struct bal_control {
    const bal_card *card;
    struct bal_control *next;
} bal_control;

/*
 * Builds the circuit of a deck. elements: the table of models, handed in by the composition root.
 * settings: "name=value" texts that override top-level parameters or element values. parts:
 * "drawn=other": X cards of the deck itself that name the first subcircuit get the second.
 * Everything lives in `arena` (and in tables that bal_circuit_release frees). Reports everything it
 * finds before it gives up. BAL_E_DECK, BAL_E_USAGE (a setting names nothing; reported),
 * BAL_E_NOMEM.
 */
typedef struct bal_circuit_input {
    const bal_deck *deck;
    const bal_device_ops *const *elements;
    size_t n_elements;
    const bal_device_ops *const *models; /* types of .model with tables of their own */
    size_t n_models;
    const char *const *settings;
    size_t n_settings;
    const char *const *parts;
    size_t n_parts;
    bool lenient;
    bal_arena *arena;
    bal_diag *diag;
} bal_circuit_input;
BAL_NODISCARD bal_status bal_circuit_create(const bal_circuit_input *input, bal_circuit **out);
void bal_circuit_release(bal_circuit *c); /* NULL is allowed */

size_t bal_circuit_n_devices(const bal_circuit *c);
const bal_device *const *bal_circuit_devices(const bal_circuit *c);
int bal_circuit_n_nodes(const bal_circuit *c); /* with ground, number 0 */
/* "x1.n", as first written; belongs to the arena. BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_circuit_node_name(const bal_circuit *c, int node, const char **name);
int bal_circuit_n_sources(const bal_circuit *c);
const bal_control *bal_circuit_controls(const bal_circuit *c);
const bal_circuit_options *bal_circuit_option(const bal_circuit *c);
bal_arena *bal_circuit_arena(const bal_circuit *c);
bal_diag *bal_circuit_diag(const bal_circuit *c);
const bal_deck *bal_circuit_deck(const bal_circuit *c);

/* By the name that a user writes: "out", "x1.n", "0"; element "R3", "x1.r3", ngspice's "r.x1.r3".
 * -1 when there is none. */
int bal_circuit_find_node(const bal_circuit *c, bal_text name);
ptrdiff_t bal_circuit_find_device(const bal_circuit *c, bal_text name);
bool bal_circuit_has_instance(const bal_circuit *c, bal_text name); /* at the top: "x1" */
void bal_circuit_offer_nodes(const bal_circuit *c, bal_nearest *nearest);
void bal_circuit_offer_devices(const bal_circuit *c, bal_nearest *nearest);

/* Names of top-level parameters and user functions for expressions of control cards: use as base of
 * the card's own bal_names (variable ids are parameter ids, see bal_circuit_parameter). */
int bal_circuit_find_parameter(const bal_circuit *c, bal_text name);
void bal_circuit_offer_parameters(const bal_circuit *c, bal_nearest *nearest);
bal_dd bal_circuit_parameter(const bal_circuit *c, int id);
const bal_user_function *bal_circuit_function(const bal_circuit *c, bal_text name, int n_arguments);

/* A number or an expression of top-level parameters, as control cards have them. Reports. */
BAL_NODISCARD bal_status bal_circuit_real(bal_circuit *c, const bal_token *token, bal_dd *value);

/* The columns of numbers in a file, found beside the deck and along -I. Reports. BAL_E_DECK,
 * BAL_E_NOMEM. */
struct bal_table;
BAL_NODISCARD bal_status bal_circuit_table(bal_circuit *c, bal_span name,
                                           const struct bal_table **table);

/* The text of fields [first, end) as one expression. */
bal_span bal_fields_span(const bal_token tokens[], uint32_t first, uint32_t end);

/* Warns of what is unused or unlikely in the deck's own file (not in what it includes), once the
 * control cards have been read. BAL_E_DECK when warnings are errors. */
bal_status bal_circuit_lint(bal_circuit *c);

/* Something a step or a setting can change: a parameter of the top or of an instance (x1.r), an
 * element's value or one of its parameters (c1:rser), a value that a model gives (rm(r) or rm:r),
 * "temp". */
typedef enum bal_handle_kind {
    BAL_HANDLE_NONE,
    BAL_HANDLE_PARAMETER,
    BAL_HANDLE_DEVICE,
    BAL_HANDLE_MODEL, /* parameter: the model's number */
    BAL_HANDLE_TEMP
} bal_handle_kind;
typedef struct bal_handle {
    bal_handle_kind kind;
    int parameter;
    ptrdiff_t device;
    int index; /* of the device's parameter */
} bal_handle;
bal_handle bal_circuit_handle(const bal_circuit *c, bal_text name);

/* Whether a condition (.if) depends on it: then it cannot change any more. */
bool bal_circuit_decides(const bal_circuit *c, bal_handle handle);

/* Sets the value; takes effect with bal_circuit_update. BAL_E_DECK when it is outside the range
 * (reported). */
BAL_NODISCARD bal_status bal_circuit_set(bal_circuit *c, bal_handle handle, bal_dd value);

/* Evaluates what depends on changed parameters again. The numbers of the devices whose values
 * changed (some perhaps twice) are in bal_circuit_changed until bal_circuit_settle. BAL_E_DECK
 * (reported), BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_circuit_update(bal_circuit *c);
const size_t *bal_circuit_changed(const bal_circuit *c, size_t *n);
void bal_circuit_settle(bal_circuit *c);

#endif
