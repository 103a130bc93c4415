const PREFIX = "session-";

/** Every agent has a cookie of its own: several may be signed in in one browser. */
const cookieName = (agent: string): string => `${PREFIX}${agent}`;

/** The session cookies of a request: session by agent. */
export function sessionCookies(header: string | undefined): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of (header ?? "").split(";")) {
    const [name = "", value = ""] = part.trim().split("=", 2);
    if (name.startsWith(PREFIX) && value !== "") found.set(name.slice(PREFIX.length), value);
  }
  return found;
}

/** A session's cookie: not for scripts, not for other sites' requests, over TLS only where there is TLS. */
export function setCookie(agent: string, session: string, maxAge: number, secure: boolean): string {
  const flags = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure ? "; Secure" : ""}`;
  return `${cookieName(agent)}=${session}; ${flags}`;
}
