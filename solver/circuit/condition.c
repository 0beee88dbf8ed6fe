/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "condition.h"

#include <string.h>

#include "alloc.h"

bool bal_is_condition(bal_text word)
{
    return bal_text_is(word, ".if") || bal_text_is(word, ".elseif") || bal_text_is(word, ".else") ||
           bal_text_is(word, ".endif");
}

bool bal_conditions_active(const bal_conditions *k)
{
    return k->depth == 0 || k->level[k->depth - 1].active;
}

/* Marks what an expression depends on, however far back. */
static bal_status mark_deciding(bal_circuit *c, const bal_expr *expr)
{
    size_t depth = 0;
    for (;;) {
        int n = 0;
        const int *ids = expr ? bal_expr_variables(expr, &n) : NULL;
        for (int i = 0; i < n; i++) {
            if (c->parameters[ids[i]].decides)
                continue;
            c->parameters[ids[i]].decides = true;
            int *grown = bal_grow(c->stack, &c->stack_capacity, depth + 1, sizeof *c->stack);
            if (!grown)
                return BAL_E_NOMEM;
            c->stack = grown;
            c->stack[depth++] = ids[i];
        }
        if (depth == 0)
            return BAL_OK;
        expr = c->parameters[c->stack[--depth]].expr;
    }
}

static bal_status evaluate(bal_circuit *c, const bal_scope *scope, const bal_card *card,
                           bool *holds)
{
    const bal_expr *expr = NULL;
    bal_dd value = {0.0, 0.0};
    *holds = false;
    if (card->n_tokens < 2)
        return bal_report(c->in.diag, BAL_D_CONDITION, card->tokens[0].span,
                          "expected a condition after this");
    const bal_span text = bal_fields_span(card->tokens, 1, card->n_tokens);
    bal_status status = bal_scope_compile(c, scope, text, &expr);
    if (status == BAL_OK && bal_expr_used(expr).frequency)
        return bal_report(c->in.diag, BAL_D_CONDITION, text,
                          "a condition cannot depend on the frequency");
    if (status == BAL_OK)
        status = bal_scope_value(c, expr, &value);
    if (status == BAL_OK)
        status = mark_deciding(c, expr);
    *holds = status == BAL_OK && !bal_dd_is_zero(value);
    return status;
}

static bal_status open_block(bal_circuit *c, const bal_scope *scope, bal_conditions *k,
                             const bal_card *card)
{
    const bal_span at = card->tokens[0].span;
    const bool outside = bal_conditions_active(k);
    bool holds = false;
    if (k->depth == BAL_MAX_IFS)
        return bal_report(c->in.diag, BAL_D_CONDITION, at, "more than %d .if in each other",
                          BAL_MAX_IFS);
    const bal_status status = outside ? evaluate(c, scope, card, &holds) : BAL_OK;
    k->level[k->depth].active = holds;
    k->level[k->depth].done = holds || !outside || status != BAL_OK;
    k->level[k->depth].has_else = false;
    k->level[k->depth].at = at;
    k->depth++;
    return status;
}

static bal_status misplaced(const bal_circuit *c, const bal_card *card, const char *what)
{
    return bal_report(c->in.diag, BAL_D_CONDITION, card->tokens[0].span, "'%s' %s",
                      BAL_SHOW(bal_span_text(card->tokens[0].span)), what);
}

bal_status bal_conditions_card(bal_circuit *c, const bal_scope *scope, bal_conditions *k,
                               const bal_card *card)
{
    const bal_text word = bal_span_text(card->tokens[0].span);
    const int top = k->depth - 1;
    bool holds = true;
    if (bal_text_is(word, ".if"))
        return open_block(c, scope, k, card);
    if (k->depth == 0)
        return misplaced(c, card, "without .if");
    if (bal_text_is(word, ".endif")) {
        k->depth--;
        return BAL_OK;
    }
    if (k->level[top].has_else)
        return misplaced(c, card, "after .else");
    k->level[top].has_else = bal_text_is(word, ".else");
    k->level[top].active = false;
    if (k->level[top].done)
        return BAL_OK;
    const bal_status status = k->level[top].has_else ? BAL_OK : evaluate(c, scope, card, &holds);
    k->level[top].active = holds && status == BAL_OK;
    k->level[top].done = k->level[top].active || status != BAL_OK;
    return status;
}

bal_status bal_conditions_end(const bal_circuit *c, const bal_conditions *k)
{
    if (k->depth == 0)
        return BAL_OK;
    return bal_report(c->in.diag, BAL_D_CONDITION, k->level[k->depth - 1].at,
                      "this .if is never closed by .endif");
}
