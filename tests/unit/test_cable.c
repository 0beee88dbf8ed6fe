/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cables rebuilt from their data against 60-digit arithmetic (golden/mtl_reference.txt), and the
 * modes against all wires one by one. */
#include "cable.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bal_test.h"

static const double pi = 3.14159265358979323846;

/* Z and Y of one case at the points of the reference. */
static void check_case(const char *name, const bal_cable *cable)
{
    FILE *file = fopen(BAL_SOURCE_DIR "/tests/golden/mtl_reference.txt", "r");
    assert_non_null(file);
    static char line[20000];
    char inside[32] = "";
    double hertz = 0.0;
    int n = 0;
    int checked = 0;
    int modes = 0;
    while (fgets(line, sizeof line, file)) {
        double complex z[BAL_LINE_SQUARE];
        double complex y[BAL_LINE_SQUARE];
        if (sscanf(line, "case %31s %d", inside, &n) == 2 || sscanf(line, "point %lf", &hertz) == 1)
            continue;
        const bool is_z = strncmp(line, "Z ", 2) == 0;
        if (strcmp(inside, name) != 0 || (!is_z && strncmp(line, "Y ", 2) != 0))
            continue;
        assert_int_equal(bal_cable_matrices(cable, bal_cplx(0.0, 2.0 * pi * hertz), z, y), n);
        modes = n;
        char *p = line + 2;
        for (int i = 0; i < n * n; i++) {
            double re = 0.0;
            double im = 0.0;
            int used = 0;
            assert_int_equal(sscanf(p, "%lf %lf%n", &re, &im, &used), 2);
            p += used;
            assert_close_complex((is_z ? z : y)[i], bal_cplx(re, im), 3e-14, 0.0);
            checked++;
        }
    }
    (void)fclose(file);
    assert_int_equal(checked, 12 * 2 * modes * modes);
}

static bal_cable coax(bool over_ground)
{
    const double a = 0.45e-3;
    const double b = 1.475e-3;
    const double outer = 1.6e-3;
    const double h = 50e-3;
    return (bal_cable){
        .wires = 1,
        .over_ground = over_ground,
        .radius = a,
        .sigma = BAL_COPPER,
        .l_c = BAL_MU0 / (2.0 * pi) * log(b / a),
        .c_c = 2.0 * pi * 2.25 * BAL_EPSILON0 / log(b / a),
        .tan_d = 4e-4,
        .shield = {.wall = outer - b, .inner = b, .conductivity = BAL_COPPER, .permeability = 1.0},
        .l_e = BAL_MU0 / (2.0 * pi) * acosh(h / outer),
        .c_e = 2.0 * pi * BAL_EPSILON0 / acosh(h / outer)};
}

static void coax_from_geometry(void **state)
{
    (void)state;
    const bal_cable alone = coax(false);
    const bal_cable over_ground = coax(true);
    check_case("coax", &alone);
    check_case("coax_ground", &over_ground);
}

static void pair_from_data_sheet(void **state)
{
    (void)state;
    const bal_cable cable = {.wires = 2,
                             .over_ground = true,
                             .r = 0.075,
                             .r_unb = 0.005,
                             .w1 = 2.0 * pi * 100e3,
                             .l_d = 0.62e-6,
                             .l_c = 0.2e-6,
                             .c_d = 75e-12,
                             .c_c = 190e-12,
                             .c_dc = 0.95e-12,
                             .tan_d = 5e-3,
                             .shield = {.r = 0.02,
                                        .wall = 0.12e-3,
                                        .conductivity = BAL_COPPER,
                                        .permeability = 1.0,
                                        .mt = 0.5e-9},
                             .scin = 0.5e-9,
                             .l_e = 0.95e-6,
                             .c_e = 28e-12,
                             .tan_e = 0.02};
    check_case("stp_ground", &cable);
}

/* Mode matrices from those of the wires against the shield: Z' = E' Z E'^T, and Y' from the energy,
 * with the wires' voltages by mode E'^-1 given on paper. */
static void quad_from_wires(void **state)
{
    (void)state;
    const double rise[4][4] = {/* of wire i in mode d, a, b, c */
                               {0.5, 0.5, 0.0, 1.0},
                               {-0.5, 0.0, 0.5, 1.0},
                               {0.5, -0.5, 0.0, 1.0},
                               {-0.5, 0.0, -0.5, 1.0}};
    double e[30];
    assert_int_equal(bal_cable_basis(4, true, e), 5);
    const double cs = 55e-12;
    const double ca = 40e-12;
    const double co = 7e-12;
    const double unb = 0.005;
    const bal_cable cable = {.wires = 4,
                             .over_ground = true,
                             .r = 0.1,
                             .r_unb = 0.02,
                             .w1 = 2e6,
                             .c_d = 4.0 * ca + cs,
                             .c_a = (cs + 2.0 * ca) / 2.0 + co,
                             .c_c = 4.0 * cs,
                             .c_dc = unb * cs,
                             .shield = {.r = 0.015, .permeability = 1.0}};
    const double complex s = bal_cplx(0.0, 2.385e4);
    double complex z[25];
    double complex y[25];
    assert_int_equal(bal_cable_matrices(&cable, s, z, y), 5);
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++) {
            double complex zm = 0.0;
            double complex ym = 0.0;
            double identity = 0.0;
            for (int k = 0; k < 4; k++) {
                const double sign = k % 2 ? -1.0 : 1.0;
                const double complex wire = bal_wire_root(s, 0.1 * (1.0 + sign * 0.02), 2e6);
                zm += e[i * 6 + k] * e[j * 6 + k] * wire;
                ym += s * cs * (1.0 + sign * unb / 2.0) * rise[k][i] * rise[k][j];
                identity += e[i * 6 + k] * rise[k][j];
                for (int m = 0; m < k; m++) { /* between the wires k and m */
                    const double c = (k - m) % 2 ? ca : co;
                    ym += s * c * (rise[k][i] - rise[m][i]) * (rise[k][j] - rise[m][j]);
                }
            }
            if (i == 3 && j == 3)
                zm += 0.015;
            assert_close(identity, i == j ? 1.0 : 0.0, 0.0, 1e-15);
            assert_close_complex(z[i * 5 + j], zm, 1e-14, 1e-16);
            assert_close_complex(y[i * 5 + j], ym, 1e-14, 1e-20);
        }
}

/* A pair of 0.25 mm wires 1 mm apart in a copper tube of 1.3 and 1.4 mm radius, with skin effect,
 * proximity and eddy currents in the tube: resistance and inductance of d, and resistance of c. */
static void pair_with_proximity(void **state)
{
    (void)state;
    static const struct {
        double hertz, r, l, r_c;
        double off_r, off_l, off_rc; /* that the square root law may be off */
        double solid_r, solid_l;     /* and a solid wire */
    } exact[] = {
        {10.0, 0.1756192, 654.5177e-9, 0.06423111, 1e-5, 1e-4, 1e-5, 1e-5, 1e-4},
        {1e3, 0.1756419, 654.4118e-9, 0.06423164, 1e-4, 1e-4, 1e-4, 1e-4, 1e-4},
        {20e3, 0.1823312, 623.5407e-9, 0.06443479, 4e-3, 7.5e-3, 1e-3, 6e-3, 7.5e-3},
        {100e3, 0.2050148, 548.8365e-9, 0.06802858, 1.8e-2, 1.8e-2, 3e-3, 1e-3, 2.9e-2},
        {1e6, 0.4207629, 488.6525e-9, 0.1353516, 5e-3, 3.5e-3, 5.2e-2, 6e-2, 2e-3},
        {10e6, 1.239123, 448.7927e-9, 0.4158838, 1.4e-2, 5e-4, 3.7e-2, 1.9e-2, 5e-4},
        {100e6, 3.828236, 435.7809e-9, 1.296705, 6e-3, 5e-5, 2.5e-2, 6e-3, 5e-5},
    };
    const double a = 0.25e-3;
    const double kp = 1.14;
    const double dl = 94.8e-9;
    bal_cable cable = {
        .wires = 2,
        .r = 1.0 / (pi * a * a * BAL_COPPER),
        .w1 = 4.0 / (BAL_MU0 * BAL_COPPER * a * a),
        .sigma = BAL_COPPER,
        .crowd = kp,
        .l_d = 429.753028e-9 + dl,
        .l_c = 181.671128e-9,
        .l_eddy = dl,
        .tau = BAL_MU0 * BAL_COPPER * 0.1e-3 * 1.35e-3 / 2.0,
        .shield = {
            .wall = 0.1e-3, .inner = 1.3e-3, .conductivity = BAL_COPPER, .permeability = 1.0}};
    for (size_t i = 0; i < sizeof exact / sizeof exact[0]; i++) {
        double complex z[4];
        double complex y[4];
        const double w = 2.0 * pi * exact[i].hertz;
        cable.radius = 0.0;
        assert_int_equal(bal_cable_matrices(&cable, bal_cplx(0.0, w), z, y), 2);
        assert_close(creal(z[0]), exact[i].r, exact[i].off_r, 0.0);
        assert_close(cimag(z[0]) / w, exact[i].l, exact[i].off_l, 0.0);
        assert_close(creal(z[3]), exact[i].r_c, exact[i].off_rc, 0.0);
        cable.radius = a;
        assert_int_equal(bal_cable_matrices(&cable, bal_cplx(0.0, w), z, y), 2);
        assert_close(creal(z[0]), exact[i].r, exact[i].solid_r, 0.0);
        assert_close(cimag(z[0]) / w, exact[i].l, exact[i].solid_l, 0.0);
    }
    /* The turns of the twist: 1 mm apart, once in 20 mm. */
    double complex straight[4];
    double complex turned[4];
    double complex y[4];
    const double longer = sqrt(1.0 + pow(pi * 1.0 / 20.0, 2.0));
    (void)bal_cable_matrices(&cable, bal_cplx(0.0, 0.0), straight, y);
    cable.lay_up = longer;
    (void)bal_cable_matrices(&cable, bal_cplx(0.0, 0.0), turned, y);
    assert_close(creal(turned[0]), 1.012261 * creal(straight[0]), 1e-6, 0.0);
}

/* Every row of a basis sums to 0: no current is lost between the ends of a cable. */
static void currents_are_kept(void **state)
{
    (void)state;
    static const int wires[] = {1, 2, 4};
    for (int k = 0; k < 6; k++) {
        double e[30];
        const int conductors = wires[k / 2] + 1 + k % 2;
        const int modes = bal_cable_basis(wires[k / 2], k % 2 == 1, e);
        assert_int_equal(modes, conductors - 1);
        for (int i = 0; i < modes; i++) {
            double sum = 0.0;
            for (int j = 0; j < conductors; j++)
                sum += e[i * conductors + j];
            assert_true(sum == 0.0);
        }
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coax_from_geometry), cmocka_unit_test(pair_from_data_sheet),
        cmocka_unit_test(quad_from_wires),    cmocka_unit_test(pair_with_proximity),
        cmocka_unit_test(currents_are_kept),
    };
    return bal_run_tests(tests, argc, argv);
}
