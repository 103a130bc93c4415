/** For tests that start whole programs, several at once on a small machine. */
export const SLOW = { timeout: 30_000 };
