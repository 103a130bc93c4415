import type { EngineEvent } from "local-twilio";
import { type LiveEvent, watchStories } from "../live/events.ts";
import type { Sandbox } from "./start-sandbox.ts";

function fromEngine(event: EngineEvent): LiveEvent | undefined {
  if (event.kind === "said") {
    const { at, callSid, text, language } = event;
    return { event: "said", at, call: callSid, text, language };
  }
  if (event.kind !== "warning") return undefined;
  const { at, callSid, code, message, url } = event;
  return { event: "warning", at, call: callSid, code, message, url };
}

/** Passes on all events of server and emulator, in order. Returns a function that stops. */
export function watchSandbox(
  { server, emulator }: Pick<Sandbox, "server" | "emulator">,
  listener: (happening: LiveEvent) => void,
): () => void {
  const stopStories = watchStories(server, listener);
  const stopEngine = emulator.engine.onEvent((event) => {
    const happening = fromEngine(event);
    if (happening) listener(happening);
  });
  return () => {
    stopStories();
    stopEngine();
  };
}
