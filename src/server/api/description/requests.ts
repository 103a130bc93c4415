import { addAgentBody, readyBody, transferBody } from "../bodies.ts";
import { named } from "./answers.ts";

export { historyQuery, participantChange } from "../bodies.ts";

export const transferRequest = named("TransferRequest", "To whom; all three talk then.", transferBody);
export const readyRequest = named("ReadyRequest", "Whether the agent's page takes calls.", readyBody);
export const addAgentRequest = named(
  "AddAgentRequest",
  "Without a name, one is made from the id.",
  addAgentBody,
);
