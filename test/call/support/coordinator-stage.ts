import { manualClock } from "local-twilio";
import { createCoordinator } from "../../../src/call/running/coordinator.ts";
import type { CallStore, Clock, Coordinator, Telephony, Observer } from "../../../src/call/ports.ts";
import type { Input, Survey } from "../../../src/call/inputs.ts";
import type { AgentId, CallId, CallSid, ConferenceSid, Label, Leg, LegEnd } from "../../../src/call/types.ts";
import { mergeSurveys } from "../../../src/call/rules/survey.ts";
import { createCallStore } from "../../../src/store/call-store.ts";
import { createPresence } from "../../../src/presence/presence.ts";
import { SETTINGS, START } from "./scene.ts";

/** A telephony port that writes down what it is asked, and fails or waits where a test says so. */
function recordingTelephony() {
  const asked: string[] = [];
  const failing = new Map<string, { times: number; error: Error }>();
  let gate: Promise<void> | undefined;
  const surveys: CallId[] = [];
  let surveyed = async (_call: CallId, _legs: readonly Leg[]): Promise<Survey> => mergeSurveys([]);
  const ask = async (order: string): Promise<void> => {
    asked.push(order);
    await gate;
    const failure = failing.get(order);
    if (failure && failure.times-- > 0) throw failure.error;
  };
  const telephony: Telephony = {
    async dial({ call, label }) {
      await ask(`dial ${call} ${label}`);
      return `CA-${call}-${label}` as CallSid;
    },
    hangUp: (callSid) => ask(`hang-up ${callSid}`),
    setEndsConference: ({ name }, callSid, value) => ask(`ends ${name} ${callSid} ${value}`),
    setHold: ({ name }, callSid, value) =>
      ask(`hold ${(callSid as string) === name ? name : callSid} ${value}`),
    setMuted: (_, callSid, value) => ask(`muted ${callSid} ${value}`),
    announce: ({ name }) => ask(`announce ${name}`),
    endConference: ({ name }) => ask(`end ${name}`),
    release: ({ call, stay }) => ask(`release ${call} ${stay}`),
    async survey({ conference: { name }, legs }) {
      surveys.push(name);
      return surveyed(name, legs);
    },
  };
  return {
    telephony,
    asked,
    fails: (order: string, times = 1, error = new Error(`${order}: 503`)) =>
      failing.set(order, { times, error }),
    /** Calls of which the lists were asked. */
    surveys,
    shows: (answer: typeof surveyed) => void (surveyed = answer),
    waitsFor: (until: Promise<void>) => void (gate = until),
  };
}

interface CoordinatorStageOptions {
  agents?: readonly string[];
  store?: CallStore;
  clock?: Clock & { advance(ms: number): Promise<void> };
  observe?: Observer;
}

/** A coordinator with everything that it needs, and short ways to tell it what happens. */
export function coordinatorStage({
  agents = ["agent1", "agent2"],
  store = createCallStore(),
  clock,
  observe,
}: CoordinatorStageOptions = {}) {
  const asked = recordingTelephony();
  const errors: unknown[] = [];
  // Filled in below: the clock waits for the coordinator, which is made with the clock.
  let coordinator: Coordinator | undefined;
  const time = clock ?? manualClock(async () => coordinator?.idle(), START);
  const presence = createPresence(agents as AgentId[], time);
  coordinator = createCoordinator({
    store,
    telephony: asked.telephony,
    presence,
    clock: time,
    settings: SETTINGS,
    onError: (error) => errors.push(error),
    ...(observe ? { observe } : {}),
  });
  const made = coordinator;
  const submit = (call: string, input: Input) => made.submit(call as CallId, input);
  const about = (call: string, label: string) => {
    const callSid = (label === "customer" ? call : `CA-${call}-${label}`) as CallSid;
    return { at: time.now(), label: label as Label, callSid };
  };
  const conference = "CF1" as ConferenceSid;
  return {
    ...asked,
    coordinator: made,
    presence,
    store,
    clock: time,
    errors,
    submit,
    signsIn(agent: string): () => void {
      const window = presence.open(agent as AgentId, true);
      window.setReady(true);
      return () => window.close();
    },
    customerCalls: (call: string) =>
      submit(call, { kind: "customer-called", at: time.now(), call: call as CallId, number: "+15550100" }),
    rings: (call: string, label: string) => submit(call, { kind: "leg-ringing", ...about(call, label) }),
    joins: (call: string, label: string) =>
      submit(call, { kind: "participant-joined", ...about(call, label), conference }),
    leavesConference: (call: string, label: string) =>
      submit(call, { kind: "participant-left", ...about(call, label), conference, because: "hung-up" }),
    async leaves(call: string, label: string) {
      await this.leavesConference(call, label);
      return this.ended(call, label, { answered: true });
    },
    ended: (call: string, label: string, end: LegEnd) =>
      submit(call, { kind: "leg-ended", ...about(call, label), end }),
    transfers: (call: string, by: string, to: string) =>
      submit(call, { kind: "start-transfer", by: by as AgentId, to: to as AgentId, mode: "three-way" }),
  };
}
