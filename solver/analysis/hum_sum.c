/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines at the output, solved at each harmonic by one adjoint solution; sums and the table. */
#include <math.h>
#include <stdlib.h>

#include "hum.h"

static bal_status plan(void *state, bal_engine *e)
{
    bal_hum *x = state;
    return bal_engine_need_adjoint(e, BAL_DECK_SYSTEM, x->response, &x->adjoint);
}

/* RMS amplitude of harmonic n of a source: weight times AC magnitude, n times its phase. */
static bal_ddc drive(const bal_hum *x, const bal_engine *e, int source, int n)
{
    const bal_device *dev = bal_circuit_devices(e->study->circuit)[x->device[source]];
    const double size = bal_dd_double(dev->values[dev->ops->ac_magnitude]);
    const double degrees = bal_dd_double(dev->values[dev->ops->ac_phase]);
    const double angle = remainder(n * degrees, 360.0) * (BAL_DD_PI.hi / 180.0);
    const double line = x->of[source]->line[n - 1];
    const bal_ddc phasor =
        bal_ddc_of(bal_dd_of(line * size * cos(angle)), bal_dd_of(line * size * sin(angle)));
    return bal_ddc_mul(phasor, x->weight[source]);
}

/* Square of the RMS at the output of line n of one spectrum. */
static double line_power(bal_hum *x, const bal_engine *e, const bal_ddc *y,
                         const bal_spectrum *spectrum, int n)
{
    const bal_mna *mna = e->study->systems[BAL_DECK_SYSTEM].mna;
    const bal_ddc none = bal_ddc_real(0.0);
    double power = 0.0;
    for (int k = 0; k < x->n_sources; k++)
        x->amplitude[k] = none;
    for (int k = 0; k < x->n_sources; k++) {
        if (x->of[k] != spectrum)
            continue;
        x->amplitude[k] = drive(x, e, k, n);
        if (x->coherent)
            continue;
        const double volts = bal_ddc_abs(bal_mna_response(mna, y, x->amplitude));
        power += volts * volts;
        x->amplitude[k] = none;
    }
    const double sum = bal_ddc_abs(bal_mna_response(mna, y, x->amplitude));
    return x->coherent ? sum * sum : power;
}

static bal_status add_spectrum(bal_hum *x, bal_engine *e, const bal_spectrum *spectrum)
{
    for (int n = 1; n <= BAL_LINES; n++) {
        const double hertz = n * spectrum->mains;
        if (spectrum->line[n - 1] == 0.0)
            continue;
        const bal_ddc *y = NULL;
        bal_status status = bal_engine_look(e, hertz);
        if (status == BAL_OK)
            status = bal_engine_adjoint_at(e, x->adjoint, &y);
        if (status != BAL_OK)
            return status;
        x->lines[x->n_lines++] = (bal_hum_line){hertz, sqrt(line_power(x, e, y, spectrum, n))};
    }
    return BAL_OK;
}

static double dbu(double volts)
{
    return 20.0 * log10(volts / sqrt(0.6));
}

static bal_status set_ratios(bal_hum *x, bal_engine *e, const double hum[2])
{
    bal_study *s = e->study;
    double gain = 1.0;
    if (x->gain >= 0) {
        bal_status status = bal_engine_look(e, 1e3);
        if (status == BAL_OK)
            status = bal_engine_value(e, x->gain);
        if (status == BAL_OK)
            status = bal_headroom_set(x, e);
        if (status != BAL_OK)
            return status;
        gain = bal_ddc_abs(e->values[x->gain].value);
    }
    const double nominal = dbu(x->nominal * gain);
    bal_scalar_set(s, x->scalars[BAL_HUM_NOMINAL], nominal, "the signal does not arrive");
    bal_scalar_set(s, x->scalars[BAL_HUM_SNR], nominal - hum[0], "there is neither");
    bal_scalar_set(s, x->scalars[BAL_HUM_SNR_WEIGHTED], nominal - hum[1], "there is neither");
    return BAL_OK;
}

static bal_status conclude(void *state, bal_engine *e)
{
    bal_hum *x = state;
    double power[2] = {0.0, 0.0};
    bal_status status = BAL_OK;
    x->n_lines = 0;
    for (int k = 0; k < x->n_spectra && status == BAL_OK; k++)
        status = add_spectrum(x, e, x->spectra[k]);
    if (status != BAL_OK)
        return status;
    for (size_t i = 0; i < x->n_lines; i++) {
        const double weighted = x->lines[i].volts * x->weighting->gain(x->lines[i].hertz);
        power[0] += x->lines[i].volts * x->lines[i].volts;
        power[1] += weighted * weighted;
    }
    const double hum[2] = {dbu(sqrt(power[0])), dbu(sqrt(power[1]))};
    bal_scalar_set(e->study, x->scalars[BAL_HUM_DBU], hum[0], "");
    bal_scalar_set(e->study, x->scalars[BAL_HUM_WEIGHTED], hum[1], "");
    return x->has_nominal ? set_ratios(x, e, hum) : BAL_OK;
}

static int lower_first(const void *a, const void *b)
{
    const double p = ((const bal_hum_line *)a)->hertz;
    const double q = ((const bal_hum_line *)b)->hertz;
    return (p > q) - (p < q);
}

static bal_status put_lines(const bal_hum *x, bal_sink *table)
{
    bal_status status = BAL_OK;
    for (size_t i = 0; i < x->n_lines && status == BAL_OK; i++) {
        const bal_hum_line *line = &x->lines[i];
        const double level = dbu(line->volts);
        const double weight = 20.0 * log10(x->weighting->gain(line->hertz));
        const double complex row[] = {line->hertz, line->volts, level, level + weight};
        status = table->point(table, row);
    }
    return status;
}

static bal_status report(void *state, bal_study *s, bal_sink *table)
{
    bal_hum *x = state;
    const bal_vector columns[] = {{.name = "line", .unit = "Hz", .is_real = true},
                                  {.name = "hum", .unit = "V", .is_real = true},
                                  {.name = "level", .unit = "dBu", .is_real = true},
                                  {.name = x->weighting->name, .unit = "dBu", .is_real = true}};
    const char *title =
        bal_arena_format(s->arena, "%.*s: lines at the output", (int)x->name.n, x->name.p);
    const bal_stream stream = {.title = title,
                               .vectors = columns,
                               .n_vectors = sizeof columns / sizeof columns[0],
                               .n_runs = 1,
                               .n_frequencies = x->n_lines};
    if (!title)
        return BAL_E_NOMEM;
    qsort(x->lines, x->n_lines, sizeof *x->lines, lower_first);
    bal_status status = table->begin(table, &stream);
    if (status == BAL_OK)
        status = table->run(table, 0, NULL);
    if (status == BAL_OK)
        status = put_lines(x, table);
    if (status == BAL_OK)
        status = table->end(table);
    return status == BAL_OK ? bal_headroom_report(x, s, table) : status;
}

const bal_duty_ops bal_hum_duty = {.plan = plan, .conclude = conclude, .report = report};
