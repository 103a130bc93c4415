import { onTestFinished } from "vitest";
import {
  type Emulator,
  type Habit,
  manualClock,
  type ManualClock,
  type Person,
  type Quirks,
  startEmulator,
} from "local-twilio";
import { type RunningServer, type ServerDeps, startServer } from "../../../src/compose/server.ts";
import type { Config } from "../../../src/config/config.ts";
import type { Log } from "../../../src/compose/log.ts";
import type { StoryEntry } from "../../../src/server/control-api.ts";
import { pointedSettings } from "../../../src/twilio/number/pointing.ts";
import { NUMBER, testConfig } from "../test-config.ts";
import { whoHearsWhom } from "./hearing.ts";
import { freePort } from "./free-port.ts";
import { type Exceptions, watchInvariants } from "./invariant-watch.ts";
import { type AgentAtWork, bringAgent } from "./people-at-work.ts";

export { NUMBER } from "../test-config.ts";

/** A server and an emulator on free ports of this process, without sound, on a clock that a test moves. */
export interface World {
  readonly emulator: Emulator;
  readonly server: RunningServer;
  readonly clock: ManualClock;
  readonly operatorToken: string;
  /** Everything that happened in every call, in words: `agent1-1 agent-joined`. */
  readonly story: readonly (StoryEntry & { call: string })[];
  /** Problems that the server told its log. */
  readonly problems: readonly string[];
  /** Signed in and ready. */
  agent(id: string, habit?: Habit): Promise<AgentAtWork>;
  /** Sends a request of the control API with the operator's token: a POST if it has a body. */
  operator(path: string, body?: object): Promise<Response>;
  /** Rings the number; resolves when everything that follows at once has been done. */
  customerRings(number?: string): Promise<Person>;
  whoHearsWhom(): string[];
  /** Drops the story so far. */
  forget(): void;
  /** Names of the events of all calls so far, each with its agent: `agent-joined agent1`. */
  events(): string[];
  /** Resolves when neither side has anything under way. @throws Error when an invariant is broken */
  settle(): Promise<void>;
}

interface HoldUp {
  may(): boolean;
  is(): boolean;
}

export interface WorldOptions {
  quirks?: Partial<Quirks>;
  /** Something that stands between the server and the emulator's REST API: takes its address, gives its own. */
  restThrough?: (emulatorUrl: string) => Promise<string>;
  /** The same between the emulator (and the pages) and the server. */
  webhooksThrough?: (serverUrl: string) => Promise<string>;
  log?: Log;
  tutorialFlags?: boolean;
  settings?: Pick<Config, "whenWindowGone" | "afterFailure">;
  /** Bounds of this story for an invariant that its faults make longer. */
  exceptions?: Exceptions;
  isAway?: () => boolean;
  /** What, beside a fault of REST, may hold up the server until the clock moves, and what does so now. */
  holdUp?: HoldUp;
  /** Takes a breach of an invariant in place of the test, which fails by it. */
  onBreach?: (breach: Error) => void;
  /** Takes the world's end in place of the test's. */
  onEnd?: (end: () => Promise<void>) => void;
  /** Starts the server in another way: one that can be killed. */
  start?: (config: Config, deps: ServerDeps & { clock: ManualClock }) => Promise<RunningServer>;
}

function configFor(
  emulator: Emulator,
  agents: readonly string[],
  restUrl: string,
  settings: Partial<Config>,
): Config {
  return testConfig({
    ...settings,
    ...emulator.credentials,
    agents: agents.map((id) => ({ id, name: id })),
    twilioApiBaseUrl: restUrl,
  });
}

/** The server's own port must be known before the address that Twilio is told. */
async function withGate(config: Config, through: WorldOptions["webhooksThrough"]): Promise<Config> {
  if (!through) return config;
  const port = await freePort();
  return { ...config, port, publicUrl: await through(`http://127.0.0.1:${port}`) };
}

/** So many round trips without anything new: then one side waits for what only the clock brings. */
const QUIET_TRIPS = 6;

/** Resolves after some round trips in which neither side asked the other for anything. */
async function quietTrips({ url, faults, deliveries }: Emulator, isOver: () => boolean): Promise<void> {
  for (let quiet = 0; !isOver() && quiet < QUIET_TRIPS;) {
    const before = faults.requests + deliveries.length;
    await (await fetch(`${url}/faults`)).arrayBuffer();
    quiet = before === faults.requests + deliveries.length ? quiet + 1 : 0;
  }
}

/** Resolves when nothing is under way but what is held up until the clock moves. */
async function idleButForHeld(
  emulator: Emulator,
  server: RunningServer,
  holdUp: HoldUp | undefined,
): Promise<void> {
  const { faults } = emulator;
  const mayHold = faults
    .list()
    .some((fault) => "rest" in fault && fault.delayMs !== undefined && fault.left > 0);
  const isHeld = (): boolean => faults.held > 0 || holdUp?.is() === true;
  const idle = emulator.settled().then(() => server.idle());
  if (!mayHold && !isHeld() && holdUp?.may() !== true) return idle;
  const idling = new AbortController();
  const over = idle.then(() => idling.abort());
  const isOver = (): boolean => idling.signal.aborted;
  while (!isOver() && !isHeld()) await Promise.race([over, new Promise((resolve) => setImmediate(resolve))]);
  await quietTrips(emulator, isOver);
}

/** A turn of the event loop in which neither side starts anything new is the end. */
async function settleBoth(
  emulator: Emulator,
  server: RunningServer,
  holdUp: HoldUp | undefined,
): Promise<void> {
  for (let quiet = 0; quiet < 3;) {
    const before = emulator.deliveries.length;
    await idleButForHeld(emulator, server, holdUp);
    await new Promise((resolve) => setImmediate(resolve));
    quiet = emulator.deliveries.length === before ? quiet + 1 : 0;
  }
}

function askAsOperator(url: string, token: string, body?: object): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return fetch(url, body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers });
}

function fail(breach: Error): never {
  throw breach;
}

/** How long a story's end is followed: what must be put right within 5 s has been by then. */
const EPILOGUE_MS = 5_500;

/** Everything is closed when the test is over, and every invariant holds at each of its steps. */
export async function startWorld(agents = ["agent1", "agent2"], options: WorldOptions = {}): Promise<World> {
  const { quirks = {}, restThrough = async (url) => url, start = startServer } = options;
  const clock = manualClock(() => settle());
  const twilio = await startEmulator({ clock, media: "none", quirks, numbers: [{ phoneNumber: NUMBER }] });
  const config = await withGate(
    configFor(twilio, agents, await restThrough(twilio.url), {
      tutorialFlags: options.tutorialFlags ?? false,
      ...options.settings,
    }),
    options.webhooksThrough,
  );
  const problems: string[] = [];
  const server = await start(config, {
    clock,
    onError: (error) => problems.push(error.message),
    ...(options.log ? { log: options.log } : {}),
  });
  const story: (StoryEntry & { call: string })[] = [];
  server.onStory(({ call, entry }) => story.push({ ...entry, call }));
  const { exceptions = {}, isAway = () => false, onBreach = fail, onEnd = onTestFinished } = options;
  const watched = { emulator: twilio, server, now: () => clock.now(), story, exceptions, isAway, onBreach };
  const invariants = watchInvariants(watched);
  const emulator: Emulator = { ...twilio, people: invariants.people };
  const settle = async (): Promise<void> => {
    await settleBoth(emulator, server, options.holdUp);
    await invariants.check();
  };
  const line = { publicUrl: server.url, language: config.language, apiBaseUrl: config.twilioApiBaseUrl };
  emulator.configureNumber(NUMBER, pointedSettings(line));
  onEnd(async () => {
    // A story may have gone on after a breach, or have ended before one came to light.
    try {
      await clock.advance(EPILOGUE_MS);
      while (twilio.faults.held > 0) await clock.advance(1_000);
    } finally {
      invariants.stop();
      await server.close();
      await emulator.close();
    }
  });
  return {
    emulator,
    server,
    clock,
    operatorToken: config.operatorToken,
    story,
    problems,
    agent: (id, habit) => bringAgent({ emulator, server, settle }, id, habit),
    async customerRings(number = "+15550111111") {
      const customer = emulator.people.add(number);
      await customer.call(NUMBER);
      await settle();
      return customer;
    },
    operator: (path, body) => askAsOperator(server.url + path, config.operatorToken, body),
    whoHearsWhom: () => whoHearsWhom(emulator),
    forget: () => void (story.length = 0),
    events: () => story.map((entry) => [entry.event, entry.agent].filter(Boolean).join(" ")),
    settle,
  };
}
