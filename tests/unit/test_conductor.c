/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bessel functions, wires, shields and braids against mpmath (40 digits) and published figures. */
#include "conductor.h"

#include <math.h>

#include "bal_test.h"
#include "bessel.h"
#include "braid.h"
#include "cdense.h"

static const double pi = 3.14159265358979323846;

typedef struct bessel_row {
    double z[2];
    double want[4][2]; /* I0 I1 exp(-z), K0 K1 exp(z) */
} bessel_row;

static const bessel_row bessel_rows[] = {
    {{7.071067811865475e-07, 7.071067811865475e-07},
     {{0.9999992928932188, -7.071060311868421e-07},
      {3.5355339059305277e-07, 3.535528905934947e-07},
      {13.931452480000805, -0.785388867729955},
      {707107.7811815211, -707106.7811910186}}},
    {{9.396926207859084e-07, 3.4202014332566874e-07},
     {{0.9999990603079537, -3.420196612353223e-07},
      {4.6984592737088887e-07, 1.7100975026930016e-07},
      {13.931455284291916, -0.3490614135729786},
      {939693.620779538, -342020.14332780166}}},
    {{0.009192388155425118, 0.009192388155425118},
     {{0.9908082539527044, -0.009066285435624844},
      {0.004595712755501275, 0.004512179536436908},
      {4.507040322694134, -0.7510202210945364},
      {55.370960043924605, -54.4078082517839}}},
    {{0.012216004070216809, 0.004446261863233694},
     {{0.9878806352628856, -0.00436557620437174},
      {0.006043613834160183, 0.0021694058772216583},
      {4.515253759835497, -0.33314491548695546},
      {73.2587714710358, -26.31614198682246}}},
    {{0.5444722215136416, 0.5444722215136416},
     {{0.5380476220916196, -0.2253339163578958},
      {0.21256022726660326, 0.06926635820403443},
      {1.2279265294140393, -0.4194312625689354},
      {1.598840423889717, -1.0295503451681598}}},
    {{0.7235633180051495, 0.26335551036076493},
     {{0.5346199825112808, -0.09352465672100818},
      {0.19587649291076828, 0.026099963815266924},
      {1.2685956203705377, -0.1863977535450026},
      {1.8950491250563393, -0.49296239494786276}}},
    {{1.4071424945612296, 1.4071424945612296},
     {{0.26284772934432993, -0.1443589799276307},
      {0.2512049561966539, -0.03365938428013219},
      {0.7974921686856042, -0.29969793868716743},
      {0.8889708307644244, -0.4750675072136052}}},
    {{1.8699883153639576, 0.6806200852180808},
     {{0.30135695320686195, -0.06520981377225533},
      {0.22170496498647965, -0.01070794047442063},
      {0.8344631017107553, -0.13403554903753226},
      {1.0063304959948876, -0.224302329422348}}},
    {{1.4212846301849604, 1.4212846301849604},
     {{0.26114131727622797, -0.14296893535785557},
      {0.25040328764867714, -0.03470757597574619},
      {0.7937449437396822, -0.2985186703611124},
      {0.8838538879924974, -0.4715138568792325}}},
    {{1.888782167779676, 0.6874604880845941},
     {{0.29950413668846376, -0.0647331998154804},
      {0.22134251594628918, -0.01107563184198038},
      {0.8306422587919522, -0.13351783185995253},
      {1.000119046924318, -0.22258560179280593}}},
    {{2.616295090390226, 2.616295090390226},
     {{0.19284408696928837, -0.08597135456954665},
      {0.1854204713894948, -0.05928838476812639},
      {0.5928630070311863, -0.2316978235556122},
      {0.6285119638297972, -0.30576258341667967}}},
    {{3.476862696907861, 1.2654745303049744},
     {{0.21107703467485556, -0.040970106623525036},
      {0.18480582054485575, -0.023319912369022654},
      {0.6244627312706681, -0.1040760730458117},
      {0.6956877235459422, -0.14278766120296754}}},
    {{6.576093065034892, 6.576093065034892},
     {{0.12147987140860622, -0.05178789108957194},
      {0.11892718577536135, -0.04502018087318349},
      {0.3774817631942072, -0.15246396683997665},
      {0.3862070844708105, -0.17209212349006142}}},
    {{8.739141373308948, 3.1807873329287193},
     {{0.13042580371699308, -0.023690645151322194},
      {0.12414336911193566, -0.019924314391384635},
      {0.4001526404887966, -0.06882951856330279},
      {0.41874534068158875, -0.07926741937138071}}},
    {{17.606958851545034, 17.606958851545034},
     {{0.07401254209644911, -0.030974279383412892},
      {0.07340832926526773, -0.029468429890177745},
      {0.23155443520817015, -0.09497788033459928},
      {0.23351106854265308, -0.09956842801428291}}},
    {{23.39834625756912, 8.516301568809151},
     {{0.07908745011608448, -0.014090914724753413},
      {0.0776812893725494, -0.013268784675937425},
      {0.24627584737726138, -0.04300479167200009},
      {0.25059578605406296, -0.045470880841118735}}},
    {{17.748380207782343, 17.748380207782343},
     {{0.07371592656336573, -0.030847550809703743},
      {0.07311883376443212, -0.02935984432776887},
      {0.23063404025569065, -0.09460756600239766},
      {0.23256714331706527, -0.09914389017994801}}},
    {{23.5862847817263, 8.584705597474285},
     {{0.07876887683886145, -0.014032951700872624},
      {0.07737961645446859, -0.013220788927288502},
      {0.24530109248587847, -0.04283779790380579},
      {0.24956987058659133, -0.045274890225036404}}},
    {{43.1335136523794, 43.1335136523794},
     {{0.04723081354831488, -0.01964481238606942},
      {0.047071612913293766, -0.019255607047123202},
      {0.14812839480847012, -0.06110835483895122},
      {0.14863473263821886, -0.062316140674531735}}},
    {{57.32124986794041, 20.863228742865793},
     {{0.05039458871502274, -0.008922922354176946},
      {0.05003033063857351, -0.008711571012208033},
      {0.15774967909081383, -0.02770325706773273},
      {0.1588836343625166, -0.028354842389931106}}},
    {{1686.449673129916, 1686.449673129916},
     {{0.007547283190250458, -0.0031265148512539132},
      {0.007546627922491191, -0.0031249323971169547},
      {0.023709459971101694, -0.009819750765624516},
      {0.023711519202936193, -0.00982472062882019}}},
    {{2241.1669005743915, 815.7180418317199},
     {{0.008045209402705136, -0.001418736241136374},
      {0.008043726103316804, -0.0014178797514129882},
      {0.025272441066741654, -0.004455746305534476},
      {0.025277099901681872, -0.004458435751299599}}},
};

static double complex of(const double pair[2])
{
    return bal_cplx(pair[0], pair[1]);
}

static void bessel_functions(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bessel_rows / sizeof bessel_rows[0]; i++) {
        const bessel_row *row = &bessel_rows[i];
        const bal_bessel b = bal_bessel_scaled(of(row->z));
        assert_close_complex(b.i0, of(row->want[0]), 3e-15, 0.0);
        assert_close_complex(b.i1, of(row->want[1]), 3e-15, 0.0);
        assert_close_complex(b.k0, of(row->want[2]), 3e-15, 0.0);
        assert_close_complex(b.k1, of(row->want[3]), 3e-15, 0.0);
        assert_close_complex(bal_bessel_wire(of(row->z)),
                             of(row->z) * of(row->want[0]) / of(row->want[1]) / 2.0, 5e-15, 0.0);
    }
}

typedef struct metal_row {
    double hertz;
    double want[4][2]; /* wire; zaa, zbb, zt of the tube */
} metal_row;

/* Copper 5.8e7 S/m: wire of 0.25 mm radius, tube 1.30/1.40 mm. */
static const metal_row metal_rows[] = {
    {0.1,
     {{0.08780962377484255, 3.141592653589726e-08},
      {0.020326301799731293, 3.22034505661398e-09},
      {0.020326301799731286, 2.9903812371569516e-09},
      {0.020326301799731113, -1.550978070925921e-09}}},
    {60,
     {{0.08780962512361182, 1.8849555776772323e-05},
      {0.020326301835102985, 1.932207033043198e-06},
      {0.020326301832577384, 1.7942287414350398e-06},
      {0.020326301769910054, -9.30586841691899e-07}}},
    {20e3,
     {{0.08795928313719806, 0.006277831505955464},
      {0.020330231684828347, 0.0006440347478382476},
      {0.020329951084802577, 0.0005980444303676936},
      {0.0203229886391926, -0.00031016362971908224}}},
    {1e6,
     {{0.19022250487565875, 0.1634821964200014},
      {0.028536910177683065, 0.028666387659866968},
      {0.027950657110263188, 0.026619296848594032},
      {0.013584231791025131, -0.012228788296006694}}},
    {1e8,
     {{1.6830795089126949, 1.6606861347371475},
      {0.3185953900252426, 0.31940415194801974},
      {0.29729225152989763, 0.29658975448451047},
      {-4.848671754039383e-08, -2.282851137029323e-07}}},
    {1e9,
     {{5.274278531561714, 5.252187921567949},
      {1.0092381236094858, 1.0100489949160154},
      {0.9386034966452385, 0.9379026994236539},
      {-4.544579367887883e-21, -2.6386042986024122e-22}}},
};

static void wires_and_tubes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof metal_rows / sizeof metal_rows[0]; i++) {
        const metal_row *row = &metal_rows[i];
        const double complex s = bal_cplx(0.0, 2.0 * pi * row->hertz);
        const double complex wire = bal_wire_round(s, 0.25e-3, BAL_COPPER, 1.0);
        assert_close_complex(wire, of(row->want[0]), 1e-14, 0.0);
        assert_close(cimag(wire), row->want[0][1], 1e-13, 0.0);
        const bal_shield_impedance tube = bal_shield_tube(s, 1.3e-3, 1.4e-3, BAL_COPPER, 1.0);
        assert_close_complex(tube.zaa, of(row->want[1]), 5e-14, 0.0);
        assert_close_complex(tube.zbb, of(row->want[2]), 5e-14, 0.0);
        assert_close_complex(tube.zt, of(row->want[3]), 1e-13, 0.0);
    }
    const bal_shield_impedance rest = bal_shield_tube(0.0, 1.3e-3, 1.4e-3, BAL_COPPER, 1.0);
    assert_close(creal(rest.zt), 0.020326301799731, 1e-13, 0.0);
    assert_close(creal(bal_wire_round(0.0, 0.25e-3, BAL_COPPER, 1.0)), 0.08780962377484, 1e-12,
                 0.0);
}

/* The data-sheet law against the exact one: ends exact, 6.7 % at worst near 4 f1. */
static void square_root_law(void **state)
{
    (void)state;
    const double r = 0.0878096237748;
    const double w1 = bal_wire_corner(r, 1.0);
    assert_close(w1 / (2.0 * pi), 139.75e3, 1e-4, 0.0);
    double worst = 0.0;
    for (double hertz = 1.0; hertz < 1e10; hertz *= 1.1) {
        const double complex s = bal_cplx(0.0, 2.0 * pi * hertz);
        const double complex exact = bal_wire_round(s, 0.25e-3, BAL_COPPER, 1.0);
        const double error = cabs(bal_wire_root(s, r, w1) / exact - 1.0);
        worst = fmax(worst, error);
        if (hertz < 3e3 || hertz > 3e9)
            assert_true(error < 0.02);
    }
    assert_close(worst, 0.067, 0.03, 0.0);
}

/* A wall that is thin against its radius, and a helix: 13.2, 33.3, 100, 300 nH/m. */
static void thin_shields(void **state)
{
    (void)state;
    const double r = 1.0 / (pi * (2.001e-3 * 2.001e-3 - 2e-3 * 2e-3) * BAL_COPPER);
    const bal_shield shield = {
        .r = r, .wall = 1e-6, .conductivity = BAL_COPPER, .permeability = 1.0};
    for (double hertz = 3.0; hertz < 1e11; hertz *= 7.0) {
        const double complex s = bal_cplx(0.0, 2.0 * pi * hertz);
        const bal_shield_impedance thin = bal_shield_at(s, &shield);
        const bal_shield_impedance tube = bal_shield_tube(s, 2e-3, 2.001e-3, BAL_COPPER, 1.0);
        assert_close_complex(thin.zt, tube.zt, 1e-6, 0.0);
        assert_close_complex(thin.zaa, tube.zaa, 2e-3, 0.0);
    }
    assert_close(bal_shield_turn(20.0 * pi / 180.0), 13.2e-9, 5e-3, 0.0);
    assert_close(bal_shield_turn(30.0 * pi / 180.0), 1e-7 / 3.0, 1e-12, 0.0);
    assert_close(bal_shield_turn(60.0 * pi / 180.0), 300e-9, 1e-9, 0.0);
    const bal_shield served = {.r = 0.02, .permeability = 1.0, .turn = bal_shield_turn(pi / 6.0)};
    const bal_shield_impedance z = bal_shield_at(bal_cplx(0.0, 2.0 * pi * 95.5e3), &served);
    assert_close(cimag(z.zt), 0.02, 1e-3, 0.0);
    assert_true(z.zaa == 0.02 && z.zbb == z.zt);
}

/* Figures computed when the formulas were collected. RG-58-like and an open braid. */
static void braids(void **state)
{
    (void)state;
    const bal_braid rg58 = {12, 9, 0.127e-3, 323, 2.95e-3, BAL_COPPER};
    const double open_picks = tan(25.0 * pi / 180.0) * 16 / (2.0 * pi * 4.2e-3);
    const bal_braid loose = {16, 6, 0.1e-3, open_picks, 4e-3, BAL_COPPER};
    const double want[3][2] = {{0.707e-9, 9.76e-9}, {-1.066e-9, 5.81e-9}, {-0.593e-9, 3.39e-9}};
    bal_shield shield;
    bal_braid_figures figures;
    assert_true(bal_braid_shield(&rg58, BAL_BRAID_VANCE, &shield, &figures));
    assert_close(figures.angle * 180.0 / pi, 28.44, 6e-4, 0.0);
    assert_close(figures.fill, 0.7748, 5e-4, 0.0);
    assert_close(figures.coverage, 0.9493, 5e-4, 0.0);
    assert_close(shield.r, 14.33e-3, 1e-3, 0.0);
    assert_true(bal_braid_shield(&loose, BAL_BRAID_VANCE, &shield, &figures));
    assert_close(figures.coverage, 0.642, 1e-3, 0.0);
    assert_close(shield.r, 25.23e-3, 1e-3, 0.0);
    for (int law = 0; law < 3; law++) {
        assert_true(bal_braid_shield(&rg58, (bal_braid_law)law, &shield, &figures));
        assert_close(shield.mt, want[law][0], law == BAL_BRAID_KLEY ? 3e-2 : 1e-2, 0.0);
        assert_true(bal_braid_shield(&loose, (bal_braid_law)law, &shield, &figures));
        assert_close(shield.mt, want[law][1], law == BAL_BRAID_KLEY ? 2e-2 : 5e-3, 0.0);
    }
    const bal_braid crowded = {12, 30, 0.127e-3, 323, 2.95e-3, BAL_COPPER};
    assert_false(bal_braid_shield(&crowded, BAL_BRAID_TYNI, &shield, &figures));
}

/* At 45 degrees both forms of Vance's hole meet at 4/pi. */
static void vance_is_continuous(void **state)
{
    (void)state;
    double before = 0.0;
    for (double degrees = 43.0; degrees < 47.0; degrees += 0.1) {
        const double picks = tan(degrees * pi / 180.0) * 16 / (2.0 * pi * 4.2e-3);
        const bal_braid b = {16, 6, 0.1e-3, picks, 4e-3, BAL_COPPER};
        bal_shield shield;
        bal_braid_figures g;
        assert_true(bal_braid_shield(&b, BAL_BRAID_VANCE, &shield, &g));
        const double shape = shield.mt / (pi * BAL_MU0 / 96.0) / pow(1.0 - g.coverage, 1.5);
        assert_close(shape, 4.0 / pi, 0.08, 0.0);
        if (before != 0.0)
            assert_close(shape, before, 5e-3, 0.0);
        before = shape;
    }
}

static void losses_of_insulation(void **state)
{
    (void)state;
    const double complex s = bal_cplx(0.0, 2385.0);
    assert_close_complex(bal_dielectric(s, 0.013, 0.0), 2385.0 * bal_cplx(0.013, 1.0), 1e-15, 0.0);
    assert_true(bal_dielectric(0.0, 0.013, 0.0) == 0.0);
    const double complex at_f0 = bal_dielectric(s, 0.013, 2385.0 / (2.0 * pi));
    assert_close(creal(at_f0) / cimag(at_f0), 0.013, 1e-12, 0.0);
    assert_close(cabs(at_f0), 2385.0, 1e-12, 0.0);
    const double complex far = bal_dielectric(1e6 * s, 0.013, 2385.0 / (2.0 * pi));
    assert_close(creal(far) / cimag(far), 0.013, 1e-12, 0.0);
    assert_close(cabs(far), 2385.0e6 * pow(1e6, -2.0 * atan(0.013) / pi), 1e-12, 0.0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bessel_functions),
        cmocka_unit_test(wires_and_tubes),
        cmocka_unit_test(square_root_law),
        cmocka_unit_test(thin_shields),
        cmocka_unit_test(braids),
        cmocka_unit_test(vance_is_continuous),
        cmocka_unit_test(losses_of_insulation),
    };
    return bal_run_tests(tests, argc, argv);
}
