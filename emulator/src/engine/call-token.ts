import { createHmac } from "node:crypto";
import type { CallState, World } from "../types.ts";

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** `CallToken` of an incoming call, of Twilio's outer shape: its content means nothing, and the emulator accepts none. */
export function callToken({ account }: World, { sid, from, to, dateCreated }: CallState): string {
  const claims = { callSid: sid, from, to, iat: String(Math.floor(dateCreated / 1_000)) };
  const signed = `${base64url({ alg: "HS256" })}.${base64url(claims)}`;
  const signature = createHmac("sha256", account.authToken).update(signed).digest("base64url");
  const token = { parentCallInfoToken: `${signed}.${signature}`, identityHeaderTokens: [] };
  return encodeURIComponent(JSON.stringify(token));
}
