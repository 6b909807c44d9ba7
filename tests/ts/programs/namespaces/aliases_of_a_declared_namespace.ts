(globalThis as any).Ext = { x: 1 }; declare namespace Ext { let x: number; } namespace Uses { export import y = Ext.x; import z = Ext.x; export const w = z + y; } console.log(Uses.y, Uses.w);
