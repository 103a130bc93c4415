import { randomBytes } from "node:crypto";
import { type Codec, OFFERED, preferredCodec } from "./codec/codec.ts";
import { type Leg, type LegMaker, firstMid } from "./leg.ts";
import { silentPort } from "./port.ts";
import { createIceCredentials, describeSession } from "./session-description.ts";

const fingerprint = (): string => {
  const hex = randomBytes(32).toString("hex").toUpperCase();
  return hex.match(/../g)!.join(":");
};

/** A session description without media. */
function describe(setup: "actpass" | "active", mid: string, codecs: readonly Codec[]): string {
  return describeSession({ setup, mid, codecs, ice: createIceCredentials(), fingerprint: fingerprint() });
}

/** Legs that are signalled like any other and carry no sound: for tests that listen to nothing. */
export function signalledLegs(): LegMaker {
  const make = (): Leg => ({
    port: silentPort(),
    offer: async () => describe("actpass", "0", OFFERED),
    accept() {},
    answer: async (offer) => describe("active", firstMid(offer), [preferredCodec(offer)]),
    close() {},
  });
  return { prepare() {}, make: async () => make(), close: async () => {} };
}
