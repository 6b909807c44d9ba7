// SPDX-License-Identifier: MIT
import { Emitter } from './events';

export interface Action {
    type: string;
    payload?: unknown;
}
export type Reducer<S> = (state: S | undefined, action: Action) => S;
export type Middleware<S> = (store: Store<S>) => (next: (a: Action) => Action) => (a: Action) => Action;

export class Store<S> {
    private state: S;
    private readonly events = new Emitter<{ change: [S, Action] }>();
    readonly dispatch: (action: Action) => Action;

    constructor(private reducer: Reducer<S>, middleware: Middleware<S>[] = []) {
        this.state = reducer(undefined, { type: '@init' });
        this.dispatch = middleware.reduceRight<(a: Action) => Action>((next, m) => m(this)(next), action => {
            const before = this.state;
            this.state = this.reducer(before, action);
            if (before !== this.state) this.events.emit('change', this.state, action);
            return action;
        });
    }

    getState(): S {
        return this.state;
    }

    subscribe(listener: (state: S, action: Action) => void): () => void {
        return this.events.on('change', listener);
    }
}

export function combine<S extends Record<string, any>>(reducers: { [K in keyof S]: Reducer<S[K]> }): Reducer<S> {
    const keys = Object.keys(reducers) as (keyof S)[];
    return (state, action) => {
        let changed = state === undefined;
        const next = {} as S;
        for (const key of keys) {
            next[key] = reducers[key](state?.[key], action);
            changed ||= next[key] !== state![key];
        }
        return changed ? next : state!;
    };
}

export const logger =
    <S>(log: string[]): Middleware<S> =>
    () =>
    next =>
    action => {
        log.push(`> ${action.type}`);
        const result = next(action);
        log.push(`< ${action.type}`);
        return result;
    };
