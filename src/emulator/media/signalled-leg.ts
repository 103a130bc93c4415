import { randomBytes } from "node:crypto";
import { type Leg, type LegMaker, firstMid } from "./leg.ts";
import { silentPort } from "./port.ts";

const fingerprint = (): string => {
  const hex = randomBytes(32).toString("hex").toUpperCase();
  return hex.match(/../g)!.join(":");
};

/** A description that a browser accepts, with nothing behind it: no candidate, so that it never tries to send. */
function describe(setup: "actpass" | "active", mid: string): string {
  const session = randomBytes(4).readUInt32BE();
  return [
    "v=0",
    `o=- ${session} 0 IN IP4 127.0.0.1`,
    "s=-",
    "t=0 0",
    `a=group:BUNDLE ${mid}`,
    "m=audio 9 UDP/TLS/RTP/SAVPF 0",
    "c=IN IP4 0.0.0.0",
    "a=rtcp-mux",
    `a=mid:${mid}`,
    "a=sendrecv",
    "a=rtpmap:0 PCMU/8000",
    `a=ice-ufrag:${randomBytes(3).toString("hex")}`,
    `a=ice-pwd:${randomBytes(16).toString("hex")}`,
    `a=fingerprint:sha-256 ${fingerprint()}`,
    `a=setup:${setup}`,
    "",
  ].join("\r\n");
}

/** Legs that are signalled like any other and carry no sound: for tests that listen to nothing. */
export function signalledLegs(): LegMaker {
  const make = (): Leg => ({
    port: silentPort(),
    offer: async () => describe("actpass", "0"),
    accept() {},
    answer: async (offer) => describe("active", firstMid(offer)),
    close() {},
  });
  return { make: async () => make(), close: async () => {} };
}
