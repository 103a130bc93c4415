import type { Engine, EngineEvent } from "../engine/engine.ts";

export type Warning = Extract<EngineEvent, { kind: "warning" }>;

const KEPT = 1_000;

/** What Twilio's debugger would show, from now on: oldest first, the last thousand. */
export function collectWarnings(engine: Pick<Engine, "onEvent">): readonly Warning[] {
  const warnings: Warning[] = [];
  engine.onEvent((event) => {
    if (event.kind !== "warning") return;
    warnings.push(event);
    if (warnings.length > KEPT) warnings.shift();
  });
  return warnings;
}
