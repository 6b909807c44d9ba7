import { a } from "./a.cjs"; console.log(a());
