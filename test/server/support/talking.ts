import type { Emulator, Person } from "local-twilio";
import type { TransferRequest } from "../../../src/server/control-api.ts";
import { readyAgent } from "./browser.ts";
import { type Operator, operatorOf } from "./operator.ts";
import { CUSTOMER, NUMBER, type TestServer, aServerWithTwilio } from "./start-server.ts";

type ReadyAgent = Awaited<ReturnType<typeof readyAgent>>;

/** A customer talks to agent1 (Ann); agent2 (Bob) is free and lets it ring; agent3 is signed out. */
export interface TalkingWorld {
  server: TestServer;
  twilio: Emulator;
  operator: Operator;
  one: ReadyAgent;
  two: ReadyAgent;
  customer: Person;
  ann: Person;
  bob: Person;
  call: string;
  /** The call's address, with what follows: `path("/end")`. */
  path: (rest?: string) => string;
  /** Brings agent2 in; resolves when all three talk. */
  transferTo: (agent: "agent2", mode?: TransferRequest["mode"]) => Promise<void>;
}

export async function customerTalks(): Promise<TalkingWorld> {
  const { server, twilio } = await aServerWithTwilio();
  const operator = operatorOf(server);
  const [one, two] = [await readyAgent(server, "agent1"), await readyAgent(server, "agent2")];
  const ann = twilio.people.add("client:agent1", { habit: { kind: "answers", afterMs: 0 } });
  const bob = twilio.people.add("client:agent2");
  const customer = twilio.people.add(CUSTOMER);
  const call = await customer.call(NUMBER);
  await one.page.until((view) => view.state === "in-call");
  const path = (rest = ""): string => `/api/calls/${call}${rest}`;
  const transferTo = async (agent: "agent2", mode: TransferRequest["mode"] = "three-way"): Promise<void> => {
    await operator.post(path("/transfer"), { to: agent, mode });
    await bob.until("ringing");
    bob.answer();
    await two.page.until((view) => view.state === "in-call");
  };
  return { server, twilio, operator, one, two, customer, ann, bob, call, path, transferTo };
}
