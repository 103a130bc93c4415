import { z } from "zod";
import { transferMode } from "../requests.ts";
import { customer, message, named, note, outcome, phaseSeconds, text, time } from "./answers.ts";

const duration = z.int().describe("Milliseconds.");

const pastTransfer = named(
  "PastTransfer",
  "A transfer of an ended call.",
  z.strictObject({
    from: text.nullable(),
    fromName: text.nullable(),
    to: text.nullable(),
    toName: text,
    startedAt: time,
    endedAt: time,
    mode: transferMode,
    phaseSeconds,
    outcome,
    reason: text.nullable().describe("Of a failed transfer."),
    note,
  }),
);

const pastCall = named(
  "PastCall",
  "An ended call.",
  z.strictObject({
    id: text,
    ...customer,
    startedAt: time,
    endedAt: time,
    waitedMs: duration.describe("Until the first agent joined, or until the end."),
    talkedMs: duration.describe(
      "How long at least one agent was with the customer; without the time that a transfer held the customer.",
    ),
    endedBy: z.enum(["customer", "agent", "outside", "operator", "no-agent", "time-limit", "error"]),
    agents: z.array(text).describe("Names of those who joined, in their order."),
    transfers: z.array(pastTransfer),
    message: message.nullable(),
  }),
);

export const historyAnswer = named(
  "HistoryAnswer",
  "Ended calls, the newest first, of the last 30 days.",
  z.strictObject({ calls: z.array(pastCall) }),
);
