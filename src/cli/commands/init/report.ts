import type { Output } from "../../terminal/output.ts";
import type { OpenAccount } from "./account-step.ts";
import type { Applied } from "./apply.ts";
import { changeWords } from "./overwrites.ts";
import type { Plan, WantedSettings } from "./plan.ts";
import { reachWords } from "./reach.ts";

export interface Outcome {
  opened: OpenAccount;
  wanted: WantedSettings;
  plan: Plan;
  applied: Applied;
  warnings: string[];
  isDryRun: boolean;
}

const NEXT = "warm-transfer start";

/** For programs. Holds no secret. */
function asObject({ opened, wanted, plan, applied, warnings, isDryRun }: Outcome): object {
  const { number, agents, words, reach } = wanted;
  const { sid, friendlyName } = opened.state;
  return {
    account: { sid, friendlyName },
    number,
    agents,
    ...words,
    publicUrl: reach.kind === "given" ? reach.publicUrl : null,
    tunnel: reach.kind === "given" ? null : reach,
    apiKey: applied.apiKey,
    changes: plan.changes.map(({ file, name }) => ({ file, name })),
    written: applied.written,
    dryRun: isDryRun,
    warnings,
    next: NEXT,
  };
}

function keyWords({ apiKey }: Applied): string {
  if (apiKey === null) return "a new one";
  return apiKey.created ? `${apiKey.sid}, new` : apiKey.sid;
}

function writtenWords({ applied, isDryRun }: Outcome): string {
  const { written } = applied;
  if (written.length === 0) return isDryRun ? "nothing" : "nothing: no changes";
  return written.join(", ");
}

function lines(outcome: Outcome, bold: (text: string) => string): string[] {
  const { opened, wanted, plan, applied, isDryRun } = outcome;
  const rows: [string, string][] = [
    ["Account", `${opened.state.friendlyName} (${opened.state.sid})`],
    ["Number", wanted.number],
    ["API key", keyWords(applied)],
    ["Agents", wanted.agents.map(({ id, name }) => `${name} (${id})`).join(", ")],
    ["Public URL", reachWords(wanted.reach)],
    [isDryRun ? "To write" : "Written", writtenWords(outcome)],
  ];
  const changes = isDryRun ? plan.changes.map((each) => `  ${changeWords(each)}`) : [];
  return [...rows.map(([name, value]) => `${bold(name.padEnd(12))}${value}`), ...changes];
}

export function report(outcome: Outcome, output: Output): void {
  output.event(asObject(outcome));
  if (output.isStderrTerminal) output.info("");
  for (const line of lines(outcome, output.paint.bold)) output.line(line);
  for (const warning of outcome.warnings) output.info(`warning: ${warning}`);
  if (!outcome.isDryRun) output.line(`\nNext, run: ${output.paint.bold(NEXT)}`);
}
