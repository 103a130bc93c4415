import type { AppError } from "../../errors.ts";
import type { Context } from "../context.ts";
import { DONE } from "../exit-codes.ts";
import { untilAborted } from "../terminal/interrupts.ts";
import { openView } from "../live/view.ts";
import { openSandboxState } from "../../compose/sandbox-state.ts";
import { banner, programName } from "./banner.ts";
import { watchSandbox } from "./live-events.ts";
import { readyEvent } from "./ready-event.ts";
import type { SandboxOptions } from "./sandbox-plan.ts";
import { startSandbox } from "./start-sandbox.ts";

/** Runs a sandbox and shows its live calls until Ctrl-C. @returns the exit code */
export async function serve(
  options: SandboxOptions,
  { output, interrupted, cwd, env }: Context,
): Promise<number> {
  let complain = (error: AppError): void => output.error(error);
  const sandbox = await startSandbox(options, (error) => complain(error), await openSandboxState(cwd));
  const ready = await readyEvent(sandbox);
  output.event(ready);
  const columns = output.terminal?.size().columns;
  const style = { paint: output.paint, program: programName(env), columns };
  for (const line of banner(ready, style)) output.line(line);
  const view = openView({ server: sandbox.server, output });
  complain = (error) => view.error(error);
  watchSandbox(sandbox, (happening) => view.show(happening));
  await untilAborted(interrupted);
  view.close();
  output.info("\nStopping: hanging up calls and closing the ports.");
  await sandbox.close();
  return DONE;
}
