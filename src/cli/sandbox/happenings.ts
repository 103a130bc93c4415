import type { EngineEvent } from "../../emulator/engine/engine.ts";
import { maskNumber } from "../../log.ts";
import type { StoryEntry } from "../../server/control-api.ts";
import type { Sandbox } from "./start-sandbox.ts";

/** An entry of a call's story. `customer` is the caller's number, masked; `at` is milliseconds since 1970. */
export type StoryHappening = StoryEntry & { call: string; customer: string };

/** A sentence that a leg hears; `call` is the leg's Call SID, which for the customer's leg is the call's. */
export interface SaidHappening {
  event: "said";
  at: number;
  call: string;
  text: string;
  language: string;
}

/** Something that Twilio would write into the account's debugger: an app that answers wrongly. */
export interface WarningHappening {
  event: "warning";
  at: number;
  call: string | null;
  code: number;
  message: string;
  url: string | null;
}

/** One thing that happens in the sandbox: one line of its output. */
export type Happening = StoryHappening | SaidHappening | WarningHappening;

function fromEngine(event: EngineEvent): Happening | undefined {
  if (event.kind === "said") {
    const { at, callSid, text, language } = event;
    return { event: "said", at, call: callSid, text, language };
  }
  if (event.kind !== "warning") return undefined;
  const { at, callSid, code, message, url } = event;
  return { event: "warning", at, call: callSid, code, message, url };
}

/** Tells everything that happens from now on, in its order. Returns the way to stop. */
export function watchSandbox(
  { server, emulator }: Pick<Sandbox, "server" | "emulator">,
  listener: (happening: Happening) => void,
): () => void {
  const stopStory = server.onStory(({ call, entry }) => {
    const customer = maskNumber(emulator.engine.world.calls.get(call)?.from ?? "unknown");
    const { event, at, ...rest } = entry;
    listener({ event, call, customer, at, ...rest });
  });
  const stopEngine = emulator.engine.onEvent((event) => {
    const happening = fromEngine(event);
    if (happening) listener(happening);
  });
  return () => {
    stopStory();
    stopEngine();
  };
}
