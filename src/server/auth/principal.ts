import type { AgentId } from "../../call/types.ts";

/** Who asks: an operator may do all, an agent what concerns the call that the agent is in. */
export type Principal = { kind: "operator" } | { kind: "agent"; agent: AgentId; session: string };

/** Who is meant in a command: null for an operator. */
export const commandedBy = (principal: Principal): AgentId | null =>
  principal.kind === "agent" ? principal.agent : null;
