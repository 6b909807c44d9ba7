// SPDX-License-Identifier: MIT
// Web Crypto: crypto.randomUUID, getRandomValues, subtle with digests and HMAC; node:crypto's hashes and random bytes. Other algorithms reject by name.
#include <stdio.h>
#include <sys/random.h>

#include "runtime/node/node.h"
#include "runtime/web/digest.h"

static void random_fill(VM *vm, u8 *p, size_t n) {
    vm_mark_impure(vm, IMPURE_RANDOM);
    for (size_t got = 0; got < n;) {
        ssize_t r = getrandom(p + got, n - got, 0);
        if (r > 0) got += (size_t)r;
    }
}
static Value crypto_uuid(VM *vm, Value self, int argc, Value *argv) {
    u8 b[16];
    random_fill(vm, b, 16);
    b[6] = (b[6] & 15) | 0x40;
    b[8] = (b[8] & 63) | 0x80;
    char t[40];
    u32 n = 0;
    for (u32 i = 0; i < 16; i++) n += (u32)sprintf(t + n, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", b[i]);
    return v_str(vm, t);
}
static Value crypto_values(VM *vm, Value self, int argc, Value *argv) {
    u8 *p;
    size_t n;
    if (!v_is_kind(ARG(0), CELL_TYPEDARRAY)) return throw_dom(vm, "TypeMismatchError", v_str(vm, "The data argument must be an integer-type TypedArray"));
    bytes_of(argv[0], &p, &n);
    if (n > 65536) return throw_dom(vm, "QuotaExceededError", v_str(vm, "The requested length exceeds 65,536 bytes"));
    heap_touch(vm, p, n);
    random_fill(vm, p, n);
    return argv[0];
}

// ---- subtle. CryptoKey: data[0] bytes, data[1] hash, data[2] own description {type, extractable, algorithm, usages}

static int hash_rjs(VM *vm, Value v) { // -1 thrown
    if (v_is_object(v)) v = get_rjs(vm, v, A_(vm, name));
    Buf b = {0};
    if (v_is_exc(v) || !utf8_arg_rjs(vm, v, &b)) return -1;
    int k = digest_named(b.data ? (char *)b.data : "", b.len);
    if (k < 0) throw_dom(vm, "NotSupportedError", v_str(vm, "Unrecognized algorithm name"));
    buf_free(&b);
    return k;
}
static Value array_buffer_of(VM *vm, const u8 *p, size_t n) {
    Value v = array_buffer_new(vm, n);
    if (!v_is_exc(v) && n) memcpy(((BufferObject *)v_ptr(v))->data, p, n);
    return v;
}
static Value subtle_digest(VM *vm, Value self, int argc, Value *argv) {
    u8 *p, out[DIGEST_MAX];
    size_t n;
    int k = hash_rjs(vm, ARG(0));
    if (k < 0) return rejected(vm);
    if (!bytes_of(ARG(1), &p, &n)) return throw_type(vm, "Failed to execute 'digest' on 'SubtleCrypto': 2nd argument is not instance of ArrayBuffer, Buffer, TypedArray, or DataView."), rejected(vm);
    digest_bytes(k, p, n, out);
    return resolved(vm, array_buffer_of(vm, out, digest_size(k)));
}
static bool is_hmac_rjs(VM *vm, Value algorithm, bool *ok) {
    Value name = v_is_object(algorithm) ? get_rjs(vm, algorithm, A_(vm, name)) : algorithm;
    Buf b = {0};
    if (v_is_exc(name) || !utf8_arg_rjs(vm, name, &b)) return false;
    lower_ascii(&b);
    *ok = b.len == 4 && !memcmp(b.data, "hmac", 4);
    buf_free(&b);
    return true;
}
static Value unsupported(VM *vm, const char *what) {
    throw_dom(vm, "NotSupportedError", v_from_string(str_format(vm, "crypto.subtle.%s: this algorithm is not supported by dx", what)));
    return rejected(vm);
}
static Value key_new(VM *vm, const u8 *p, size_t n, int hash, Value extractable, Value usages) {
    static const char *const names[] = {"MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"};
    HostObject *o = web_new(vm, WEB_CryptoKey);
    o->data[0] = uint8_array_from_bytes(vm, p, n);
    o->data[1] = v_from_int(hash);
    Value d = v_obj(object_new(vm)), algorithm = v_obj(object_new(vm)), h = v_obj(object_new(vm));
    prop_put(vm, h, "name", v_str(vm, names[hash]));
    prop_put(vm, algorithm, "name", v_str(vm, "HMAC"));
    prop_put(vm, algorithm, "length", v_from_i64((i64)n * 8));
    prop_put(vm, algorithm, "hash", h);
    prop_put(vm, d, "type", v_str(vm, "secret"));
    prop_put(vm, d, "extractable", v_from_bool(to_boolean(extractable)));
    prop_put(vm, d, "algorithm", algorithm);
    prop_put(vm, d, "usages", usages);
    o->data[2] = d;
    return v_obj(o);
}
static Value subtle_import(VM *vm, Value self, int argc, Value *argv) { // (format, keyData, algorithm, extractable, usages)
    bool hmac;
    if (!is_hmac_rjs(vm, ARG(2), &hmac)) return rejected(vm);
    if (!hmac) return unsupported(vm, "importKey");
    Value h = prop_rjs(vm, ARG(2), "hash");
    int k = v_is_exc(h) ? -1 : hash_rjs(vm, h);
    if (k < 0) return rejected(vm);
    u8 *p;
    size_t n;
    if (is_c(vm, ARG(0), "jwk")) {
        Value text = prop_rjs(vm, ARG(1), "k");
        Buf b = {0}, raw = {0};
        if (v_is_exc(text) || !utf8_arg_rjs(vm, text, &b)) return rejected(vm);
        base64_decode((char *)b.data, b.len, false, &raw);
        Value key = key_new(vm, raw.data, raw.len, k, ARG(3), ARG(4));
        buf_free(&b);
        buf_free(&raw);
        return resolved(vm, key);
    }
    if (!is_c(vm, ARG(0), "raw")) return unsupported(vm, "importKey");
    if (!bytes_of(ARG(1), &p, &n)) return throw_type(vm, "Failed to execute 'importKey' on 'SubtleCrypto': 2nd argument is not instance of ArrayBuffer, Buffer, TypedArray, or DataView."), rejected(vm);
    if (!n) return throw_dom(vm, "DataError", v_str(vm, "Zero-length key is not supported")), rejected(vm);
    return resolved(vm, key_new(vm, p, n, k, ARG(3), ARG(4)));
}
static Value subtle_generate(VM *vm, Value self, int argc, Value *argv) {
    bool hmac;
    if (!is_hmac_rjs(vm, ARG(0), &hmac)) return rejected(vm);
    if (!hmac) return unsupported(vm, "generateKey");
    Value h = prop_rjs(vm, ARG(0), "hash");
    int k = v_is_exc(h) ? -1 : hash_rjs(vm, h);
    if (k < 0) return rejected(vm);
    u8 raw[128];
    random_fill(vm, raw, digest_block(k));
    return resolved(vm, key_new(vm, raw, digest_block(k), k, ARG(1), ARG(2)));
}
static Value subtle_sign(VM *vm, Value self, int argc, Value *argv) { // sign(algorithm, key, data) (0), verify(algorithm, key, signature, data) (1)
    bool verify = native_magic(vm);
    HostObject *key = web_of(ARG(1), WEB_CryptoKey);
    u8 *p, *raw, *given, out[DIGEST_MAX];
    size_t n, raw_n, given_n = 0;
    if (!key) return unsupported(vm, verify ? "verify" : "sign");
    if (!bytes_of(verify ? ARG(3) : ARG(2), &p, &n) || (verify && !bytes_of(ARG(2), &given, &given_n))) return throw_type(vm, "the data must be an ArrayBuffer or a view"), rejected(vm);
    bytes_of(key->data[0], &raw, &raw_n);
    int k = v_int(key->data[1]);
    digest_hmac(k, raw, raw_n, p, n, out);
    if (!verify) return resolved(vm, array_buffer_of(vm, out, digest_size(k)));
    return resolved(vm, v_from_bool(given_n == digest_size(k) && !memcmp(given, out, given_n)));
}
static Value subtle_export(VM *vm, Value self, int argc, Value *argv) {
    HostObject *key = web_of(ARG(1), WEB_CryptoKey);
    u8 *p;
    size_t n;
    if (!key || (!is_c(vm, ARG(0), "raw") && !is_c(vm, ARG(0), "jwk"))) return unsupported(vm, "exportKey");
    bytes_of(key->data[0], &p, &n);
    if (is_c(vm, ARG(0), "raw")) return resolved(vm, array_buffer_of(vm, p, n));
    Value o = v_obj(object_new(vm));
    Buf b = {0};
    base64_encode(p, n, true, &b);
    prop_put(vm, o, "kty", v_str(vm, "oct"));
    prop_put(vm, o, "k", buf_take_str(vm, &b));
    return resolved(vm, o);
}
static Value subtle_missing(VM *vm, Value self, int argc, Value *argv) {
    static const char *const names[] = {"encrypt", "decrypt", "deriveKey", "deriveBits", "wrapKey", "unwrapKey"};
    return unsupported(vm, names[native_magic(vm)]);
}
static Value key_ctor(VM *vm, Value self, int argc, Value *argv) { return throw_coded(vm, REALM_TypeErrorPrototype, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor"); }
static Value key_get(VM *vm, Value self, int argc, Value *argv) {
    static const char *const names[] = {"type", "extractable", "algorithm", "usages"};
    u32 i = native_magic(vm);
    HostObject *o = web_this(vm, self, WEB_CryptoKey);
    return o ? prop_rjs(vm, o->data[2], names[i]) : V_EXC;
}
const NativeRow crypto_key_rows[] = {CTOR("CryptoKey", 0, key_ctor), ROWS_END};
const NativeRow crypto_key_proto_rows[] = {
    GETTER_MAGIC("type", key_get, 0), GETTER_MAGIC("extractable", key_get, 1), GETTER_MAGIC("algorithm", key_get, 2), GETTER_MAGIC("usages", key_get, 3), ROWS_END,
};
const NativeRow crypto_rows[] = {FN("randomUUID", 0, crypto_uuid), FN("getRandomValues", 1, crypto_values), ROWS_END};
const NativeRow subtle_rows[] = {
    FN("digest", 2, subtle_digest), FN("importKey", 5, subtle_import), FN("generateKey", 3, subtle_generate), FN_MAGIC("sign", 3, subtle_sign, 0), FN_MAGIC("verify", 4, subtle_sign, 1),
    FN("exportKey", 2, subtle_export), FN_MAGIC("encrypt", 3, subtle_missing, 0), FN_MAGIC("decrypt", 3, subtle_missing, 1), FN_MAGIC("deriveKey", 5, subtle_missing, 2),
    FN_MAGIC("deriveBits", 2, subtle_missing, 3), FN_MAGIC("wrapKey", 4, subtle_missing, 4), FN_MAGIC("unwrapKey", 7, subtle_missing, 5), ROWS_END,
};
void crypto_install(VM *vm) {
    Value crypto = v_obj(object_new(vm)), subtle = v_obj(object_new(vm));
    builtin_install(vm, crypto, RT_crypto_rows);
    builtin_install(vm, subtle, RT_subtle_rows);
    object_put(vm, v_object(crypto), key_c(vm, "subtle"), subtle, ATTR_WEC);
    object_put(vm, v_object(crypto), SYM_(vm, toStringTag), v_str(vm, "Crypto"), ATTR_C);
    object_put(vm, v_object(vm->realm->global), key_c(vm, "crypto"), crypto, ATTR_WC);
}

// ---- node:crypto: a hash is an object whose closures share slots {chunks, kind, key or undefined, the object}

static Value hash_update(VM *vm, Value self, int argc, Value *argv) {
    Value *s = native_slots(vm), target = s[3];
    Buf b = {0};
    if (!buffer_bytes_rjs(vm, ARG(0), ARG(1), &b)) return V_EXC;
    array_push(vm, v_array(s[0]), uint8_array_from_bytes(vm, b.data, b.len));
    buf_free(&b);
    return target;
}
static Value hash_digest(VM *vm, Value self, int argc, Value *argv) {
    Value *s = native_slots(vm);
    Buf all = {0};
    u8 *p, *key, out[DIGEST_MAX];
    size_t n, key_n;
    int k = v_int(s[1]);
    for (u32 i = 0; i < v_array(s[0])->length; i++)
        if (bytes_of(obj_elems(v_object(s[0]))->v[i], &p, &n) && n) buf_put(&all, p, n);
    if (bytes_of(s[2], &key, &key_n)) digest_hmac(k, key, key_n, all.data, all.len, out);
    else digest_bytes(k, all.data, all.len, out);
    buf_free(&all);
    Value b = buffer_from_bytes(vm, out, digest_size(k));
    return v_is_undefined(ARG(0)) || is_c(vm, ARG(0), "buffer") ? b : call_method_rjs(vm, b, "toString", 1, argv);
}
static Value node_hash(VM *vm, Value self, int argc, Value *argv) { // createHash (0), createHmac (1)
    bool hmac = native_magic(vm);
    Buf name = {0}, key = {0};
    if (!v_is_string(ARG(0))) return throw_arg_type(vm, hmac ? "hmac" : "algorithm", "of type string", ARG(0));
    usv_utf8(vm, v_string(argv[0]), &name);
    int k = digest_named((char *)name.data, name.len);
    buf_free(&name);
    if (k < 0) return throw_error(vm, "Digest method not supported");
    Value raw = V_UNDEFINED, o = v_obj(object_new(vm)), chunks = v_from_array(array_new(vm, 4));
    if (hmac) {
        if (!buffer_bytes_rjs(vm, ARG(1), V_UNDEFINED, &key)) return V_EXC;
        raw = uint8_array_from_bytes(vm, key.data, key.len);
        buf_free(&key);
    }
    object_put(vm, v_object(o), key_c(vm, "update"), closure(vm, RUNTIME_ID(node_crypto_internal_rows, 0), 4, chunks, v_from_int(k), raw, o), ATTR_WC);
    object_put(vm, v_object(o), key_c(vm, "digest"), closure(vm, RUNTIME_ID(node_crypto_internal_rows, 1), 4, chunks, v_from_int(k), raw, o), ATTR_WC);
    return o;
}
static Value node_random_bytes(VM *vm, Value self, int argc, Value *argv) {
    f64 n;
    if (!to_integer_rjs(vm, ARG(0), &n)) return V_EXC;
    if (n < 0 || n > 1e9) return throw_coded(vm, REALM_RangeErrorPrototype, "ERR_OUT_OF_RANGE", "The value of \"size\" is out of range.");
    Buf b = {0};
    buf_zero(&b, (size_t)n + 1);
    random_fill(vm, b.data, (size_t)n);
    Value v = buffer_from_bytes(vm, b.data, (size_t)n);
    buf_free(&b);
    if (v_is_callable(ARG(1))) return CALL2(vm, argv[1], V_UNDEFINED, V_NULL, v);
    return v;
}
static Value node_random_int(VM *vm, Value self, int argc, Value *argv) {
    f64 lo = 0, hi;
    if (argc > 1 && v_is_number(argv[1])) {
        if (!to_integer_rjs(vm, argv[0], &lo) || !to_integer_rjs(vm, argv[1], &hi)) return V_EXC;
    } else if (!to_integer_rjs(vm, ARG(0), &hi)) return V_EXC;
    if (!(hi > lo)) return throw_coded(vm, REALM_RangeErrorPrototype, "ERR_OUT_OF_RANGE", "The value of \"max\" is out of range.");
    u64 r;
    random_fill(vm, (u8 *)&r, 8);
    return v_from_num(lo + (f64)(r % (u64)(hi - lo)));
}
static Value node_timing_equal(VM *vm, Value self, int argc, Value *argv) {
    u8 *a, *b;
    size_t n, m;
    if (!bytes_of(ARG(0), &a, &n)) return throw_arg_type(vm, "buf1", "an instance of ArrayBuffer, Buffer, TypedArray, or DataView.", ARG(0));
    if (!bytes_of(ARG(1), &b, &m)) return throw_arg_type(vm, "buf2", "an instance of ArrayBuffer, Buffer, TypedArray, or DataView.", ARG(1));
    if (n != m) return throw_coded(vm, REALM_RangeErrorPrototype, "ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH", "Input buffers must have the same byte length");
    u8 diff = 0;
    for (size_t i = 0; i < n; i++) diff |= a[i] ^ b[i];
    return v_from_bool(!diff);
}
static Value node_hashes(VM *vm, Value self, int argc, Value *argv) {
    static const char *const names[] = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"};
    Array *a = array_new(vm, 6);
    for (u32 i = 0; i < 6; i++) array_push(vm, a, v_str(vm, names[i]));
    return v_from_array(a);
}
const NativeRow node_crypto_internal_rows[] = {FN("update", 2, hash_update), FN("digest", 1, hash_digest), ROWS_END};
const NativeRow node_crypto_rows[] = {
    FN_MAGIC("createHash", 1, node_hash, 0), FN_MAGIC("createHmac", 2, node_hash, 1), FN("randomBytes", 1, node_random_bytes), FN("randomInt", 2, node_random_int),
    FN("randomUUID", 0, crypto_uuid), FN("getRandomValues", 1, crypto_values), FN("timingSafeEqual", 2, node_timing_equal), FN("getHashes", 0, node_hashes),
    FN("randomFillSync", 1, crypto_values), ROWS_END,
};
Value crypto_module(VM *vm) {
    Value o = v_obj(object_new(vm)), crypto = object_own_data(vm, v_object(vm->realm->global), key_c(vm, "crypto"));
    exports_rows(vm, o, RT_node_crypto_rows);
    if (crypto == V_HOLE) return o;
    prop_put(vm, o, "webcrypto", crypto);
    prop_put(vm, o, "subtle", object_own_data(vm, v_object(crypto), key_c(vm, "subtle")));
    return o;
}
