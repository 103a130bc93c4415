/** Keys that are remembered; the oldest is forgotten first. */
const REMEMBERED = 20_000;

/** True the first time that a key is passed. */
export type Once = (key: string) => boolean;

/** Remembers the last 20,000 keys. */
export function createOnce(): Once {
  const seen = new Set<string>();
  return (key) => {
    if (seen.has(key)) return false;
    seen.add(key);
    const [oldest] = seen;
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
    return true;
  };
}
