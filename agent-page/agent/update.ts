import type { AgentView, SessionEnd } from "../../src/server/agent-events.ts";
import type { CallView } from "../../src/server/control-api.ts";
import type {
  CallCommand,
  DeviceState,
  EndedLeg,
  EventsState,
  LineCall,
  LostDevice,
  MicrophoneState,
  Model,
  WayOut,
} from "./model.ts";

/** An event from the server, the SDK, the browser or the agent. */
export type PageEvent =
  | { kind: "signed-in"; agent: { id: string; name: string }; clockOffset: number }
  | { kind: "signed-out"; by: SessionEnd }
  | { kind: "takes-calls"; on: boolean }
  | { kind: "silence"; isSilent: boolean }
  | { kind: "microphone"; state: MicrophoneState }
  | { kind: "device"; state: Exclude<DeviceState, "refused"> }
  | { kind: "device"; state: "refused"; code: number }
  | { kind: "devices-lost"; lost: readonly LostDevice[] }
  | { kind: "notifications"; canAsk: boolean }
  | { kind: "events"; state: EventsState }
  | { kind: "view"; view: AgentView }
  | { kind: "line"; phase: LineCall["phase"] }
  | { kind: "line-muted"; muted: boolean }
  | { kind: "line-left"; by: WayOut }
  | { kind: "line-ended" }
  | { kind: "choosing"; to: string | null }
  | { kind: "choosing-ended" }
  | { kind: "keypad"; isOpen: boolean }
  | { kind: "digit"; digit: string }
  | { kind: "requested"; command: CallCommand; to?: string }
  | { kind: "granted" }
  | { kind: "refused"; command: CallCommand; code: string; message: string };

type Updates = {
  [Kind in PageEvent["kind"]]: (model: Model, event: Extract<PageEvent, { kind: Kind }>) => Model;
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
  "devices-lost": (model, { lost }) => ({ ...model, lostDevices: lost }),
  notifications: (model, { canAsk }) => ({ ...model, canAskToNotify: canAsk }),
  events: (model, { state }) => ({ ...model, events: state }),
  view: (model, { view }) => withView(model, view),
  line: (model, { phase }) => ({ ...model, line: { muted: model.line?.muted ?? false, phase }, ended: null }),
  "line-muted": (model, { muted }) => (model.line ? { ...model, line: { ...model.line, muted } } : model),
  "line-left": (model, { by }) => ({
    ...model,
    leaving: model.line ? by : null,
    choosing: null,
    refusal: null,
  }),
  "line-ended": withoutLine,
  choosing: (model, { to }) => ({ ...model, choosing: { to }, refusal: null }),
  "choosing-ended": (model) => ({ ...model, choosing: null }),
  keypad: (model, { isOpen }) => ({ ...model, choosing: null, digits: isOpen && model.line ? "" : null }),
  digit: (model, { digit }) => ({ ...model, digits: (model.digits ?? "") + digit }),
  requested: withRequest,
  // A transfer stays requested until the server's view shows it.
  granted: (model) => (model.requested?.command === "transfer" ? model : { ...model, requested: null }),
  refused: (model, { command, code, message }) => ({
    ...model,
    requested: null,
    leaving: null,
    refusal: { command, code, message },
  }),
};

/** The model after `event`. Pure. Events of the SDK and the server may come in any order. */
export function update<Kind extends PageEvent["kind"]>(
  model: Model,
  event: Extract<PageEvent, { kind: Kind }>,
): Model {
  const apply = updates[event.kind];
  return apply(model, event);
}

const ENDS = { agent: "left", operator: "removed", server: "expired" } as const;

/** The page's state of one call. */
const NO_CALL = {
  line: null,
  leaving: null,
  requested: null,
  refusal: null,
  choosing: null,
  digits: null,
} as const;

function withoutSession(model: Model, { by }: { by: SessionEnd }): Model {
  return { ...model, ...NO_CALL, session: ENDS[by], view: null };
}

function withView(model: Model, view: AgentView): Model {
  const { ended } = model;
  const { call } = view;
  const isInCall = view.state === "in-call";
  const isSameCall = call !== null && model.view?.call?.id === call.id;
  const isSameLeg = ended !== null && ended.call === call?.id && ended.label === view.label;
  return {
    ...model,
    view,
    wantsCalls: view.takesCalls,
    requested: isInCall && isPending(model, call) ? model.requested : null,
    ended: isSameLeg ? { ...ended, wasOutlived: ended.wasOutlived || goesOnWithout(ended, call) } : null,
    refusal: isSameCall && isInCall ? model.refusal : null,
    choosing: isSameCall && isInCall && !isTransferring(call) ? model.choosing : null,
  };
}

const isTransferring = ({ transfer }: CallView): boolean => transfer !== null && transfer.outcome === null;

function isPending({ requested }: Model, call: CallView | null): boolean {
  if (!requested || requested.call !== call?.id) return false;
  return requested.command !== "transfer" || requested.previous === (call.transfer?.id ?? null);
}

const goesOnWithout = (ended: EndedLeg, call: CallView | null): boolean =>
  call !== null && call.state !== "ended" && !call.legs.some(({ label }) => label === ended.label);

/** The server learns of the end a moment later: until then its view must not look like a call in another window. */
function withoutLine(model: Model): Model {
  const call = model.view?.call;
  const wasAnswered = model.line !== null && model.line.phase !== "ringing";
  const label = model.view?.label ?? null;
  const byAgent = model.leaving !== null;
  const ended = call ? { call: call.id, label, wasAnswered, byAgent, wasOutlived: false } : null;
  return { ...model, ...NO_CALL, ended };
}

function withRequest(
  model: Model,
  { command, to = null }: { command: CallCommand; to?: string | null },
): Model {
  const call = model.view?.call;
  if (!call || model.requested) return model;
  const requested = { call: call.id, command, to, previous: call.transfer?.id ?? null };
  return { ...model, refusal: null, choosing: null, requested };
}
