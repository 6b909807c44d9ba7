const d = (v: any, c: any) => { console.log(c.kind, c.name); }; export default @d class { @d x = 1 } export const y = @d class Z {};
