import { toAppError } from "../../errors.ts";
import type { TransferView } from "../../server/control-api.ts";
import { HEARD_DB, MUSIC } from "./hearing.ts";
import type { TransferButton } from "./page-client.ts";
import type { AgentParty, Party } from "./parties.ts";
import type { Stage } from "./stage.ts";
import { BUTTONS, WAYS } from "./talk-words.ts";
import { withTimeout } from "../with-timeout.ts";

/** Two parties who hear each other, or one who hears music. */
type Heard = readonly [Party, Party | typeof MUSIC];

/** Actions of a call's people. Each promise resolves when every page shows the result. */
export interface Talk extends Stage {
  readonly first: AgentParty;
  readonly second: AgentParty;
  /** All people hear each other. */
  readonly allThree: readonly Heard[];
  checkGreeting(): Promise<void>;
  /** Opens the agents' pages. */
  getReady(...agents: AgentParty[]): Promise<void>;
  customerCalls(): Promise<void>;
  /** Another customer calls, too. */
  otherCustomerCalls(): Promise<Party>;
  /** Both agents are ready, the customer calls, and the first agent answers. */
  begins(): Promise<void>;
  /** The agent's page rings. */
  rings(agent: AgentParty): Promise<void>;
  answers(agent: AgentParty): Promise<void>;
  declines(agent: AgentParty): Promise<void>;
  /** The first agent transfers to the second. */
  transfers(mode: TransferView["mode"]): Promise<void>;
  /** An operator transfers to a phone, and it rings. */
  transfersToPhone(mode: TransferView["mode"]): Promise<Party>;
  /** A person answers a phone and hears the briefing. */
  answersPhone(phone: Party): Promise<void>;
  /** A person at a phone presses a key. */
  pressesKey(phone: Party, key: string): void;
  /** The first agent tries to transfer to the second, and the server refuses. */
  isRefused(because: string): Promise<void>;
  /** The first agent presses one of the transfer's buttons. */
  presses(button: TransferButton): Promise<void>;
  /** Says goodbye to the server and hangs up, as the page does. */
  leaves(agent: AgentParty): Promise<void>;
  /** The line breaks without notice, as when a browser crashes. */
  isLost(agent: AgentParty): void;
  /** Checks how the transfer ended. */
  ends(outcome: NonNullable<TransferView["outcome"]>, reason?: string): Promise<void>;
  /** Checks who hears whom, and that no one hears anything else. */
  hear(when: string, ...heard: Heard[]): Promise<void>;
  /** Checks that the agent's page is free and no longer rings. */
  isFree(agent: AgentParty): Promise<void>;
  /** The customer hears a sentence and a beep, speaks, and is thanked. Checks that the recording has the customer's voice. */
  leavesMessage(): Promise<void>;
  /** The call is over. */
  customerHangsUp(): Promise<void>;
}

const idOf = (party: Party | typeof MUSIC): string => (party === MUSIC ? MUSIC : party.id);

/** The call that an agent's page shows. */
async function callOf({ name, page }: AgentParty): Promise<string> {
  const { call } = await page.until(`${name}'s call`, (view) => view.call !== null);
  return call?.id ?? "";
}

type CustomerVerbs = Pick<
  Talk,
  "customerCalls" | "otherCustomerCalls" | "checkGreeting" | "leavesMessage" | "customerHangsUp"
>;

/** How long the last sentence may take, in ms. */
const THANKS_MS = 10_000;

function customerVerbs(stage: Stage): CustomerVerbs {
  const { customer, number } = stage;
  return {
    async customerCalls() {
      await withTimeout(customer.person.call(number), "the customer's call to ring");
    },
    async otherCustomerCalls() {
      const other = await stage.addPhone("other customer");
      stage.step(`${other.name} calls`);
      await withTimeout(other.person.call(number), "the other customer's call to ring");
      return other;
    },
    async checkGreeting() {
      await stage.refresh();
      const heard = customer.person.captions.length > 0;
      stage.check("the customer is greeted", heard, "the customer heard no greeting");
    },
    async leavesMessage() {
      stage.step(`${customer.name} leaves a message`);
      const recording = await stage.waitForRecording(customer);
      const { length } = customer.person.captions;
      customer.person.press("#");
      await stage.waitForEvent("message-left");
      const level = recording.db(customer.hz);
      stage.check("the message has the customer's voice", level >= HEARD_DB, `it measured ${level} dB`);
      await withTimeout(customer.person.until("idle"), "the customer's call to end", THANKS_MS);
      stage.check("the customer is thanked", customer.person.captions.length > length, "nothing was said");
    },
    async customerHangsUp() {
      customer.person.hangUp();
      await stage.waitForEvent("call-ended");
    },
  };
}

async function rings({ name, page, person }: AgentParty): Promise<void> {
  await page.until(`${name}'s page to ring`, ({ state }) => state === "ringing");
  await withTimeout(person.until("ringing"), `${name}'s browser to ring`);
}

type AgentVerbs = Pick<Talk, "getReady" | "rings" | "answers" | "declines" | "leaves" | "isLost" | "isFree">;

function agentVerbs({ step, check, refresh }: Stage): AgentVerbs {
  return {
    async getReady(...agents) {
      for (const { name, page } of agents) {
        step(`${name} opens the page and is ready`);
        await page.setReady(true);
        // Not "free": if a customer waits, the page rings at once.
        await page.until(`${name} to be ready`, ({ state }) => !["signed-out", "not-ready"].includes(state));
      }
    },
    rings,
    async answers(agent) {
      await rings(agent);
      step(`${agent.name} presses Answer`);
      agent.person.answer();
      await agent.page.until(`${agent.name} to be in the call`, ({ state }) => state === "in-call");
    },
    async declines(agent) {
      await rings(agent);
      step(`${agent.name} presses Decline`);
      agent.person.decline();
    },
    async leaves(agent) {
      step(`${agent.name} presses Leave`);
      await agent.page.leave(await callOf(agent));
      agent.person.hangUp();
      await agent.page.until(`${agent.name} to be out of the call`, ({ state }) => state !== "in-call");
    },
    isLost({ name, person }) {
      step(`${name}'s browser crashes`);
      person.hangUp();
    },
    async isFree({ name, page, person }) {
      await page.until(`${name} to be free`, ({ state }) => state === "free");
      await refresh();
      check(`${name}'s page no longer rings`, person.state === "idle", `${name}'s page still rings`);
    },
  };
}

type PhoneVerbs = Pick<Talk, "transfersToPhone" | "answersPhone" | "pressesKey">;

function phoneVerbs(stage: Stage): PhoneVerbs {
  const { step } = stage;
  return {
    async transfersToPhone(mode) {
      const phone = await stage.addPhone("phone");
      step(`an operator transfers to ${phone.name}: ${WAYS[mode]}`);
      await stage.transferToPhone(phone.person.address, mode);
      await withTimeout(phone.person.until("ringing"), `${phone.name} to ring`);
      return phone;
    },
    async answersPhone(phone) {
      step(`a person answers ${phone.name}`);
      phone.person.answer();
      await stage.waitForSentence(phone);
    },
    pressesKey({ name, person }, key) {
      step(`a person presses ${key} at ${name}`);
      person.press(key);
    },
  };
}

type TransferVerbs = Pick<Talk, "transfers" | "isRefused" | "presses" | "ends">;

function transferVerbs(stage: Stage): TransferVerbs {
  const { step, check, agents } = stage;
  const [first, second] = agents;
  const transfers = async (mode: TransferView["mode"]): Promise<void> => {
    step(`${first.name} presses Transfer to ${second.name}: ${WAYS[mode]}`);
    await first.page.transfer(await callOf(first), second.id, mode);
  };
  return {
    transfers,
    async isRefused(because) {
      const refusal = await transfers("three-way").then(
        () => "nothing",
        (thrown: unknown) => toAppError(thrown).message,
      );
      step(refusal);
      check("the transfer is refused", refusal.includes(because), `the server said ${refusal}`);
    },
    async presses(button) {
      step(`${first.name} presses ${BUTTONS[button]}`);
      await first.page.press(await callOf(first), button);
    },
    async ends(outcome, reason) {
      const entry = await stage.waitForEvent(`transfer-${outcome}`);
      const found = entry.reason ?? "none";
      const isRight = reason === undefined || found === reason;
      check(`the transfer is ${outcome}${reason ? `: ${reason}` : ""}`, isRight, `the reason is ${found}`);
    },
  };
}

export function createTalk(stage: Stage): Talk {
  const { customer } = stage;
  const [first, second] = stage.agents;
  const talk: Talk = {
    ...stage,
    ...customerVerbs(stage),
    ...agentVerbs(stage),
    ...transferVerbs(stage),
    ...phoneVerbs(stage),
    first,
    second,
    allThree: [
      [customer, first],
      [customer, second],
      [first, second],
    ],
    async begins() {
      await talk.getReady(first, second);
      await talk.customerCalls();
      await talk.answers(first);
    },
    hear: (when, ...heard) =>
      stage.listen(
        when,
        heard.map(([one, other]) => [one.id, idOf(other)]),
      ),
  };
  return talk;
}
