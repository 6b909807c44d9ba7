const attempt = (f: () => void) => { try { f(); console.log("no error"); } catch (e) { console.log((e as Error).name); } };
attempt(() => { class C { @((() => 5) as any) m() {} } });
attempt(() => { class C { @((() => 5) as any) accessor a = 1; } });
attempt(() => { let keep: any; class C { @((_: any, c: any) => { keep = c; }) m() {} } keep.addInitializer(() => {}); });
attempt(() => { class C { @((_: any, c: any) => { c.addInitializer(5); }) m() {} } });
attempt(() => { @((() => 5) as any) class C {} });
attempt(() => { class C { @((() => { throw new RangeError("x"); }) as any) m() {} } });
