import type { Refusal } from "../../call/decision.ts";
import type { Principal } from "../auth/guards.ts";

const LIST = "warm-transfer agents list shows who is free.";
const SHOW = "warm-transfer conferences show lists who is in the call.";

/** The operator's next command. */
const FOR_OPERATORS: Record<Refusal["code"], string> = {
  "no-such-call": "warm-transfer conferences list shows live calls.",
  "call-ended": "warm-transfer history shows how it ended.",
  "not-in-call": SHOW,
  "no-agent": "The server rings the next free agent: warm-transfer agents list shows who is free.",
  "transfer-open": "Wait until it ends, or cancel it: warm-transfer transfer cancel",
  "no-transfer": "Start one: warm-transfer transfer start",
  "target-not-joined": "Wait until the target answers: warm-transfer conferences watch",
  "no-consultation": "Only a consultation has this step: warm-transfer transfer start --mode consult",
  completing: "Nothing is left to cancel: warm-transfer conferences show",
  "target-is-self": `Choose another agent: ${LIST}`,
  "target-unknown": "warm-transfer agents list shows all agents.",
  "target-busy": LIST,
  "target-signed-out": `Send a sign-in link: warm-transfer agents link. ${LIST}`,
  "no-such-participant": SHOW,
  "not-joined": SHOW,
  "is-customer": "To end the call: warm-transfer conferences end",
  "last-agent":
    "Bring in another agent first: warm-transfer transfer start. Or end the call: warm-transfer conferences end",
};

const CHOOSE = "Choose a colleague who is free.";

/** The agent's next step on the page; the page itself shows the rest. */
const FOR_AGENTS: Partial<Record<Refusal["code"], string>> = {
  "transfer-open": "Wait until it ends, or cancel it.",
  "no-transfer": "Start a transfer first.",
  "target-not-joined": "Wait until your colleague answers.",
  "no-consultation": "Start a transfer with Consult first.",
  "last-agent": "Bring in a colleague first, or end the call.",
  "target-is-self": CHOOSE,
  "target-unknown": CHOOSE,
  "target-busy": CHOOSE,
  "target-signed-out": CHOOSE,
};

/** The next step after a refusal, for an operator or an agent. */
export function hintFor(code: Refusal["code"], principal: Principal): string {
  if (principal.kind === "operator") return FOR_OPERATORS[code];
  return FOR_AGENTS[code] ?? "The page shows the state of the call.";
}
