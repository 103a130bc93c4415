import type { AgentView, SessionEnd } from "../../src/server/agent-events.ts";
import type { DeviceState, EventsState, LineCall, MicrophoneState, Model } from "./model.ts";

/** What the server, the SDK, the browser or the agent did. */
export type PageEvent =
  | { kind: "signed-in"; agent: { id: string; name: string }; clockOffset: number }
  | { kind: "signed-out"; by: SessionEnd }
  | { kind: "takes-calls"; on: boolean }
  | { kind: "silence"; isSilent: boolean }
  | { kind: "microphone"; state: MicrophoneState }
  | { kind: "device"; state: Exclude<DeviceState, "refused"> }
  | { kind: "device"; state: "refused"; code: number }
  | { kind: "events"; state: EventsState }
  | { kind: "view"; view: AgentView }
  | { kind: "line"; phase: LineCall["phase"] }
  | { kind: "line-muted"; muted: boolean }
  | { kind: "line-left" }
  | { kind: "line-ended" }
  | { kind: "transfer-requested"; to: string }
  | { kind: "transfer-refused"; code: string; message: string };

type Updates = {
  [Kind in PageEvent["kind"]]: (model: Model, happening: Extract<PageEvent, { kind: Kind }>) => Model;
};

const updates: Updates = {
  "signed-in": (model, { agent, clockOffset }) => ({ ...model, session: "signed-in", agent, clockOffset }),
  "signed-out": withoutSession,
  "takes-calls": (model, { on }) => ({ ...model, wantsCalls: on }),
  silence: (model, { isSilent }) => ({ ...model, isSilent }),
  microphone: (model, { state }) => ({ ...model, microphone: state }),
  device: (model, change) => ({
    ...model,
    device: change.state,
    deviceCode: change.state === "refused" ? change.code : null,
  }),
  events: (model, { state }) => ({ ...model, events: state }),
  view: (model, { view }) => withView(model, view),
  line: (model, { phase }) => ({ ...model, line: { muted: model.line?.muted ?? false, phase }, ended: null }),
  "line-muted": (model, { muted }) => (model.line ? { ...model, line: { ...model.line, muted } } : model),
  "line-left": (model) => ({ ...model, isLeaving: model.line !== null }),
  "line-ended": withoutLine,
  "transfer-requested": (model, { to }) => requestTransfer(model, to),
  "transfer-refused": (model, { code, message }) => ({
    ...model,
    requestedTransfer: null,
    refusal: { code, message },
  }),
};

/** The model after `happening`. Pure. Events of the SDK and the server may come in any order. */
export function update<Kind extends PageEvent["kind"]>(
  model: Model,
  happening: Extract<PageEvent, { kind: Kind }>,
): Model {
  const apply = updates[happening.kind];
  return apply(model, happening);
}

const ENDS = { agent: "left", operator: "removed", server: "expired" } as const;

function withoutSession(model: Model, { by }: { by: SessionEnd }): Model {
  return { ...model, session: ENDS[by], line: null, view: null, requestedTransfer: null, refusal: null };
}

function withView(model: Model, view: AgentView): Model {
  const call = view.call?.id ?? null;
  const isPending =
    model.requestedTransfer !== null &&
    model.requestedTransfer.call === call &&
    view.state === "in-call" &&
    model.requestedTransfer.previous === (view.call?.transfer?.id ?? null);
  const sameLeg = model.ended?.call === call && model.ended?.label === view.label;
  const sameCall = call !== null && model.view?.call?.id === call;
  return {
    ...model,
    view,
    wantsCalls: view.takesCalls,
    requestedTransfer: isPending ? model.requestedTransfer : null,
    ended: sameLeg ? model.ended : null,
    refusal: sameCall && view.state === "in-call" ? model.refusal : null,
  };
}

/** The server learns of the end a moment later: until then its view must not look like a call in another window. */
function withoutLine(model: Model): Model {
  const call = model.view?.call;
  const wasAnswered = model.line !== null && model.line.phase !== "ringing";
  const label = model.view?.label ?? null;
  const ended = call ? { call: call.id, label, wasAnswered, byAgent: model.isLeaving } : null;
  return { ...model, line: null, isLeaving: false, requestedTransfer: null, refusal: null, ended };
}

function requestTransfer(model: Model, to: string): Model {
  const call = model.view?.call;
  if (!call || model.requestedTransfer) return model;
  return {
    ...model,
    refusal: null,
    requestedTransfer: { call: call.id, to, previous: call.transfer?.id ?? null },
  };
}
