import twilio from "twilio";
import type { Contract } from "../../../../test/support/contract/contract.ts";
import { manualClock } from "../../../src/clock.ts";
import type { Emulator } from "../../../src/emulator.ts";
import { startEmulator } from "../../../src/start-emulator.ts";
import { startRandomApp } from "./app.ts";
import { createKnown } from "./known.ts";
import { type Random, createRandom } from "./random.ts";
import { type RestRequest, candidatesOf, someRest } from "./rest.ts";
import { createBrowser, createSender, withinBound } from "./send.ts";
import { type SignallingRequest, someSignalling } from "./signalling.ts";
import { APPLICATION } from "./twiml.ts";
import { NUMBER, type ValueParts } from "./values.ts";

/** Time that passes on the emulator's clock. */
interface Pause {
  kind: "pause";
  ms: number;
}

/** Somebody calls, into a conference, a recording or a queue. A browser calls an application that leads there. */
interface Ring {
  kind: "ring";
  from: string;
  to: "conference" | "record" | "queue" | "stream";
}

type Request = RestRequest | SignallingRequest | Pause | Ring;

export interface Failure {
  seed: number;
  round: number;
  /** From 1, in its round. */
  number: number;
  request: Request;
  complaints: string[];
}

export const ROUND = 500;
/** Its calls last for as long as a conference. */
const LASTING = `AP${"c".repeat(32)}`;

function tokensOf({ accountSid, apiKey, apiSecret }: Emulator["credentials"]): string[] {
  const { AccessToken } = twilio.jwt;
  const tokens = ["agent1", "agent2", "anna-b"].map((identity) => {
    const token = new AccessToken(accountSid, apiKey, apiSecret, { identity, ttl: 3_600 });
    const outgoingApplicationSid = identity === "agent2" ? `AP${"b".repeat(32)}` : APPLICATION;
    token.addGrant(new AccessToken.VoiceGrant({ incomingAllow: true, outgoingApplicationSid }));
    return token.toJwt();
  });
  return [...tokens, "nonsense", "a.b.c", ""];
}

/** Phones that answer, decline or are busy. */
function bringPeople({ people }: Emulator): void {
  people.add("+15550100201", { habit: { kind: "answers", afterMs: 500 } });
  people.add("+15550100202", { habit: { kind: "busy" } });
  people.add("+15550100203", { habit: { kind: "declines", afterMs: 100 } });
  people.add("client:agent2", { habit: { kind: "answers-and-hangs-up", afterMs: 100, talkMs: 8_000 } });
}

async function setStage(contract: Contract, random: Random) {
  const known = createKnown();
  const app = await startRandomApp(random, known.learn);
  const clock = manualClock(async () => emulator.settled());
  const emulator: Emulator = await startEmulator({
    clock,
    media: "none",
    numbers: [
      { phoneNumber: NUMBER, voiceUrl: `${app.url}/conference`, statusCallback: `${app.url}/events` },
    ],
    applications: [
      { sid: APPLICATION, voiceUrl: `${app.url}/twiml` },
      { sid: LASTING, voiceUrl: `${app.url}/conference` },
    ],
  });
  const { url, credentials } = emulator;
  const { accountSid, authToken, apiKey, apiSecret } = credentials;
  const parts: Omit<ValueParts, "junk"> = {
    random,
    known,
    schemas: contract.description.components.schemas,
    app: app.url,
  };
  const candidates = candidatesOf(contract.description);
  const users = [`${accountSid}:${authToken}`, `${accountSid}:${authToken}`, `${apiKey}:${apiSecret}`];
  const tokens = tokensOf(credentials);
  const sender = createSender(url, contract, known.learn);
  const { succeeded } = sender;
  const browser = createBrowser(url, known.learn);
  bringPeople(emulator);
  return {
    next(): Request {
      if (random.chance(0.08))
        return {
          kind: "ring",
          from: `${random.pick(["+1555010", "+1555010", "client:caller"])}${1_000 + random.int(8_999)}`,
          to: random.pick(["conference", "record", "queue", "stream"]),
        };
      if (random.chance(0.03)) return { kind: "pause", ms: random.pick([100, 1_000, 5_000, 30_000]) };
      if (random.chance(0.15)) return someSignalling(random, known, tokens);
      return someRest(candidates, parts, { accountSid, users, succeeded });
    },
    async complaints(request: Request): Promise<string[]> {
      if (request.kind === "rest") return sender.complaints(request);
      if (request.kind === "signalling") return browser.complaints(request.frame);
      if (request.kind === "ring") {
        const voiceUrl = `${app.url}/${request.to}`;
        emulator.configureNumber(NUMBER, { voiceUrl, voiceApplicationSid: "", trunkSid: "" });
        const called = request.from.startsWith("client:") ? `app:${LASTING}` : NUMBER;
        await emulator.people.add(request.from).call(called);
        return [];
      }
      await withinBound(clock.advance(request.ms), "time");
      return [];
    },
    succeeded,
    settled: () => withinBound(emulator.settled(), "what follows"),
    async close() {
      sender.close();
      browser.close();
      await withinBound(emulator.close(), "the emulator's end");
      await app.close();
    },
  };
}

/** Plays `count` requests at an emulator of their own. The same seed and round bring the same requests. */
export async function playRound(
  contract: Contract,
  { seed, round, count }: { seed: number; round: number; count: number },
): Promise<{ failures: Failure[]; succeeded: ReadonlySet<string> }> {
  const stage = await setStage(contract, createRandom(seed * 10_000 + round));
  const failures: Failure[] = [];
  for (let number = 1; number <= count; number++) {
    const request = stage.next();
    const complaints = await stage
      .complaints(request)
      .then(async (found) => {
        await stage.settled();
        return found;
      })
      .catch((thrown: unknown) => [String(thrown)]);
    if (complaints.length > 0) failures.push({ seed, round, number, request, complaints });
  }
  await stage.close();
  return { failures, succeeded: stage.succeeded };
}
