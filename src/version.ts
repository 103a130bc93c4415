import { readFileSync } from "node:fs";

/** The control API's version, in the header of each of its answers: client and server must have the same. */
export const API_VERSION = 2;

/** Name of that header. */
export const API_VERSION_HEADER = "warm-transfer-api";

/** Name of the header with the server's clock, in ms since 1970: all times in an answer are by it. */
export const SERVER_TIME_HEADER = "warm-transfer-time";

/** The version in package.json, which lies one folder above this file, built or not. */
export function readVersion(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
