const PREFIX = "session-";
/** Browsers accept this prefix only over TLS, from the host itself, for all paths. No neighbouring host can set it. */
const OVER_TLS = "__Host-";

export const isOverTls = (publicUrl: string): boolean => publicUrl.startsWith("https:");

/** One cookie per agent, because several agents may be signed in in one browser. */
const prefixOf = (secure: boolean): string => `${secure ? OVER_TLS : ""}${PREFIX}`;

/**
 * Session ids by agent.
 * @param secure whether browsers reach the server over TLS; cookies without the `__Host-` prefix are then ignored
 */
export function sessionCookies(header: string | undefined, secure: boolean): Map<string, string> {
  const prefix = prefixOf(secure);
  const found = new Map<string, string>();
  for (const part of (header ?? "").split(";")) {
    const [name = "", value = ""] = part.trim().split("=", 2);
    if (name.startsWith(prefix) && value !== "") found.set(name.slice(prefix.length), value);
  }
  return found;
}

/** A `Set-Cookie` value: hidden from scripts, not sent with other sites' requests. */
export function setCookie(agent: string, session: string, maxAge: number, secure: boolean): string {
  const flags = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure ? "; Secure" : ""}`;
  return `${prefixOf(secure)}${agent}=${session}; ${flags}`;
}

/** `Set-Cookie` values that remove an agent's cookies, with and without the prefix. */
export function clearCookies(agent: string, secure: boolean): string[] {
  const names = secure ? [true, false] : [false];
  return names.map((prefixed) => setCookie(agent, "", 0, prefixed));
}
