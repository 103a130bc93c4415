import { z } from "zod";
import { agentState, callView, customer, named, time } from "./answers.ts";

const agentName = z.strictObject({ id: z.string(), name: z.string() });

export const me = named("Me", "The signed-in agent.", z.strictObject({ agent: agentName }));

const colleague = named(
  "Colleague",
  "An agent, as shown to other agents.",
  z.strictObject({ id: z.string(), name: z.string(), state: agentState }),
);

const missedCall = named(
  "MissedCall",
  "A call that rang at an agent's page and was not answered.",
  z.strictObject({
    id: z.string().describe("Unique: the same call can ring twice."),
    ...customer,
    rangAt: time,
    reason: z
      .enum(["no-answer", "customer-left", "cancelled"])
      .describe("Why it stopped ringing. `cancelled`: an agent, an operator or the server stopped it."),
  }),
);

const own = z.strictObject({
  state: agentState,
  takesCalls: z.boolean().describe("The agent's choice, the same in all windows."),
  call: callView.nullable().describe("The agent's current call, or the last one after it ended."),
  label: z.string().nullable().describe("The label of this agent's own leg in the call."),
  missed: z.array(missedCall).describe("Newest first."),
});

export const agentSnapshot = named(
  "AgentSnapshot",
  "The content of an agent's page. `agents` includes the page's own agent.",
  z.strictObject({ agent: agentName, ...own.shape, agents: z.array(colleague) }),
);

export const ownChange = named("OwnChange", "The changed parts of a snapshot.", own.partial());

export const sessionEnded = z.strictObject({ by: z.enum(["agent", "operator", "server"]) });

export const colleaguesChange = named(
  "ColleaguesChange",
  "Agents whose state has changed; with `all`, every agent.",
  z.strictObject({ all: z.boolean(), agents: z.array(colleague) }),
);
