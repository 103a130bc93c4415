const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** @param hostname in the form of `URL.hostname` */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}
