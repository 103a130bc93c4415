import type { Known } from "./known.ts";
import type { Random } from "./random.ts";

export interface SignallingRequest {
  kind: "signalling";
  frame: string;
}

const TYPES = ["listen", "register", "invite", "answer", "reinvite", "reject", "hangup", "dtmf", "message"];
const SDP = "v=0\r\na=mid:0\r\na=ice-ufrag:abcd\r\n";
const JUNK: readonly unknown[] = [
  "",
  null,
  0,
  -1,
  true,
  [],
  {},
  "x".repeat(5_000),
  "\u0000",
  "😀",
  { a: { b: [1] } },
];

/** A message of the Voice SDK, or what only looks like one. */
export function someSignalling(random: Random, known: Known, tokens: readonly string[]): SignallingRequest {
  if (random.chance(0.04))
    return {
      kind: "signalling",
      frame: random.pick(["\n", "", "{", "null", "[]", "1", '"listen"', "\u0000"]),
    };
  const good: Record<string, unknown> = {
    token: random.pick(tokens),
    media: { audio: random.chance(0.9) },
    callsid: random.chance(0.8) ? known.sid("CA", random) : "TEMP-1",
    sdp: SDP,
    dtmf: random.pick(["1", "12#", "x"]),
    twilio: { params: "a=b&To=agent1" },
    voiceeventsid: "KX1",
    messagetype: "user-defined-message",
    content: { a: 1 },
    reconnect: random.chance(0.2) ? "token" : undefined,
  };
  const payload = Object.fromEntries(
    Object.entries(good)
      .filter(() => random.chance(0.95))
      .map(([name, value]) => [name, random.chance(0.04) ? random.pick(JUNK) : value]),
  );
  const type = random.chance(0.96) ? random.pick(TYPES) : random.pick(JUNK);
  const message = { type, version: "1.6", payload: random.chance(0.97) ? payload : random.pick(JUNK) };
  return { kind: "signalling", frame: JSON.stringify(message) };
}
