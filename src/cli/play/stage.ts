import { powerAt } from "local-twilio";
import { AppError } from "../../errors.ts";
import type { LiveEvent, StoryEvent } from "../live/events.ts";
import { type AudiblePairs, type ToneLevel, MUSIC, problemsIn, measure } from "./hearing.ts";
import { addPhone } from "./cast.ts";
import type { AgentParty, Party } from "./parties.ts";
import type { WaitingList } from "./waiting-list.ts";
import { withTimeout } from "../with-timeout.ts";
import type { Venue } from "./venue.ts";

/** One expectation of who hears whom, and whether it was met. */
export interface Check {
  when: string;
  ok: boolean;
  /** Deviations from the expected, in words. */
  problems: string[];
  /** Measured loudness between people; empty when the check is about something else. */
  measured: ToneLevel[];
}

/** A report while a scenario plays. */
export type ScenarioEvent = { kind: "step"; text: string } | { kind: "check"; check: Check };

interface OwnRecording {
  /** The loudness at a frequency, in dB of full scale, once the recording has ended. */
  db(hz: number): number;
}

/** A scenario's people, what happens to them, and the ears that judge it. */
export interface Stage {
  /** E.164: the number that customers ring. */
  readonly number: string;
  readonly customer: Party;
  readonly agents: readonly [AgentParty, AgentParty];
  /** Adds a person at a phone. From then on, every measurement includes them. */
  addPhone(id: "other customer" | "phone"): Promise<Party>;
  readonly refresh: Venue["refresh"];
  readonly transferToPhone: Venue["transferToPhone"];
  /** Resolves when a person hears an announcement. @throws AppError timeout */
  waitForSentence(party: Party): Promise<void>;
  /** Resolves when a person has heard the beep of a recording, and spoken for two seconds. @throws AppError timeout */
  waitForRecording(party: Party): Promise<OwnRecording>;
  /** Reports what a person does. */
  step: (text: string) => void;
  /** The first entry of the story of this kind. @throws AppError timeout */
  waitForEvent(event: StoryEvent["event"]): Promise<StoryEvent>;
  /** Measures until all people hear whom they should, for some seconds at most; the result is a check. */
  listen(when: string, expected: AudiblePairs): Promise<void>;
  /** A check of something that is no tone. */
  check: (when: string, ok: boolean, problem: string) => void;
}

const WINDOW_MS = 400;
const PAUSE_MS = 100;
const PATIENCE_MS = 3000;
/** Music begins after a sentence. */
const MUSIC_PATIENCE_MS = 10_000;
const EVENT_PATIENCE_MS = 15_000;
const SPOKEN_SECONDS = 2;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The check as soon as it is good, else as it is when patience is over. */
async function listenUntilExpected(
  when: string,
  parties: readonly Party[],
  expected: AudiblePairs,
): Promise<Check> {
  const hasMusic = expected.some((pair) => pair.includes(MUSIC));
  const end = performance.now() + (hasMusic ? MUSIC_PATIENCE_MS : PATIENCE_MS);
  await pause(WINDOW_MS);
  for (;;) {
    const measured = measure(parties, WINDOW_MS);
    const problems = problemsIn(measured, expected);
    const ok = problems.length === 0;
    if (ok || performance.now() > end) return { when, ok, problems, measured };
    await pause(PAUSE_MS);
  }
}

export interface StageParts {
  venue: Venue;
  customer: Party;
  agents: Stage["agents"];
  liveEvents: WaitingList<LiveEvent>;
  report: (event: ScenarioEvent) => void;
}

/** Sets a stage for one scenario. */
export function createStage({ venue, customer, agents, liveEvents, report }: StageParts): Stage {
  const parties: Party[] = [customer, ...agents];
  return {
    number: venue.number,
    customer,
    agents,
    async addPhone(id) {
      const phone = await addPhone(venue, id);
      parties.push(phone);
      return phone;
    },
    refresh: () => venue.refresh(),
    transferToPhone: (to, mode) => venue.transferToPhone(to, mode),
    async waitForSentence({ name, person }) {
      await withTimeout(
        liveEvents.first((event) => event.event === "said" && event.call === person.callSid),
        `${name} to hear a sentence`,
        EVENT_PATIENCE_MS,
      );
    },
    async waitForRecording({ name, person }) {
      const end = performance.now() + EVENT_PATIENCE_MS;
      for (;;) {
        const found = venue.recordingOf(person.callSid);
        if (found && found.seconds >= SPOKEN_SECONDS)
          return { db: (hz) => Math.round(10 * Math.log10(powerAt(found.samples, hz))) };
        if (performance.now() > end)
          throw new AppError("timeout", `${name} was not recorded within ${EVENT_PATIENCE_MS / 1000} s.`);
        await pause(PAUSE_MS);
      }
    },
    step: (text) => report({ kind: "step", text }),
    waitForEvent: async (event) =>
      (await withTimeout(
        liveEvents.first((happening) => happening.event === event),
        `the call's ${event}`,
        EVENT_PATIENCE_MS,
      )) as StoryEvent,
    listen: async (when, expected) => {
      report({ kind: "check", check: await listenUntilExpected(when, parties, expected) });
    },
    check: (when, ok, problem) =>
      report({ kind: "check", check: { when, ok, problems: ok ? [] : [problem], measured: [] } }),
  };
}
