import { announceServer } from "../../compose/run-file.ts";
import type { RunningServer } from "../../compose/server.ts";
import { InterruptedError } from "../terminal/interrupted-error.ts";
import type { ServiceDeps } from "./events.ts";
import { followTunnel } from "./follow-tunnel.ts";
import { openServiceLog } from "./open-log.ts";
import type { ServicePlan } from "./plan.ts";
import {
  PATIENCE_MS,
  type StartContext,
  verifyPublicUrl,
  launchTunnel,
  launchServer,
  pointNumberHere,
} from "./steps.ts";
import { createUndo } from "./undo.ts";

/** A server that Twilio reaches, and a number that points at it. */
export interface Service {
  readonly plan: ServicePlan;
  readonly server: RunningServer;
  /** Refuses new calls and restores the number. Once. @throws AppError when that fails */
  releaseNumber(): Promise<void>;
  /** Undoes everything that is left, the last step first; live calls carry on at Twilio. Never rejects. */
  close(): Promise<void>;
}

async function start(context: StartContext): Promise<Service> {
  const { plan, deps, undo } = context;
  const server = await launchServer(context);
  const tunnel = await launchTunnel(context, server);
  await verifyPublicUrl(context, server);
  const number = await pointNumberHere(context, server);
  const parts = { tunnel, server, number, patienceMs: PATIENCE_MS.tunnel };
  const stopFollowing = undo.add(followTunnel(parts, deps));
  if (plan.dir !== null) undo.add(await announceServer(plan.dir, server));
  return {
    plan,
    server,
    async releaseNumber() {
      server.refuseCalls();
      await stopFollowing();
      await number.restore();
    },
    close: () => undo.all(deps.onError),
  };
}

/**
 * Starts the server, opens the tunnel, verifies that it leads here, and points the number, in that order. A failure undoes the
 * earlier steps.
 * @throws AppError; InterruptedError after Ctrl-C during the start. Nothing runs then
 */
export async function startService(plan: ServicePlan, given: ServiceDeps): Promise<Service> {
  const undo = createUndo();
  const logging = await openServiceLog(plan, given);
  const { log, deps } = logging;
  undo.add(() => logging.close());
  try {
    return await start({ plan, deps, undo, log });
  } catch (thrown) {
    await undo.all(deps.onError);
    throw deps.interrupted.aborted ? new InterruptedError() : thrown;
  }
}
