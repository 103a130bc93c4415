import type { Refusal } from "../../call/types.ts";
import type { Principal } from "../auth/principal.ts";

const LIST = "warm-transfer agents list shows who is free.";
const SHOW = "warm-transfer conferences show lists who is in the call.";

/** What an operator may type next. */
const FOR_OPERATORS: Record<Refusal["code"], string> = {
  "no-such-call": "warm-transfer conferences list shows the calls that live.",
  "call-ended": "warm-transfer history shows how it ended.",
  "not-in-call": SHOW,
  "no-agent": "The server rings the next free agent by itself: warm-transfer agents list shows who is free.",
  "transfer-open": "Wait for its end, or take it back: warm-transfer transfer cancel",
  "no-transfer": "Start one: warm-transfer transfer start",
  "target-not-joined": "Wait until the target has answered: warm-transfer conferences watch",
  "already-joined": "Complete the transfer: warm-transfer transfer complete",
  "target-is-self": `Choose somebody else: ${LIST}`,
  "target-unknown": "warm-transfer agents list shows who there is.",
  "target-busy": LIST,
  "target-signed-out": `A sign-in link for the page: warm-transfer agents link. ${LIST}`,
  "no-such-participant": SHOW,
  "not-joined": SHOW,
  "is-customer": "To end the call: warm-transfer conferences end",
  "last-agent":
    "Bring in another one first: warm-transfer transfer start. Or end the call: warm-transfer conferences end",
};

const CHOOSE = "Choose a colleague who is free.";

/** What an agent may do next on the page; for everything else, look at what it shows. */
const FOR_AGENTS: Partial<Record<Refusal["code"], string>> = {
  "transfer-open": "Wait for its end, or cancel it.",
  "no-transfer": "Start a transfer first.",
  "target-not-joined": "Wait until your colleague has answered.",
  "already-joined": "Hang up to leave the customer with your colleague.",
  "target-is-self": CHOOSE,
  "target-unknown": CHOOSE,
  "target-busy": CHOOSE,
  "target-signed-out": CHOOSE,
};

/** What to do next after a refusal, fit for whoever was refused. */
export function hintFor(code: Refusal["code"], principal: Principal): string {
  if (principal.kind === "operator") return FOR_OPERATORS[code];
  return FOR_AGENTS[code] ?? "The page shows how the call is now.";
}
