const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** True for a host name, as `URL.hostname` gives it, that is this machine's own loopback. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}
