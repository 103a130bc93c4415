import type { Engine } from "../engine/engine.ts";
import type { Caller } from "../line.ts";
import type { Sound } from "../media/port.ts";
import type { Ear } from "./ear.ts";
import type { IncomingCall } from "./incoming-call.ts";
import type { Habit } from "./people.ts";
import type { PersonState } from "./person-state.ts";
import { type PhoneLine, createPhoneLine } from "./phone-line.ts";

/** A person's phone: the present call, and the habit for the next one. */
export interface Handset {
  readonly address: string;
  readonly state: PersonState;
  readonly ear: Ear;
  readonly captions: string[];
  habit: Habit;
  readonly isMachine: boolean;
  /** Calls that came while frozen. */
  missed: number;
  voice: Sound;
  line: PhoneLine | null;
  incoming: IncomingCall | null;
}

export function openLine(handset: Handset): PhoneLine {
  const line = createPhoneLine({
    isMachine: handset.isMachine,
    ear: handset.ear,
    mouth: () => handset.voice,
    onCaption: (text) => handset.captions.push(text),
    onHungUp: () => handset.state.set("idle"),
  });
  handset.line = line;
  return line;
}

/** Ends the call, gives up calling, or declines what rings. */
export function hangUp(handset: Handset): void {
  const { incoming, line, state } = handset;
  if (incoming) return incoming.decline();
  if (!line || state.now === "idle") return;
  line.drop();
  state.set("idle");
  line.listener.hungUp();
}

const APPLICATION = "app:";

/** Whom a person calls: a number, or an application, which has none. */
function calleeOf(called: string): Pick<Caller, "to" | "application"> {
  if (!called.startsWith(APPLICATION)) return { to: called };
  return { to: "", application: { sid: called.slice(APPLICATION.length), parameters: {} } };
}

/** Rings a number or an application of the emulator. Resolves with the Call SID when it rings. @throws Error when in another call */
export async function callNumber(handset: Handset, engine: Engine, called: string): Promise<string> {
  const { address, state } = handset;
  if (state.now !== "idle") throw new Error(`${address} cannot call: it is ${state.now}`);
  const line = openLine(handset);
  state.set("calling");
  return new Promise((resolve) => {
    engine.receiveCall({
      from: address,
      ...calleeOf(called),
      line,
      ringing(callSid) {
        state.callSid = callSid;
        resolve(callSid);
      },
      answered: () => state.set("talking"),
      ended() {
        line.drop();
        state.set("idle");
      },
    });
  });
}
