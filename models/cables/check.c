/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What no cable can be: energies of R, L, G and C that currents could make negative, and modes
 * faster than light. And what hardly any is: a prefix that was forgotten. */
#include <math.h>
#include <string.h>

#include "conductor.h"
#include "sheet.h"

typedef struct faulty {
    int i, j; /* modes, from 0; i = j: a diagonal entry */
} faulty;

/* Cholesky on the matrix scaled to a unit diagonal; roundings of data sheets are forgiven. */
static bool semidefinite(int n, const double a[], faulty *where)
{
    double l[BAL_LINE_SQUARE] = {0.0};
    for (int i = 0; i < n; i++) {
        *where = (faulty){i, i};
        if (a[i * n + i] < 0.0)
            return false;
        for (int j = 0; j <= i; j++) {
            const double scale = sqrt(a[i * n + i] * a[j * n + j]);
            double sum = scale > 0.0 ? a[i * n + j] / scale : i == j;
            *where = (faulty){j, i};
            if ((scale == 0.0 && a[i * n + j] != 0.0) || fabs(sum) > 1.0 + 1e-9)
                return false;
            for (int k = 0; k < j; k++)
                sum -= l[i * n + k] * l[j * n + k];
            if (i == j && sum < -1e-9)
                return false;
            if (i == j)
                l[i * n + i] = sqrt(fmax(sum, 1e-14));
            else
                l[i * n + j] = sum / l[j * n + j];
        }
    }
    return true;
}

static bal_status tell(const bal_device *model, const char *what, faulty at, bal_diag *diag)
{
    if (at.i == at.j)
        return bal_report(diag, BAL_D_UNPHYSICAL, model->at,
                          "no passive cable has these values: %s of '%s', mode %d, is negative or "
                          "makes the energy negative",
                          what, BAL_SHOW(model->name), at.i + 1);
    return bal_report(diag, BAL_D_UNPHYSICAL, model->at,
                      "no passive cable has these values: the coupling |k| of %s of '%s' between "
                      "the modes %d and %d is more than 1",
                      what, BAL_SHOW(model->name), at.i + 1, at.j + 1);
}

/* lc: s^2/m^2. */
static bal_status check_speed(const bal_device *model, int mode, double lc, bal_diag *diag)
{
    const double speed = 1.0 / sqrt(lc) / BAL_LIGHT;
    if (!(lc > 0.0) || (lc >= 0.98 / (BAL_LIGHT * BAL_LIGHT) && speed >= 1e-3))
        return BAL_OK;
    if (speed < 1e-3)
        return bal_report(diag, BAL_D_UNLIKELY_VALUE, model->at,
                          "mode %d of '%s' has %.3g of the speed of light: are c in F/m and l in "
                          "H/m?",
                          mode, BAL_SHOW(model->name), speed);
    return bal_report(diag, BAL_D_UNPHYSICAL, model->at,
                      "mode %d of '%s' is faster than light: 1/sqrt(l c) = %.3g of c", mode,
                      BAL_SHOW(model->name), speed);
}

/* r: ohm/m at 1 kHz. */
static bal_status check_loss(const bal_device *model, int mode, double r, bal_diag *diag)
{
    return r < 10.0 ? BAL_OK
                    : bal_report(diag, BAL_D_UNLIKELY_VALUE, model->at,
                                 "mode %d of '%s' has %.3g ohm/m: is r in ohm per metre?", mode,
                                 BAL_SHOW(model->name), r);
}

static bal_status check_energy(const bal_device *model, int n, double hertz,
                               const char *const names[2], bool reactive, bal_diag *diag)
{
    double complex z[BAL_LINE_SQUARE];
    double complex y[BAL_LINE_SQUARE];
    double part[BAL_LINE_SQUARE] = {0.0};
    const double complex s = bal_cplx(0.0, 2.0 * 3.14159265358979323846 * hertz);
    bal_cable_model_of(model)->matrices(model, n, s, z, y);
    for (int k = 0; k < 2; k++) {
        faulty at;
        for (int i = 0; i < n * n; i++) {
            const double complex entry = k == 0 ? z[i] : y[i];
            part[i] = reactive ? cimag(entry) : creal(entry);
        }
        if (!semidefinite(n, part, &at))
            return tell(model, names[k], at, diag);
    }
    bal_status status = BAL_OK;
    int worst = 0;
    for (int i = 0; i < n && status == BAL_OK; i++) {
        const double lc = cimag(z[i * (n + 1)]) * cimag(y[i * (n + 1)]) / (cimag(s) * cimag(s));
        worst = creal(z[i * (n + 1)]) > creal(z[worst * (n + 1)]) ? i : worst;
        status = reactive ? check_speed(model, i + 1, lc, diag) : BAL_OK;
    }
    return reactive ? status : check_loss(model, worst + 1, creal(z[worst * (n + 1)]), diag);
}

bal_status bal_cable_check(const bal_device *model, int conductors, bal_diag *diag)
{
    static const char *const lost[2] = {"the resistance", "the conductance"};
    static const char *const stored[2] = {"the inductance", "the capacitance"};
    double basis[BAL_BASIS_SIZE];
    const int n = bal_cable_model_of(model)->modes(model, conductors, basis);
    if (n <= 0)
        return BAL_OK;
    bal_status status = check_energy(model, n, 1e3, lost, false, diag);
    if (status == BAL_OK)
        status = check_energy(model, n, 1e8, stored, true, diag);
    return status;
}
