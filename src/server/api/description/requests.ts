import { addAgentBody, holdBody, mutedBody, refusedLineBody, transferBody } from "../requests.ts";
import { named } from "./answers.ts";

export { eventsQuery, historyQuery, participantChange } from "../requests.ts";

export const transferRequest = named("TransferRequest", "The target, the mode and a note.", transferBody);
export const mutedRequest = named("MutedRequest", "Whether the agent has muted the microphone.", mutedBody);
export const holdRequest = named("HoldRequest", "Whether the customer is on hold.", holdBody);
export const refusedLineRequest = named("RefusedLineRequest", "Twilio's error code.", refusedLineBody);
export const addAgentRequest = named(
  "AddAgentRequest",
  "The server derives a missing name from the id.",
  addAgentBody,
);
