import type { Context } from "../context.ts";
import { DONE } from "../exit-codes.ts";
import { untilAborted } from "../interrupts.ts";
import { createLines } from "../live/lines.ts";
import { banner } from "./banner.ts";
import { watchSandbox } from "./happenings.ts";
import { readyEvent } from "./ready-event.ts";
import type { SandboxOptions } from "./sandbox-config.ts";
import { startSandbox } from "./start-sandbox.ts";

/** Starts a sandbox, says what to open, and tells the live calls until it is asked to end. @returns the exit code */
export async function serve(options: SandboxOptions, { output, asked }: Context): Promise<number> {
  const sandbox = await startSandbox(options, (error) => output.complain(error));
  const ready = await readyEvent(sandbox);
  output.event(ready);
  for (const line of banner(ready, output.paint)) output.line(line);
  const lineOf = createLines(output.paint);
  watchSandbox(sandbox, (happening) => {
    output.event(happening);
    output.line(lineOf(happening));
  });
  await untilAborted(asked);
  output.say("\nEnding: calls are hung up, ports are given back.");
  await sandbox.close();
  return DONE;
}
