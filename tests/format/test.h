// SPDX-License-Identifier: MIT
// Shared by the unit tests of format/.
#ifndef DX_TEST_FORMAT_H
#define DX_TEST_FORMAT_H

#include "format/dxt.h"
#include "tests/unit.h"

// Calls `each` for every file of dir with the suffix, sorted by name.
void test_each_file(const char *dir, const char *suffix, void (*each)(const char *path, const Buf *bytes));
// Makes the content hash of a .dxt right again.
void test_fix_hash(Buf *dxt);

void test_text(const char *dir);
void test_container(const char *dir);
void test_layout(const char *dir, const char *out); // out: where to leave the layout, or NULL
void test_damage(const char *dir);

#endif
