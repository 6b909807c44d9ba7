export async function f(p) {
    try {
        return await p;
    } finally {
        done();
    }
}
