export function* f(inner) {
    const got = yield 1;
    yield* inner;
    return got;
}
