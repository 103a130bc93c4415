import { PROJECT_FILE, readProjectFile, updateProjectFile } from "../../config/project-file.ts";
import { AppError } from "../../errors.ts";
import type { Context } from "../context.ts";
import { NOT_RUNNING } from "./failures.ts";
import type { ServerFlags } from "./with-control.ts";

interface Agent {
  id: string;
  name: string;
}

/** Where an agent was added or removed. */
export type Where = "server" | typeof PROJECT_FILE;

/** How agents change where no server runs. @throws AppError */
export type AgentsChange = (agents: readonly Agent[]) => Agent[];

/** Adds an agent, behind all others. @throws AppError conflict when the id is taken */
export const withAgent =
  (agent: Agent): AgentsChange =>
  (agents) => {
    if (agents.every(({ id }) => id !== agent.id)) return [...agents, agent];
    throw new AppError("conflict", `${PROJECT_FILE} has an agent "${agent.id}" already.`, {
      hint: `Choose another id, or run warm-transfer agents remove ${agent.id}`,
    });
  };

/** Takes an agent out, by id. @throws AppError not-found */
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
 * Asks the server to change the agents; where no server runs in this folder, changes its `warm-transfer.json`, which the
 * next one is started with.
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
