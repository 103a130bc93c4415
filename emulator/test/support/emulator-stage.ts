import { onTestFinished } from "vitest";
import { type ManualClock, manualClock } from "../../src/clock.ts";
import type { Emulator } from "../../src/emulator.ts";
import type { EngineEvent, DialOrder } from "../../src/engine/engine.ts";
import type { Person } from "../../src/people/people.ts";
import { startEmulator } from "../../src/start-emulator.ts";
import type { CallEvent, EmulatorOptions } from "../../src/types.ts";
import { type TestApp, startApp } from "./emulator-app.ts";

export const NUMBER = "+15550100000";
export const CUSTOMER = "+15550111111";
const ALL_EVENTS: ReadonlySet<CallEvent> = new Set(["initiated", "ringing", "answered", "completed"]);

/** An emulator without sound, a clock that stands still, and an app behind the number's voice URL `/voice`. */
export interface EmulatorStage {
  readonly emulator: Emulator;
  readonly app: TestApp;
  readonly clock: ManualClock;
  readonly events: readonly EngineEvent[];
  readonly warnings: () => { code: number; message: string }[];
  /** Somebody rings the number; resolves when all that follows at once is done. */
  rings: (address?: string) => Promise<Person>;
  /** What CreateCall takes, with defaults: a browser, the app's `/agent`, all events to `/calls`. */
  order: (to: string, change?: Partial<DialOrder>) => DialOrder;
  /** Who hears whom, by address: `+15550111111 <- client:agent1`; sounds in brackets. */
  hearing: () => string[];
  conferenceEvents: () => string[];
  /** Fields of what was sent to a path of the app, in the order of sending (arrival may differ). */
  sent: (path: string) => Readonly<Record<string, string>>[];
}

function describeHearing(emulator: Emulator): string[] {
  const { engine } = emulator;
  const nameOf = (sid: string): string => {
    const call = engine.world.calls.get(sid);
    return (call?.direction === "inbound" ? call.from : call?.to) ?? sid;
  };
  return [...engine.hearing()].map(([sid, heard]) => {
    const voices = [...heard].map(nameOf).toSorted();
    return `${nameOf(sid)} <- ${voices.length > 0 ? voices.join(" ") : `[${engine.hearsSound(sid)}]`}`;
  });
}

function placeOrder(app: TestApp, to: string, change: Partial<DialOrder>): DialOrder {
  return {
    from: NUMBER,
    to,
    voice: { url: `${app.url}/agent`, method: "POST" },
    twiml: null,
    fallback: null,
    statusCallback: { url: `${app.url}/calls`, method: "POST", events: ALL_EVENTS },
    timeout: 60,
    timeLimit: null,
    ...change,
  };
}

/** Everything is closed when the test is over. */
export async function startEmulatorStage(options: EmulatorOptions = {}): Promise<EmulatorStage> {
  const clock = manualClock(() => emulator.settled(), Date.UTC(2026, 0, 2, 3, 4, 5));
  const emulator: Emulator = await startEmulator({
    clock,
    media: "none",
    numbers: [{ phoneNumber: NUMBER }],
    ...options,
  });
  const app = await startApp(emulator.credentials.authToken);
  onTestFinished(async () => {
    await emulator.close();
    await app.close();
  });
  const events: EngineEvent[] = [];
  emulator.engine.onEvent((event) => events.push(event));
  emulator.configureNumber(NUMBER, { voiceUrl: `${app.url}/voice` });
  return {
    emulator,
    app,
    clock,
    events,
    warnings: () =>
      events.flatMap((e) => (e.kind === "warning" ? [{ code: e.code, message: e.message }] : [])),
    async rings(address = CUSTOMER) {
      const person = emulator.people.add(address);
      await person.call(NUMBER);
      await emulator.settled();
      return person;
    },
    order: (to, change = {}) => placeOrder(app, to, change),
    hearing: () => describeHearing(emulator),
    sent: (path) => emulator.deliveries.filter((d) => d.url === app.url + path).map((d) => d.params),
    conferenceEvents: () => events.flatMap((e) => (e.kind === "conference" ? [e.event] : [])),
  };
}
