export const hello = () => 'real hello'; export const kind = 'real';
