/* SPDX-License-Identifier: GPL-3.0-or-later */
/* .print and .plot: the columns of the table. */
#include <string.h>

#include "analyses.h"

static bal_status add(bal_study *s, bal_span text)
{
    const bal_expr *expr = NULL;
    bal_status status = bal_study_compile(s, text, &expr);
    if (status != BAL_OK)
        return status;
    const char *label = bal_study_label(s, text);
    if (!label)
        return BAL_E_NOMEM;
    int n = 0;
    (void)bal_expr_reducers(expr, &n);
    if (n)
        return bal_study_usage(s, text, "a function over frequency has no column");
    const bal_derived_request q = {label, bal_study_unit(s, label), expr, -1};
    int vector = bal_vectors_find(&s->vectors, bal_text_of(label));
    if (vector < 0)
        status = bal_study_derived(s, &q, &vector);
    return status == BAL_OK ? bal_index_add(&s->printed, vector) : status;
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
    ++*i;
    return add(s, token->span);
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
    .summary = "Columns of the table: v(a) v(a,b) i(V1) vdb(a) vp(a) rx.cmrr or any expression.",
    .phase = 3,
    .parse = parse,
};
