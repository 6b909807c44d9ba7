// SPDX-License-Identifier: MIT
// Structure-aware mutation of artifacts, shared by the fuzz targets that take them: damage stays behind a correct hash, and modules are
// rewritten so that new instructions get past the container checks.
#ifndef DX_FUZZ_MUTATE_H
#define DX_FUZZ_MUTATE_H

#include "format/container.h"

#include <stdlib.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size) __attribute__((weak));

// Makes the hash of a .dxt or .dxtl right.
void mutate_fix_hash(u8 *data, size_t size);
// One mutation in place; returns the new size (at most max_size).
size_t mutate_artifact(u8 *data, size_t size, size_t max_size, unsigned seed);

#endif
