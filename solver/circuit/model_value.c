/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Values that a .model gives, changed while the circuit stands: rm(r) or rm:r. Who took which value
 * is noted while the elements are read, so that an element's own value stays its own.
 */
#include "element.h"

#include "alloc.h"

bal_status bal_model_note(const bal_element *r, const bal_model *model, bal_device *owner,
                          int index)
{
    bal_circuit *c = r->c;
    bal_model_use *grown = BAL_GROW(c, uses);
    if (!grown)
        return BAL_E_NOMEM;
    c->uses = grown;
    c->uses[c->n_uses++] = (bal_model_use){r->number, owner, (int)(model - c->models), index};
    return BAL_OK;
}

/* "rm(r)" and "rm:r" -> "rm" and "r". */
static bool split(bal_text name, bal_text *model, bal_text *key)
{
    const bool call = name.n > 0 && name.p[name.n - 1] == ')';
    const size_t end = name.n - (call ? 1 : 0);
    size_t n = end;
    while (n > 0 && name.p[n - 1] != (call ? '(' : ':'))
        n--;
    *model = (bal_text){name.p, n > 0 ? n - 1 : 0};
    *key = (bal_text){name.p + n, end - n};
    return model->n > 0 && key->n > 0;
}

bal_handle bal_model_handle(const bal_circuit *c, bal_text name)
{
    const bal_handle none = {BAL_HANDLE_NONE, -1, -1, -1};
    bal_text word;
    bal_text key;
    const bal_model *model =
        split(name, &word, &key) ? bal_model_find(c, c->definitions[0], word) : NULL;
    for (size_t i = 0; model && i < c->n_uses; i++) {
        const bal_model_use *use = &c->uses[i];
        if (use->model != (int)(model - c->models))
            continue;
        const bal_device_ops *ops = use->owner->ops;
        const int index =
            bal_element_param(ops, use->index < 0 ? key : bal_renamed(ops->model_keys, key));
        const bool real = index >= 0 && (ops->params[index].kind == BAL_P_REAL ||
                                         ops->params[index].kind == BAL_P_FREQ);
        if (real && (use->index < 0 || use->index == index))
            return (bal_handle){BAL_HANDLE_MODEL, use->model, -1, index};
    }
    return none;
}
