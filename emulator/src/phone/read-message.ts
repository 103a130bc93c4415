import type { FromPhone } from "./protocol.ts";

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

/** A message of a phone page. @throws Error that says what is wrong with it */
export function readMessage(frame: string): FromPhone {
  const message = JSON.parse(frame) as Record<string, unknown> | null;
  const { type, to, sdp, digits } = message ?? {};
  if (type === "call" && isText(to) && isText(sdp)) return { type, to, sdp };
  if (type === "answer" && isText(sdp)) return { type, sdp };
  if (type === "decline" || type === "hang-up") return { type };
  if (type === "digits" && isText(digits) && /^[\d*#]+$/.test(digits)) return { type, digits };
  throw new Error(`not a message that a phone may send: ${frame.slice(0, 80)}`);
}
