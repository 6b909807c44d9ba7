exports.x = 1; declare const exports: any;
