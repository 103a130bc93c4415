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
  /** From `--server`. */
  given: string | undefined;
  /** The folder with `.warm-transfer/`. */
  cwd: string;
  /** The port of this folder's server. */
  port: number;
}

/** Uses only the run file's port, so that a foreign folder cannot send the token to another machine. */
async function serverOf(cwd: string, port: number): Promise<string> {
  const running = await readRunFile(stateFolder(cwd));
  return `http://127.0.0.1:${running?.port ?? port}`;
}

/**
 * The operator's server, without a trailing slash: the named one, else the one that was started in this folder, else the one
 * that listens on its port.
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

/** A server and its operator token. */
export interface OperatedServer {
  url: string;
  /** Empty if unknown. */
  token: string;
}

/**
 * Finds the server with its operator token. Without a server, finds the folder's sandbox, which has its own token.
 * @param token from the folder's settings
 * @throws AppError usage for an address that a token must not be sent to
 */
export async function findOperated(which: WhichServer, token: string): Promise<OperatedServer> {
  const sandbox = await findSandbox(which.cwd);
  if (!sandbox) return { url: await findServer(which), token };
  if (which.given === undefined && !(await readRunFile(stateFolder(which.cwd)))) return sandbox;
  const url = await findServer(which);
  return { url, token: url === sandbox.url ? sandbox.token : token };
}

/** True if a run file names a live server or sandbox of this folder. */
export async function isServerAnnounced(cwd: string): Promise<boolean> {
  return ((await readRunFile(stateFolder(cwd))) ?? (await findSandbox(cwd))) !== undefined;
}
