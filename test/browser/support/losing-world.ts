import { type Emulator, type Person, startEmulator } from "local-twilio";
import { startServer } from "../../../src/compose/server.ts";
import { NUMBER, testConfig } from "../../support/test-config.ts";
import { whoHearsWhom } from "../../support/world/hearing.ts";
import { type AgentAtWork, bringAgent } from "../../support/world/people-at-work.ts";
import { isInSilence } from "../../support/world/silence.ts";
import { builtPage } from "../agent-page/open-page.ts";
import { type LosableAgent, losableAgent } from "./lost-agent.ts";

/** How long Twilio takes to notice a browser that is gone or frozen: compressed. */
const NOTICED_AFTER_MS = 3_000;
const LOOK_MS = 50;

/** A server, the local Twilio, agent1 in a real browser; agent2 and the customer are scripted. */
export interface LosingWorld {
  readonly agent1: LosableAgent;
  readonly agent2: AgentAtWork;
  readonly customer: Person;
  /** `customer hears agent1`; in brackets what is heard when nobody is. */
  readonly hears: () => string | undefined;
  /** The Call SIDs of agent1's legs that Twilio has not ended. */
  readonly legsOfAgent1: () => string[];
  /** The longest silence of the customer since the last question, in ms. */
  readonly longestSilence: () => number;
  /** The server has no call any more. */
  readonly isOver: () => Promise<boolean>;
  close(): Promise<void>;
}

/** Measures in real time how long the customer hears nothing. */
function followSilence(emulator: Emulator, customer: Person) {
  let since: number | null = null;
  let longest = 0;
  const look = (): void => {
    since = isInSilence(emulator, customer.callSid ?? "") ? (since ?? performance.now()) : null;
    if (since !== null) longest = Math.max(longest, performance.now() - since);
  };
  const timer = setInterval(look, LOOK_MS);
  return {
    longestSilence(): number {
      const found = longest;
      longest = 0;
      return found;
    },
    stop: () => clearInterval(timer),
  };
}

export async function losingWorld(): Promise<LosingWorld> {
  const emulator = await startEmulator({
    numbers: [{ phoneNumber: NUMBER }],
    quirks: { lostBrowserAfterMs: NOTICED_AFTER_MS },
  });
  const agents = ["1", "2"].map((n) => ({ id: `agent${n}`, name: `Agent ${n}` }));
  const config = testConfig({ ...emulator.credentials, agents, twilioApiBaseUrl: emulator.url });
  const pagesDir = await builtPage();
  const server = await startServer(config, { pagesDir, onError: () => undefined });
  emulator.configureNumber(NUMBER, { voiceUrl: `${server.url}/conference/connect/client` });
  const agent1 = losableAgent(() => server.signInLink("agent1"));
  await agent1.open();
  const agent2 = await bringAgent({ emulator, server, settle: async () => undefined }, "agent2");
  const customer = emulator.people.add("+15550111111");
  const silence = followSilence(emulator, customer);
  return {
    agent1,
    agent2,
    customer,
    hears: () => whoHearsWhom(emulator).find((sentence) => sentence.startsWith("customer hears")),
    legsOfAgent1: () =>
      [...emulator.engine.world.calls.values()]
        .filter(({ to, endTime }) => endTime === null && to.startsWith("client:agent1"))
        .map(({ sid }) => sid),
    longestSilence: () => silence.longestSilence(),
    isOver: async () => (await server.calls()).length === 0,
    async close() {
      silence.stop();
      await agent1.close();
      await server.close();
      await emulator.close();
    },
  };
}
