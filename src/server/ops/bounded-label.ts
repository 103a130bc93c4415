const MOST = 40;

/** Bounds a label whose values come from outside: keeps the first 40 values, and maps the rest to `other`. */
export function createBoundedLabel(): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= MOST) return "other";
    known.add(value);
    return value;
  };
}
