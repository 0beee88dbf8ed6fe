/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BAL_BASE_STATUS_H
#define BAL_BASE_STATUS_H

/*
 * Status of every fallible function. A mistake in a deck is reported to a bal_diag first and then
 * travels up as BAL_E_DECK; outputs of a failed function are untouched.
 */
#define BAL_STATUS_LIST(X)                                                                         \
    X(OK, "success")                                                                               \
    X(E_NOMEM, "out of memory")                                                                    \
    X(E_DECK, "the deck is wrong")                                                                 \
    X(E_SINGULAR, "the circuit has no unique solution")                                            \
    X(E_NUMERIC, "a number left the range of floating point")                                      \
    X(E_IO, "a file could not be read or written")                                                 \
    X(E_USAGE, "a request that the library cannot serve")                                          \
    X(E_STOPPED, "stopped by the caller")

typedef enum bal_status {
#define BAL_STATUS_ENUM(name, text) BAL_##name,
    BAL_STATUS_LIST(BAL_STATUS_ENUM)
#undef BAL_STATUS_ENUM
} bal_status;

#define BAL_NODISCARD __attribute__((warn_unused_result))
#define BAL_PRINTF(n, first) __attribute__((format(printf, n, first)))

/* Text of a status, static, lower case without a full stop; never NULL. */
const char *bal_status_text(bal_status status);

#endif
