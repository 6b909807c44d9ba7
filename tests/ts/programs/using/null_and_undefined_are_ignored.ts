{ using a = null, b = undefined; console.log(a, b); }
try { using c = {} as any; } catch (e) { console.log((e as Error).name); }
try { using c = 5 as any; } catch (e) { console.log((e as Error).name); }
try { using c = { [Symbol.dispose]: 1 } as any; } catch (e) { console.log((e as Error).name); }
