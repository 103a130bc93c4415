const MOST = 40;

/** A label whose values come from outside: the first 40 stand for themselves, all others are `other`. */
export function createBoundedLabel(): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= MOST) return "other";
    known.add(value);
    return value;
  };
}
