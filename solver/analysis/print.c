/* SPDX-License-Identifier: GPL-3.0-or-later */
/* .print and .plot: the columns of the table. */
#include <string.h>

#include "analyses.h"

/* A value of the whole run has no column. */
static bal_status check(bal_study *s, bal_span text, const bal_expr *expr)
{
    int n = 0;
    int n_ids = 0;
    (void)bal_expr_reducers(expr, &n);
    const int *ids = bal_expr_variables(expr, &n_ids);
    if (n)
        return bal_study_usage(s, text, "a function over frequency has no column");
    if (n_ids > 0 && ids[n_ids - 1] >= BAL_LATE_BASE)
        return bal_study_usage(s, text, "a measure has no column; it is shown below the table");
    return BAL_OK;
}

/* gnucap writes v(nodes), or v nodes, for all of them. */
static bool is_all_nodes(const bal_study *s, const bal_card *card, uint32_t i)
{
    const bal_text word = bal_span_text(card->tokens[i].span);
    const bool pair = bal_text_is(word, "v") && i + 1 < card->n_tokens &&
                      bal_text_is(bal_span_text(card->tokens[i + 1].span), "nodes");
    return (pair || bal_text_is(word, "v(nodes)")) &&
           bal_circuit_find_node(s->circuit, bal_text_of("nodes")) < 0;
}

static bool is_wildcard(bal_study *s, bal_text word)
{
    const bool all = bal_text_is(word, "all");
    const bool nodes = all || bal_text_is(word, "allv") || bal_text_is(word, "v(*)");
    const bool currents = all || bal_text_is(word, "alli") || bal_text_is(word, "i(*)");
    s->print_nodes = s->print_nodes || nodes;
    s->print_currents = s->print_currents || currents;
    s->demands = s->demands || currents;
    return nodes || currents;
}

static bal_status add(bal_study *s, bal_span text)
{
    const bal_expr *expr = NULL;
    if (is_wildcard(s, bal_span_text(text)))
        return BAL_OK;
    bal_status status = bal_study_compile(s, text, &expr);
    if (status != BAL_OK)
        return status;
    status = check(s, text, expr);
    return status == BAL_OK ? bal_list_expr(s, text, expr, &s->printed) : status;
}

static bool names_type(bal_text word)
{
    return bal_text_is(word, "ac") || bal_text_is(word, "tran") || bal_text_is(word, "dc") ||
           bal_text_is(word, "noise") || bal_text_is(word, "op");
}

static bal_status one(bal_study *s, const bal_card *card, uint32_t *i)
{
    const bal_token *token = &card->tokens[*i];
    if (bal_card_is_key(card, *i)) {
        const bool file = bal_text_is(bal_span_text(token->span), "file");
        *i += 3; /* format= file= of Xyce */
        return file ? bal_report(s->diag, BAL_D_FILE_NOT_WRITTEN, token->span,
                                 "a deck cannot name output files; use -o")
                    : BAL_OK;
    }
    if (is_all_nodes(s, card, *i)) {
        *i += bal_span_text(token->span).n == 1 ? 2 : 1;
        s->print_nodes = true;
        return BAL_OK;
    }
    ++*i;
    if (token->kind != BAL_TOKEN_LEFT)
        return add(s, token->span);
    while (*i < card->n_tokens && card->tokens[*i - 1].kind != BAL_TOKEN_RIGHT)
        ++*i; /* the limits of a plot: (-60, 0) */
    return BAL_OK;
}

static bal_status parse(bal_study *s, const bal_card *card)
{
    uint32_t i = 1;
    bal_status worst = BAL_OK;
    if (i < card->n_tokens && names_type(bal_span_text(card->tokens[i].span))) {
        if (!bal_text_is(bal_span_text(card->tokens[i].span), "ac"))
            return BAL_OK;
        i++;
    }
    if (i >= card->n_tokens)
        return bal_study_usage(s, card->tokens[0].span, "expected outputs after this");
    s->has_print = true;
    while (i < card->n_tokens) {
        const bal_status status = one(s, card, &i);
        worst = status != BAL_OK ? status : worst;
    }
    return worst;
}

const bal_analysis_ops bal_analysis_print = {
    .keyword = ".print",
    .usage = ".print [ac] <output> ...",
    .summary = "Columns of the table: v(a) v(a,b) i(V1) vdb(a) vp(a) v(*) @r1[i] rx.cmrr or any "
               "expression; files of -o hold the vectors of .save. .plot is the same.",
    .phase = 3,
    .parse = parse,
};
