/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** From 0 up to, and without, 1. */
  next(): number;
  /** A whole number from 0 to `most`. */
  int(most: number): number;
  chance(probability: number): boolean;
  /** @throws Error when there is nothing to pick */
  pick<T>(items: readonly T[]): T;
  /** Some of the items, in their order. */
  some<T>(items: readonly T[], probability: number): T[];
}

/** Xorshift of 32 bits (Marsaglia, doi.org/10.18637/jss.v008.i14). */
export function createRandom(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1) || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  // Small seeds begin alike.
  for (let i = 0; i < 20; i++) next();
  const random: Random = {
    next,
    int: (most) => Math.floor(next() * (most + 1)),
    chance: (probability) => next() < probability,
    pick(items) {
      if (items.length === 0) throw new Error("There is nothing to pick");
      return items[random.int(items.length - 1)]!;
    },
    some: (items, probability) => items.filter(() => random.chance(probability)),
  };
  return random;
}
