/* SPDX-License-Identifier: GPL-3.0-or-later */
/* .save and .probe: the vectors of output files. */
#include "analyses.h"

static bal_status add_node(bal_study *s, bal_span name)
{
    int node = 0;
    const bal_status status = bal_study_find_node(s, name, &node);
    if (status != BAL_OK)
        return status;
    const bal_response_term term = {node, 0, -1, {1.0, 0.0}};
    const bal_text text = bal_span_text(name);
    s->demands = true;
    return bal_list_term(s, &term, bal_arena_format(s->arena, "v(%.*s)", (int)text.n, text.p), "V",
                         &s->saved);
}

static bool is_all(bal_text word)
{
    static const char *const words[] = {"all",
                                        "allv",
                                        "alli",
                                        "v(*)",
                                        "i(*)",
                                        "w(*)",
                                        "d(*)",
                                        "v(alias(*))",
                                        "i(alias(*))",
                                        "w(alias(*))",
                                        "noise(alias(*))",
                                        "d(alias(*))"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (bal_text_is(word, words[i]))
            return true;
    return false;
}

static bal_status add(bal_study *s, bal_span text)
{
    const bal_text word = bal_span_text(text);
    const bal_expr *expr = NULL;
    if (is_all(word)) {
        s->save_all = true;
        return BAL_OK;
    }
    if (bal_circuit_find_node(s->circuit, word) >= 0)
        return add_node(s, text);
    const bal_status status = bal_study_compile(s, text, &expr);
    if (status != BAL_OK)
        return status;
    int n = 0;
    (void)bal_expr_reducers(expr, &n);
    int n_ids = 0;
    const int *ids = bal_expr_variables(expr, &n_ids);
    if (n > 0 || (n_ids > 0 && ids[n_ids - 1] >= BAL_LATE_BASE))
        return bal_study_usage(s, text, "a result of the whole run is no vector");
    return bal_list_expr(s, text, expr, &s->saved);
}

static bal_status parse(bal_study *s, const bal_card *card)
{
    bal_status worst = BAL_OK;
    s->has_save = true;
    uint32_t first = 1; /* HSPICE: .probe ac v(out) */
    if (card->n_tokens > 1 && bal_text_is(bal_span_text(card->tokens[1].span), "ac") &&
        bal_circuit_find_node(s->circuit, bal_text_of("ac")) < 0)
        first = 2;
    if (card->n_tokens == first) /* PSpice: a bare .probe */
        s->save_all = true;
    for (uint32_t i = first; i < card->n_tokens; i++) {
        const bal_status status = add(s, card->tokens[i].span);
        worst = status != BAL_OK ? status : worst;
    }
    return worst;
}

const bal_analysis_ops bal_analysis_save = {
    .keyword = ".save",
    .usage = ".save all | <node> | v(<node>) | i(<element>) | @<element>[i] ...",
    .summary = "Vectors of output files; all node voltages and source currents unless given. "
               ".probe is the same.",
    .phase = 3,
    .parse = parse,
};
