// SPDX-License-Identifier: MIT
// Build tool: builds the realm without an image, runs every installer, collects, and writes the heap's bytes:
// mkimage OUT. Linked with the objects of the program that will carry the image, so that all native tables
// have the same numbers.
#include <stdio.h>

#include "format/base/mem.h"
#include "vm/vm.h"

// runtime/, when it is linked in: its native tables and the test API in the realm
extern __attribute__((weak)) void dxtest_register(void);
extern __attribute__((weak)) void dxtest_install_globals(VM *vm);

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: mkimage OUT\n");
        return 2;
    }
    if (dxtest_register) dxtest_register();
    VM *vm = vm_boot(NULL);
    if (dxtest_install_globals) dxtest_install_globals(vm);
    size_t n = vm_image(vm);
    int err = file_write_atomic(argv[1], REGION_BASE, n);
    if (err) {
        fprintf(stderr, "mkimage: cannot write %s: %s\n", argv[1], strerror(err));
        return 2;
    }
    return 0;
}
