import type { CallView, LegView, TransferView } from "../../../src/server/control-api.ts";
import type { Model } from "../model.ts";
import type { Words } from "../words/en.ts";
import { callButtons } from "./call-buttons.ts";
import { customerName, formatDuration } from "./format.ts";
import type { CallPanel, PersonRow } from "./screen.ts";
import { openTransfer, roleIn } from "./steering.ts";

/** The call that the agent is in. `now` is the server's clock, ms. */
export function callPanel(model: Model, now: number, words: Words): CallPanel {
  const call = model.view?.call ?? null;
  return {
    kind: "call",
    customer: customerName(call, words),
    duration: call ? formatDuration(ownLeg(model, call)?.since ?? call.startedAt, now) : "",
    people: call ? call.legs.map((leg) => personRow(leg, model, now, words)) : [],
    text: transferText(model, words),
    note: noteFor(model),
    digits: model.line ? model.digits : null,
    ...callButtons(model, words),
  };
}

const ownLeg = (model: Model, call: CallView): LegView | undefined =>
  call.legs.find((leg) => leg.label === model.view?.label);

function personRow(leg: LegView, model: Model, now: number, words: Words): PersonRow {
  const isSelf = leg.label === model.view?.label;
  // The browser itself mutes its agent: here it is so before the server hears of it.
  const party = isSelf && model.line ? { ...leg, mutedSelf: model.line.muted } : leg;
  const name = party.kind === "customer" ? words.customer : isSelf ? words.you : party.name;
  return {
    key: leg.label,
    name,
    text: stateText(party, isSelf, words.party),
    duration: formatDuration(party.since, now),
    joined: party.state === "joined",
    isApart: party.onHold || party.muted || party.mutedSelf,
    isSelf,
  };
}

function stateText(leg: LegView, isSelf: boolean, party: Words["party"]): string {
  if (leg.onHold) return leg.muted ? party.onHoldMuted : party.onHold;
  if (leg.muted) return party.muted;
  if (leg.mutedSelf) return isSelf ? party.mutedByYou : party.mutedByThemselves;
  return party[leg.state === "left" ? "joined" : leg.state];
}

/** The open transfer from this agent's side; until the server shows it, that it was requested. */
function transferText(model: Model, words: Words): string {
  const { view, requested } = model;
  if (requested?.command === "transfer") {
    const to = view?.colleagues.find(({ id }) => id === requested.to)?.name;
    return words.transferAsked(to ?? words.colleagueName);
  }
  const transfer = openTransfer(model);
  if (!transfer) return "";
  const role = roleIn(model, transfer);
  const { fromName, toName } = transfer;
  const other = role === "target" ? (fromName ?? words.colleagueName) : toName;
  if (role === "other") return "";
  if (transfer.phase === "consulting") {
    const apart = role === "target" ? "targetOnHold" : "customer";
    return words.consulting[transfer.isSwapped ? apart : "colleague"](other);
  }
  return transfer.phase === "together" ? words.allTalk(other) : ringingText(model, transfer, words);
}

function ringingText({ view }: Model, transfer: TransferView, words: Words): string {
  const rings = view?.call?.legs.some(({ label, state }) => label === transfer.target && state === "ringing");
  const name = transfer.toName;
  if (transfer.phase === "briefing") return words.briefed(name);
  const calling = rings ? words.transferRinging(name) : words.transferCalling(name);
  return `${calling} ${transfer.mode === "three-way" ? words.keepTalking : words.customerHearsMusic}`;
}

function noteFor({ view }: Model): string {
  const transfer = view?.call?.transfer;
  return transfer?.target === view?.label ? (transfer?.note ?? "") : "";
}
