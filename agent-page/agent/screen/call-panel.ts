import type { CallView, LegView } from "../../../src/server/control-api.ts";
import type { Model } from "../model.ts";
import type { Words } from "../words/en.ts";
import { customerName, formatDuration } from "./format.ts";
import type { CallPanel, PersonRow, TransferButton } from "./screen.ts";
import { situationOf } from "./situation.ts";

/** The call that the agent is in. `now` is the server's clock, ms. */
export function callPanel(model: Model, now: number, words: Words): CallPanel {
  const call = model.view?.call ?? null;
  const controls = model.line ? { muted: model.line.muted, hangUpHint: hangUpHint(model, words) } : null;
  return {
    kind: "call",
    customer: customerName(call, words),
    duration: call ? formatDuration(ownLeg(model, call)?.since ?? call.startedAt, now) : "",
    people: call ? call.legs.map((leg) => personRow(leg, model, now, words)) : [],
    controls,
    ...transferSection(model, words),
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

/** What hanging up would do, as the server says; null while that is not certain. */
function hangUpHint(model: Model, words: Words): string | null {
  const call = model.view?.call;
  if (!call || situationOf(model) !== "talking") return null;
  const own = ownLeg(model, call);
  if (!own?.leaving) return null;
  const other = call.legs.find((leg) => leg.kind === "agent" && leg.state === "joined" && leg !== own);
  return words.hangUpHint[own.leaving](other?.name ?? call.transfer?.toName ?? "");
}

/** What the server says of the transfer; until it shows one, that it was asked. */
function transferWords({ view }: Model, name: string, words: Words): string {
  const { transfer, legs = [] } = view?.call ?? {};
  if (!transfer || transfer.outcome !== null) return words.transferAsked(name);
  if (transfer.phase === "consulting")
    return words.consulting[transfer.isSwapped ? "customer" : "target"](name);
  if (transfer.phase !== "ringing") return words.transferJoined(name);
  const rings = legs.some(({ label, state }) => label === transfer.target && state === "ringing");
  const calling = rings ? words.transferRinging(name) : words.transferCalling(name);
  return `${calling} ${transfer.mode === "three-way" ? words.keepTalking : words.customerHearsMusic}`;
}

type Transfers = Pick<CallPanel, "transfers" | "transferText">;

function transferSection(model: Model, words: Words): Transfers {
  const { view, requestedTransfer } = model;
  const transfer = view?.call?.transfer;
  const open = transfer && transfer.outcome === null ? transfer : null;
  const target = requestedTransfer?.to ?? open?.to ?? null;
  const inCall = view?.state === "in-call";
  const offered = (view?.colleagues ?? []).filter(
    (colleague) => colleague.state === "free" || (colleague.id === target && open?.phase === "ringing"),
  );
  const transfers: TransferButton[] = offered.map(({ id, name }) => ({
    key: id,
    label: words.transferTo(name),
    enabled: inCall && target === null,
  }));
  return { transfers: inCall ? transfers : [], transferText: inCall ? transferText() : "" };

  function transferText(): string {
    const name = view?.colleagues.find(({ id }) => id === target)?.name ?? open?.toName;
    if (target !== null && name !== undefined)
      if (target === model.agent?.id) return "";
      else return transferWords(model, name, words);
    return offered.length === 0 ? words.nobodyFree : "";
  }
}
