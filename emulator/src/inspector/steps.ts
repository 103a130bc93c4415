import type { EngineEvent } from "../engine/engine.ts";
import { farEndOf, isOfApplication } from "../world/calls.ts";
import type { Entry } from "./journal.ts";
import type { Snapshot } from "./snapshot.ts";

/** One arrow of the picture: who told whom what, and when. */
export interface Step {
  /** Ms since 1970. */
  readonly at: number;
  /** Lanes: an address, `Twilio` or `App`. The same twice: a note. */
  readonly from: string;
  readonly to: string;
  readonly what: string;
  readonly tone: "call" | "ask" | "answer" | "note" | "bad";
  /** The id of the element that shows all of it. */
  readonly target: string | null;
}

const TWILIO = "Twilio";
const APP = "App";

type Made = Omit<Step, "at"> | null;
type Of<Kind extends EngineEvent["kind"]> = Extract<EngineEvent, { kind: Kind }>;

const UNANSWERED: Readonly<Record<string, string>> = {
  busy: "is busy",
  "no-answer": "does not answer",
  failed: "cannot be reached",
};

function callStep(shown: Snapshot, { callSid, status, to }: Of<"call-status">): Made {
  const call = shown.calls.find(({ sid }) => sid === callSid);
  // Of an application's own call, the steps of the one at its other end say all.
  if (!call || status === "queued" || isOfApplication(call)) return null;
  const phone = farEndOf(call);
  const isInbound = call.direction === "inbound";
  const fromPhone = (what: string): Made => ({ from: phone, to: TWILIO, what, tone: "call", target: null });
  const toPhone = (what: string): Made => ({ from: TWILIO, to: phone, what, tone: "call", target: null });
  if (status === "ringing")
    return isInbound ? fromPhone(`calls ${to === "" ? "an application" : to}`) : toPhone("rings");
  if (status === "in-progress") return isInbound ? toPhone("answers") : fromPhone("answers");
  if (status === "completed") return toPhone("the call ends");
  if (status === "canceled") return isInbound ? fromPhone("gives up") : toPhone("stops ringing");
  return isInbound ? toPhone(`the call ends: ${status}`) : fromPhone(UNANSWERED[status] ?? status);
}

function messageStep(shown: Snapshot, { callSid, to, content, subscriptions }: Of<"message">): Made {
  const call = shown.calls.find(({ sid }) => sid === callSid);
  if (!call) return null;
  const [from, at] = to === "page" ? [TWILIO, farEndOf(call)] : [farEndOf(call), TWILIO];
  const what = `message ${content}${subscriptions === 0 ? ", to which nobody has subscribed" : ""}`;
  return { from, to: at, what, tone: "call", target: null };
}

function eventStep(shown: Snapshot, event: EngineEvent): Made {
  const note = (what: string, tone: "note" | "bad"): Made => ({
    from: TWILIO,
    to: TWILIO,
    what,
    tone,
    target: null,
  });
  switch (event.kind) {
    case "call-status":
      return callStep(shown, event);
    case "conference":
      return note([event.event, event.label ?? event.callSid?.slice(0, 8)].filter(Boolean).join(" "), "note");
    case "message":
      return messageStep(shown, event);
    case "said": {
      const call = shown.calls.find(({ sid }) => sid === event.callSid);
      if (!call) return null;
      const what = `“${event.text}”`;
      const speaker = isOfApplication(call) && shown.calls.find(({ sid }) => sid === call.counterpart);
      if (speaker) return { from: speaker.to, to: TWILIO, what, tone: "note", target: null };
      return { from: TWILIO, to: farEndOf(call), what, tone: "note", target: null };
    }
    case "warning":
      return note(`${event.code}: ${event.message}`, "bad");
  }
}

function eventOf({ kind, params }: Snapshot["deliveries"][number]): string | undefined {
  if (kind === "user-defined-message") return params.Content;
  if (!kind.endsWith("-status")) return undefined;
  return params.StatusCallbackEvent ?? params.RecordingStatus ?? params.CallStatus;
}

/** The tags of TwiML, or the beginning of another answer. */
function answerWords(contentType: string | null, body: string | null): string {
  if (body === null || body === "") return "";
  if (!/xml/i.test(contentType ?? "")) return "";
  const names = [...body.matchAll(/<([A-Z]\w*)/g)]
    .map(([, name]) => name)
    .filter((name) => name !== "Response");
  const shown = [...new Set(names)].slice(0, 4).map((name) => `<${name}>`);
  return shown.length === 0 ? "<Response/>" : shown.join(" ");
}

function webhookStep(shown: Snapshot, { id, kind }: Extract<Entry, { id: number }>): Made {
  const delivery = shown.deliveries.find((one) => one.id === id);
  if (!delivery) return null;
  const target = `delivery-${id}`;
  if (kind === "webhook") {
    const what =
      [delivery.kind, eventOf(delivery)].filter(Boolean).join(": ") +
      (delivery.again === null ? "" : " (sent again)");
    return { from: TWILIO, to: APP, what, tone: "ask", target };
  }
  const { status, error, contentType, body } = delivery;
  const tags = answerWords(contentType, body);
  if (error) return { from: APP, to: TWILIO, what: `${error.code}: ${error.message}`, tone: "bad", target };
  return { from: APP, to: TWILIO, what: [status, tags].filter(Boolean).join(" "), tone: "answer", target };
}

/** Parameters that say what a request wants; addresses and time limits only fill the picture. */
const TOLD = ["To", "Status", "Hold", "Muted", "EndConferenceOnExit", "Label", "Coaching", "Content"];

function requestStep(shown: Snapshot, { id, kind }: Extract<Entry, { id: number }>): Made {
  const request = shown.requests.find((one) => one.id === id);
  if (!request) return null;
  const { operation, method, path, parameters, status, body } = request;
  const target = `request-${id}`;
  if (kind === "request") {
    const told = TOLD.flatMap((name) =>
      parameters[name] === undefined ? [] : `${name}=${String(parameters[name])}`,
    );
    const what = [operation ?? `${method} ${path}`, ...told].join(" ");
    return { from: APP, to: TWILIO, what, tone: "ask", target };
  }
  const isBad = status === null || status >= 400;
  const code = isBad ? /"code":(\d+)/.exec(body ?? "")?.[1] : undefined;
  const what = [status ?? "no answer", code && `code ${code}`].filter(Boolean).join(", ");
  return { from: TWILIO, to: APP, what, tone: isBad ? "bad" : "answer", target };
}

/** Requests that only read, and were answered, tell nothing of the call. */
function isRead(shown: Snapshot, entry: Entry): boolean {
  if (entry.kind !== "request" && entry.kind !== "request-answer") return false;
  const request = shown.requests.find(({ id }) => id === entry.id);
  return request?.method === "GET" && request.status !== null && request.status < 400;
}

function made(shown: Snapshot, entry: Entry): Made {
  if (entry.kind === "event") return eventStep(shown, entry.event);
  return entry.kind.startsWith("webhook") ? webhookStep(shown, entry) : requestStep(shown, entry);
}

/** The steps of what a snapshot holds, in order. @param options.reads whether requests that only read are among them */
export function stepsOf(
  shown: Snapshot,
  { reads }: { reads: boolean },
): { steps: Step[]; lanes: string[]; hidden: number } {
  const entries = reads ? shown.timeline : shown.timeline.filter((entry) => !isRead(shown, entry));
  const steps = entries.flatMap((entry) => {
    const step = made(shown, entry);
    return step ? [{ at: entry.at, ...step }] : [];
  });
  const ends = steps.flatMap(({ from, to }) => [from, to]);
  const phones = [...new Set(ends)].filter((lane) => lane !== TWILIO && lane !== APP);
  const hidden = shown.timeline.filter((entry) => entry.kind === "request" && isRead(shown, entry)).length;
  return { steps, lanes: [...phones, TWILIO, APP], hidden: reads ? 0 : hidden };
}
