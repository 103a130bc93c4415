import { stateFolder } from "../config/state-folder.ts";
import { AppError } from "../errors.ts";
import { isLoopback } from "../loopback.ts";
import { readRunFile } from "../store/run-file.ts";
import { findSandbox } from "./sandbox-state.ts";

/** A server's address that the operator's token may travel to. */
function assertSafe(url: URL): void {
  if (url.protocol === "http:" && !isLoopback(url.hostname))
    throw new AppError("usage", `The operator's token must not travel in the clear to ${url.host}.`, {
      hint: `Use https://${url.host}. Only addresses of this machine may begin with http://.`,
    });
  const isBare = url.pathname === "/" && url.search === "" && url.hash === "";
  if (!isBare || url.username !== "" || url.password !== "")
    throw new AppError("usage", "A server's address is a host only.", {
      hint: `Write it without a path or anything else: --server ${url.origin}`,
    });
}

export interface WhichServer {
  /** An address, as in `--server`. */
  given: string | undefined;
  /** The folder with `.warm-transfer/`. */
  cwd: string;
  /** Where a server of this folder would listen. */
  port: number;
}

/** A run file's port only: a folder from elsewhere must not send the token elsewhere. */
async function serverOf(cwd: string, port: number): Promise<string> {
  const running = await readRunFile(stateFolder(cwd));
  return `http://127.0.0.1:${running?.port ?? port}`;
}

/**
 * The server that an operator means, without a trailing slash: the one that is named, else the one that was started in
 * this folder, else whatever listens on its port.
 * @throws AppError usage for an address that a token must not be sent to
 */
export async function findServer({ given, cwd, port }: WhichServer): Promise<string> {
  if (given === undefined) return serverOf(cwd, port);
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol))
    throw new AppError("usage", `"${given}" is not a server's address.`, {
      hint: "Write it as in --server https://calls.example.com.",
    });
  const url = new URL(given);
  assertSafe(url);
  return url.origin;
}

/** A server and what lets an operator in. */
export interface OperatedServer {
  url: string;
  /** Empty when there is none. */
  token: string;
}

/**
 * The same with the operator's token. The sandbox of this folder counts when no server of it runs, and has a token of its own.
 * @param token of the folder's settings
 * @throws AppError usage for an address that a token must not be sent to
 */
export async function findOperated(which: WhichServer, token: string): Promise<OperatedServer> {
  const sandbox = await findSandbox(which.cwd);
  if (!sandbox) return { url: await findServer(which), token };
  if (which.given === undefined && !(await readRunFile(stateFolder(which.cwd)))) return sandbox;
  const url = await findServer(which);
  return { url, token: url === sandbox.url ? sandbox.token : token };
}

/** True when a server of this folder, or its sandbox, says that it runs. */
export async function isServerAnnounced(cwd: string): Promise<boolean> {
  return ((await readRunFile(stateFolder(cwd))) ?? (await findSandbox(cwd))) !== undefined;
}
