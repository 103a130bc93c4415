import type { Context } from "../context.ts";
import { examine } from "../doctor/examine.ts";
import type { Finding } from "../doctor/finding.ts";
import { findingLines, summary } from "../doctor/report-lines.ts";
import { DONE, FAILED } from "../exit-codes.ts";

export interface DoctorFlags {
  /** For each response, in milliseconds. */
  timeout?: number;
}

/** @returns 1 when a check fails */
export async function doctor({ timeout }: DoctorFlags, context: Context): Promise<number> {
  const { output } = context;
  const all: Finding[] = [];
  await examine(context, timeout, (findings) => {
    for (const finding of findings) {
      for (const line of findingLines(finding, all.at(-1), output.paint)) output.line(line);
      all.push(finding);
    }
  });
  const ok = all.every(({ state }) => state !== "failure");
  output.event({ ok, checks: all });
  output.info(`\n${summary(all)}.`);
  return ok ? DONE : FAILED;
}
