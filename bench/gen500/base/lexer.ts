// SPDX-License-Identifier: MIT
export enum Kind {
    Number,
    Name,
    Operator,
    Open,
    Close,
}

export interface Token {
    kind: Kind;
    text: string;
    at: number;
}

const PATTERN = /\s*(?:(?<number>\d+(?:\.\d+)?)|(?<name>[A-Za-z_]\w*)|(?<open>\()|(?<close>\))|(?<op>\*\*|[-+*\/%]))/y;

export function* tokens(source: string): Generator<Token> {
    PATTERN.lastIndex = 0;
    let at = 0;
    while (at < source.trimEnd().length) {
        PATTERN.lastIndex = at;
        const match = PATTERN.exec(source);
        if (!match) {
            while (source[at] === ' ') at++;
            throw new SyntaxError(`unexpected '${source[at]}' at ${at}`);
        }
        const { number, name, open, close, op } = match.groups!;
        const text = (number ?? name ?? open ?? close ?? op)!;
        at = PATTERN.lastIndex;
        const kind = number ? Kind.Number : name ? Kind.Name : open ? Kind.Open : close ? Kind.Close : Kind.Operator;
        yield { kind, text, at: at - text.length };
    }
}
