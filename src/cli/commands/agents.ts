import { confirmIrreversible } from "../terminal/confirm.ts";
import type { Context } from "../context.ts";
import { agentName } from "../../wire/agent-name.ts";
import { changeAgents, withAgent, withoutAgent } from "../control/agents-file.ts";
import { type ServerFlags, withControl } from "../control/with-control.ts";
import { DONE, FAILED } from "../exit-codes.ts";
import { agentsTable } from "../views/agents-table.ts";
import { dayAndTime } from "../views/when.ts";

/** `agents list` */
export function listAgents(flags: ServerFlags, context: Context): Promise<number> {
  const { output } = context;
  return withControl(flags, context, async (control) => {
    const agents = await control.agents();
    output.event({ agents });
    if (agents.length === 0) output.info("There are no agents. To add one, run warm-transfer agents add ID");
    else for (const line of agentsTable(agents, output.paint)) output.line(line);
    return DONE;
  });
}

export interface AddFlags extends ServerFlags {
  name?: string;
}

/** `agents add ID` */
export function addAgent(id: string, { name, ...flags }: AddFlags, context: Context): Promise<number> {
  const { output } = context;
  return withControl(flags, context, async (control) => {
    const ask = async () => void (await control.addAgent({ id, ...(name === undefined ? {} : { name }) }));
    const inFile = withAgent({ id, name: name ?? agentName(id) });
    const where = await changeAgents(ask, inFile, flags, context);
    output.event({ agent: id, change: "added", in: where });
    output.line(
      where === "server"
        ? `${id} can answer calls now. For a sign-in link, run warm-transfer agents link ${id}`
        : `No server is running. ${id} was added to ${where}.`,
    );
    return DONE;
  });
}

export interface RemoveFlags extends ServerFlags {
  yes?: boolean;
}

/** `agents remove ID` */
export function removeAgent(id: string, { yes, ...flags }: RemoveFlags, context: Context): Promise<number> {
  const { output } = context;
  return withControl(flags, context, async (control) => {
    if (!(await confirmIrreversible(`Remove ${id} and end the sessions?`, yes, context))) return FAILED;
    const where = await changeAgents(() => control.removeAgent(id), withoutAgent(id), flags, context);
    output.event({ agent: id, change: "removed", in: where });
    output.line(
      where === "server"
        ? `${id} is signed out and gets no more calls.`
        : `No server is running. ${id} was removed from ${where}.`,
    );
    return DONE;
  });
}

/** `agents link ID`: the link alone on stdout. */
export function linkAgent(id: string, flags: ServerFlags, context: Context): Promise<number> {
  const { output } = context;
  return withControl(flags, context, async (control) => {
    const answer = await control.signInLink(id);
    output.event(answer);
    output.line(answer.link);
    output.info(`Signs ${id} in until ${dayAndTime(answer.expiresAt)}.`);
    return DONE;
  });
}
