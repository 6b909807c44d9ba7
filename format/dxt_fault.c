// SPDX-License-Identifier: MIT
// Faults and the tables behind container.h: which rule was broken where. Owns the texts of status.def and
// rules.def.
#include "format/container.h"

#include <stdarg.h>
#include <stdio.h>

const char section_tags[SEC_COUNT][5] = {
#define SECTION(name, tag, row, sentence) [SEC_##name] = tag,
#include "format/sections.def"
#undef SECTION
};

const u8 section_rows[SEC_COUNT] = {
#define SECTION(name, tag, row, sentence) [SEC_##name] = row,
#include "format/sections.def"
#undef SECTION
};

const char *dxt_status_text(DxtStatus s) {
    switch ((int)s) {
    case DXT_OK: return "no error";
#define STATUS(num, name, text) case num: return text;
#include "format/status.def"
#undef STATUS
    }
    return "unknown status";
}

const char *dxt_rule_text(u32 rule) {
    switch (rule) {
#define RULE(number, name, status, sentence) case number: return sentence;
#include "format/rules.def"
#undef RULE
    }
    return NULL;
}

static DxtStatus rule_status(u32 rule) {
    switch (rule) {
#define RULE(number, name, status, sentence) case number: return DXT_##status;
#include "format/rules.def"
#undef RULE
    }
    return DXT_E_RANGE;
}

DxtStatus dxt_fault(DxtFault *fault, u32 rule, u32 func, u64 offset, const char *fmt, ...) {
    DxtStatus status = rule_status(rule);
    if (!fault)
        return status;
    fault->status = status;
    fault->rule = rule;
    fault->func = func;
    fault->offset = offset;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(fault->detail, sizeof fault->detail, fmt, ap);
    va_end(ap);
    return status;
}
