import type { ParticipantOrder } from "../../src/engine/engine.ts";
import type { Person } from "../../src/people/people.ts";
import type { ParticipantState } from "../../src/types.ts";
import { type EmulatorStage, startEmulatorStage } from "../support/emulator-stage.ts";

export const AGENT = "client:agent1";
export const TARGET = "client:agent2";

/** What CreateParticipant takes, with Twilio's defaults and all events to the app's `/events`. */
export function participantOrder(
  stage: EmulatorStage,
  to: string,
  change: Partial<ParticipantOrder> = {},
): ParticipantOrder {
  const { voice: _v, twiml: _t, fallback: _f, ...dial } = stage.order(to);
  const defaults = { muted: false, startConferenceOnEnter: true, endConferenceOnExit: false, waitHook: null };
  const coach = { coaching: false, callSidToCoach: null, earlyMedia: true };
  const events = new Set(["start", "end", "join", "leave", "mute", "hold", "modify", "announcement"]);
  const conferenceStatusCallback = { url: `${stage.app.url}/events`, method: "POST" as const, events };
  const room = { beep: "true" as const, maxParticipants: 250, conferenceStatusCallback };
  return { ...dial, ...defaults, ...coach, ...room, label: null, ...change };
}

/** A customer by TwiML and an agent by REST talk in `room`. */
export async function talking(options: Parameters<typeof startEmulatorStage>[0] = {}) {
  const stage = await startEmulatorStage(options);
  const { app, emulator, clock } = stage;
  app.on(
    "/voice",
    `<Dial action="/after"><Conference participantLabel="customer" statusCallback="/events"
      statusCallbackEvent="start end join leave mute hold modify announcement">room</Conference></Dial>`,
  );
  app.on("/after", "<Say>You are out.</Say>");
  const agent = emulator.people.add(AGENT, { habit: { kind: "answers", afterMs: 0 } });
  const customer = await stage.rings();
  emulator.engine.createParticipant("room", participantOrder(stage, AGENT, { label: "agent1" }));
  await clock.advance(0);
  const conference = [...emulator.engine.world.conferences.values()][0];
  if (!conference) throw new Error("There is no conference");
  const of = (person: Person): ParticipantState => {
    const found = conference.participants.get(person.callSid ?? "");
    if (!found) throw new Error(`${person.address} is not in the conference`);
    return found;
  };
  return { ...stage, stage, agent, customer, conference, of };
}

/** What was sent to the conference's status callback. */
export const eventsOf = ({ sent }: EmulatorStage): (string | undefined)[] =>
  sent("/events").map((p) => p.StatusCallbackEvent);
