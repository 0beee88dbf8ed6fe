/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a comparison: the .meas cards of the deck, all or some, and the one that ranks. */
#include <string.h>

#include "compare.h"

static void add_column(bal_compared *c, const bal_study_measure *m, size_t card)
{
    bal_ranking *r = &c->ranking;
    for (size_t i = 0; i < r->n_columns; i++)
        if (c->cards[i] == card)
            return;
    c->cards[r->n_columns] = card;
    c->columns[r->n_columns++] = (bal_ranking_column){m->name, m->unit};
}

/* Those of this name, or of any if that is NULL: how many. */
static size_t add_columns(bal_compared *c, const bal_text *name, bal_nearest *nearest)
{
    const bal_study *s = c->base->study;
    size_t card = 0;
    size_t found = 0;
    for (size_t k = 0; k < s->n_measures; k++) {
        const bal_study_measure *m = &s->measures[k];
        if (m->of_card)
            continue;
        if (name)
            bal_nearest_offer(nearest, bal_text_of(m->name));
        if (!name || bal_text_is(*name, m->name)) {
            add_column(c, m, card);
            found++;
        }
        card++;
    }
    return found;
}

static bal_status add_named(bal_compared *c, bal_text name)
{
    bal_nearest nearest;
    bal_nearest_init(&nearest, name);
    if (add_columns(c, &name, &nearest) > 0)
        return BAL_OK;
    return bal_compare_refuse(c, BAL_D_UNKNOWN_NAME,
                              bal_arena_format(&c->arena, "'%s' has no measure '%.*s'%s",
                                               c->what->path, (int)name.n, name.p,
                                               bal_compare_nearest(c, &nearest)));
}

static bal_status list_columns(bal_compared *c)
{
    const char *list = c->what->columns;
    bal_status status = BAL_OK;
    if (!list)
        (void)add_columns(c, NULL, NULL);
    while (list && status == BAL_OK) {
        const char *comma = strchr(list, ',');
        status = add_named(c, (bal_text){list, comma ? (size_t)(comma - list) : strlen(list)});
        list = comma ? comma + 1 : NULL;
    }
    return status;
}

/* Levels, which are noise and hum: the smaller the better. */
static bool is_level(const char *unit)
{
    return unit[0] == 'V' || unit[0] == 'A' || strcmp(unit, "dBu") == 0 || strcmp(unit, "dBV") == 0;
}

static bal_status choose_sort(bal_compared *c)
{
    const char *name = c->what->sort;
    const bool turned = name && name[0] == '-';
    bal_nearest nearest;
    if (turned)
        name++;
    bal_nearest_init(&nearest, bal_text_of(name ? name : ""));
    while (name && c->sort < c->ranking.n_columns &&
           !bal_text_is(bal_text_of(name), c->columns[c->sort].name))
        bal_nearest_offer(&nearest, bal_text_of(c->columns[c->sort++].name));
    if (c->sort == c->ranking.n_columns)
        return bal_compare_refuse(c, BAL_D_UNKNOWN_NAME,
                                  bal_arena_format(&c->arena,
                                                   "there is no column '%s' to sort by%s", name,
                                                   bal_compare_nearest(c, &nearest)));
    c->ascending = is_level(c->columns[c->sort].unit) != turned;
    c->ranking.sort = c->columns[c->sort].name;
    return BAL_OK;
}

bal_status bal_compare_columns(bal_compared *c)
{
    const bal_study *s = c->base->study;
    c->columns = bal_arena_alloc(&c->arena, s->n_measures + 1, sizeof *c->columns);
    c->cards = bal_arena_alloc(&c->arena, s->n_measures + 1, sizeof *c->cards);
    if (!c->columns || !c->cards)
        return BAL_E_NOMEM;
    const bal_status status = list_columns(c);
    c->ranking.columns = c->columns;
    if (status != BAL_OK)
        return status;
    if (c->ranking.n_columns == 0)
        return bal_compare_refuse(c, BAL_D_NO_ANALYSIS,
                                  bal_arena_format(&c->arena,
                                                   "'%s' has no .meas card: nothing to compare",
                                                   c->what->path));
    if (s->n_steps > 0)
        return bal_compare_refuse(c, BAL_D_TOO_MANY_RUNS,
                                  "a deck to compare with has one run and no .step");
    return choose_sort(c);
}
