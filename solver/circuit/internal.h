/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_CIRCUIT_INTERNAL_H
#define BAL_CIRCUIT_INTERNAL_H

/* What the files of this folder share: definitions (subcircuits as written), scopes (instances of
 * them), parameters and the circuit itself. */
#include "circuit.h"

enum { BAL_MAX_DEPTH = 400, BAL_MAX_DEVICES = 4000000 };

typedef struct bal_card_list {
    const bal_card **cards;
    size_t n, capacity; /* grown with bal_grow, freed with the circuit */
} bal_card_list;

typedef struct bal_function_entry {
    bal_user_function function;
    bal_text name;
} bal_function_entry;

typedef struct bal_model {
    bal_text name;
    bal_text type;
    bal_span at;
    const bal_token *tokens; /* key = value fields */
    uint32_t n_tokens;
    bool used;          /* an element names it */
    bal_device *shared; /* see model.c; NULL: not read, or to be read for each element */
    bool failed;        /* it was reported */
    bool open;          /* it is being read */
} bal_model;

/* A .subckt as written; number 0 is the top of the deck. */
typedef struct bal_definition {
    struct bal_definition *parent;
    struct bal_definition *next; /* of all, for release */
    bal_text name;
    bal_span at;
    const bal_token *const *pins;
    int n_pins;
    const bal_token *defaults; /* "key = value" fields behind the pins */
    uint32_t n_defaults;
    bal_card_list elements;
    bal_card_list parameters; /* .param cards */
    bal_name_table subckts;   /* -> index into circuit->definitions */
    bal_name_table models;    /* -> index into circuit->models */
    bal_name_table functions; /* -> index into circuit->functions */
    double size;              /* elements when flat; < 0 unknown, see bal_definition_size */
    int visiting;
    bool branches; /* it holds an .if */
    int ifs;       /* open ones while the cards are sorted; they belong to a subcircuit */
    int index;
    bool is_library; /* stands for a file of the part library: holds definitions and no elements */
    bool used;       /* an X card names it */
} bal_definition;

typedef struct bal_parameter {
    bal_text name;
    bal_span at;
    bal_span body;                /* as written; source = NULL: value is fixed */
    const bal_expr *expr;         /* of body, compiled when first needed; NULL for a plain number */
    const struct bal_scope *from; /* where the names in body are looked up */
    bal_dd value;
    enum {
        BAL_PARAMETER_UNKNOWN,
        BAL_PARAMETER_BUSY,
        BAL_PARAMETER_KNOWN,
        BAL_PARAMETER_FAILED
    } state;
    bool plain;      /* body is one word */
    bool used;       /* something names it */
    bool decides;    /* an .if depends on it */
    bool overridden; /* by an instance or a setting: a .param does not replace it */
} bal_parameter;

/* One instance of a definition. */
typedef struct bal_scope {
    const struct bal_scope *parent;
    struct bal_scope *next; /* of all, for release */
    bal_definition *definition;
    const char *path; /* "x1.x2", "" at the top */
    int depth;
    double multiplicity;
    const int *pin_nodes; /* node numbers of the definition's pins */
    bal_name_table nodes;
    bal_name_table devices;
    bal_name_table parameters;
    bal_name_table instances; /* -> index into circuit->scopes */
    bal_name_table models;    /* those of .if branches; -> index into circuit->models */
    int index;
    bal_diag_frame frame;
} bal_scope;

typedef struct bal_node {
    const bal_scope *scope;
    bal_text name;
} bal_node;

/* A device value that is an expression of parameters. */
typedef struct bal_binding {
    size_t device;
    int index;
    const bal_expr *expr;
    bal_device *owner; /* the device, or its model */
    int element;       /* of a list; -1: a plain value */
} bal_binding;

/* A value, or with a row of its own all values, that a device took from a .model. */
typedef struct bal_model_use {
    size_t device;
    bal_device *owner; /* the device itself, or its model */
    int model;         /* index into circuit->models */
    int index;         /* of the owner's parameter; -1: any */
} bal_model_use;

/* A linear source whose terms are evaluated again when a parameter changes. */
typedef struct bal_linear_entry {
    size_t device;
    bal_term *terms;
} bal_linear_entry;

/* A reference to another element, resolved when all elements are known. */
typedef struct bal_reference {
    size_t device;
    int position; /* in refs */
    const bal_scope *scope;
    bal_span name;
} bal_reference;

struct bal_circuit {
    bal_circuit_input in;
    bal_circuit_options options;
    const bal_device_ops *by_letter[128];

    bal_definition **definitions;
    size_t n_definitions, definitions_capacity;
    bal_model *models;
    size_t n_models, models_capacity;
    bal_function_entry *functions;
    size_t n_functions, functions_capacity;
    bal_name_table globals;  /* .global nodes -> 1 */
    bal_name_table deciding; /* top-level parameters that conditions at the top depend on */
    bal_card_list option_cards;
    bal_control *controls, **controls_end;

    bal_scope **scopes;
    size_t n_scopes, scopes_capacity;
    bal_parameter *parameters;
    size_t n_parameters, parameters_capacity;
    int *stack; /* of parameter evaluation */
    size_t stack_capacity;

    bal_node *nodes;
    size_t n_nodes, nodes_capacity;
    bal_device **devices;
    size_t n_devices, devices_capacity;
    size_t *changed;
    size_t n_changed, changed_capacity;
    bal_binding *bindings;
    size_t n_bindings, bindings_capacity;
    bal_model_use *uses;
    size_t n_uses, uses_capacity;
    bal_linear_entry *linears;
    size_t n_linears, linears_capacity;
    const bal_env *environment; /* values of parameters, for expressions evaluated by devices */
    bal_reference *references;
    size_t n_references, references_capacity;
    int n_sources;
    bool in_table;                       /* .data was the last dot card */
    bool stale;                          /* a parameter changed since the last update */
    struct bal_file *files;              /* read for data.c */
    struct bal_data_file *data_files;    /* see data.c */
    struct bal_circuit_library *library; /* see library.c; NULL before it is needed */
};

/* definitions.c */
BAL_NODISCARD bal_status bal_definitions_collect(bal_circuit *c);
/* What an X card of `user` means by a name: see parts of bal_circuit_input. */
bal_text bal_part_meant(const bal_circuit *c, const bal_definition *user, bal_text name);
bal_definition *bal_definition_find(const bal_circuit *c, const bal_definition *from,
                                    bal_text name);
BAL_NODISCARD bal_status bal_model_add(bal_circuit *c, bal_name_table *models,
                                       const bal_card *card);
/* As an element of the scope sees it: the branches of its .if first. */
const bal_model *bal_scope_model(const bal_circuit *c, const bal_scope *scope, bal_text name);
const bal_model *bal_model_find(const bal_circuit *c, const bal_definition *from, bal_text name);
BAL_NODISCARD bal_status bal_definition_size(bal_circuit *c, bal_definition *top);
void bal_definition_offer(const bal_circuit *c, const bal_definition *from, bal_nearest *nearest);
/* The last word before the keys of an X card names the subcircuit. NULL when the card is malformed.
 */
const bal_token *bal_instance_name(const bal_card *card, uint32_t *n_nodes, uint32_t *first_key);

/* Of the part library: its cards into a definition of their own. Reports; BAL_E_DECK, BAL_E_NOMEM.
 */
bal_definition *bal_definitions_root(bal_circuit *c); /* NULL when memory is out */
BAL_NODISCARD bal_status bal_definitions_sort(bal_circuit *c, bal_definition *root,
                                              const bal_card *cards, size_t n);
void bal_model_offer(const bal_circuit *c, const bal_definition *from, bal_nearest *nearest);

/* library.c: the part library, for names that the deck does not define */
/* Reads the file that holds a .subckt or .model of that name, if there is one and it was not read
 * yet; bal_definition_find or bal_model_find has it then. Reports; BAL_E_DECK, BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_library_need(bal_circuit *c, bal_text name, bool is_model);
/* The definition that stands for the file of the part; NULL: none, or not read. */
const bal_definition *bal_library_root(const bal_circuit *c, bal_text name, bool is_model);
void bal_library_offer(const bal_circuit *c, bool models, bal_nearest *nearest);
void bal_library_close(bal_circuit *c);

/* model_value.c: a value that a model gives, by "rm(r)" or "rm:r"; BAL_HANDLE_NONE. */
bal_handle bal_model_handle(const bal_circuit *c, bal_text name);

/* parameters.c */
BAL_NODISCARD bal_status bal_parameter_define(bal_circuit *c, bal_scope *scope, bal_span name,
                                              bool override, int *id);
BAL_NODISCARD bal_status bal_parameters_of_fields(bal_circuit *c, bal_scope *scope,
                                                  const bal_scope *values, const bal_token *tokens,
                                                  uint32_t n, bool override);
bool bal_scope_has_parameter(const bal_circuit *c, const bal_scope *scope, bal_text name);
/* Does "name(argument) = body" begin at field i? It is a function, see definitions.c. */
bool bal_parameter_is_function(const bal_card *fields, uint32_t i);
BAL_NODISCARD bal_status bal_parameters_of_cards(bal_circuit *c, bal_scope *scope);
BAL_NODISCARD bal_status bal_parameter_evaluate(bal_circuit *c, int id);
typedef struct bal_scope_names {
    bal_circuit *c;
    const bal_scope *scope;
} bal_scope_names;
/* Parameters and functions as a scope sees them; user must outlive the compilation. */
bal_names bal_names_of_scope(bal_scope_names *user);
/* Variables from here on are voltages and currents that a linear source reads. */
enum { BAL_TERM_BASE = 1 << 28 };
/* For bal_env.value, with the circuit as user: a parameter that has been evaluated; 0 for a voltage
 * or current, whose operating point is no part of a linear circuit. */
bal_status bal_parameter_value(void *user, int id, bal_ddc *out);
BAL_NODISCARD bal_status bal_scope_compile(bal_circuit *c, const bal_scope *scope, bal_span text,
                                           const bal_expr **out);
/* Value of an expression whose variables are parameters; evaluates those first. */
BAL_NODISCARD bal_status bal_scope_value(bal_circuit *c, const bal_expr *expr, bal_dd *value);
/* A value field: a number, or an expression in braces or quotes (then *expr is set unless it is
 * constant). */
BAL_NODISCARD bal_status bal_scope_field(bal_circuit *c, const bal_scope *scope,
                                         const bal_token *token, bal_dd *value,
                                         const bal_expr **expr, bal_number_info *info);
/* The end of a value that begins at token i: the next "key =" or the end. */
uint32_t bal_field_end(const bal_token *tokens, uint32_t n, uint32_t i);

/* circuit.c */
BAL_NODISCARD bal_circuit *bal_circuit_blank(const bal_circuit_input *input); /* NULL: no memory */
/* --set: of top-level parameters, or all the others. */
BAL_NODISCARD bal_status bal_settings_apply(bal_circuit *c, bool parameters);

/* expand.c */
/* The top scope with its parameters, settings and options. */
BAL_NODISCARD bal_status bal_expand_top(bal_circuit *c);
BAL_NODISCARD bal_status bal_expand(bal_circuit *c);
BAL_NODISCARD bal_status bal_scope_node(bal_circuit *c, bal_scope *scope, bal_span name, int *node);

/* element.c */
BAL_NODISCARD bal_status bal_element_add(bal_circuit *c, bal_scope *scope, const bal_card *card);

/* data.c */
/* The file that a token names, as numbers; each file is read once. Reports. BAL_E_DECK,
 * BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_data_table(bal_circuit *c, bal_span name,
                                        const struct bal_table **out);
BAL_NODISCARD bal_status bal_data_network(bal_circuit *c, bal_span name,
                                          const struct bal_network **out);

/* references.c */
BAL_NODISCARD bal_status bal_references_resolve(bal_circuit *c);

/* values.c */
/* Range, sign and suffix of a device parameter. */
BAL_NODISCARD bal_status bal_device_check_value(bal_circuit *c, const bal_device *dev, int index,
                                                bal_span at);

/* update.c */
BAL_NODISCARD bal_status bal_circuit_mark(bal_circuit *c, size_t device);

/* find.c */
const bal_scope *bal_circuit_scope(const bal_circuit *c, bal_text path, bal_text *rest);

/* options.c */
BAL_NODISCARD bal_status bal_options_apply(bal_circuit *c);

#define BAL_GROW(c, array)                                                                         \
    bal_grow((c)->array, &(c)->array##_capacity, (c)->n_##array + 1, sizeof *(c)->array)

#endif
