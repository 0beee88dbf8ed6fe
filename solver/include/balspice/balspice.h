/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BALSPICE_BALSPICE_H
#define BALSPICE_BALSPICE_H

/*
 * libbalspice: small-signal analysis of audio interconnections.
 *
 * A bal_job is one deck with its options: open it (the deck is read, expanded and checked), run it
 * with any number of outputs, ask for its claims. The library never prints, exits, starts a program
 * or reads the environment; messages and output bytes go to the callbacks given. Distinct jobs may
 * be used in several threads at once.
 *
 *     bal_options options = {.struct_size = sizeof options, .message = show};
 *     bal_job *job = NULL;
 *     if (bal_job_open("link.cir", &options, &job) == BAL_DONE)
 *         result = bal_job_run(job, outputs, n_outputs);
 *     bal_job_close(job);
 */
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define BAL_API __attribute__((visibility("default")))

/* Results are also the exit codes of the program. */
typedef enum bal_result {
    BAL_DONE = 0,
    BAL_CLAIM_FAILED = 1, /* a claim or a measure failed or is undecided */
    BAL_BAD_REQUEST = 2,  /* a wrong option or argument */
    BAL_BAD_DECK = 3,     /* the deck, or a file that it includes */
    BAL_NO_SOLUTION = 4,  /* the circuit has no unique solution */
    BAL_BAD_FILE = 5,     /* a file named by the caller cannot be read or written */
    BAL_OUT_OF_MEMORY = 6,
    BAL_STOPPED = 7 /* a callback asked to stop */
} bal_result;

typedef enum bal_level { BAL_LEVEL_NOTE, BAL_LEVEL_WARNING, BAL_LEVEL_ERROR } bal_level;

/* One message. Pointers are valid during the call only. */
typedef struct bal_notice {
    bal_level level;
    int number;           /* of the list of diagnostics; 0 for a note */
    const char *file;     /* "" when there is no place */
    unsigned line;        /* from 1; 0 when there is no place */
    unsigned column;      /* from 1, in characters */
    const char *text;     /* one line, without the place */
    const char *rendered; /* place, text, source line and caret; ends in a newline */
} bal_notice;
typedef void (*bal_message_fn)(void *user, const bal_notice *notice);

/* Takes n bytes of output; anything but 0 stops the run with BAL_BAD_FILE. */
typedef int (*bal_write_fn)(void *user, const char *bytes, size_t n);

typedef struct bal_options {
    size_t struct_size;     /* sizeof (bal_options) of the caller */
    bal_message_fn message; /* may be NULL */
    void *message_user;
    const char *const *folders; /* searched for includes after the deck's own folder */
    size_t n_folders;
    const char *const *settings; /* "name=value": of a .param or an element, before all else */
    size_t n_settings;
    const char *frequencies; /* "20,1k,20k" in hertz instead of the deck's grid; NULL: the deck's */
    int lenient;             /* unknown cards, options and parameters are warnings */
    int warnings_are_errors;
    unsigned long long max_runs; /* of .step; 0: 1e6 */
    int lint;                    /* warn of what is suspicious or unused, too */
    const char *library;         /* folder of the part library, searched last; NULL: none */
    const char *const *parts;    /* "drawn=other": X cards of the deck that name the first part get
                                    the second */
    size_t n_parts;
    unsigned threads; /* bal_compare uses at most so many, 0: 1; results do not depend on it */
} bal_options;

typedef struct bal_job bal_job;

/* Both give a job on BAL_DONE only. Copies what it needs of the options but the callbacks' user
 * pointer. */
BAL_API bal_result bal_job_open(const char *path, const bal_options *options, bal_job **job);
BAL_API bal_result bal_job_open_text(const char *name, const char *text, size_t n,
                                     const bal_options *options, bal_job **job);

/* One output of a run. format: a name of bal_format(). */
typedef struct bal_output {
    const char *format;
    bal_write_fn write;
    void *user;
} bal_output;

/* Runs every analysis of the deck once and streams the results into the outputs. May be called
 * again. BAL_CLAIM_FAILED when it ran and a claim does not hold. */
BAL_API bal_result bal_job_run(bal_job *job, const bal_output outputs[], size_t n_outputs);

/* k-th output format (k from 0; name = NULL behind the last): its name, file extension ("" if none
 * of its own) and one line of help. */
typedef struct bal_format_row {
    const char *name;
    const char *extension; /* ".csv" */
    const char *help;
} bal_format_row;
BAL_API bal_format_row bal_format(size_t k);

typedef enum bal_verdict { BAL_HOLDS, BAL_FAILS, BAL_UNDECIDED, BAL_NOT_RUN } bal_verdict;

/* A claim after the run. Texts belong to the job. */
typedef struct bal_claim {
    const char *text;   /* the sentence */
    const char *source; /* "" if none is named */
    const char *breaks; /* "R3=11k", "" if none */
    const char *file;   /* of the card */
    unsigned line;
    bal_verdict verdict;
    const char *detail; /* "-0.02 dB (limit 0.1 dB)" or why it is undecided; "" if there is nothing
                           to tell */
} bal_claim;
BAL_API size_t bal_job_claims(const bal_job *job);
BAL_API bal_claim bal_job_claim(const bal_job *job, size_t k);

/* A measure (.meas) in one run of the last bal_job_run. Texts belong to the job. */
typedef struct bal_measure {
    const char *name;
    const char *unit;
    const char *file; /* of the card */
    unsigned line;
    int is_complex;
    double re, im;       /* NaN when it failed */
    double frequency;    /* where the value was found, hertz; NaN where that says nothing */
    const char *failure; /* why there is no value; "" if there is one */
    const char *note;    /* a remark on it: what clips first; "" if there is none */
} bal_measure;
BAL_API size_t bal_job_measures(const bal_job *job);
/* Runs of the last bal_job_run: those of .step, or 1. */
BAL_API size_t bal_job_runs(const bal_job *job);
BAL_API bal_measure bal_job_measure(const bal_job *job, size_t k, size_t run);

/* The runs in which measure k failed. */
typedef struct bal_failed_measure {
    size_t n_runs;
    size_t first_run;
    const char *why; /* in the first of them */
} bal_failed_measure;
BAL_API bal_failed_measure bal_job_failed(const bal_job *job, size_t k);

/* A stepped parameter: axis 0 is that of the first .step, which turns fastest. */
typedef struct bal_step_value {
    const char *name;
    double value;
} bal_step_value;
BAL_API size_t bal_job_steps(const bal_job *job);
BAL_API bal_step_value bal_job_step(const bal_job *job, size_t axis, size_t run);

/* All measures as text: a line each, or of a stepped deck a table with a line for each run and then
 * what failed; only_failed: a line for each that failed. */
BAL_API bal_result bal_job_write_measures(const bal_job *job, int only_failed, bal_write_fn write,
                                          void *user);

/* One line of the Test Anything Protocol for claim k, numbered `number`, with a newline. */
BAL_API bal_result bal_job_write_tap(const bal_job *job, size_t k, size_t number,
                                     bal_write_fn write, void *user);

/*
 * What became of many decks, for machines: format "json" or "junit". Open; for each deck begin, any
 * number of notices and claims (copied), end with its exit code and that in words; close. Close
 * tells of any failure before it, too; the log is gone then.
 */
typedef struct bal_log bal_log;
BAL_API bal_result bal_log_open(const char *format, bal_write_fn write, void *user, bal_log **log);
BAL_API void bal_log_begin(bal_log *log, const char *path);
BAL_API void bal_log_notice(bal_log *log, const bal_notice *notice);
BAL_API void bal_log_claim(bal_log *log, const bal_claim *claim);
BAL_API void bal_log_end(bal_log *log, int status, const char *words);
BAL_API bal_result bal_log_close(bal_log *log); /* NULL is allowed */

/*
 * The part library, for people: all parts with a line each (name = NULL), or the pins, parameters
 * and sources of one. Of the options only `folders`, `library` and `message` count. BAL_BAD_REQUEST
 * after a message when there is no such part.
 */
BAL_API bal_result bal_parts(const bal_options *options, const char *name, bal_write_fn write,
                             void *user);

/*
 * One deck with many combinations of parts, ranked. A slot is an X card of the deck: its part, and
 * the same part on other X cards of the deck, is replaced by each of a list of parts with the same
 * pins. The columns are the .meas cards of the deck. Outputs: "table", "csv" and "json". A
 * combination that cannot be solved is a row that says why, and the result is BAL_NO_SOLUTION or
 * BAL_BAD_DECK; BAL_CLAIM_FAILED when a measure failed somewhere; BAL_BAD_REQUEST after a message
 * when a slot, a part or the column to sort by does not exist, or when two slots hold one part and
 * either has a list. Claims are not looked at.
 */
typedef struct bal_slot {
    const char *instance; /* "Xreceiver" */
    const char *title;    /* of its column: "receiver" */
    const char *parts;    /* "A,B"; "all" parts with the pins of the one drawn; NULL: that one */
} bal_slot;
typedef struct bal_comparison {
    const char *path; /* of the deck */
    const bal_slot *slots;
    size_t n_slots;
    const char *sort;    /* a measure, largest first, or smallest first where the unit is that of a
                            level (V, dBu); "-NAME" the other way round; NULL: the first one */
    const char *columns; /* "A,B": these measures alone, in this order; NULL: all */
} bal_comparison;
BAL_API bal_result bal_compare(const bal_comparison *what, const bal_options *options,
                               const bal_output outputs[], size_t n_outputs);

/* Reference text of the language's tables: topic "elements", "functions", "cards", "diagnostics",
 * in Markdown. BAL_BAD_REQUEST for another topic. */
BAL_API bal_result bal_reference(const char *topic, bal_write_fn write, void *user);

BAL_API void bal_job_close(bal_job *job); /* NULL is allowed */

BAL_API const char *bal_version(void);

#ifdef __cplusplus
}
#endif
#endif
