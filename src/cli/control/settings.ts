import type { ArchivePlace } from "../../compose/call-archive.ts";
import { loadSettings } from "../../config/load.ts";
import type { Context } from "../context.ts";

/** What an operator's commands need to know of this folder. */
export interface OperatorSettings {
  /** Empty when there is none. */
  token: string;
  port: number;
}

/** @throws AppError config for a file that cannot be understood */
export async function operatorSettings({ env, cwd }: Context): Promise<OperatorSettings> {
  const { operatorToken, port } = await loadSettings({ cwd, env });
  return { token: operatorToken.value, port: port.value };
}

/** Where the calls of this folder are kept. @throws AppError config for a file that cannot be understood */
export async function archivePlace({ env, cwd }: Context): Promise<ArchivePlace> {
  const { storeUrl, agents } = await loadSettings({ cwd, env });
  return { storeUrl: storeUrl.value, cwd, agents: agents.value };
}
