// SPDX-License-Identifier: MIT
import { Kind, tokens, type Token } from './lexer';
import { attempt, type Result } from './result';

export type Node =
    | { type: 'number'; value: number }
    | { type: 'name'; name: string }
    | { type: 'negate'; operand: Node }
    | { type: 'binary'; op: string; left: Node; right: Node };

const POWER: Record<string, number> = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2, '**': 4 };

class Parser {
    private readonly list: Token[];
    private at = 0;

    constructor(source: string) {
        this.list = [...tokens(source)];
    }

    parse(): Node {
        const node = this.expression(0);
        if (this.at < this.list.length) throw new SyntaxError(`unexpected '${this.list[this.at]!.text}'`);
        return node;
    }

    private expression(min: number): Node {
        let left = this.prefix();
        for (;;) {
            const token = this.list[this.at];
            if (token?.kind !== Kind.Operator) return left;
            const power = POWER[token.text]!;
            if (power <= min) return left;
            this.at++;
            const right = this.expression(token.text === '**' ? power - 1 : power);
            left = { type: 'binary', op: token.text, left, right };
        }
    }

    private prefix(): Node {
        const token = this.list[this.at++];
        switch (token?.kind) {
            case Kind.Number:
                return { type: 'number', value: Number(token.text) };
            case Kind.Name:
                return { type: 'name', name: token.text };
            case Kind.Open: {
                const inner = this.expression(0);
                if (this.list[this.at++]?.kind !== Kind.Close) throw new SyntaxError('expected )');
                return inner;
            }
            case Kind.Operator:
                if (token.text === '-') return { type: 'negate', operand: this.expression(3) };
            // falls through
            default:
                throw new SyntaxError(token ? `unexpected '${token.text}'` : 'unexpected end');
        }
    }
}

const OPERATORS: { [op: string]: (a: number, b: number) => number } = {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
    '%': (a, b) => a % b,
    '**': (a, b) => a ** b,
};

export const parse = (source: string): Node => new Parser(source).parse();

export function evaluate(node: Node, scope: Record<string, number> = {}): number {
    switch (node.type) {
        case 'number':
            return node.value;
        case 'name':
            if (!Object.hasOwn(scope, node.name)) throw new ReferenceError(`${node.name} is not defined`);
            return scope[node.name]!;
        case 'negate':
            return -evaluate(node.operand, scope);
        case 'binary':
            return OPERATORS[node.op]!(evaluate(node.left, scope), evaluate(node.right, scope));
    }
}

export const calculate = (source: string, scope?: Record<string, number>): Result<number, Error> =>
    attempt(() => evaluate(parse(source), scope));

export function render(node: Node): string {
    switch (node.type) {
        case 'number':
            return `${node.value}`;
        case 'name':
            return node.name;
        case 'negate':
            return `-${render(node.operand)}`;
        case 'binary':
            return `(${render(node.left)} ${node.op} ${render(node.right)})`;
    }
}
