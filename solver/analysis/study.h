/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_ANALYSIS_STUDY_H
#define BAL_ANALYSIS_STUDY_H

/*
 * A study is what the control cards of a deck ask for: axes (steps outermost, frequency last),
 * responses to solve for, vectors made of them, claims. Each card is parsed by one file of this
 * folder, a row of analyses.def, which *declares*; run.c then solves once for all of them.
 *
 * A response is a linear combination of node voltages and element currents; an excitation one of
 * independent sources; a system is the circuit, or the circuit with one value changed. A primary
 * vector is the response of a system to an excitation.
 */
#include "alloc.h"
#include "circuit.h"
#include "mna.h"
#include "topology.h"
#include "vectors.h"
#include "watch.h"

typedef struct bal_response_term {
    int a, b;         /* nodes: v(a) - v(b), when device < 0 */
    ptrdiff_t device; /* its current */
    bal_dd factor;
} bal_response_term;

typedef struct bal_response {
    bal_response_term *terms; /* arena */
    int n_terms;
    int system; /* the only one that has it (its ports); -1 for those of the circuit itself */
} bal_response;

typedef struct bal_excitation {
    bal_ddc *amplitude; /* by source; owned */
} bal_excitation;
enum { BAL_DECK_EXCITATION = 0, BAL_DECK_SYSTEM = 0 };
enum { BAL_PORT_SOURCES = 4 }; /* in excitations: behind the sources of the circuit */

typedef struct bal_system {
    ptrdiff_t device; /* whose value is changed; -1 for the circuit itself */
    int index;
    bal_dd add;
    const bal_device *const
        *ports; /* added devices, arena; responses of such a system are its own */
    size_t n_ports;
    const bal_device *const *devices; /* of the circuit and them */
    bal_topology topology;            /* with them */
    bool has_topology;
    bal_device variant;
    bal_dd *variant_values;
    bal_mna *mna;
    bal_functional
        *functionals; /* by response; released and made again when the system is rebuilt */
} bal_system;

typedef struct bal_primary {
    int system, excitation, response;
    bool bounded; /* its error is wanted */
    int vector;
} bal_primary;

/* .data: values by row. */
typedef struct bal_data_table {
    const char *name; /* arena, as all of it */
    bal_span at;
    const bal_span *columns;
    size_t n_columns;
    bal_dd *values;
    size_t n_rows;
} bal_data_table;

typedef enum bal_grid_kind {
    BAL_GRID_NONE,
    BAL_GRID_DEC,
    BAL_GRID_OCT,
    BAL_GRID_LIN,
    BAL_GRID_LIST
} bal_grid_kind;
typedef struct bal_grid {
    bal_grid_kind kind;
    size_t n;   /* points */
    double per; /* steps per decade or octave */
    double first, last;
    double *list;               /* owned */
    const bal_data_table *rows; /* values that change along the sweep; NULL without */
    bal_handle *handles;        /* by column of rows; arena */
    size_t row_in_force;        /* its number + 1; 0: none */
    bal_span at;
} bal_grid;

typedef struct bal_step {
    const char *name;
    bal_handle handle;
    bal_dd *values;  /* owned */
    size_t n_values; /* 1 if tied */
    bool tied;       /* a further column of a table: turns with the step before it */
    bal_span at;     /* the card */
} bal_step;

typedef struct bal_study_claim {
    const char *text, *source, *breaks; /* arena; "" if absent */
    bal_span at;
    const bal_expr *expr;
    bal_watch *watch;
    bool run; /* there is a result */
    bal_truth truth;
    bal_watch_result worst;
    size_t worst_run;
    const char *reason;
} bal_study_claim;

/* .tf */
typedef struct bal_transfer {
    const char *output, *source; /* labels; arena */
    int response;
    ptrdiff_t device; /* the source */
} bal_transfer;

/* A measure of one run. */
typedef struct bal_measure_value {
    double complex value;
    double frequency;   /* where it was found; NaN where that says nothing */
    const char *reason; /* static: why it failed; else NULL */
    const char *note;   /* arena: a remark on it; else NULL */
} bal_measure_value;

typedef struct bal_study_measure {
    const char *name, *unit; /* arena */
    bal_span at;
    const bal_expr *expr;
    const bal_expr *fallback; /* default_val=; NULL without */
    bal_watch *watch;
    bool shows_frequency;
    bool of_card;              /* a scalar: its card gives the value, see bal_scalar_set */
    bool usable;               /* `now` is the value of the run that is ending */
    bal_bounded now;           /* for expressions of later measures and claims */
    bal_measure_value *values; /* by run; owned */
    size_t n_values;
} bal_study_measure;

/* What a card does while the study runs, beside declaring vectors. Members may be NULL. */
struct bal_engine;
struct bal_study;
typedef struct bal_duty_ops {
    /* Once per engine: asks it for adjoint solutions. */
    bal_status (*plan)(void *state, struct bal_engine *engine);
    /* When a vector of the card's own is read at a point: sets the values of all of them. */
    bal_status (*point)(void *state, struct bal_engine *engine);
    /* At the end of a run, before the measures: sets the card's scalars; may solve anywhere. */
    bal_status (*conclude)(void *state, struct bal_engine *engine);
    /* After the last run, of decks without steps: tables of its own. */
    bal_status (*report)(void *state, struct bal_study *study, bal_sink *table);
    void (*release)(void *state);
} bal_duty_ops;
typedef struct bal_duty {
    const bal_duty_ops *ops;
    void *state; /* of the card; lives in the arena, release() frees what it owns beside */
} bal_duty;

typedef struct bal_index_list {
    int *items;
    size_t n_items, items_capacity;
} bal_index_list;

typedef struct bal_study {
    bal_circuit *circuit;
    bal_arena *arena;
    bal_diag *diag;
    unsigned long long max_runs;
    bal_grid grid;
    bal_data_table *tables;
    size_t n_tables, tables_capacity;
    bal_step *steps; /* outermost last in card order: the first card is the innermost axis */
    size_t n_steps, steps_capacity;
    bal_response *responses;
    size_t n_responses, responses_capacity;
    bal_excitation *excitations;
    size_t n_excitations, excitations_capacity;
    bal_system *systems;
    size_t n_systems, systems_capacity;
    bal_primary *primaries;
    size_t n_primaries, primaries_capacity;
    bal_vector_set vectors;
    bal_study_claim *claims;
    size_t n_claims, claims_capacity;
    bal_study_measure *measures;
    size_t n_measures, measures_capacity;
    size_t n_runs; /* done */
    bal_transfer *transfers;
    size_t n_transfers, transfers_capacity;
    bal_duty *duties;
    size_t n_duties, duties_capacity;
    const struct bal_spectrum **spectra; /* of .spectrum */
    size_t n_spectra, spectra_capacity;
    bal_index_list printed; /* vectors of the table: .print, else the cards' summaries */
    bal_index_list summary; /* what cards like .cmrr show when there is no .print */
    bal_index_list saved;   /* vectors of files */
    bool save_all;          /* no .save, or .save all */
    bool has_save, has_print;
    bool print_nodes, print_currents; /* v(*) and i(*) of .print */
    bool demands;                     /* something asks for particular quantities */
    bool bounded;                     /* primaries declared now need their error */
    bool wants_op;
    bool named_listed;        /* NAME.what vectors stand in the list of files */
    const char *usage;        /* of the card being parsed */
    const bal_device **ports; /* of all systems: their nodes do not dangle */
    size_t n_ports, ports_capacity;
    bal_topology topology;
    bool has_topology;
} bal_study;

/* One kind of control card. */
typedef struct bal_analysis_ops {
    const char *keyword; /* ".cmrr" */
    const char *usage;
    const char *summary;
    int phase; /* 0: axes; 1: cards that make vectors; 2: measures; 3: cards that use them all */
    bal_status (*parse)(bal_study *study, const bal_card *card);
} bal_analysis_ops;
const bal_analysis_ops *const *bal_analyses(size_t *n);

/* The study of a circuit: parses every control card. frequencies: "20,1k" instead of the deck's
 * grid, or NULL. BAL_E_DECK, BAL_E_USAGE (frequencies), BAL_E_NOMEM. */
typedef struct bal_study_input {
    bal_circuit *circuit;
    const char *frequencies;
    unsigned long long max_runs;
} bal_study_input;
BAL_NODISCARD bal_status bal_study_create(const bal_study_input *input, bal_study **out);
void bal_study_destroy(bal_study *study);

/* Is anything asked of the circuit as it is drawn, without the ports of an analysis? */
bool bal_study_uses_circuit(const bal_study *s);

/* Checks the topology against what is asked for, without solving. */
BAL_NODISCARD bal_status bal_study_check(bal_study *study);

/* Warns of what is unused or suspicious, and bal_circuit_lint. BAL_E_DECK when warnings are errors.
 */
bal_status bal_study_lint(bal_study *study);

/* Where results go. Either may be NULL. files get the vectors of .save (or all), table those of
 * .print. */
typedef struct bal_study_sinks {
    bal_sink *const *files;
    size_t n_files;
    bal_sink *table;
    bal_sink *op_table;
} bal_study_sinks;
BAL_NODISCARD bal_status bal_study_run(bal_study *study, const bal_study_sinks *sinks);

/* For the parsers. Each reports with the card's usage. */
bal_status bal_study_usage(bal_study *study, bal_span at, const char *what);
void bal_system_clear(bal_study *s, bal_system *system); /* its solver and functionals */
double bal_grid_frequency(const bal_grid *grid, size_t k);
void bal_grid_range(const bal_grid *grid, double *low, double *high);
size_t bal_study_runs(const bal_study *study); /* product of the steps */
bal_dd bal_study_step_value(const bal_study *study, size_t axis, size_t run);

/* data.c, rows.c. Each reports. */
BAL_NODISCARD bal_status bal_study_table(bal_study *s, bal_span name, const bal_data_table **out);
bool bal_table_is_frequency(const bal_data_table *table, size_t column);
BAL_NODISCARD bal_status bal_rows_read(bal_study *s, bal_span name, bal_grid *grid);
/* step.c: what can be stepped. */
BAL_NODISCARD bal_status bal_study_find_handle(bal_study *s, bal_span name, bal_handle *handle);

/* declare.c */
BAL_NODISCARD bal_status bal_study_response(bal_study *s, const bal_response_term terms[], int n,
                                            int *response);
BAL_NODISCARD bal_status bal_study_excitation(bal_study *s, const bal_ddc amplitude[],
                                              int *excitation);
BAL_NODISCARD bal_status bal_study_system(bal_study *s, ptrdiff_t device, int index, bal_dd add,
                                          int *system);
/* The circuit with devices added at its nodes. Theirs are the device numbers from that of the
 * circuit's devices on, and the sources from n_sources on (at most BAL_PORT_SOURCES). */
BAL_NODISCARD bal_status bal_study_port_system(bal_study *s, const bal_device *const ports[],
                                               size_t n, int *system);
/* A response in such a system, which may name the added devices. */
BAL_NODISCARD bal_status bal_study_port_response(bal_study *s, int system,
                                                 const bal_response_term terms[], int n,
                                                 int *response);
/* Unit amplitude of the added source k, all others 0. */
BAL_NODISCARD bal_status bal_study_port_excitation(bal_study *s, int k, int *excitation);
typedef struct bal_primary_request {
    int system, excitation, response;
    const char *name; /* NULL: hidden */
    const char *unit;
} bal_primary_request;
BAL_NODISCARD bal_status bal_study_primary(bal_study *s, const bal_primary_request *request,
                                           int *vector);
typedef struct bal_derived_request {
    const char *name; /* NULL: hidden */
    const char *unit;
    const bal_expr *expr; /* or NULL for a bound */
    int bound_of;
} bal_derived_request;
BAL_NODISCARD bal_status bal_study_derived(bal_study *s, const bal_derived_request *request,
                                           int *vector);
/* A vector that the next duty to be added fills at a point; real. */
BAL_NODISCARD bal_status bal_study_filled(bal_study *s, const char *name, const char *unit,
                                          int *vector);
BAL_NODISCARD bal_status bal_index_add(bal_index_list *list, int index);

/* duty.c */
BAL_NODISCARD bal_status bal_study_duty(bal_study *s, const bal_duty_ops *ops, void *state);
/* A scalar NAME.what of each run: a measure whose value a duty sets when it concludes. name lives
 * in the arena, unit is static. */
typedef struct bal_scalar_request {
    const char *name, *unit;
    bal_span at;
} bal_scalar_request;
BAL_NODISCARD bal_status bal_study_scalar(bal_study *s, const bal_scalar_request *request,
                                          int *scalar);
/* NaN is no value; why (static) is then shown. */
void bal_scalar_set(bal_study *s, int scalar, double value, const char *why);
/* A remark on the value just set, in the arena; NULL is none. */
void bal_scalar_note(bal_study *s, int scalar, const char *note);
BAL_NODISCARD bal_status bal_duties_conclude(struct bal_engine *engine);
BAL_NODISCARD bal_status bal_duties_report(bal_study *s, bal_sink *table);

/* fields.c: cards of the form ".word NAME key=value ..." */
typedef struct bal_field {
    const char *key;
    bal_span value;      /* source = NULL: not given */
    uint32_t first, end; /* its tokens */
    bal_span at;         /* of the key */
} bal_field;
/* Fills the fields from token `from` on; each at most once. */
BAL_NODISCARD bal_status bal_study_fields(bal_study *s, const bal_card *card, uint32_t from,
                                          bal_field fields[], size_t n);
/* One number or expression; *value is left alone when the field is not given. */
BAL_NODISCARD bal_status bal_field_real(bal_study *s, const bal_card *card, const bal_field *field,
                                        double *value);
/* A new name: no vector or measure NAME.what may exist. */
BAL_NODISCARD bal_status bal_study_name_free(bal_study *s, bal_span at, bal_text name);
/* tokens[1] as a new name. */
BAL_NODISCARD bal_status bal_study_name(bal_study *s, const bal_card *card, bal_span *name);
/* "NAME.what" in the arena. */
const char *bal_study_member(bal_study *s, bal_text name, const char *what);

/* measure.c. Identifiers of measures in expressions are BAL_LATE_BASE + number. */
int bal_measure_find(const bal_study *s, bal_text name); /* -1 if none */
/* BAL_E_NUMERIC while it has no value. */
BAL_NODISCARD bal_status bal_measure_variable(const bal_study *s, int k, bal_bounded *out);
bool bal_measure_missing(const bal_study *s, const bal_expr *expr); /* uses one without a value */
BAL_NODISCARD bal_status bal_measures_prepare(bal_study *s);
BAL_NODISCARD bal_status bal_measures_end(bal_study *s, const bal_solver *solver);

/* list.c: appends every node voltage that is determined, every branch current, every NAME.what.
 * After bal_study_check. */
BAL_NODISCARD bal_status bal_list_nodes(bal_study *s, bal_index_list *list);
BAL_NODISCARD bal_status bal_list_currents(bal_study *s, bal_index_list *list);
BAL_NODISCARD bal_status bal_list_named(const bal_study *s, bal_index_list *list);

/* The same for one voltage or current (label = NULL: BAL_E_NOMEM), and for one expression, as a
 * vector named by its text. A vector that is there already serves again. BAL_E_NOMEM. */
BAL_NODISCARD bal_status bal_list_term(bal_study *s, const bal_response_term *term,
                                       const char *label, const char *unit, bal_index_list *list);
BAL_NODISCARD bal_status bal_list_expr(bal_study *s, bal_span text, const bal_expr *expr,
                                       bal_index_list *list);

/* units.c: of an output by its label (see bal_study_label); "" if it is not known. */
const char *bal_study_unit(const bal_study *s, const char *label);

/* names.c: expressions of control cards */
BAL_NODISCARD bal_status bal_study_compile(bal_study *s, bal_span text, const bal_expr **out);
/* A voltage or current by its text, "v(a,b)" or an expression linear in such; for .cmrr out=. */
BAL_NODISCARD bal_status bal_study_linear(bal_study *s, bal_span text, int *response,
                                          const char **unit);
/* A linear combination of independent sources: "0.5*Vp-0.5*Vn". amplitude[n_sources] is
 * overwritten. */
BAL_NODISCARD bal_status bal_study_sources(bal_study *s, bal_span text, bal_ddc amplitude[]);
BAL_NODISCARD bal_status bal_study_find_node(bal_study *s, bal_span name, int *node);
BAL_NODISCARD bal_status bal_study_find_device(bal_study *s, bal_span name, ptrdiff_t *device);
/* Text of a span in lower case without blanks, in the arena; NULL when memory is out. */
const char *bal_study_label(bal_study *s, bal_span span);

#define BAL_GROW_LIST(s, array)                                                                    \
    bal_grow((s)->array, &(s)->array##_capacity, (s)->n_##array + 1, sizeof *(s)->array)

#endif
