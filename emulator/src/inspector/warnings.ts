import type { Engine, EngineEvent } from "../engine/engine.ts";

export type Warning = Extract<EngineEvent, { kind: "warning" }>;

const KEPT = 1_000;

/** Collects from now on what Twilio's debugger would show: the last thousand, oldest first. */
export function collectWarnings(engine: Pick<Engine, "onEvent">): readonly Warning[] {
  const warnings: Warning[] = [];
  engine.onEvent((event) => {
    if (event.kind !== "warning") return;
    warnings.push(event);
    if (warnings.length > KEPT) warnings.shift();
  });
  return warnings;
}
