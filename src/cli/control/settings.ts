import type { ArchivePlace } from "../../compose/call-archive.ts";
import { loadSettings } from "../../config/load.ts";
import type { Context } from "../context.ts";

export interface OperatorSettings {
  /** Empty if OPERATOR_TOKEN is not set. */
  token: string;
  port: number;
}

/** @throws AppError config for a malformed file */
export async function operatorSettings({ env, cwd }: Context): Promise<OperatorSettings> {
  const { operatorToken, port } = await loadSettings({ cwd, env });
  return { token: operatorToken.value, port: port.value };
}

/** Where this folder's calls are stored. @throws AppError config for a malformed file */
export async function archivePlace({ env, cwd }: Context): Promise<ArchivePlace> {
  const { storeUrl, agents } = await loadSettings({ cwd, env });
  return { storeUrl: storeUrl.value, cwd, agents: agents.value };
}
