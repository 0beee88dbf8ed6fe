/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The density at a point is one adjoint solution; over the band it is integrated in the logarithm
 * of the frequency by the rule of Gauss with three nodes, in panels that end at the points of the
 * sweep and are at most a tenth of a decade wide: white noise comes out to 1e-10, and a resonance
 * that the sweep shows is not missed.
 */
#include "noise_card.h"

#include <math.h>

#include "alloc.h"
#include "weighting.h"

static bal_status plan(void *state, bal_engine *e)
{
    bal_noise_card *x = state;
    const size_t n = bal_circuit_n_devices(e->study->circuit);
    if (!x->density)
        x->density = bal_alloc(n, sizeof *x->density);
    if (!x->power)
        x->power = bal_alloc(n, sizeof *x->power);
    if (!x->density || !x->power)
        return BAL_E_NOMEM;
    return bal_engine_need_adjoint(e, BAL_DECK_SYSTEM, x->response, &x->adjoint);
}

static bal_status report_device(const bal_noise_card *x, const bal_engine *e, double hertz)
{
    size_t d = 0;
    while (d + 1 < bal_circuit_n_devices(e->study->circuit) && !isnan(x->density[d]))
        d++;
    const bal_device *dev = bal_circuit_devices(e->study->circuit)[d];
    (void)bal_report(e->study->diag, BAL_D_NOT_FINITE, dev->at,
                     "at %.6g Hz the noise of '%s' is not finite", hertz, BAL_SHOW(dev->name));
    return BAL_E_NUMERIC;
}

/* Sum over the devices. One whose noise is unknown adds nothing, and that is said once. */
static bal_status sum_densities(bal_noise_card *x, bal_engine *e, double *sum)
{
    const bal_device *const *devices = bal_circuit_devices(e->study->circuit);
    bal_status status = BAL_OK;
    *sum = 0.0;
    for (size_t d = 0; d < bal_circuit_n_devices(e->study->circuit) && status == BAL_OK; d++) {
        if (x->density[d] < 0.0) {
            x->density[d] = 0.0;
            status = bal_report(e->study->diag, BAL_D_UNKNOWN_NOISE, devices[d]->at,
                                "'%s' is not passive: its values do not tell its noise, and it "
                                "adds none",
                                BAL_SHOW(devices[d]->name));
        }
        *sum += x->density[d];
    }
    return status;
}

static bal_status point(void *state, bal_engine *e)
{
    bal_noise_card *x = state;
    bal_mna *mna = e->study->systems[BAL_DECK_SYSTEM].mna;
    const double hertz = bal_dd_double(e->values[0].value.re);
    double sum = 0.0;
    const bal_ddc *y = NULL;
    bal_status status = bal_engine_adjoint_at(e, x->adjoint, &y);
    if (status == BAL_OK)
        status = bal_mna_noise(mna, y, x->density);
    if (status == BAL_E_NUMERIC)
        return report_device(x, e, hertz);
    if (status == BAL_OK)
        status = sum_densities(x, e, &sum);
    if (status != BAL_OK)
        return status;
    e->values[x->onoise] = bal_bounded_of(bal_ddc_real(sqrt(sum)), true);
    return BAL_OK;
}

static bal_status add_point(bal_noise_card *x, bal_engine *e, double hertz, double share)
{
    bal_status status = bal_engine_look(e, hertz);
    if (status == BAL_OK)
        status = bal_engine_value(e, x->onoise);
    if (status == BAL_OK)
        status = bal_engine_value(e, x->inoise);
    if (status != BAL_OK)
        return status;
    const double out = bal_dd_double(e->values[x->onoise].value.re);
    const double in = bal_dd_double(e->values[x->inoise].value.re);
    const double a = bal_weight_a(hertz);
    x->sums[BAL_NOISE_OUT] += share * out * out;
    x->sums[BAL_NOISE_IN] += share * in * in;
    x->sums[BAL_NOISE_OUT_A] += share * out * a * (out * a);
    x->sums[BAL_NOISE_IN_A] += share * in * a * (in * a);
    for (size_t d = 0; d < bal_circuit_n_devices(e->study->circuit); d++)
        x->power[d] += share * x->density[d];
    return BAL_OK;
}

/* From low to high in equal panels of the logarithm. */
static bal_status add_stretch(bal_noise_card *x, bal_engine *e, double low, double high)
{
    static const double node[3] = {-0.77459666924148338, 0.0, 0.77459666924148338};
    static const double weight[3] = {5.0 / 18.0, 8.0 / 18.0, 5.0 / 18.0};
    const int panels = (int)fmax(ceil(10.0 * log10(high / low) - 1e-9), 1.0);
    const double step = log(high / low) / panels;
    bal_status status = BAL_OK;
    for (int k = 0; k < 3 * panels && status == BAL_OK; k++) {
        const int panel = k / 3;
        const double f = low * exp(step * (panel + 0.5 + 0.5 * node[k % 3]));
        status = add_point(x, e, f, f * step * weight[k % 3]);
    }
    return status;
}

static bal_status integrate(bal_noise_card *x, bal_engine *e)
{
    const bal_grid *grid = &e->study->grid;
    double low = x->from;
    bal_status status = BAL_OK;
    for (size_t k = 0; k < grid->n && status == BAL_OK; k++) {
        const double f = bal_grid_frequency(grid, k);
        if (!(f > low * (1.0 + 1e-9)) || !(f < x->to))
            continue;
        status = add_stretch(x, e, low, f);
        low = f;
    }
    return status == BAL_OK ? add_stretch(x, e, low, x->to) : status;
}

static double dbu(double square)
{
    return 10.0 * log10(square / 0.6);
}

static double noise_figure(const bal_noise_card *x, size_t n_devices)
{
    double own = 0.0;
    for (size_t d = 0; d < n_devices; d++)
        own += x->of_source[d] ? x->power[d] : 0.0;
    return own > 0.0 ? 10.0 * log10(x->sums[BAL_NOISE_OUT] / own) : (double)NAN;
}

static bal_status conclude(void *state, bal_engine *e)
{
    bal_noise_card *x = state;
    bal_study *s = e->study;
    const size_t n = bal_circuit_n_devices(s->circuit);
    for (int k = 0; k < BAL_NOISE_SUMS; k++)
        x->sums[k] = 0.0;
    for (size_t d = 0; d < n; d++)
        x->power[d] = 0.0;
    const bal_status status = integrate(x, e);
    if (status != BAL_OK)
        return status;
    const double values[BAL_NOISE_NF] = {[BAL_NOISE_ONOISE_TOTAL] = sqrt(x->sums[BAL_NOISE_OUT]),
                                         [BAL_NOISE_INOISE_TOTAL] = sqrt(x->sums[BAL_NOISE_IN]),
                                         [BAL_NOISE_OUT_DBU] = dbu(x->sums[BAL_NOISE_OUT]),
                                         [BAL_NOISE_OUT_DBU_A] = dbu(x->sums[BAL_NOISE_OUT_A]),
                                         [BAL_NOISE_EIN_DBU] = dbu(x->sums[BAL_NOISE_IN]),
                                         [BAL_NOISE_EIN_DBU_A] = dbu(x->sums[BAL_NOISE_IN_A])};
    for (int k = 0; k < BAL_NOISE_NF; k++)
        bal_scalar_set(s, x->scalars[k], values[k], "it has no value");
    if (x->of_source)
        bal_scalar_set(s, x->scalars[BAL_NOISE_NF], noise_figure(x, n),
                       "the resistors of rs= add no noise");
    return BAL_OK;
}

static void release(void *state)
{
    bal_noise_card *x = state;
    bal_free(x->density);
    bal_free(x->power);
}

const bal_duty_ops bal_noise_duty = {plan, point, conclude, bal_noise_report, release};
