import { toAppError } from "../../errors.ts";
import { presentLegOf } from "../../call/legs.ts";
import type { AgentId } from "../../call/types.ts";
import type { ServerContext } from "../context.ts";

/** What a window said of the agent's line when it was opened: whether a call is up in it. Null: nothing. */
export interface LineReport {
  readonly hasLine: boolean | null;
  /** By our clock, in ms. */
  readonly openedAt: number;
}

/** After a restart of the server, windows come back one by one: so long, in ms, they may take. */
const ALL_BACK_AFTER = 5_000;

/** Twilio dates the joining in whole seconds, and the clocks may differ by one. */
const ROUNDING = 2_000;

export type LineContext = Pick<ServerContext, "presence" | "coordinator" | "clock" | "now" | "onError">;

/**
 * Returns a function to call when a window has opened. If all of an agent's windows are new and have no call, then the one that had
 * it is gone, and the agent's leg is dead, which Twilio may notice only half a minute later.
 */
export function createLostLines(
  { presence, coordinator, clock, now, onError }: LineContext,
  windowsOf: (agent: AgentId) => readonly LineReport[],
): (agent: AgentId) => void {
  const look = (agent: AgentId): void => {
    const id = presence.callOf(agent);
    const call = id === undefined ? undefined : coordinator.current(id);
    const leg = call && presentLegOf(call, agent);
    if (!leg || leg.joinedAt === null) return;
    const since = leg.joinedAt + ROUNDING;
    const windows = windowsOf(agent);
    const isElsewhere = windows.some(({ hasLine, openedAt }) => hasLine !== false || openedAt < since);
    if (windows.length === 0 || isElsewhere) return;
    const lost = { kind: "line-lost", at: now(), label: leg.label } as const;
    coordinator.submit(call.id, lost).catch((error: unknown) => onError(toAppError(error)));
  };
  return (agent) => {
    const isSuspect = windowsOf(agent).every(({ hasLine }) => hasLine === false);
    if (isSuspect && presence.callOf(agent) !== undefined) clock.after(ALL_BACK_AFTER, () => look(agent));
  };
}
