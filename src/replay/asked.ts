import type { Action, AgentId, CallId, Dialled, Label } from "../call/types.ts";
import type { Request } from "./call-file.ts";

const textOf = ({ parameters }: Request, name: string): string | undefined => {
  const value = parameters[name];
  return typeof value === "string" ? value : value?.[0];
};

const sidIn = ({ path }: Request, kind: "CA" | "CF"): string | undefined =>
  new RegExp(`/(${kind}[0-9a-f]{32})\\b`).exec(path)?.[1];

/** A dial that the file has: the call and the leg are in the address of its status callback (`src/twilio/addresses.ts`). */
export interface RecordedDial {
  readonly call: CallId;
  readonly label: Label;
  readonly party: Dialled;
  /** As the settings have it. */
  readonly ringSeconds: number;
}

/** Twilio rings 5 s longer than its `Timeout`; see `src/twilio/telephony.ts`. */
const ADDED_SECONDS = 5;

export function dialOf(request: Request): RecordedDial | undefined {
  const callback = textOf(request, "StatusCallback") ?? "";
  if (request.operation !== "CreateCall" || !URL.canParse(callback)) return undefined;
  const { searchParams } = new URL(callback);
  const [call, label] = [searchParams.get("call"), searchParams.get("leg")];
  if (call === null || label === null) return undefined;
  const name = label.replace(/-\d+$/, "");
  const address = textOf(request, "To") ?? "";
  const party: Dialled =
    name === "outside" && !address.startsWith("client:")
      ? { kind: "outside", address }
      : { kind: "agent", agent: name as AgentId };
  const ringSeconds = Number(textOf(request, "Timeout") ?? 60) + ADDED_SECONDS;
  return { call: call as CallId, label: label as Label, party, ringSeconds };
}

/** Whether a request changes something of a call. Numbers and keys are no call's. */
export const changesCall = ({ method, path }: Request): boolean =>
  method !== "GET" && /\/(Calls|Conferences)(\/|\.)/.test(path);

/** Whether a request is what an action asks of Twilio. */
export function isAskedBy(action: Action, request: Request): boolean {
  const { operation } = request;
  const sets = (name: string, callSid: string, value: boolean): boolean =>
    operation === "UpdateParticipant" &&
    sidIn(request, "CA") === callSid &&
    textOf(request, name) === String(value);
  switch (action.kind) {
    case "dial":
      return dialOf(request)?.label === action.label;
    case "hang-up": {
      const status = action.onlyIfUnanswered ? "canceled" : "completed";
      const isOurs = operation === "UpdateCall" && sidIn(request, "CA") === action.callSid;
      return isOurs && textOf(request, "Status") === status;
    }
    case "set-hold":
      return sets("Hold", action.callSid, action.value);
    case "set-ends-conference":
      return sets("EndConferenceOnExit", action.callSid, action.value);
    case "set-muted":
      return sets("Muted", action.callSid, action.value);
    case "announce":
      return (
        operation === "UpdateConference" &&
        (textOf(request, "AnnounceUrl") ?? "").includes("what=agent-in-doubt")
      );
    case "end-conference":
      return operation === "UpdateConference" && textOf(request, "Status") === "completed";
  }
}

/** A second way to a customer whom Twilio keeps in silence: the server takes it when an action is late, without the rules. */
export function isNextWay(request: Request): boolean {
  const announces = (textOf(request, "AnnounceUrl") ?? "").includes("what=hold-the-line");
  const releases = request.operation === "UpdateCall" && textOf(request, "Url") !== undefined;
  return (request.operation === "UpdateConference" && announces) || releases;
}

/** Whether Twilio refused what an action asked. What is gone needs no hang-up; see `src/twilio/telephony.ts`. */
export function hasFailed(action: Action, status: number | null): boolean {
  if (status !== null && status < 400) return false;
  const isGoneFine = ["hang-up", "set-ends-conference", "announce"].includes(action.kind);
  return !(status === 404 && isGoneFine);
}

/** The call, leg or conference that a request names. */
export const subjectOf = (request: Request): { callSid?: string; conferenceSid?: string; call?: CallId } => {
  const [callSid, conferenceSid] = [sidIn(request, "CA"), sidIn(request, "CF")];
  const call = dialOf(request)?.call;
  return { ...(callSid && { callSid }), ...(conferenceSid && { conferenceSid }), ...(call && { call }) };
};
