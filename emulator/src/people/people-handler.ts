import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../clock.ts";
import type { Engine } from "../engine/engine.ts";
import { type JsonRequest, type Reply, createJsonHandler, refusal } from "../json-api.ts";
import type { MayTalk } from "../signalling/origin.ts";
import { followScript } from "./follow-script.ts";
import type { People, Person } from "./people.ts";
import { type Act, type PersonOrder, readAct, readPerson } from "./read-person.ts";

interface Parts {
  people: People;
  engine: Pick<Engine, "world">;
  clock: Clock;
}

const MOST = 1_000;

class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The state of things does not allow the request. */
const conflict = (message: string): Refused => new Refused(409, message);

/** @throws Refused */
function read<T>(reader: (value: unknown) => T, value: unknown): T {
  try {
    return reader(value);
  } catch (thrown) {
    throw new Refused(400, (thrown as Error).message);
  }
}

/** @param query `hz=440,1000` adds how loud the person hears these tones, in dB of full scale; `windowMs` is for how long */
function viewOf(person: Person, { world }: Parts["engine"], query?: URLSearchParams) {
  const { id, address: from, state, callSid, lastCallSid, captions } = person;
  const tones = (query?.get("hz") ?? "").split(",").map(Number).filter(Boolean).slice(0, 64);
  const windowMs = Number(query?.get("windowMs")) || undefined;
  const call = world.calls.get(callSid ?? lastCallSid ?? "");
  return {
    id,
    from,
    state,
    call: call ? { sid: call.sid, status: call.status } : null,
    hears: callSid === null ? [] : person.hears(),
    captions,
    ...(tones.length > 0 && { heardDb: tones.map((hz) => person.heardDb(hz, windowMs)) }),
  };
}

/** What `/people` shows of a person. `hears` has addresses, or the sound in brackets, as `[hold]`. */
export type PersonView = ReturnType<typeof viewOf>;

/** @throws Refused */
function assertCallable(calls: string, from: string, { world }: Parts["engine"]): void {
  const isApplication = calls.startsWith("app:");
  if (isApplication !== from.startsWith("client:"))
    throw conflict("A phone calls a number of the emulator, and a browser an application");
  const known = isApplication
    ? world.applications.has(calls.slice("app:".length))
    : [...world.numbers.values()].some(({ phoneNumber }) => phoneNumber === calls);
  if (!known) throw conflict(`The emulator has no ${isApplication ? "application" : "number"} ${calls}`);
}

async function add(order: PersonOrder, { people, engine, clock }: Parts): Promise<Reply> {
  const { from, calls, habit, is, hz, ...script } = order;
  if (people.list().length >= MOST) throw conflict(`The emulator has ${MOST} people already`);
  if (calls !== undefined) assertCallable(calls, from, engine);
  const person = people.add(from, {
    ...(habit && { habit }),
    ...(is && { is }),
    ...(hz !== undefined && { voice: { kind: "tone", hz } }),
  });
  followScript(person, script, clock);
  if (calls !== undefined) await person.call(calls);
  return { status: 201, body: viewOf(person, engine) };
}

/** @throws Refused */
async function act(person: Person, does: Act, { engine }: Parts): Promise<void> {
  const must = (state: Person["state"]): void => {
    if (person.state !== state) throw conflict(`The person is ${person.state}, not ${state}`);
  };
  if (does.does === "hang-up") return person.hangUp();
  if (does.does === "follow") return person.setHabit(does.habit);
  if (does.does === "say")
    return person.say(does.hz === 0 ? { kind: "quiet" } : { kind: "tone", hz: does.hz });
  if (does.does === "press" || does.does === "speak") {
    must("talking");
    return does.does === "press" ? person.press(does.digits) : person.speak(does.text);
  }
  if (does.does === "call") {
    must("idle");
    assertCallable(does.calls, person.address, engine);
    return void (await person.call(does.calls));
  }
  must("ringing");
  if (does.does === "answer") person.answer();
  else person.decline();
}

async function answerAll({ method, body }: JsonRequest, parts: Parts): Promise<Reply> {
  const { people, engine } = parts;
  if (method === "POST") return add(read(readPerson, body), parts);
  if (method === "GET") {
    const numbers = [...engine.world.numbers.values()].map(({ phoneNumber }) => phoneNumber);
    const applications = [...engine.world.applications.keys()].map((sid) => `app:${sid}`);
    const listed = people.list().map((person) => viewOf(person, engine));
    return { status: 200, body: { numbers, applications, people: listed } };
  }
  for (const person of people.list()) person.leave();
  return { status: 204 };
}

async function answerOne({ method, body, query }: JsonRequest, id: string, parts: Parts): Promise<Reply> {
  const person = parts.people.list().find((each) => each.id === id);
  if (!person) return refusal(404, `The emulator has no person ${id}: GET /people lists them`);
  if (method === "POST") await act(person, read(readAct, body), parts);
  if (method !== "DELETE") return { status: 200, body: viewOf(person, parts.engine, query) };
  person.leave();
  return { status: 204 };
}

/**
 * `/people`: GET lists the scripted people and what they can call, POST adds one, who may call at once, DELETE removes all.
 * `/people/:id`: GET shows one, POST lets one act, DELETE removes one, which hangs up.
 */
export function createPeopleHandler(
  parts: Parts,
  mayTalk: MayTalk,
): (req: IncomingMessage, res: ServerResponse) => void {
  return createJsonHandler(mayTalk, async (request) => {
    const id = /^\/people\/(\w+)$/.exec(request.path)?.[1];
    if (id === undefined && request.path !== "/people")
      return refusal(404, `Nothing is at ${request.path}: GET /people lists people`);
    try {
      return id === undefined ? await answerAll(request, parts) : await answerOne(request, id, parts);
    } catch (thrown) {
      if (!(thrown instanceof Refused)) throw thrown;
      return refusal(thrown.status, thrown.message);
    }
  });
}
