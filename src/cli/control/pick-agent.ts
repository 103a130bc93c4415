import { AppError } from "../../errors.ts";
import type { AgentEntry } from "../../server/control-api.ts";
import type { Context } from "../context.ts";
import { chooseOne } from "./choose-one.ts";
import type { Control } from "./control.ts";

const lineOf = ({ id, name }: AgentEntry): string => (name === id ? id : `${id}  ${name}`);

/**
 * The agent that a transfer goes to, when none is named: the only free one, or the one that is chosen at the terminal.
 * @throws AppError conflict when nobody is free, usage when several are and nobody can be asked
 */
export async function pickFreeAgent(control: Control, context: Context): Promise<string> {
  const free = (await control.agents()).filter(({ state }) => state === "free");
  if (free.length === 0)
    throw new AppError("conflict", "No agent is free.", {
      hint: "To see their states, run warm-transfer agents list",
    });
  return (await chooseOne(free, { one: "agent", many: "agents", lineOf }, context)).id;
}
