export enum Level { Low, High = 10, Higher }
export const top: Level = Level.Higher;
