const MASK = "•••";

/** Tokens are shown whole nowhere: replaces each in every text of a value, and passwords in addresses. */
export function withoutSecrets<T>(value: T, secrets: readonly string[]): T {
  const clean = (part: unknown): unknown => {
    if (typeof part === "string") {
      const masked = secrets.reduce((text, secret) => text.replaceAll(secret, MASK), part);
      return masked.replace(/(https?:\/\/[^/\s:@]*):[^/\s@]+@/gi, `$1:${MASK}@`);
    }
    if (Array.isArray(part)) return part.map(clean);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, each]) => [clean(key), clean(each)]));
  };
  return clean(value) as T;
}
