declare function f(...a: any[], ): void; declare class C { m(...a: any[],): void }
function g(...a: any[], ) {}
//| what_is_declared_may_end_its_parameters_in_a_comma.ts:2:23: error: Rest parameter must be last formal parameter
//|     function g(...a: any[], ) {}
//|                           ^
//| (script
//|   (empty :declare)
//|   (empty :declare)
//|   (empty :declare))
