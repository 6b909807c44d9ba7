class Node1 { next?: Node1; v = 1; get(): Node1 | undefined { return this.next; } }
const n = new Node1(); n.next = new Node1(); n.next!.v = 2;
console.log(n.next!.v, n?.next?.v, n.get()!.v, n.next!.next?.v, (n.next!.next as any)?.v.deep!.er, n!.get!()!.v);
