// SPDX-License-Identifier: MIT
// The formats of the locales en-US and en-GB that toLocaleString methods and Intl give. Another locale, or an option that
// these files do not know, is a TypeError that names it.
#ifndef DX_LOCALE_H
#define DX_LOCALE_H

#include "vm/convert.h"

enum { LOCALE_DATE = 1, LOCALE_TIME = 2 };
// Date.prototype.toLocaleString (which: both), toLocaleDateString, toLocaleTimeString.
Value locale_date_text_rjs(VM *vm, f64 t, Value locales, Value options, int which) DX_MUST_USE;
// Number.prototype.toLocaleString.
Value locale_number_text_rjs(VM *vm, f64 v, Value locales, Value options) DX_MUST_USE;

// ---- for the two files
// LOCALE_US (also when nothing in particular is asked for) or LOCALE_GB; -1: another locale, TypeError thrown.
enum { LOCALE_US, LOCALE_GB };
int locale_pick_rjs(VM *vm, Value locales, const char *method) DX_MUST_USE;
bool locale_check_rjs(VM *vm, Value locales, const char *method) DX_MUST_USE;
// GetOption for a string: *out = index into allowed (blank-separated words), or -1 if the property is undefined.
bool locale_option_rjs(VM *vm, Value options, const char *name, const char *allowed, const char *method, int *out) DX_MUST_USE;
// GetNumberOption: *out = dflt if undefined.
bool locale_number_option_rjs(VM *vm, Value options, const char *name, int lo, int hi, int dflt, int *out) DX_MUST_USE;
// GetOption for a boolean: -1 if undefined.
bool locale_flag_rjs(VM *vm, Value options, const char *name, int *out) DX_MUST_USE;
// TypeError if any of the blank-separated properties is given.
bool locale_refuse_rjs(VM *vm, Value options, const char *names, const char *method) DX_MUST_USE;

#endif
