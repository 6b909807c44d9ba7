import { a } from "#app/a"; import { q } from "wild"; import { named } from "dual"; console.log(a, q, named);
