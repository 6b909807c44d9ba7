namespace N { export declare let q: number; export declare class D {} export abstract class E { abstract x: number } q; } 
