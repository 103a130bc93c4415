/**
 * Objects of the media library that its threads may still use. They must stay referenced until they have reported that
 * they are closed: what is collected before, or cleaned up before, ends the whole process.
 */
const held = new Set<object>();
const waiting: (() => void)[] = [];

/** Keeps an object alive. @returns a function that releases it */
export function hold(handle: object): () => void {
  held.add(handle);
  return () => {
    held.delete(handle);
    if (held.size > 0) return;
    for (const resolve of waiting.splice(0)) resolve();
  };
}

/** Resolves with true when nothing is held; with false when something still is after `ms` of real time. */
export async function nothingHeld(ms: number): Promise<boolean> {
  if (held.size === 0) return true;
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    waiting.push(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
