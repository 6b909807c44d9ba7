import { h } from "./h";
export const view = (name: string) => <p class="x" {...{ id: 1 }}>Hello, {name}!</p>;
