import { PROJECT_FILE, readProjectFile, updateProjectFile } from "../../config/project-file.ts";
import { AppError } from "../../errors.ts";
import type { Context } from "../context.ts";
import { NOT_RUNNING } from "./failures.ts";
import type { ServerFlags } from "./with-control.ts";

interface Agent {
  id: string;
  name: string;
}

export type Where = "server" | typeof PROJECT_FILE;

/** Edits the agents in the file. @throws AppError */
export type AgentsChange = (agents: readonly Agent[]) => Agent[];

/** Appends an agent. @throws AppError conflict when the id is taken */
export const withAgent =
  (agent: Agent): AgentsChange =>
  (agents) => {
    if (agents.every(({ id }) => id !== agent.id)) return [...agents, agent];
    throw new AppError("conflict", `${PROJECT_FILE} has an agent "${agent.id}" already.`, {
      hint: `Choose another id, or run warm-transfer agents remove ${agent.id}`,
    });
  };

/** @throws AppError not-found */
export const withoutAgent =
  (wanted: string): AgentsChange =>
  (agents) => {
    const others = agents.filter(({ id }) => id !== wanted);
    if (others.length < agents.length) return others;
    throw new AppError("not-found", `${PROJECT_FILE} has no agent "${wanted}".`, {
      hint: `It has ${agents.map(({ id }) => id).join(", ")}.`,
    });
  };

/**
 * Changes the agents on the server. If no server is running in this folder, edits its `warm-transfer.json`, which the next
 * start reads.
 */
export async function changeAgents(
  ask: () => Promise<void>,
  change: AgentsChange,
  { server }: ServerFlags,
  { cwd }: Context,
): Promise<Where> {
  try {
    await ask();
    return "server";
  } catch (thrown) {
    const isMissing = thrown instanceof AppError && thrown.code === NOT_RUNNING;
    if (!isMissing || server !== undefined) throw thrown;
    const { agents } = await readProjectFile(cwd);
    if (!agents) throw thrown;
    await updateProjectFile(cwd, { agents: change(agents) });
    return PROJECT_FILE;
  }
}
