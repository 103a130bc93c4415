import { onTestFinished } from "vitest";
import { type RunningServer, type ServerDeps, startServer } from "../../../src/compose/server.ts";
import type { Config } from "../../../src/config/config.ts";
import { type ManualClock, manualClock } from "../../../src/emulator/clock.ts";
import type { Log } from "../../../src/compose/log.ts";
import type { Emulator } from "../../../src/emulator/emulator.ts";
import type { Habit, Person } from "../../../src/emulator/people/people.ts";
import type { Quirks } from "../../../src/emulator/quirks.ts";
import { startEmulator } from "../../../src/emulator/start-emulator.ts";
import type { StoryEntry } from "../../../src/server/control-api.ts";
import { NUMBER, testConfig } from "../test-config.ts";
import { whoHearsWhom } from "./hearing.ts";
import { freePort } from "./free-port.ts";
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
  /** Names of the events of all calls so far, each with its agent: `agent-joined agent1`. */
  events(): string[];
  /** Resolves when neither side has anything under way. */
  settle(): Promise<void>;
}

export interface WorldOptions {
  quirks?: Partial<Quirks>;
  /** Something that stands between the server and the emulator's REST API: takes its address, gives its own. */
  restThrough?: (emulatorUrl: string) => Promise<string>;
  /** The same between the emulator (and the pages) and the server. */
  webhooksThrough?: (serverUrl: string) => Promise<string>;
  log?: Log;
  tutorialFlags?: boolean;
  /** Starts the server in another way: one that can be killed. */
  start?: (config: Config, deps: ServerDeps & { clock: ManualClock }) => Promise<RunningServer>;
}

function configFor(
  emulator: Emulator,
  agents: readonly string[],
  restUrl: string,
  tutorialFlags: boolean,
): Config {
  return testConfig({
    tutorialFlags,
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

/** A turn of the event loop in which neither side starts anything new is the end. */
async function settleBoth(emulator: Emulator, server: RunningServer): Promise<void> {
  for (let quiet = 0; quiet < 3;) {
    const before = emulator.deliveries.length;
    await emulator.settled();
    await server.idle();
    await new Promise((resolve) => setImmediate(resolve));
    quiet = emulator.deliveries.length === before ? quiet + 1 : 0;
  }
}

function askAsOperator(url: string, token: string, body?: object): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return fetch(url, body ? { method: "POST", headers, body: JSON.stringify(body) } : { headers });
}

/** Everything is closed when the test is over. */
export async function startWorld(agents = ["agent1", "agent2"], options: WorldOptions = {}): Promise<World> {
  const { quirks = {}, restThrough = async (url) => url, start = startServer } = options;
  const clock = manualClock(() => settle());
  const emulator = await startEmulator({ clock, media: "none", quirks, numbers: [{ phoneNumber: NUMBER }] });
  const config = await withGate(
    configFor(emulator, agents, await restThrough(emulator.url), options.tutorialFlags ?? false),
    options.webhooksThrough,
  );
  const problems: string[] = [];
  const server = await start(config, {
    clock,
    onError: (error) => problems.push(error.message),
    ...(options.log ? { log: options.log } : {}),
  });
  const settle = (): Promise<void> => settleBoth(emulator, server);
  emulator.configureNumber(NUMBER, { voiceUrl: `${server.url}/conference/connect/client` });
  const story: (StoryEntry & { call: string })[] = [];
  server.onStory(({ call, entry }) => story.push({ ...entry, call }));
  onTestFinished(async () => {
    await server.close();
    await emulator.close();
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
    events: () => story.map((entry) => [entry.event, entry.agent].filter(Boolean).join(" ")),
    settle,
  };
}
