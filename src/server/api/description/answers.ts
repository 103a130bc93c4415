import { z } from "zod";
import { transferMode } from "../requests.ts";

/** Every schema that has a name in the description. */
export const components = z.registry<{ id: string }>();

/** Gives a schema its name and says what it is. */
export function named<Schema extends z.ZodType>(id: string, description: string, schema: Schema): Schema {
  const described = schema.describe(description);
  components.add(described, { id });
  return described;
}

export const time = z.int().describe("Milliseconds since 1970.");
export const text = z.string();
export const customer = {
  customerKind: z
    .enum(["number", "address", "withheld"])
    .describe("`address`: a SIP address, a browser's name or other text."),
  customerNumber: text.describe("Empty when it is withheld. For an agent, an `address` is masked."),
};
export const agentState = z
  .enum(["signed-out", "not-ready", "not-answering", "free", "ringing", "in-call"])
  .describe("`not-answering`: the agent's page does not answer, as in a frozen tab, and is not rung.");
export const outcome = z.enum(["completed", "cancelled", "abandoned", "failed"]);

export const legView = named(
  "LegView",
  "A leg of a call, and who is at its other end.",
  z.strictObject({
    label: text,
    kind: z.enum(["customer", "agent", "outside"]),
    name: text.describe(
      "An agent's name, or the customer's number, empty when that is withheld; of whoever else, the number or address, masked.",
    ),
    agent: text.nullable(),
    state: z.enum(["dialling", "ringing", "joined", "left"]),
    onHold: z.boolean(),
    muted: z.boolean().describe("By an operator."),
    mutedSelf: z.boolean().describe("The agent has muted the microphone in the page."),
    leaving: z
      .enum(["leaves", "hands-over", "ends-call"])
      .nullable()
      .describe(
        "What the agent's leaving would do: the others talk on, the customer waits for the target who rings, or the call ends.",
      ),
    since: time,
  }),
);

const seconds = z.number().describe("Seconds; 0 if there was no such phase.");
export const phaseSeconds = z.strictObject({ ringing: seconds, consulting: seconds, together: seconds });
export const note = text.nullable().describe("What the starter tells the target.");

export const transferView = named(
  "TransferView",
  "A transfer of a call that lives, or of one that has just ended.",
  z.strictObject({
    id: text,
    from: text.nullable(),
    fromName: text.nullable(),
    to: text.nullable().describe("Null for somebody who is no agent."),
    toName: text.describe("The agent's name, or the masked number or address."),
    target: text.describe("The label of the target's leg."),
    mode: transferMode,
    phase: z
      .enum(["ringing", "briefing", "consulting", "together", "ended"])
      .describe(
        "briefing: who is no agent has answered, and hears what it is about. consulting: the customer is on hold, and starter and target talk. together: all three talk.",
      ),
    isSwapped: z
      .boolean()
      .describe("In a consultation: the customer and the starter talk, and the target is on hold."),
    note,
    startedAt: time,
    endedAt: time.nullable(),
    phaseSince: time.describe("When this phase began, in milliseconds since 1970."),
    phaseSeconds: phaseSeconds.describe("Of the phases that are over."),
    outcome: outcome.nullable(),
    reason: text
      .nullable()
      .describe("Of a failed transfer: no-answer, busy, declined, unreachable, machine, target-left, error."),
  }),
);

const storyEntry = named(
  "StoryEntry",
  "One thing that happened in a call.",
  z.strictObject({
    at: time,
    event: z.enum([
      "customer-called",
      "agent-dialled",
      "agent-ringing",
      "agent-joined",
      "agent-not-reached",
      "agent-left",
      "transfer-started",
      "transfer-completed",
      "transfer-cancelled",
      "transfer-failed",
      "transfer-abandoned",
      "customer-left",
      "call-ended",
      "message-left",
    ]),
    label: text.nullable(),
    agent: text.nullable(),
    agentName: text.nullable(),
    reason: text.nullable(),
  }),
);

export const message = named(
  "MessageView",
  "What a customer said whom nobody could take.",
  z.strictObject({
    recording: text.describe("Twilio's Recording SID."),
    url: text.describe("Where to listen: a WAV file, or an MP3 file with .mp3 after it."),
    seconds: z.number(),
    at: time,
  }),
);

const summary = {
  id: text.describe("The customer's Call SID."),
  conferenceSid: text.nullable().describe("Null until Twilio has told it."),
  ...customer,
  startedAt: time,
  endedAt: time.nullable().describe("A customer who leaves a message stays on the line for a little longer."),
  message: message.nullable(),
  state: z.enum(["waiting", "talking", "transferring", "ended"]),
  legs: z.array(legView).describe("Legs that have not left; the customer's first."),
  transfer: transferView.nullable().describe("The last one, open or ended."),
};

export const callSummary = named("CallSummary", "A call in a list.", z.strictObject(summary));

export const callView = named(
  "CallView",
  "A call with its story.",
  z.strictObject({
    ...summary,
    transfers: z.array(transferView).describe("In the order in which they started."),
    story: z.array(storyEntry),
  }),
);

export const callsAnswer = named(
  "CallsAnswer",
  "The calls that live, oldest first.",
  z.strictObject({ calls: z.array(callSummary) }),
);

export const serverInfo = named(
  "ServerInfo",
  "Which server this is.",
  z.strictObject({
    version: text.describe("Of the package."),
    instance: text.describe("New with each start."),
    startedAt: time,
    publicUrl: text,
    number: text.describe("The number that customers ring."),
    refusedSignatures: z
      .strictObject({ count: z.int(), lastAt: time })
      .nullable()
      .describe("Webhooks that none of our auth tokens signed, if the token seems to have been rotated."),
  }),
);

export const agentEntry = named(
  "AgentEntry",
  "An agent as operators see one.",
  z.strictObject({
    id: text,
    name: text,
    state: agentState,
    call: text.nullable().describe("The call that rings there or that the agent is in."),
  }),
);

export const agentsAnswer = named(
  "AgentsAnswer",
  "All agents, in the order in which they are rung.",
  z.strictObject({ agents: z.array(agentEntry) }),
);

export const signInLinkAnswer = named(
  "SignInLinkAnswer",
  "A link that signs an agent in until it expires.",
  z.strictObject({ agent: text, link: text, expiresAt: time }),
);

export const storyEvent = named(
  "StoryEvent",
  "Something new in a call's story.",
  z.strictObject({ call: text, ...customer, entry: storyEntry }),
);

export const errorAnswer = named(
  "ErrorAnswer",
  "What happened, and what to do next.",
  z.strictObject({
    error: z.strictObject({
      category: text,
      code: text.describe("For programs."),
      message: text,
      hint: text.nullable(),
    }),
  }),
);
