/** Numbers for phone pages: 555-0100 to 555-0199 are reserved for fiction in North America. */
const LAST = 199;
const FIRST = 120;
const E164 = /^\+\d{6,15}$/;

export interface OwnNumbers {
  /** `wanted` if it is a number and free, else another; undefined when all are taken. */
  take(wanted: string | null): string | undefined;
  giveBack(number: string): void;
}

/** @param isTaken whether another phone already has a number */
export function createOwnNumbers(isTaken: (number: string) => boolean): OwnNumbers {
  const taken = new Set<string>();
  const isFree = (number: string): boolean => !taken.has(number) && !isTaken(number);
  const firstFree = (): string | undefined => {
    for (let last = LAST; last >= FIRST; last--) if (isFree(`+15550${last}`)) return `+15550${last}`;
    return undefined;
  };
  return {
    take(wanted) {
      const number = wanted !== null && E164.test(wanted) && isFree(wanted) ? wanted : firstFree();
      if (number !== undefined) taken.add(number);
      return number;
    },
    giveBack: (number) => void taken.delete(number),
  };
}
