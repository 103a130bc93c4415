import type { AgentId } from "../../call/types.ts";

/** Operators may change every call, agents only the call that they are in. */
export type Principal = { kind: "operator" } | { kind: "agent"; agent: AgentId; session: string };

/** The `by` of a command: null for an operator. */
export const commandedBy = (principal: Principal): AgentId | null =>
  principal.kind === "agent" ? principal.agent : null;
