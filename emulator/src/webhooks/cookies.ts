/** Cookies that an app sets; Twilio sends them back for as long as the call lasts. */
export interface CookieJar {
  header(host: string): string | null;
  store(host: string, setCookie: readonly string[] | undefined): void;
}

/** One call's cookies, by host; attributes other than the deletion by `Max-Age=0` are ignored. */
export function createCookieJar(): CookieJar {
  const jars = new Map<string, Map<string, string>>();
  return {
    header(host) {
      const jar = jars.get(host);
      return jar?.size ? [...jar].map(([name, value]) => `${name}=${value}`).join("; ") : null;
    },
    store(host, setCookie = []) {
      const jar = jars.get(host) ?? new Map<string, string>();
      jars.set(host, jar);
      for (const line of setCookie) {
        const match = /^\s*([^=;\s]+)=([^;]*)/.exec(line);
        if (!match) continue;
        const [, name = "", value = ""] = match;
        if (/;\s*max-age=0/i.test(line)) jar.delete(name);
        else jar.set(name, value);
      }
    },
  };
}
