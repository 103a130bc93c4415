import type { CallSettings } from "../call/decision.ts";
import type { Input } from "../call/inputs.ts";
import type { Action, AgentId, CallId, Time } from "../call/types.ts";
import { type RecordedDial, changesCall, dialOf, isAskedBy } from "./asked.ts";
import { type CallFile, type Request, isRequest } from "./call-file.ts";
import { type Decided, type Rules, createRules } from "./rules.ts";

/** Where an input comes from. `presumed`: the file does not hold it, and what the server asked of Twilio shows it. */
export type Origin = "webhook" | "answer" | "clock" | "presumed";

export interface ReplayedStep extends Decided {
  readonly origin: Origin;
  /** Of a webhook: the server's name for its route, and its number in the file. */
  readonly webhook: { readonly route: string; readonly id: number } | null;
  /** Whether the file has the request of each action. */
  readonly asked: boolean[];
}

/** In ms: a server that decides something asks Twilio within this time. People take longer between two clicks. */
const SOON = 1_500;

/** An action that was decided, and whose request has not come yet in the file. */
interface Expected {
  call: CallId;
  action: Action;
  found: () => void;
}

/** One walk through a file: the rules, what they have decided so far, and what the file shows of the time to come. */
export function createWalk(file: CallFile, given: CallSettings) {
  const requests = file.steps.filter(isRequest);
  const dials = requests.flatMap((request) => {
    const dial = dialOf(request);
    return dial ? [{ ...dial, at: request.at }] : [];
  });
  const agents = [...new Set(dials.flatMap(({ party }) => (party.kind === "agent" ? [party.agent] : [])))];
  const settings = { ...given, ringSeconds: dials[0]?.ringSeconds ?? given.ringSeconds };
  const isOpen = ({ call, label }: RecordedDial): boolean =>
    rules.get(call)?.legs.every((leg) => leg.label !== label) ?? true;
  const free = (call: CallId, now: Time): AgentId[] =>
    dials
      .filter((dial) => dial.call === call && dial.at <= now + SOON && isOpen(dial))
      .flatMap(({ party }) => (party.kind === "agent" ? [party.agent] : []));
  const rules: Rules = createRules({ settings, agents, free });
  const steps: ReplayedStep[] = [];
  const expected: Expected[] = [];
  const explained = new Map<number, Action | null>();

  const submit = (
    call: CallId,
    input: Input,
    at: Time,
    origin: Origin,
    webhook: ReplayedStep["webhook"] = null,
  ): Decided => {
    const decided = rules.submit(call, input, at);
    const asked = decided.decision.actions.map(() => false);
    decided.decision.actions.forEach((action, i) =>
      expected.push({ call, action, found: () => (asked[i] = true) }),
    );
    steps.push({ ...decided, origin, webhook, asked });
    return decided;
  };
  const coming = (at: Time): Request[] =>
    requests.filter(
      (request) =>
        !explained.has(request.id) &&
        request.at >= at &&
        request.at <= at + SOON &&
        changesCall(request) &&
        !expected.some(({ action }) => isAskedBy(action, request)),
    );
  const situation = (call: CallId, at: Time) => ({
    rules,
    call,
    at,
    requests: coming(at),
    dials: dials.filter((dial) => dial.call === call && dial.at >= at && dial.at <= at + SOON),
  });
  return { requests, agents, settings, rules, steps, expected, explained, submit, situation };
}

export type Walk = ReturnType<typeof createWalk>;
