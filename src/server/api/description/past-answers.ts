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
    reason: text.nullable().describe("Why the transfer failed."),
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
    waitedMs: duration.describe("Time until the first agent joined, or until the end."),
    talkedMs: duration.describe(
      "How long at least one agent talked to the customer, without the time on hold for a transfer.",
    ),
    endedBy: z.enum(["customer", "agent", "outside", "operator", "no-agent", "time-limit", "error"]),
    agents: z.array(text).describe("Names of the agents who joined, in joining order."),
    transfers: z.array(pastTransfer),
    message: message.nullable(),
  }),
);

export const historyAnswer = named(
  "HistoryAnswer",
  "Ended calls of the last 30 days, newest first.",
  z.strictObject({ calls: z.array(pastCall) }),
);
