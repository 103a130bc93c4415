import { AppError } from "../../errors.ts";
import type { AgentEntry } from "../../server/control-api.ts";
import type { Context } from "../context.ts";
import { chooseOne } from "./choose-one.ts";
import type { Control } from "./control.ts";

const lineOf = ({ id, name }: AgentEntry): string => (name === id ? id : `${id}  ${name}`);

/**
 * Returns the only free agent, or prompts for one of several.
 * @throws AppError conflict if no agent is free; usage if several are and there is no terminal
 */
export async function pickFreeAgent(control: Control, context: Context): Promise<string> {
  const free = (await control.agents()).filter(({ state }) => state === "free");
  if (free.length === 0)
    throw new AppError("conflict", "No agent is free.", {
      hint: "To see their states, run warm-transfer agents list",
    });
  return (await chooseOne(free, { one: "agent", many: "agents", lineOf }, context)).id;
}
