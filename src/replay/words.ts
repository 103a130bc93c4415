import type { Input } from "../call/inputs.ts";
import type { Action } from "../call/types.ts";
import { maskAddress } from "../mask.ts";
import type { ReplayedStep } from "./walk.ts";

/** The inputs of a kind; one of them may have several kinds. */
type Of<Kind, One = Input> = One extends Input ? (Kind extends One["kind"] ? One : never) : never;
type Sentences = { [Kind in Input["kind"]]: (input: Of<Kind>) => string };

const target = ({ to }: Of<"start-transfer">): string =>
  typeof to === "string" ? to : maskAddress(to.address);
const who = ({ by }: { by?: string | null }): string => by ?? "somebody";

function endWords({ label, end }: Of<"leg-ended">): string {
  return end.answered ? `the call of ${label} ended` : `${label} did not answer: ${end.reason}`;
}

const SENTENCES: Sentences = {
  "customer-called": () => "the customer calls",
  "leg-dialled": ({ label }) => `Twilio dials ${label}`,
  "leg-ringing": ({ label }) => `${label} rings`,
  "leg-answered": ({ label }) => `${label} answers`,
  "leg-ended": endWords,
  "participant-joined": ({ label }) => `${label} joins the conference`,
  "participant-left": ({ label, because }) =>
    `${label} leaves the conference${because ? `: ${because}` : ""}`,
  "conference-ended": ({ endedBy }) => `the conference ends${endedBy === null ? "" : `: ${endedBy} left`}`,
  "customer-released": () => "the customer is out of the conference, and still there",
  "message-left": () => "the customer has left a message",
  "line-lost": ({ label }) => `the line of ${label} is lost`,
  "window-gone": ({ label }) => `the page of ${label} is gone`,
  "window-back": ({ label }) => `the page of ${label} is back`,
  "leg-refused": ({ label, reason }) => `${label} does not take the call: ${reason}`,
  "dial-failed": ({ label }) => `Twilio refuses to dial ${label}`,
  "action-failed": ({ action, message }) => `“${actionWords(action)}” failed: ${message}`,
  "twilio-surveyed": () => "Twilio's lists were read",
  "agents-changed": () => "an agent is free",
  "deadline-passed": () => "a deadline has passed",
  "start-transfer": (input) => `${who(input)} transfers to ${target(input)} (${input.mode})`,
  "complete-transfer": (input) => `${who(input)} completes the transfer`,
  "cancel-transfer": (input) => `${who(input)} cancels the transfer`,
  "bring-together": (input) => `${who(input)} brings all three together`,
  "swap-transfer": (input) => `${who(input)} swaps who is on hold`,
  leave: (input) => `${who(input)} leaves on purpose`,
  "end-call": (input) => `${who(input)} ends the call`,
  "mute-self": (input) => `${who(input)} mutes the microphone`,
  "change-participant": (input) => `${who(input)} changes ${input.label}: ${input.change}`,
};

/** What happened, without a full stop. */
export function inputWords(input: Input): string {
  // The compiler does not see that the entry's kind is the input's.
  return (SENTENCES[input.kind] as (input: Input) => string)(input);
}

/** What the rules want of Twilio. */
export function actionWords(action: Action): string {
  switch (action.kind) {
    case "dial":
      return `dial ${action.label}`;
    case "hang-up":
      return `hang up ${action.label}${action.onlyIfUnanswered ? " unless answered" : ""}`;
    case "set-ends-conference":
      return action.value
        ? `let ${action.label} end the conference by leaving`
        : `let ${action.label} leave without ending the conference`;
    case "set-hold":
      return action.value ? `hold ${action.label}` : `take ${action.label} off hold`;
    case "set-muted":
      return action.value ? `mute ${action.label}` : `unmute ${action.label}`;
    case "announce":
      return "announce that the line may be dead";
    case "end-conference":
      return "end the conference";
  }
}

/** Where an input comes from. */
export function originWords({ origin, webhook }: ReplayedStep): string {
  if (webhook) return `webhook ${webhook.route}`;
  return { webhook: "webhook", answer: "Twilio's answer", clock: "clock", presumed: "presumed" }[origin];
}
