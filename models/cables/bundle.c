/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cables and wires side by side over a ground, or in one shield. Each keeps its own modes; the
 * last of them, e, is its net current against the reference, the ground or the common shield, and
 * couples with that of the others. The common shield is the shield of a coax whose core is all that
 * it holds (cables.md 1.2): the e of all of them return on its inside, and its own e is the last.
 */
#include <math.h>
#include <string.h>

#include "images.h"
#include "sheet.h"

static const double pi = 3.14159265358979323846;

#define BUNDLE(X)                                                                                  \
    X(er, "", BAL_POSITIVE, 1.0, 0.0, DBL_MAX, "effective relative permittivity between members")  \
    X(tan_d, "", 0, 0.02, 0.0, 10.0, "its loss")                                                   \
    X(f_d, "Hz", 0, 0.0, 0.0, DBL_MAX, "> 0: causal constant loss angle, C as given at f_d")       \
    X(g, "S/m", 0, 0.0, 0.0, DBL_MAX, "leakage of each member to shield or ground")                \
    X(sigma_g, "S/m", 0, 0.0, 0.0, DBL_MAX, "conductivity of the ground; 0: a perfect plane")      \
    BAL_SHEET_SHIELD(X, 0.012, 0.5e-9, 0.12e-3, 0.95e-6, 28e-12)

enum {
    P_OF = P_FIRST,
    P_X,
    P_Y,
    P_RADIUS,
    P_LISTS,
    P_BEFORE = P_LISTS - 1,
    BUNDLE(BAL_SHEET_ENUM) P_COUNT
};

static const bal_param_spec params[] = {
    BAL_SHEET_TEXTS,
    [P_OF] = {"of", "", BAL_P_MODELS, 0, BAL_REQUIRED, 0.0, 0.0, "its members: names of models"},
    [P_X] = {"x", "m", BAL_P_LIST, 0, 0.0, 0.0, 0.0, "of each member: sideways from the middle"},
    [P_Y] = {"y", "m", BAL_P_LIST, 0, 0.0, 0.0, 0.0, "of each member: above the middle; 0"},
    [P_RADIUS] = {"radius", "m", BAL_P_LIST, 0, 0.0, 0.0, 0.0,
                  "of each member's outermost conductor; from its own diameters"},
    BUNDLE(BAL_SHEET_ROW)};
static const size_t offsets[] = {BUNDLE(BAL_SHEET_OFFSET)};

typedef struct bundle {
    const bal_device *model;
    bal_sheet sheet;
    bool enclosed; /* in another bundle, which knows its surroundings */
    int n;         /* members */
    int inner;     /* modes of all members: all but the e of the common shield */
    bal_rod at[BAL_LINE_MAX];
    int e[BAL_LINE_MAX];        /* modes of members to the outside, */
    double split[BAL_LINE_MAX]; /* see bal_cable_member */
    double shield;              /* m: inner radius of the common shield, or 0 */
    double c[BAL_LINE_SQUARE];  /* F/m between members, n * n */
} bundle;

static const bal_device *member_of(const bal_device *model, int i)
{
    return model->data[P_OF].models[i];
}

static bool is_shielded(const bal_device *model)
{
    return bal_dd_double(model->values[P_d_sh]) > 0.0;
}

/* Of a member over a ground, the most that it can have. */
static int modes_of(const bal_device *member)
{
    double basis[BAL_BASIS_SIZE];
    int n = 0;
    for (int conductors = BAL_LINE_MAX + 1; conductors > 1 && n == 0; conductors--)
        n = bal_cable_model_of(member)->modes(member, conductors, basis);
    return n;
}

static int inner_modes(const bal_device *model)
{
    int sum = 0;
    for (int i = 0; i < model->data[P_OF].n; i++)
        sum += modes_of(member_of(model, i));
    return sum;
}

static double entry(const bal_device *model, int index, int i)
{
    const bal_param_data *data = &model->data[index];
    return i < data->n ? bal_dd_double(data->list[i]) : 0.0;
}

static void read_places(const bal_device *model, bundle *b)
{
    *b = (bundle){.model = model, .n = model->data[P_OF].n};
    bal_sheet_read(model, offsets, &b->sheet);
    b->shield = b->sheet.d_sh / 2.0;
    for (int i = 0; i < b->n; i++) {
        bal_cable_member member;
        const bal_device *part = member_of(model, i);
        bal_cable_model_of(part)->member(part, 0.0, &member);
        b->inner += member.modes;
        b->e[i] = b->inner - 1;
        b->split[i] = member.split;
        b->at[i] = (bal_rod){
            entry(model, P_X, i), entry(model, P_Y, i) + (b->shield > 0.0 ? 0.0 : b->sheet.h),
            bal_device_given(model, P_RADIUS) ? entry(model, P_RADIUS, i) : member.radius};
    }
}

static void read_bundle(const bal_device *model, bundle *b)
{
    read_places(model, b);
    (void)bal_images_capacitances(b->n, b->at, b->shield, b->sheet.er, b->c);
}

/* ---- matrices of n modes ---- */

static void fill_members(const bundle *b, double complex s, int n, double complex z[],
                         double complex y[], double complex emf[])
{
    memset(z, 0, (size_t)(n * n) * sizeof *z);
    memset(y, 0, (size_t)(n * n) * sizeof *y);
    memset(emf, 0, (size_t)n * sizeof *emf);
    for (int i = 0; i < b->n; i++) {
        bal_cable_member member;
        const bal_device *part = member_of(b->model, i);
        bal_cable_model_of(part)->member(part, s, &member);
        const int first = b->e[i] + 1 - member.modes;
        for (int r = 0; r < member.modes; r++) {
            emf[first + r] = member.emf[r];
            for (int c = 0; c < member.modes; c++) {
                z[(first + r) * n + first + c] = member.z[r * member.modes + c];
                y[(first + r) * n + first + c] = member.y[r * member.modes + c];
            }
        }
    }
}

/* The same capacitance as it reaches the d of unequal wires of twisted pairs. */
static void fill_split(const bundle *b, int i, int j, double complex passed, int n,
                       double complex y[])
{
    const int e[2] = {b->e[i], b->e[j]};
    const double split[2] = {b->split[i], b->split[j]};
    if (split[0] != 0.0)
        y[(e[0] - 1) * n + e[1]] += split[0] * passed;
    if (split[1] != 0.0)
        y[e[0] * n + e[1] - 1] += split[1] * passed;
    if (split[0] != 0.0 && split[1] != 0.0)
        y[(e[0] - 1) * n + e[1] - 1] += split[0] * split[1] * passed;
}

/* Between members and around them to their reference. */
static void fill_between(const bundle *b, double complex s, int n, double complex z[],
                         double complex y[])
{
    const bal_rod *at = b->at;
    const double complex filled = bal_dielectric(s, b->sheet.tan_d, b->sheet.f_d);
    for (int i = 0; i < b->n; i++)
        for (int j = 0; j < b->n; j++) {
            const int k = b->e[i] * n + b->e[j];
            const double complex passed = filled * b->c[i * b->n + j];
            z[k] += s * (BAL_MU0 / (2.0 * pi) * bal_images(b->shield, &at[i], &at[j]));
            y[k] += passed + (i == j ? b->sheet.g : 0.0);
            if (!(b->shield > 0.0))
                z[k] += b->sheet.re +
                        bal_images_soil(s, b->sheet.sigma_g, at[i].x - at[j].x, at[i].y + at[j].y);
            fill_split(b, i, j, passed, n, y);
        }
}

/* The common shield as that of a coax with an ideal core. */
static void shield_of(const bundle *b, bool over_ground, double complex s, bal_cable *cable)
{
    const bal_device *model = b->model;
    const bal_sheet_given given = BAL_SHEET_GIVEN(model);
    *cable = (bal_cable){.wires = 1, .over_ground = over_ground};
    (void)bal_sheet_cable(model, &b->sheet, &given, s, cable);
    cable->w1 = 1.0;
    if (b->enclosed)
        cable->l_e = cable->c_e = cable->g_e = cable->r_e = 0.0;
}

/* Adds a common shield. Its holes are reached by the charge on its inside: `part` of that of a
 * member. */
static void fill_shield(const bundle *b, const bal_cable *shield, double complex s, int n,
                        double complex z[], double complex y[])
{
    double complex zs[4];
    double complex ys[4];
    double part[BAL_LINE_MAX] = {0.0};
    double all = 0.0;
    const int modes = bal_cable_matrices(shield, s, zs, ys);
    const int e = b->inner;
    for (int i = 0; i < b->n * b->n; i++) {
        part[i / b->n] += b->c[i];
        all += b->c[i];
    }
    for (int i = 0; i < b->n; i++) {
        const int k = b->e[i];
        for (int j = 0; j < b->n; j++) {
            z[k * n + b->e[j]] += zs[0];
            y[k * n + b->e[j]] += ys[0] * (part[i] / all * (part[j] / all));
        }
        if (modes < 2)
            continue;
        z[k * n + e] = z[e * n + k] = zs[1];
        y[k * n + e] = y[e * n + k] = ys[1] * (part[i] / all);
    }
    if (modes < 2)
        return;
    z[e * n + e] = zs[3] + bal_images_soil(s, b->sheet.sigma_g, 0.0, 2.0 * b->sheet.h);
    y[e * n + e] = ys[3];
}

/* n modes at s; emf: of the members' own loops in 1 T. */
static void fill(const bundle *b, double complex s, int n, double complex z[], double complex y[],
                 double complex emf[])
{
    bal_cable shield;
    fill_members(b, s, n, z, y, emf);
    fill_between(b, s, n, z, y);
    if (!(b->shield > 0.0))
        return;
    shield_of(b, n > b->inner, s, &shield);
    fill_shield(b, &shield, s, n, z, y);
    for (int i = 0; i < n; i++)
        emf[i] /= 1.0 + s * shield.tau;
}

/* ---- hooks ---- */

static int modes(const bal_device *model, int conductors, double basis[])
{
    const int inner = inner_modes(model);
    const bool with_e = is_shielded(model) && conductors == inner + 2;
    if (conductors != inner + 1 && !with_e)
        return 0;
    memset(basis, 0, BAL_BASIS_SIZE * sizeof *basis);
    int first = 0;
    for (int i = 0; i < model->data[P_OF].n; i++) {
        const bal_device *member = member_of(model, i);
        const bal_cable_model *type = bal_cable_model_of(member);
        const int m = modes_of(member);
        double rows[BAL_BASIS_SIZE];
        (void)type->modes(member, m + 1, rows);
        for (int r = 0; r < m; r++) {
            double *row = &basis[(first + r) * conductors];
            memcpy(&row[first], &rows[r * (m + 1)], (size_t)m * sizeof *row);
            row[inner] = rows[r * (m + 1) + m]; /* its ground is the common shield, or the ground */
        }
        first += m;
    }
    if (with_e) {
        basis[inner * conductors + inner] = 1.0;
        basis[inner * conductors + inner + 1] = -1.0;
    }
    return conductors - 1;
}

static void matrices(const bal_device *model, int n, double complex s, double complex z[],
                     double complex y[])
{
    bundle b;
    double complex emf[BAL_LINE_MAX];
    read_bundle(model, &b);
    fill(&b, s, n, z, y, emf);
}

/* The loops between members and a common shield are laid up: nothing is left of them. */
static void drives(const bal_device *model, int n, double complex s, double length,
                   bal_line_drive out[2])
{
    bundle b;
    double complex z[BAL_LINE_SQUARE];
    double complex y[BAL_LINE_SQUARE];
    read_bundle(model, &b);
    memset(out, 0, 2 * sizeof *out);
    fill(&b, s, n, z, y, out[1].v);
    for (int i = 0; i < b.n && !(b.shield > 0.0); i++) {
        const int e = b.e[i];
        double charge = 0.0;
        for (int j = 0; j < b.n; j++)
            charge += b.c[i * b.n + j] * b.at[j].y;
        out[1].v[e] = s * (b.at[i].y * length);
        out[0].i[e] = s * (charge * length);
        if (b.split[i] != 0.0)
            out[0].i[e - 1] = b.split[i] * out[0].i[e];
    }
    if (n > b.inner) {
        bal_cable shield;
        bal_line_drive outside[2];
        shield_of(&b, true, s, &shield);
        bal_cable_drives(&shield, s, length, outside);
        out[0].i[b.inner] = outside[0].i[1];
        out[1].v[b.inner] = outside[1].v[1];
    }
}

/* In a bundle itself. */
static void member(const bal_device *model, double complex s, bal_cable_member *out)
{
    bundle b;
    read_bundle(model, &b);
    b.enclosed = true;
    b.sheet.sigma_g = 0.0;
    out->modes = b.inner + 1;
    out->radius = b.shield + b.sheet.t_sh;
    out->split = 0.0;
    fill(&b, s, out->modes, out->z, out->y, out->emf);
}

/* ---- checks ---- */

static bal_status check_count(const bal_device *model, bal_diag *diag)
{
    const int n = model->data[P_OF].n;
    const int inner = inner_modes(model) + (is_shielded(model) ? 1 : 0);
    if (n < 1)
        return bal_report(diag, BAL_D_PARAMETER_RANGE, model->at,
                          "of= of '%s' names no member: expected models of cables or wires",
                          BAL_SHOW(model->name));
    if (inner > BAL_LINE_MAX)
        return bal_report(diag, BAL_D_PARAMETER_RANGE, model->at,
                          "of= of '%s' makes %d conductors beside the ground: %d is the most",
                          BAL_SHOW(model->name), inner, BAL_LINE_MAX);
    for (int i = P_X; i <= P_RADIUS; i++)
        if (bal_device_given(model, i) && model->data[i].n != n)
            return bal_report(diag, BAL_D_PARAMETER_RANGE, model->at,
                              "%s of '%s' has %d values, one for each of its %d members is needed",
                              params[i].name, BAL_SHOW(model->name), model->data[i].n, n);
    return BAL_OK;
}

static bal_status check_members(const bal_device *model, bal_diag *diag)
{
    bal_status status = BAL_OK;
    for (int i = 0; i < model->data[P_OF].n && status == BAL_OK; i++) {
        const bal_device *part = member_of(model, i);
        if (part->ops == model->ops && !is_shielded(part))
            return bal_report(diag, BAL_D_PARAMETER_RANGE, model->at,
                              "of= of '%s' names '%s', a bundle without a shield of its own: name "
                              "its members, or give it d_sh",
                              BAL_SHOW(model->name), BAL_SHOW(part->name));
        status = part->ops->check(part, diag); /* a step may have changed it */
    }
    return status;
}

/* What a bundle without a common shield has no use for. */
static bal_status check_unshielded(const bal_device *model, bal_diag *diag)
{
    for (int i = 0; i < P_COUNT; i++) {
        const bool of_shield = i < P_FIRST || (i >= P_rs && i <= P_ge && i != P_d_sh && i != P_h);
        if (of_shield && bal_device_given(model, i))
            return bal_report(diag, BAL_D_PARAMETER_RANGE, model->at,
                              "%s of '%s' is of a common shield, which d_sh=, its inner diameter, "
                              "would make",
                              params[i].name, BAL_SHOW(model->name));
    }
    return BAL_OK;
}

static bal_status check_place(const bundle *b, int i, bal_diag *diag)
{
    const bal_rod *p = &b->at[i];
    const bal_device *model = b->model;
    const bal_text name = member_of(model, i)->name;
    if (!(p->radius > 0.0))
        return bal_report(diag, BAL_D_PARAMETER_RANGE, model->at,
                          "radius= of '%s' is needed: '%s' tells none by d_sh, or d_wire, or "
                          "d_wire and spacing of a twisted pair",
                          BAL_SHOW(model->name), BAL_SHOW(name));
    if (!(b->shield > 0.0) && p->y <= p->radius)
        return bal_report(diag, BAL_D_PARAMETER_RANGE, model->at,
                          "h and y of '%s' put member %d, '%s', into the ground: its middle is "
                          "%.4g mm above it, its radius is %.4g mm",
                          BAL_SHOW(model->name), i + 1, BAL_SHOW(name), 1e3 * p->y,
                          1e3 * p->radius);
    if (b->shield > 0.0 && hypot(p->x, p->y) + p->radius >= b->shield)
        return bal_report(diag, BAL_D_PARAMETER_RANGE, model->at,
                          "x and y of '%s' put member %d, '%s', through the shield: it reaches "
                          "%.4g mm from the axis, the shield begins at %.4g mm",
                          BAL_SHOW(model->name), i + 1, BAL_SHOW(name),
                          1e3 * (hypot(p->x, p->y) + p->radius), 1e3 * b->shield);
    return BAL_OK;
}

/* Members i and j < i. */
static bal_status check_between(const bundle *b, int i, int j, bal_diag *diag)
{
    const bal_rod *p = &b->at[i];
    const bal_rod *q = &b->at[j];
    const bal_text names[] = {member_of(b->model, i)->name, member_of(b->model, j)->name};
    const double between = hypot(p->x - q->x, p->y - q->y);
    if (between <= p->radius + q->radius)
        return bal_report(diag, BAL_D_PARAMETER_RANGE, b->model->at,
                          "x and y of '%s' put member %d, '%s', into member %d, '%s': %.4g mm "
                          "between their middles, radii of %.4g and %.4g mm",
                          BAL_SHOW(b->model->name), i + 1, BAL_SHOW(names[0]), j + 1,
                          BAL_SHOW(names[1]), 1e3 * between, 1e3 * p->radius, 1e3 * q->radius);
    const double both = bal_images(b->shield, p, q);
    if (both * both >= bal_images(b->shield, p, p) * bal_images(b->shield, q, q))
        return bal_report(
            diag, BAL_D_PARAMETER_RANGE, b->model->at,
            "x and y of '%s' put the members %d, '%s', and %d, '%s', so close to each "
            "other and to their %s that the formulas, for wide spacing, fail",
            BAL_SHOW(b->model->name), j + 1, BAL_SHOW(names[1]), i + 1, BAL_SHOW(names[0]),
            b->shield > 0.0 ? "shield" : "ground");
    return BAL_OK;
}

static bal_status check(const bal_device *model, bal_diag *diag)
{
    bal_status status = check_count(model, diag);
    if (status == BAL_OK)
        status = check_members(model, diag);
    if (status != BAL_OK)
        return status;
    bundle b;
    read_places(model, &b);
    const bool shielded = b.shield > 0.0;
    if (!shielded)
        status = check_unshielded(model, diag);
    for (int i = 0; i < b.n && status == BAL_OK; i++)
        status = check_place(&b, i, diag);
    for (int i = 0; i < b.n; i++)
        for (int j = 0; j < i && status == BAL_OK; j++)
            status = check_between(&b, i, j, diag);
    if (status == BAL_OK && shielded)
        status = bal_sheet_check(model, &b.sheet, diag);
    return status == BAL_OK ? bal_cable_check(model, b.inner + (shielded ? 2 : 1), diag) : status;
}

const bal_cable_model bal_model_bundle = {
    .row = {.name = "bundle",
            .usage = ".model NAME bundle of=(MODEL ...) x=(...) [y=(...)] [h=] [d_sh= rs= ...]",
            .summary = "Cables and wires beside each other over a ground, or with d_sh in a common "
                       "shield. Pins of each end: those of the members in their order, each "
                       "without its ground; the common shield; the ground, which only with a "
                       "common shield may be left out.",
            .params = params,
            .n_params = BAL_ROWS(params),
            .model_types = "coax pair quad wire twisted bundle",
            .check = check},
    .pins = "the conductors of each member, the common shield if there is one, ground",
    .modes = modes,
    .matrices = matrices,
    .drives = drives,
    .member = member,
    .length_param = -1,
};
