import { z } from "zod";
import { agentState, callView, customer, named, time } from "./answers.ts";

const agentName = z.strictObject({ id: z.string(), name: z.string() });

export const me = named("Me", "The agent who asks.", z.strictObject({ agent: agentName }));

const colleague = named(
  "Colleague",
  "Another agent as agents see one.",
  z.strictObject({ id: z.string(), name: z.string(), state: agentState }),
);

const missedCall = named(
  "MissedCall",
  "A call that rang at an agent's page in vain.",
  z.strictObject({
    id: z.string().describe("Unique: the same call can ring twice."),
    ...customer,
    rangAt: time,
    reason: z
      .enum(["no-answer", "customer-left", "cancelled"])
      .describe("Why it stopped ringing. `cancelled`: by an agent, an operator or the server."),
  }),
);

const own = z.strictObject({
  state: agentState,
  takesCalls: z.boolean().describe("The agent's choice, the same in all windows."),
  call: callView.nullable().describe("The call at this page, or the last one, ended."),
  label: z.string().nullable().describe("The label of this agent's own leg in the call."),
  missed: z.array(missedCall).describe("The newest first."),
});

export const agentSnapshot = named(
  "AgentSnapshot",
  "What an agent's page shows. `agents` holds the page's own agent, too.",
  z.strictObject({ agent: agentName, ...own.shape, agents: z.array(colleague) }),
);

export const ownChange = named("OwnChange", "The parts of a snapshot that have changed.", own.partial());

export const sessionEnded = z.strictObject({ by: z.enum(["agent", "operator", "server"]) });

export const colleaguesChange = named(
  "ColleaguesChange",
  "Agents whose state has changed; with `all`, every agent.",
  z.strictObject({ all: z.boolean(), agents: z.array(colleague) }),
);
