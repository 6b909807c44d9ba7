// SPDX-License-Identifier: MIT
// Predefined property keys. A_name is a PropKey read from the VM's atom array (filled when the realm image is made).
#ifndef DX_ATOMS_H
#define DX_ATOMS_H

enum AtomIndex {
#define ATOM(id, text) ATOM_##id,
#include "vm/atoms.def"
#undef ATOM
#define SYM(id, text) ATOM_SYM_##id,
#include "vm/wellknown.def"
#undef SYM
    ATOM_COUNT
};
#define A_(vm, id) ((vm)->atoms[ATOM_##id])             // A_(vm, length)
#define SYM_(vm, id) ((vm)->atoms[ATOM_SYM_##id])       // SYM_(vm, iterator)

#endif
