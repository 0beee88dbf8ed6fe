/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What cards do while the study runs, and the scalars that they set. */
#include <math.h>

#include "alloc.h"
#include "engine.h"

bal_status bal_study_duty(bal_study *s, const bal_duty_ops *ops, void *state)
{
    bal_duty *grown = BAL_GROW_LIST(s, duties);
    if (!grown)
        return BAL_E_NOMEM;
    s->duties = grown;
    s->duties[s->n_duties++] = (bal_duty){ops, state};
    return BAL_OK;
}

bal_status bal_study_scalar(bal_study *s, const bal_scalar_request *q, int *scalar)
{
    bal_study_measure *grown = BAL_GROW_LIST(s, measures);
    if (!grown)
        return BAL_E_NOMEM;
    s->measures = grown;
    bal_study_measure measure = {.name = q->name, .unit = q->unit, .at = q->at, .of_card = true};
    const bal_expr *zero = bal_expr_constant(s->arena, bal_ddc_real(0.0));
    measure.expr = zero ? bal_expr_call(s->arena, "re", &zero, 1) : NULL;
    if (!measure.expr || !measure.name)
        return BAL_E_NOMEM;
    const bal_status status = bal_watch_create(measure.expr, &measure.watch);
    *scalar = (int)s->n_measures;
    if (status == BAL_OK)
        s->measures[s->n_measures++] = measure;
    return status;
}

void bal_scalar_set(bal_study *s, int scalar, double value, const char *why)
{
    bal_study_measure *m = &s->measures[scalar];
    m->usable = !isnan(value);
    m->now = bal_bounded_of(bal_ddc_real(value), true);
    m->values[m->n_values++] = (bal_measure_value){
        .value = value, .frequency = (double)NAN, .reason = m->usable ? NULL : why};
}

void bal_scalar_note(bal_study *s, int scalar, const char *note)
{
    bal_study_measure *m = &s->measures[scalar];
    m->values[m->n_values - 1].note = note;
}

bal_status bal_duties_conclude(bal_engine *e)
{
    const bal_study *s = e->study;
    bal_status status = BAL_OK;
    for (size_t i = 0; i < s->n_duties && status == BAL_OK; i++)
        if (s->duties[i].ops->conclude)
            status = s->duties[i].ops->conclude(s->duties[i].state, e);
    return status;
}

bal_status bal_duties_report(bal_study *s, bal_sink *table)
{
    bal_status status = BAL_OK;
    for (size_t i = 0; i < s->n_duties && status == BAL_OK; i++)
        if (s->duties[i].ops->report)
            status = s->duties[i].ops->report(s->duties[i].state, s, table);
    return status;
}
