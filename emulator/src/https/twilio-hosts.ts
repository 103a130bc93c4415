import type { HostCheck } from "../loopback-host.ts";

const TWILIO = /^([a-z0-9-]+\.)*twilio\.com$/i;

/** Whether a host name is one of Twilio's. */
export const isTwilio = (hostname: string): boolean => TWILIO.test(hostname);

/** The names by which apps know Twilio, besides those of the emulator. */
export function orTwilio(hosts: HostCheck): HostCheck {
  const allows = (host = ""): boolean => isTwilio(host.replace(/:\d{1,5}$/, "")) || hosts.allows(host);
  return {
    allows,
    refuses: (req, res) => (allows(req.headers.host) ? false : hosts.refuses(req, res)),
  };
}
