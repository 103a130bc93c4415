import type { HostCheck } from "../loopback-host.ts";

const TWILIO = /^([a-z0-9-]+\.)*twilio\.com$/i;

/** Whether a host name is one of Twilio's. */
export const isTwilio = (hostname: string): boolean => TWILIO.test(hostname);

/** Twilio's own host names, in addition to the emulator's. */
export function orTwilio(hosts: HostCheck): HostCheck {
  const allows = (host = ""): boolean => isTwilio(host.replace(/:\d{1,5}$/, "")) || hosts.allows(host);
  return {
    allows,
    refuses: (req, res) => (allows(req.headers.host) ? false : hosts.refuses(req, res)),
  };
}
