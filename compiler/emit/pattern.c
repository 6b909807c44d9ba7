// SPDX-License-Identifier: MIT
// Destructuring: the value is on the operand stack and is consumed. An array pattern keeps its iterator triple there, protected
// so that whatever an element does, the iterator is closed.
#include "compiler/emit/assign.h"

// A target with its default taken off.
typedef struct Element {
    Node *target, *init;
    bool reference; // parts are evaluated before the value is fetched
} Element;

static Element element_of(const Emitter *m, Node *n, StoreMode mode) {
    Element e = {n, NULL, false};
    if (n->kind == N_ASSIGN_PATTERN) e = (Element){n->binary.left, n->binary.right, false};
    e.reference = target_is_reference(m, e.target) && (mode == STORE_ASSIGN || target_is_dynamic(m, e.target));
    return e;
}

static void emit_default(Emitter *m, const Element *e) {
    if (!e->init) return;
    u32 have = label_new(m);
    OP1(m, JumpIfNotUndefinedKeep, have);
    if (target_gives_name(e->target)) emit_named(m, e->init, e->target->ident.name);
    else emit_expr(m, e->init);
    label_bind(m, have);
}

// Evaluates a reference's parts into frame slots: the iterator must be on top for the next step, the object for CopyRest.
static void parts_to_slots(Emitter *m, Node *target, u32 parts, u32 slots[3]) {
    target_prepare(m, target, false);
    for (u32 i = parts; i-- > 0;) {
        slots[i] = slot_new(m);
        OP1(m, StoreLocal, slots[i]);
    }
}

// v → ; the parts come from their slots
static void store_through_slots(Emitter *m, Node *target, u32 parts, const u32 slots[3]) {
    u32 value = slot_new(m);
    OP1(m, StoreLocal, value);
    for (u32 i = 0; i < parts; i++) OP1(m, LoadLocal, slots[i]);
    OP1(m, LoadLocal, value);
    target_set(m, target);
    OP0(m, Pop);
    slot_free(m, value);
    for (u32 i = 0; i < parts; i++) slot_free(m, slots[i]);
}

// ---- objects

static void emit_property(Emitter *m, Node *p, StoreMode mode, bool has_rest, u32 *key_slot) {
    Element e = element_of(m, p->property.value, mode);
    Node *key = p->property.key;
    bool computed = p->flags & NF_COMPUTED, keep_key = computed && (has_rest || e.reference);
    *key_slot = NO_LABEL;
    if (keep_key) {
        *key_slot = slot_new(m);
        emit_key(m, key);
        OP1(m, StoreLocal, *key_slot);
    }
    u32 parts = e.reference ? target_parts(m, e.target) : 0;
    if (parts) target_prepare(m, e.target, false);
    OP1(m, PickN, parts);
    Str *name = computed ? NULL : key_str(m, key);
    if (name) {
        emit_get(m, name);
    } else {
        if (keep_key) OP1(m, LoadLocal, *key_slot);
        else emit_key(m, key);
        OP0(m, GetIndex);
    }
    at_node(m, key);
    emit_default(m, &e);
    if (parts) {
        target_set(m, e.target);
        OP0(m, Pop);
    } else {
        m->pattern_nested = true;
        emit_pattern(m, e.target, mode);
    }
}

static void emit_object_rest(Emitter *m, Node *n, const u32 *key_slots, StoreMode mode) {
    u32 count = n->list.items.count - 1;
    Element e = element_of(m, n->list.items.items[count]->unary.arg, mode);
    u32 parts = e.reference ? target_parts(m, e.target) : 0, slots[3];
    if (parts) parts_to_slots(m, e.target, parts, slots);
    for (u32 i = 0; i < count; i++) {
        if (key_slots[i] != NO_LABEL) OP1(m, LoadLocal, key_slots[i]);
        else emit_key(m, n->list.items.items[i]->property.key);
    }
    OP1(m, CopyRest, count);
    at_node(m, n);
    if (parts) store_through_slots(m, e.target, parts, slots);
    else emit_pattern(m, e.target, mode);
}

static void emit_object_pattern(Emitter *m, Node *n, StoreMode mode) {
    u32 count = n->list.items.count;
    Node *first = count ? n->list.items.items[0] : NULL;
    Str *name = first && first->kind == N_PROPERTY && !(first->flags & NF_COMPUTED) ? key_str(m, first->property.key) : NULL;
    const Node *value = m->pattern_value;
    m->pattern_value = NULL;
    bool nested = m->pattern_nested;
    m->pattern_nested = false;
    if (!(nested && name)) { // inside a pattern V8 lets the read of the first property fail
        OP1(m, CheckCoercible, module_string(m, name ? name : m->s_empty));
        if (value && !name) at_node(m, value);
        else if (value) at_pos(m, first->start, value->start, value->end);
        else at_pos(m, first ? first->start : n->start, 0, 0);
    }
    bool has_rest = count && n->list.items.items[count - 1]->kind == N_REST;
    u32 *key_slots = arena_alloc(m->arena, (count + 1) * sizeof(u32));
    for (u32 i = 0; i < count; i++) {
        Node *p = n->list.items.items[i];
        key_slots[i] = NO_LABEL;
        if (p->kind == N_REST) emit_object_rest(m, n, key_slots, mode);
        else emit_property(m, p, mode, has_rest, &key_slots[i]);
        if (!has_rest && key_slots[i] != NO_LABEL) slot_free(m, key_slots[i]);
    }
    for (u32 i = 0; has_rest && i < count; i++)
        if (key_slots[i] != NO_LABEL) slot_free(m, key_slots[i]);
    OP0(m, Pop);
}

// ---- arrays

static void emit_element(Emitter *m, Node *n, StoreMode mode, Control *c, u32 handler) {
    bool rest = n->kind == N_REST;
    Element e = element_of(m, rest ? n->unary.arg : n, mode);
    u32 parts = e.reference ? target_parts(m, e.target) : 0, slots[3];
    if (parts) {
        control_protect(m, c, handler, c->depth);
        parts_to_slots(m, e.target, parts, slots);
        control_unprotect(m, c);
    }
    if (rest) OP0(m, IteratorRest);
    else OP1(m, IteratorStep, 0);
    at_node(m, n);
    control_protect(m, c, handler, c->depth);
    emit_default(m, &e);
    m->pattern_nested = true;
    if (parts) store_through_slots(m, e.target, parts, slots);
    else emit_pattern(m, e.target, mode);
    control_unprotect(m, c);
}

// Whether V8 names the expression that is taken apart when it is not iterable; else it describes the value.
static bool is_named_culprit(const Node *n, StoreMode mode) {
    switch (n->kind) {
    case N_SEQUENCE: return false;
    case N_NUMBER: case N_STRING: case N_TRUE: case N_FALSE: case N_NULL: case N_OBJECT: case N_FUNCTION: case N_ARROW: case N_CLASS: case N_REGEXP:
    case N_THIS: case N_BIGINT: return mode == STORE_INIT;
    default: return true;
    }
}

static void emit_array_pattern(Emitter *m, Node *n, StoreMode mode) {
    Control c;
    u32 handler = label_new(m), end = label_new(m);
    OP0(m, GetIterator);
    if (m->pattern_value && is_named_culprit(m->pattern_value, mode)) at_node(m, m->pattern_value);
    else at_pos(m, n->start, 0, 0);
    m->pattern_value = NULL;
    control_push(m, &c, CONTROL_ITER, NULL);
    for (u32 i = 0; i < n->list.items.count; i++) {
        Node *item = n->list.items.items[i];
        if (item) {
            emit_element(m, item, mode, &c, handler);
        } else {
            OP1(m, IteratorStep, 1);
            OP0(m, Pop);
        }
    }
    control_pop(m);
    OP0(m, IteratorClose);
    at_node(m, n);
    OP1(m, Jump, end);
    code_bind_catch(&m->fs->code, handler);
    OP0(m, Rot4);
    OP0(m, IteratorCloseThrow);
    OP0(m, Throw);
    label_bind(m, end);
}

void emit_pattern_of(Emitter *m, Node *target, StoreMode mode, const Node *value) {
    m->pattern_value = value;
    emit_pattern(m, target, mode);
    m->pattern_value = NULL;
}

void emit_pattern(Emitter *m, Node *target, StoreMode mode) {
    if (emit_too_deep(m, target)) {
        OP0(m, Pop);
        return;
    }
    if (target->kind != N_OBJECT_PATTERN) m->pattern_nested = false;
    switch (target->kind) {
    case N_IDENT:
        if (mode == STORE_INIT && target->ident.binding && !(target->extra & REF_DYNAMIC)) binding_init(m, target->ident.binding);
        else ident_store(m, target);
        break;
    case N_ARRAY_PATTERN: emit_array_pattern(m, target, mode); break;
    case N_OBJECT_PATTERN: emit_object_pattern(m, target, mode); break;
    case N_ASSIGN_PATTERN: {
        Element e = element_of(m, target, mode);
        emit_default(m, &e);
        emit_pattern(m, e.target, mode);
        break;
    }
    case N_CALL:
        OP0(m, Pop);
        emit_effect(m, target);
        OP2(m, ThrowError, THROW_INVALID_FOR_LHS, module_string(m, m->s_empty));
        at_node(m, target);
        break;
    default: {
        u32 slots[3], parts = target_parts(m, target), value = slot_new(m);
        OP1(m, StoreLocal, value);
        parts_to_slots(m, target, parts, slots);
        OP1(m, LoadLocal, value);
        store_through_slots(m, target, parts, slots);
        slot_free(m, value);
    }
    }
}
