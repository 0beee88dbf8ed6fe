/* SPDX-License-Identifier: GPL-3.0-or-later */
/* .spectrum: the lines that a mains-borne source has. */
#include <math.h>
#include <string.h>

#include "alloc.h"
#include "analyses.h"
#include "hum.h"

/* Charging current of a capacitor-input rectifier: half-cosine pulses that conduct for 60 degrees,
 * two per period with alternate signs, so only odd harmonics: cos(n pi/6) / (1 - (n/3)^2), which
 * is 0 at n = 9, 15, 21, ... */
static double rectifier(int n)
{
    const double u = n / 3.0;
    if (n % 2 == 0 || (n % 6 == 3 && n != 3))
        return 0.0;
    return n == 3 ? 0.78539816339744831 : fabs(cos(1.5707963267948966 * u) / (1.0 - u * u));
}

/* A sine that is cut off up to its crest (leading edge at 90 degrees), both half waves: the
 * integral of sin(x) exp(-j n x) over the part that is left. */
static double dimmer(int n)
{
    const double pi = 3.14159265358979324;
    if (n % 2 == 0)
        return 0.0;
    if (n == 1)
        return hypot(0.5, pi / 4.0);
    const double complex below = cexp(bal_cplx(0.0, (1 - n) * pi / 2.0));
    const double complex above = cexp(bal_cplx(0.0, -(1 + n) * pi / 2.0));
    return cabs((1.0 - below) / (2.0 * (n - 1)) - (1.0 - above) / (2.0 * (n + 1)));
}

static double sine(int n)
{
    return n == 1 ? 1.0 : 0.0;
}

bool bal_spectrum_preset(bal_text name, double line[BAL_LINES])
{
    static const struct {
        const char *name;
        double (*of)(int n);
    } presets[] = {{"sine", sine}, {"rectifier", rectifier}, {"dimmer", dimmer}};
    for (size_t i = 0; i < sizeof presets / sizeof presets[0]; i++)
        if (bal_text_is(name, presets[i].name)) {
            for (int n = 1; n <= BAL_LINES; n++)
                line[n - 1] = presets[i].of(n) / presets[i].of(1);
            return true;
        }
    return false;
}

const bal_spectrum *bal_spectrum_find(const bal_study *s, bal_text name)
{
    for (size_t i = 0; i < s->n_spectra; i++)
        if (bal_text_same(name, s->spectra[i]->name))
            return s->spectra[i];
    return NULL;
}

enum { MAINS, PRESET, FIRST };

static bal_status read_lines(bal_study *s, const bal_card *card, const bal_field fields[],
                             bal_spectrum *x)
{
    bal_status status = bal_field_real(s, card, &fields[MAINS], &x->mains);
    if (status == BAL_OK && !(x->mains > 0.0))
        return bal_study_usage(s, card->tokens[0].span, "the frequency mains= is needed");
    x->line[0] = 1.0;
    if (status == BAL_OK && fields[PRESET].value.source &&
        !bal_spectrum_preset(bal_span_text(fields[PRESET].value), x->line))
        return bal_study_usage(s, fields[PRESET].value, "expected sine, rectifier or dimmer");
    for (int n = 0; n < BAL_LINES && status == BAL_OK; n++)
        status = bal_field_real(s, card, &fields[FIRST + n], &x->line[n]);
    return status;
}

static bal_status parse(bal_study *s, const bal_card *card)
{
    bal_spectrum *x = bal_arena_alloc(s->arena, 1, sizeof *x);
    bal_field *fields = bal_arena_alloc(s->arena, FIRST + BAL_LINES, sizeof *fields);
    const bal_spectrum **grown = BAL_GROW_LIST(s, spectra);
    if (grown)
        s->spectra = grown;
    if (!x || !fields || !grown)
        return BAL_E_NOMEM;
    fields[MAINS].key = "mains";
    fields[PRESET].key = "preset";
    for (int n = 0; n < BAL_LINES; n++) {
        fields[FIRST + n].key = bal_arena_format(s->arena, "h%d", n + 1);
        if (!fields[FIRST + n].key)
            return BAL_E_NOMEM;
    }
    if (card->n_tokens < 2 || bal_card_is_key(card, 1))
        return bal_study_usage(s, card->tokens[0].span, "expected a name after this");
    x->name = bal_span_text(card->tokens[1].span);
    if (bal_spectrum_find(s, x->name))
        return bal_report(s->diag, BAL_D_NAME_TAKEN, card->tokens[1].span,
                          "there is a spectrum '%s' already", BAL_SHOW(x->name));
    bal_status status = bal_study_fields(s, card, 2, fields, FIRST + BAL_LINES);
    if (status == BAL_OK)
        status = read_lines(s, card, fields, x);
    if (status == BAL_OK)
        s->spectra[s->n_spectra++] = x;
    return status;
}

const bal_analysis_ops bal_analysis_spectrum = {
    .keyword = ".spectrum",
    .usage = ".spectrum NAME mains=<hertz> [preset=sine|rectifier|dimmer] [h1= h2= ... h100=]",
    .summary = "Harmonics of the mains for .hum, relative to the fundamental: rectifier is the "
               "charging current of a capacitor-input supply, dimmer a sine cut at its crest. A "
               "source takes part with spectrum=NAME.",
    .phase = 0,
    .parse = parse,
};
