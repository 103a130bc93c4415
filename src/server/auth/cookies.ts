const PREFIX = "session-";
/** Browsers accept such a cookie only over TLS, from this very host, for all its paths: no neighbouring host can set one. */
const OVER_TLS = "__Host-";

/** True when agents reach the server over TLS. */
export const isOverTls = (publicUrl: string): boolean => publicUrl.startsWith("https:");

/** Each agent has a cookie of its own, because several may be signed in in one browser. */
const prefixOf = (secure: boolean): string => `${secure ? OVER_TLS : ""}${PREFIX}`;

/**
 * The session cookies of a request: session by agent.
 * @param secure whether the server is reached over TLS: cookies without the prefix then count for nothing
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

/** `Set-Cookie` of a session: hidden from scripts, not sent with other sites' requests. */
export function setCookie(agent: string, session: string, maxAge: number, secure: boolean): string {
  const flags = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure ? "; Secure" : ""}`;
  return `${prefixOf(secure)}${agent}=${session}; ${flags}`;
}

/** `Set-Cookie` values that remove an agent's cookies, of the earlier name too. */
export function clearCookies(agent: string, secure: boolean): string[] {
  const names = secure ? [true, false] : [false];
  return names.map((prefixed) => setCookie(agent, "", 0, prefixed));
}
