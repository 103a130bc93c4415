import { readFileSync } from "node:fs";

/** The control API's version, sent with each response. Client and server must have the same. */
export const API_VERSION = 2;

export const API_VERSION_HEADER = "warm-transfer-api";

/** The header with the server's clock, in ms since 1970. All times of a response are by that clock. */
export const SERVER_TIME_HEADER = "warm-transfer-time";

/** Reads package.json, which is one folder above this file in `src` and in `dist`. */
export function readVersion(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
