import { AppError } from "../errors.ts";
import { assertNgrokInstalled } from "../optional.ts";
import { type Environment, startChild } from "./child.ts";
import { keepOpen } from "./keep-open.ts";
import { TOKEN_PAGE, explainNgrok } from "./ngrok-errors.ts";
import type { Tunnel, TunnelOptions } from "./tunnel.ts";

export interface NgrokSettings {
  authtoken: string;
  domain?: string | undefined;
  /** For tests: a server in place of ngrok's, and the file with its CA certificate. */
  serverAddr?: string | undefined;
  serverCa?: string | undefined;
}

function assertToken(authtoken: string): void {
  // The SDK reports a missing token and a missing network alike.
  if (authtoken !== "" && !/[^!-~]/.test(authtoken)) return;
  const what =
    authtoken === ""
      ? "NGROK_AUTHTOKEN is not set."
      : "NGROK_AUTHTOKEN contains a character that no authtoken has.";
  throw new AppError("config", what, { hint: `Copy it from ${TOKEN_PAGE} and set NGROK_AUTHTOKEN.` });
}

/**
 * Opens an ngrok endpoint with the official SDK.
 * @throws AppError config (no token, not your domain), auth (refused), conflict (in use), network, timeout
 */
export async function openNgrok(
  port: number,
  { authtoken, domain, serverAddr, serverCa }: NgrokSettings,
  env: Environment,
  options: TunnelOptions,
): Promise<Tunnel> {
  assertToken(authtoken);
  assertNgrokInstalled();
  const order = {
    kind: "ngrok",
    port,
    authtoken,
    domain: domain ?? null,
    serverAddr: serverAddr ?? null,
    serverCa: serverCa ?? null,
  } as const;
  return keepOpen({ name: "ngrok", start: () => startChild(order, env), explain: explainNgrok }, options);
}
