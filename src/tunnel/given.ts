import type { Tunnel } from "./tunnel.ts";

/** An address that leads here by somebody else's doing (a proxy, a tunnel of one's own): nothing to open or to close. */
export function givenTunnel(url: string): Tunnel {
  const never = (): void => undefined;
  return { url, onChange: () => never, onTrouble: () => never, close: async () => undefined };
}
