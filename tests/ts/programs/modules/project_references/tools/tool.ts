import { v } from "~/v"; class B { set q(x: number) { console.log("setter", x); } } class D extends B { override q = 1; } new D(); export const t = "tool " + v;
