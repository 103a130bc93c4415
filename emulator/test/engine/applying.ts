import type { Habit } from "../../src/people/people.ts";
import type { EmulatorOptions } from "../../src/types.ts";
import { startEmulatorStage } from "../support/emulator-stage.ts";

export const SID = `AP${"a".repeat(32)}`;
export const AGENT = "client:agent1";
const ANSWERS: Habit = { kind: "answers", afterMs: 1_000 };
export const PLAIN = `<Application>${SID}</Application>`;

/** A customer dials an application, whose voice URL is `/app` unless `change` says otherwise. */
export async function dialling(
  given: {
    noun?: string;
    attributes?: string;
    app?: string;
    change?: Record<string, string>;
    habit?: Habit;
  },
  options: EmulatorOptions = {},
) {
  const { noun = PLAIN, attributes = "", app: document = "", change = {}, habit = ANSWERS } = given;
  const stage = await startEmulatorStage({ applications: [{ sid: SID, voiceUrl: "" }], ...options });
  const { app, emulator } = stage;
  Object.assign(emulator.applications[0]!, { voiceUrl: `${app.url}/app`, ...change });
  app.on("/voice", `<Dial action="/done" ${attributes}>${noun}</Dial>`);
  app.on("/done", "<Say>Goodbye.</Say>");
  app.on("/app", document);
  const agent = emulator.people.add(AGENT, { habit });
  const customer = await stage.rings();
  const own = () =>
    [...emulator.engine.world.calls.values()].find((call) => call.direction === "inbound" && call.to === SID);
  return { ...stage, agent, customer, own };
}
