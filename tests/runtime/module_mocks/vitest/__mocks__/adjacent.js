export const hello = () => 'mock hello'; export const kind = 'manual';
