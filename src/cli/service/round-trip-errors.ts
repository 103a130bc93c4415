import { AppError } from "../../errors.ts";
import { type TroubleKind, networkTrouble } from "../../network-trouble.ts";

const CHECK = "Check what brings that address to this machine.";

/** What to do about it. */
const HINTS: Partial<Record<TroubleKind, string>> = {
  late: "Check that what brings that address to this machine leads to this server's port.",
  refused: "Start what brings that address to this machine.",
  "no-such-host": "Check the name, and whether its DNS entry has arrived.",
  "no-name-server": "Check this machine's network.",
  "network-unreachable": "Check this machine's network.",
  untrusted: "Give that host a certificate of a public authority: Twilio would refuse this one too.",
};

/** Why a request did not come through. @param host of the public URL */
export function unreachable(host: string, thrown: unknown): AppError {
  const { kind, words } = networkTrouble(thrown);
  const category = kind === "late" ? "timeout" : "network";
  const hint = HINTS[kind] ?? CHECK;
  return new AppError(category, `${host} cannot be reached: ${words}.`, { hint, cause: thrown });
}

/** Something answers at the public URL, and it is not this process. */
export function notThisServer(host: string, port: number, what: string): AppError {
  return new AppError("conflict", `${host} does not lead to this server: ${what}.`, {
    hint: `Let it lead to port ${port} of this machine, or choose another address: --public-url.`,
  });
}

/** Requests come through and streams do not. @param what the address did with the WebSocket */
export function noStreams(host: string, what: string): AppError {
  return new AppError("network", `${host} passes requests, but no WebSockets: ${what}.`, {
    hint: "Agent pages need them. Let the proxy pass Upgrade and Connection and not buffer, or use another tunnel.",
  });
}
