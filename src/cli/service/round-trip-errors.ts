import { AppError } from "../../errors.ts";
import { type TroubleKind, networkTrouble } from "../../network-trouble.ts";

const CHECK = "Check the proxy or tunnel that leads from there to this machine.";

const HINTS: Partial<Record<TroubleKind, string>> = {
  late: "Check that the proxy or tunnel forwards to this server's port.",
  refused: "Start the proxy or tunnel that leads from there to this machine.",
  "no-such-host": "Check the host name and its DNS record.",
  "no-name-server": "Check this machine's network.",
  "network-unreachable": "Check this machine's network.",
  untrusted: "Install a certificate of a public authority: Twilio refuses this one, too.",
};

/** @param host of the public URL */
export function unreachable(host: string, thrown: unknown): AppError {
  const { kind, words } = networkTrouble(thrown);
  const category = kind === "late" ? "timeout" : "network";
  const hint = HINTS[kind] ?? CHECK;
  return new AppError(category, `${host} cannot be reached: ${words}.`, { hint, cause: thrown });
}

/** Another process answers at the public URL. */
export function notThisServer(host: string, port: number, what: string): AppError {
  return new AppError("conflict", `${host} does not lead to this server: ${what}.`, {
    hint: `Forward it to port ${port} of this machine, or pass another --public-url.`,
  });
}

/** Requests reach the server, WebSockets do not. @param what happened to the WebSocket */
export function noStreams(host: string, what: string): AppError {
  return new AppError("network", `${host} passes requests, but no WebSockets: ${what}.`, {
    hint: "Agent pages need them. Let the proxy pass Upgrade and Connection and not buffer, or use another tunnel.",
  });
}
