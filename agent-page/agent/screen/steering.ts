import type { TransferView } from "../../../src/server/control-api.ts";
import type { Model, Verb } from "../model.ts";

/** The agent's part in the open transfer; `other` neither started it nor is called by it. */
export type Role = "starter" | "target" | "other";
/** A mode and its phase, as docs/architecture.md has them. */
export type Stage = keyof typeof BUTTONS;
export type CallButton = "mute" | "hold" | "keypad" | "transfer" | Verb;

/** The customer is in the talk. */
const TALK = ["mute", "hold", "keypad"] as const satisfies CallButton[];
/** The transfer keeps the customer on hold: its verbs take the customer off hold. */
const CUSTOMER_WAITS = ["mute", "keypad"] as const satisfies CallButton[];

const forAll = <Buttons extends readonly CallButton[]>(buttons: Buttons) => ({
  starter: buttons,
  target: buttons,
  other: buttons,
});

/**
 * The buttons of each agent in each phase. Only the starter steers a transfer. A starter who hands over now is being let go,
 * and a target has no call before answering: there the rows count only until the server's next view.
 */
export const BUTTONS = {
  "no transfer": forAll([...TALK, "transfer"]),
  "three-way ringing": { ...forAll(TALK), starter: [...TALK, "cancel"] },
  "three-way together": { ...forAll(TALK), starter: [...TALK, "complete", "cancel"] },
  "consult ringing": { ...forAll(CUSTOMER_WAITS), starter: [...CUSTOMER_WAITS, "cancel"] },
  "consult consulting": {
    ...forAll(CUSTOMER_WAITS),
    starter: [...CUSTOMER_WAITS, "complete", "bring-together", "swap", "cancel"],
  },
  "consult together": { ...forAll(TALK), starter: [...TALK, "complete", "cancel"] },
  "blind ringing": { ...forAll(CUSTOMER_WAITS), starter: [] },
} as const satisfies Record<string, Record<Role, readonly CallButton[]>>;

/** The transfer that is under way; null when there is none. */
export function openTransfer({ view }: Model): TransferView | null {
  const transfer = view?.call?.transfer;
  return transfer && transfer.outcome === null ? transfer : null;
}

export function roleIn({ view, agent }: Model, transfer: TransferView | null): Role {
  if (!transfer) return "other";
  if (transfer.target === view?.label) return "target";
  return transfer.from === agent?.id ? "starter" : "other";
}

function stageOf(transfer: TransferView | null): Stage {
  // A target during the briefing has not joined either.
  const phase = transfer?.phase === "briefing" ? "ringing" : transfer?.phase;
  const stage = transfer ? `${transfer.mode} ${phase}` : "";
  return stage in BUTTONS ? (stage as Stage) : "no transfer";
}

/**
 * The target whose ringing the starter hears, in the window that has the call: in a consultation, while the customer is on hold.
 * Bringing in, starter and customer talk, and no tone disturbs them.
 */
export function audiblyRinging(model: Model): string | null {
  const transfer = openTransfer(model);
  const isAlone = transfer?.mode === "consult" && roleIn(model, transfer) === "starter";
  if (!isAlone || model.line?.phase !== "open" || model.events !== "open") return null;
  const legs = model.view?.call?.legs ?? [];
  const isHeld = legs.some(({ kind, onHold }) => kind === "customer" && onHold);
  const rings = legs.some(({ label, state }) => label === transfer.target && state === "ringing");
  return isHeld && rings ? transfer.target : null;
}

/** The buttons of the agent in the call, as the server last showed it. */
export function buttonsOf(model: Model): readonly CallButton[] {
  const transfer = openTransfer(model);
  return BUTTONS[stageOf(transfer)][roleIn(model, transfer)];
}
