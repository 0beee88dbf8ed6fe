/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Judges a device value by the row of its parameter: range, sign. */
#include "internal.h"

bal_status bal_device_check_value(bal_circuit *c, const bal_device *dev, int index, bal_span at)
{
    const bal_param_spec *spec = &dev->ops->params[index];
    const double value = bal_dd_double(dev->values[index]);
    const bool low = spec->flags & BAL_POSITIVE ? value <= spec->min : value < spec->min;

    if (!isfinite(value))
        return bal_report(c->in.diag, BAL_D_EXPR_DOMAIN, at, "'%s' is not a finite number",
                          spec->name);
    if (low)
        return bal_report(c->in.diag, BAL_D_PARAMETER_RANGE, at,
                          "%s of a %s must be %s %g%s%s, not %g", spec->name, dev->ops->name,
                          spec->flags & BAL_POSITIVE ? ">" : ">=", spec->min,
                          spec->unit[0] ? " " : "", spec->unit, value);
    if (value > spec->max)
        return bal_report(c->in.diag, BAL_D_PARAMETER_RANGE, at,
                          "%s of a %s must be <= %g%s%s, not %g", spec->name, dev->ops->name,
                          spec->max, spec->unit[0] ? " " : "", spec->unit, value);
    if (spec->flags & BAL_WARN_NEGATIVE && value < 0.0)
        return bal_report(c->in.diag, BAL_D_NEGATIVE_VALUE, at, "the %s %.*s is negative (%g%s%s)",
                          dev->ops->name, (int)dev->name.n, dev->name.p, value,
                          spec->unit[0] ? " " : "", spec->unit);
    return BAL_OK;
}
