export function find(list, wanted) {
    for (const item of list) {
        try {
            if (item === wanted) return item;
        } finally {
            list.seen++;
        }
    }
}
