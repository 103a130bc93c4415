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
  .describe(
    "`not-answering`: the agent's page does not answer, for example in a frozen tab, and calls do not ring there.",
  );
export const outcome = z.enum(["completed", "cancelled", "abandoned", "failed"]);

export const legView = named(
  "LegView",
  "A leg of a call, and who is at its other end.",
  z.strictObject({
    label: text,
    kind: z.enum(["customer", "agent", "outside"]),
    name: text.describe(
      "An agent's name; the customer's number, empty when it is withheld; any other party's number or address, masked.",
    ),
    agent: text.nullable(),
    state: z.enum(["dialling", "ringing", "joined", "left"]),
    onHold: z.boolean(),
    muted: z.boolean().describe("An operator has muted this leg."),
    mutedSelf: z.boolean().describe("The agent has muted the microphone in the page."),
    leaving: z
      .enum(["leaves", "hands-over", "ends-call"])
      .nullable()
      .describe(
        "The effect if the agent left now: the others continue the call, the customer waits for the ringing target, or the call ends.",
      ),
    since: time,
  }),
);

const seconds = z.number().describe("Seconds; 0 if there was no such phase.");
export const phaseSeconds = z.strictObject({ ringing: seconds, consulting: seconds, together: seconds });
export const note = text.nullable().describe("The starter's note to the target.");

export const transferView = named(
  "TransferView",
  "A transfer of a call that is live or has just ended.",
  z.strictObject({
    id: text,
    from: text.nullable(),
    fromName: text.nullable(),
    to: text.nullable().describe("Null if the target is not an agent."),
    toName: text.describe("The agent's name, or the masked number or address."),
    target: text.describe("The label of the target's leg."),
    mode: transferMode,
    phase: z
      .enum(["ringing", "briefing", "consulting", "together", "ended"])
      .describe(
        "briefing: a target who is not an agent has answered and hears the note. consulting: the customer is on hold, and starter and target talk. together: all three talk.",
      ),
    isSwapped: z
      .boolean()
      .describe("In a consultation: the customer and the starter talk, and the target is on hold."),
    note,
    startedAt: time,
    endedAt: time.nullable(),
    phaseSince: time.describe("When this phase began, in milliseconds since 1970."),
    phaseSeconds: phaseSeconds.describe("How long each finished phase lasted."),
    outcome: outcome.nullable(),
    reason: text
      .nullable()
      .describe(
        "Why the transfer failed: no-answer, busy, declined, unreachable, machine, target-left, error.",
      ),
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
  "A message that a customer recorded because no agent answered.",
  z.strictObject({
    recording: text.describe("Twilio's Recording SID."),
    url: text.describe("The recording's URL: a WAV file, or an MP3 file with .mp3 appended."),
    seconds: z.number(),
    at: time,
  }),
);

const summary = {
  id: text.describe("The customer's Call SID."),
  conferenceSid: text.nullable().describe("Null until Twilio has reported it."),
  ...customer,
  startedAt: time,
  endedAt: time.nullable().describe("The customer may still be on the line, to leave a message."),
  message: message.nullable(),
  state: z.enum(["waiting", "talking", "transferring", "ended"]),
  legs: z.array(legView).describe("Legs that have not left, starting with the customer's."),
  transfer: transferView.nullable().describe("The latest transfer, open or ended."),
};

export const callSummary = named("CallSummary", "A call in a list.", z.strictObject(summary));

export const callView = named(
  "CallView",
  "A call with its story.",
  z.strictObject({
    ...summary,
    transfers: z.array(transferView).describe("In starting order."),
    story: z.array(storyEntry),
  }),
);

export const callsAnswer = named(
  "CallsAnswer",
  "Live calls, oldest first.",
  z.strictObject({ calls: z.array(callSummary) }),
);

export const serverInfo = named(
  "ServerInfo",
  "The running server.",
  z.strictObject({
    version: text.describe("The package's version."),
    instance: text.describe("An id that changes with each start."),
    startedAt: time,
    publicUrl: text,
    number: text.describe("The number that customers call."),
    refusedSignatures: z
      .strictObject({ count: z.int(), lastAt: time })
      .nullable()
      .describe(
        "Webhooks that were signed with none of the server's auth tokens; null unless the token seems to have been rotated.",
      ),
  }),
);

export const agentEntry = named(
  "AgentEntry",
  "An agent, as shown to operators.",
  z.strictObject({
    id: text,
    name: text,
    state: agentState,
    call: text.nullable().describe("The call that rings at the agent's page or that the agent is in."),
  }),
);

export const agentsAnswer = named(
  "AgentsAnswer",
  "All agents, in ringing order.",
  z.strictObject({ agents: z.array(agentEntry) }),
);

export const signInLinkAnswer = named(
  "SignInLinkAnswer",
  "A link that signs an agent in until it expires.",
  z.strictObject({ agent: text, link: text, expiresAt: time }),
);

export const storyEvent = named(
  "StoryEvent",
  "A new entry in a call's story.",
  z.strictObject({ call: text, ...customer, entry: storyEntry }),
);

export const errorAnswer = named(
  "ErrorAnswer",
  "What failed, and the fix.",
  z.strictObject({
    error: z.strictObject({
      category: text,
      code: text.describe("The error for programs; see Codes."),
      message: text,
      hint: text.nullable(),
    }),
  }),
);
