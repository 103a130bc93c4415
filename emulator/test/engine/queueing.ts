import type { EmulatorOptions } from "../../src/types.ts";
import { type EmulatorStage, startEmulatorStage } from "../support/emulator-stage.ts";

export const AGENT = "client:agent1";
export const SECOND = "+15550122222";

/** Callers go to `<Enqueue>`; `serves` rings an agent whose TwiML takes one out. */
export async function queueing(attributes = `waitUrl="/wait"`, options: EmulatorOptions = {}) {
  const stage = await startEmulatorStage(options);
  const { app, emulator, clock } = stage;
  app.on("/voice", `<Enqueue action="/left" ${attributes}>support</Enqueue><Say>Next verb.</Say>`);
  app.on("/wait", `<Say>Please wait.</Say><Pause length="10"/>`);
  app.on("/left", "<Say>You are out.</Say>");
  const serves = async (noun = `<Queue>support</Queue>`, dial = "") => {
    app.on("/agent", `<Dial action="/served" ${dial}>${noun}</Dial>`);
    app.on("/served", "<Say>Served.</Say>");
    const agent = emulator.people.add(AGENT, { habit: { kind: "answers", afterMs: 0 } });
    emulator.engine.createCall(stage.order(AGENT));
    await clock.advance(0);
    return agent;
  };
  return { ...stage, serves };
}

export const queueOf = ({ emulator }: Pick<EmulatorStage, "emulator">) => {
  const [queue] = emulator.engine.world.queues.values();
  if (!queue) throw new Error("There is no queue");
  return queue;
};

export const resultsOf = (stage: Pick<EmulatorStage, "sent">) =>
  stage.sent("/left").map(({ QueueResult, QueueTime }) => [QueueResult, QueueTime]);
