/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vectors.h"

#include <math.h>
#include <string.h>

#include "alloc.h"

bal_status bal_vectors_add(bal_vector_set *set, const bal_vector_def *def, int *index)
{
    bal_vector_def *grown =
        bal_grow(set->defs, &set->defs_capacity, set->n_defs + 1, sizeof *set->defs);
    if (!grown)
        return BAL_E_NOMEM;
    set->defs = grown;
    *index = (int)set->n_defs;
    set->defs[set->n_defs++] = *def;
    return BAL_OK;
}

int bal_vectors_find(const bal_vector_set *set, bal_text name)
{
    for (size_t i = 0; i < set->n_defs; i++)
        if (bal_text_is(name, set->defs[i].shown.name))
            return (int)i;
    return -1;
}

void bal_vectors_offer(const bal_vector_set *set, bal_nearest *nearest)
{
    for (size_t i = 0; i < set->n_defs; i++)
        bal_nearest_offer(nearest, bal_text_of(set->defs[i].shown.name));
}

void bal_vectors_release(bal_vector_set *set)
{
    bal_free(set->defs);
    set->defs = NULL;
    set->n_defs = set->defs_capacity = 0;
}

bal_bounded bal_bounded_of(bal_ddc value, bool is_real)
{
    const double size = is_real ? bal_dd_double(value.re) : bal_ddc_abs(value);
    return (bal_bounded){.value = value, .low = size, .high = size, .margin = (double)NAN};
}

static bal_status bounded_variable(void *user, int id, bal_bounded *out)
{
    const bal_point *point = user;
    if (id < point->n_values) {
        const bal_status status = point->fetch ? point->fetch(point->user, id) : BAL_OK;
        *out = point->values[id];
        return status;
    }
    return point->parameter ? point->parameter(point->user, id, out) : BAL_E_USAGE;
}

static bal_status plain_variable(void *user, int id, bal_ddc *out)
{
    bal_bounded value = {0};
    const bal_status status = bounded_variable(user, id, &value);
    *out = value.value;
    return status;
}

bal_env bal_point_env(const bal_point *point)
{
    union {
        const bal_point *in;
        void *out;
    } cast = {point}; /* the callbacks only read */
    return (bal_env){.user = cast.out,
                     .value = plain_variable,
                     .bounded = bounded_variable,
                     .frequency = bal_dd_of(point->frequency),
                     .temperature = point->temperature};
}

/* Largest move of the modulus in dB; infinite in the sense of bal_vector.is_bound_of. */
static double bound_in_db(const bal_bounded *x)
{
    if (isinf(x->high))
        return (double)INFINITY;
    if (x->low <= 0.0)
        return -(double)INFINITY;
    const double size = bal_ddc_abs(x->value);
    return 20.0 * fmax(log10(x->high / size), log10(size / x->low));
}

bal_status bal_vector_derive(const bal_vector_def *def, const bal_point *point, bal_bounded *out,
                             bal_fault *fault)
{
    bal_env env = bal_point_env(point);
    env.fault = fault;
    if (def->expr)
        return bal_expr_bounded(def->expr, &env, out);
    const double bound = bound_in_db(&point->values[def->bound_of]);
    *out = bal_bounded_of(bal_ddc_real(bound), true);
    return BAL_OK;
}

double complex bal_bounded_shown(const bal_bounded *x)
{
    const double complex z = bal_ddc_double(x->value);
    const bool null_inside = isinf(x->high) && isfinite(x->low);
    if (null_inside)
        return bal_cplx(x->low, 0.0);
    if (!isfinite(creal(z)) && isfinite(x->high))
        return bal_cplx(x->high, 0.0);
    return z;
}
