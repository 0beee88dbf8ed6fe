/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_DEVICE_DEVICE_H
#define BAL_DEVICE_DEVICE_H

/*
 * The contract between the solver and the element models.
 *
 * A model is one file models/elements/x.c that ends in a `const bal_device_ops bal_element_x` and
 * one row in models/models.def. It says what its card looks like (a table), which unknowns it
 * needs, and stamps contributions; it never sees a matrix, a card or a node name.
 *
 * Sign convention: row `a` of a node is Kirchhoff's current law, the sum of currents *leaving* the
 * node through elements = 0. A branch current flows from the first terminal through the element to
 * the second one.
 */
#include <stdint.h>

#include "dd.h"
#include "diag.h"

struct bal_expr;
struct bal_env;
struct bal_arena;
struct bal_table;
struct bal_network;

enum { BAL_MAX_PARAMS = 48 };

typedef enum bal_param_kind {
    BAL_P_REAL,     /* a number or an expression of parameters; double-double */
    BAL_P_FREQ,     /* the same, but it may also be an expression of freq, s or w: see
                       bal_device_value_at */
    BAL_P_ELEMENT,  /* the name of another element: refs[] in order of appearance */
    BAL_P_ELEMENTS, /* one or more element names (positional, takes all but the fields that follow
                       it) */
    BAL_P_TEXT,     /* a word or quoted text: texts[index] */
    BAL_P_MODEL,    /* the name of a .model of the ops' model_types; its parameters fill those not
                       given    or, where the type has a row of its own in models.def, become
                       dev->model
                     */
    BAL_P_LIST,     /* of a model: numbers, data[index].list */
    BAL_P_MODELS,   /* of a model: names of others of the ops' model_types, data[index].models */
    BAL_P_TABLE,    /* the name of a file with columns of numbers: data[index].table */
    BAL_P_NETWORK,  /* the name of a Touchstone file: data[index].network */
    BAL_P_NODE /* a further terminal: the value is its number among the device's, -1 without it */
} bal_param_kind;

enum {
    BAL_POSITIONAL = 1, /* may be written without its name, in table order */
    BAL_KEYWORD = 2,    /* may be written "AC 1": the name, then values without '='; also "AC=1" */
    BAL_FOLLOWS = 4,    /* an optional further value of the keyword before it (AC 1 90) */
    BAL_POSITIVE = 8,   /* the minimum itself is excluded */
    BAL_WARN_NEGATIVE = 16, /* legal, but warn */
    BAL_IGNORED = 32,       /* accepted, no effect (ic=) */
    BAL_NOT_SCALED = 64,    /* reserved for parameters that m= does not touch */
    BAL_BARE = 128          /* the keyword may stand alone and then means 1 (AC, noiseless) */
};

typedef struct bal_param_spec {
    const char *name; /* key in the netlist, lower case */
    const char *unit; /* "ohm", "F", "" for a pure number */
    bal_param_kind kind;
    unsigned flags;
    double fallback;  /* value when absent; BAL_REQUIRED: the card must give it */
    double min, max;  /* inclusive unless BAL_POSITIVE */
    const char *help; /* one line for the reference */
} bal_param_spec;

#define BAL_REQUIRED ((double)NAN)

typedef struct bal_device_ops bal_device_ops;

/* A measured response: points of ascending frequency, joined linearly in the logarithm of the
 * frequency (linearly in the frequency above a point at 0); 0 outside of them. */
typedef struct bal_curve {
    int n;
    const double *frequency; /* hertz */
    const double *decibel;
    const double *degree;
    double delay; /* seconds, added to all of it */
} bal_curve;

/* One summand of a linear source: coefficient times a voltage or current that it reads. */
typedef struct bal_term {
    bool reads_current; /* branch 0 of refs[a]; else the voltage from terminal a to terminal b */
    int a;
    int b;
    bal_dd coefficient;           /* in force unless it varies */
    bool varies;                  /* with the frequency: see bal_stamp_term_at */
    const struct bal_expr *input; /* the coefficient is d input / d variable (input itself if */
    int variable;                 /* variable is -1) times transfer times curve; NULL is 1 */
    const struct bal_expr *transfer;
    const bal_curve *curve;
} bal_term;

/* What a parameter holds that is no number; one kind or the other. */
typedef struct bal_param_data {
    bal_dd *list;
    const struct bal_device **models;
    int n; /* of either */
    const struct bal_table *table;
    const struct bal_network *network;
} bal_param_data;

/* One instance, filled by circuit/ and constant to the model. A .model whose type has a row of its
 * own is one too, without nodes. */
typedef struct bal_device {
    const bal_device_ops *ops;
    bal_text name;    /* full, "x1.r3", as first written */
    bal_span at;      /* the name on its card */
    const int *nodes; /* circuit node numbers, 0 is ground */
    int n_nodes;
    bal_dd *values; /* by parameter index, SI, range-checked, fallbacks filled in */
    uint64_t given; /* bit i: parameter i stood on the card (or in its model) */
    const struct bal_device *const *refs; /* BAL_P_ELEMENT and BAL_P_ELEMENTS, in card order */
    int n_refs;
    const char *const *texts; /* by parameter index, NULL where not a text; may be NULL */
    const struct bal_expr *const
        *functions;        /* by parameter index: BAL_P_FREQ values that depend on the
                              frequency, else NULL; the array itself may be NULL */
    const bal_term *terms; /* of a linear source */
    int n_terms;
    bool forces_current;               /* a linear source: a current, else a voltage */
    const struct bal_env *environment; /* what variables of functions and terms mean; may be NULL */
    const bal_param_data *data;        /* by parameter index; NULL: none is such */
    const struct bal_device *model;    /* see BAL_P_MODEL, else NULL */
    double multiplicity; /* product of the m= on the way down and its own, 1 if none */
    double temperature;  /* of the circuit, degrees Celsius (27 unless .temp says so) */
    int source;          /* number of an independent source, else -1 */
    void *state;         /* init/release */
} bal_device;

/* What the solver tells a device before it counts its branches. */
typedef struct bal_sweep_range {
    double omega_min; /* rad/s, of all analyses */
    double omega_max;
    double r_branch; /* ohm: a smaller magnitude inside the sweep gets a branch row */
} bal_sweep_range;

/* Local indices of rows and columns in stamps: terminal 0.. is itself, ground is resolved by the
 * stamper. */
enum { BAL_BRANCH_BASE = 1 << 12, BAL_REF_BASE = 1 << 16, BAL_REF_STRIDE = 64 };
#define BAL_BRANCH(k) (BAL_BRANCH_BASE + (k))                   /* own branch current k */
#define BAL_REF(r, k) (BAL_REF_BASE + (r)*BAL_REF_STRIDE + (k)) /* branch current k of refs[r] */

typedef struct bal_stamper bal_stamper;

/* Contributions to A(w) = G + jwC + B(w). G in siemens (or ohm, or a pure number in branch rows), C
 * in farad or henry. Errors (out of memory) are sticky in the stamper. */
void bal_stamp_g(bal_stamper *st, int row, int col, bal_dd value);
void bal_stamp_c(bal_stamper *st, int row, int col, bal_dd value);
/* Kind 'g' or 'c': the four entries of a two-terminal admittance between terminals a and b. */
void bal_stamp_admittance(bal_stamper *st, char kind, int a, int b, bal_dd value);
/* Incidence of branch k between a and b: +1 -1 in the two KCL rows and in row k (v_a - v_b). */
void bal_stamp_branch(bal_stamper *st, int a, int b, int k);
/* A frequency-dependent entry: in stamp() it reserves the place (value ignored), in stamp_at() it
 * adds the value. The same sequence of calls is required in both. */
void bal_stamp_block(bal_stamper *st, int row, int col, bal_ddc value);
/* Right-hand side: coefficient times this independent source's excitation (volts or amperes). */
void bal_stamp_source(bal_stamper *st, int row, bal_dd coefficient);
/* How many branches refs[r] (or, r = -1, the device itself) has in this system. */
int bal_stamp_branch_count(const bal_stamper *st, int r);

/* The value of a BAL_P_FREQ parameter at the stamper's frequency (the constant one if it does not
 * depend on it). For stamp_at. */
bal_ddc bal_stamp_value_at(bal_stamper *st, int param);
/* The coefficient of a term at the stamper's frequency. For stamp_at. */
bal_ddc bal_stamp_term_at(bal_stamper *st, int term);
/* Frequency in hertz and angular frequency of stamp_at. */
bal_dd bal_stamp_frequency(const bal_stamper *st);
bal_dd bal_stamp_omega(const bal_stamper *st);

/* Noise, one-sided densities per hertz. Sources of one device are independent of each other but
 * those of one matrix. */
typedef struct bal_noise bal_noise;
/* BAL_BOLTZMANN in J/K (exact since 2019): a resistor gives 4 k T R in V^2/Hz or 4 k T / R in
 * A^2/Hz. */
#define BAL_BOLTZMANN 1.380649e-23
#define BAL_KELVIN_OF_0C 273.15
void bal_noise_current(bal_noise *n, int a, int b, double density); /* between terminals, A^2/Hz */
void bal_noise_voltage(bal_noise *n, int row, double density);      /* in a branch row, V^2/Hz */
/* Correlated excitations of m rows: currents into terminals (A) or voltages of branch rows (V);
 * density[i * m + k] is that of row i times the conjugate of row k, Hermitian. A passive n-port of
 * admittances Y has 4 k T Re Y at its terminals, one of impedances Z 4 k T Re Z in its branch rows.
 */
void bal_noise_matrix(bal_noise *n, int m, const int rows[], const double complex density[]);
/* No law tells the noise of this device (it is not passive): it adds none, and a warning says so.
 */
void bal_noise_unknown(bal_noise *n);
double bal_noise_frequency(const bal_noise *n);      /* hertz */
bal_ddc bal_noise_value_at(bal_noise *n, int param); /* of a BAL_P_FREQ parameter */
int bal_noise_branch_count(const bal_noise *n);

/* What rounding of a device's own entries, where it computes them in double, can do to an output;
 * entries that are sums of double-doubles need none of this. A device adds |gain of the row| times
 * the error of what stands in it. */
typedef struct bal_doubt bal_doubt;
bal_ddc bal_doubt_value(bal_doubt *d, int local); /* an unknown: V, or A of a branch */
double bal_doubt_gain(bal_doubt *d, int row);     /* from an excitation of a row to the output */
bal_dd bal_doubt_omega(const bal_doubt *d);       /* rad/s */
void bal_doubt_add(bal_doubt *d, double moved);   /* in the unit of the output */

/* How a device ties its terminals together, for the topology check. */
typedef enum bal_tie_kind {
    BAL_TIE_CONDUCTANCE, /* a finite impedance at every frequency */
    BAL_TIE_CAPACITANCE, /* open at f = 0 */
    BAL_TIE_INDUCTANCE,  /* a short at f = 0 */
    BAL_TIE_VOLTAGE,     /* fixes the voltage: V, E, H, R = 0 */
    BAL_TIE_CURRENT,     /* forces a current without fixing a voltage: I, G, F */
    BAL_TIE_SENSE        /* reads a voltage only: controlling terminals */
} bal_tie_kind;
typedef struct bal_ties bal_ties;
void bal_tie(bal_ties *ties, bal_tie_kind kind, int a, int b);

struct bal_device_ops {
    char letter;         /* first letter of the card, upper case; '\0' in a model's row */
    const char *name;    /* "resistor"; the type in a model's row: "pair" */
    const char *usage;   /* "Rname a b <ohm> [tc1= tc2=]" */
    const char *summary; /* one or two lines for the reference */
    int n_nodes;         /* terminals; -1: all words before the model's name or the first key */
    int n_branches;      /* when branches() is NULL */
    const bal_param_spec *params;
    int n_params;
    const char *model_types; /* "r res": .model types of a BAL_P_MODEL parameter; else NULL */
    const char *filler;      /* a word behind the first two nodes that may be left out; else NULL */
    const char *model_keys;  /* "r=res l=defl": keys of a .model that fill a parameter of another
                                name, "kf=" for one without effect here; else NULL */
    const char *aliases;     /* "resistance=r nfft=": the same for keys of the card */
    const char
        *ignored_calls;    /* "sin pulse pwl": transient functions that are skipped; else NULL */
    const char *call_keys; /* "freq delay": keys that belong to such a function behind it */
    bool is_source;        /* an independent source: gets a number and an excitation */
    int ac_magnitude;      /* its parameter indices of AC magnitude and phase (degrees) */
    int ac_phase;

    /* Optional hooks, NULL when absent. */
    bal_status (*check)(const bal_device *dev, bal_diag *diag); /* after the ranges */
    bal_status (*check_all)(const bal_device *const devices[], size_t n,
                            bal_diag *diag); /* once per circuit
                                             with all of the kind */
    /* Whether the device is known over the sweep; also after each step. */
    bal_status (*check_range)(const bal_device *dev, const bal_sweep_range *range, bal_diag *diag);
    int (*branches)(const bal_device *dev, const bal_sweep_range *range);
    void (*ties)(const bal_device *dev, bal_ties *ties);
    void (*stamp)(const bal_device *dev, bal_stamper *st);    /* G, C, sources, reserved blocks */
    void (*stamp_at)(const bal_device *dev, bal_stamper *st); /* blocks at one frequency */
    /* The current from terminal 0 through the device as a row (pass 0 as row; only columns count);
     * NULL: branch 0, or no current known. */
    void (*current)(const bal_device *dev, bal_stamper *st);
    void (*noise)(const bal_device *dev, bal_noise *n); /* its noise at one frequency */
    void (*doubt)(const bal_device *dev, bal_doubt *d); /* its rounding at one frequency */
};

/* Given bit of parameter i. */
static inline bool bal_device_given(const bal_device *dev, int i)
{
    return (dev->given >> i & 1U) != 0;
}

#endif
