// Text for addresses and shelves.
export function slug(title: string): string {
    return title
        .normalize("NFD")
        .replace(/\p{M}+/gu, "")
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, "");
}

export function* words(text: string): Generator<string> {
    for (const { 0: word } of text.matchAll(/\p{L}+(?:['’]\p{L}+)*/gu)) yield word;
}

/** How often each word occurs, most frequent first, then by alphabet. */
export function histogram(text: string): [string, number][] {
    const counts = new Map<string, number>();
    for (const word of words(text.toLowerCase())) counts.set(word, (counts.get(word) ?? 0) + 1);
    return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
