import type { Log } from "../../compose/log.ts";
import { type RunningServer, startServer } from "../../compose/server.ts";
import { type Tunnel, openTunnel } from "../../compose/tunnel.ts";
import { InterruptedError } from "../terminal/interrupted-error.ts";
import { pagesDir } from "../pages-dir.ts";
import type { ServiceDeps } from "./events.ts";
import { type ManagedNumber, manageNumber } from "./managed-number.ts";
import type { ServicePlan } from "./plan.ts";
import { checkRoundTrip } from "./round-trip.ts";
import { type Step, runStep } from "./step.ts";
import type { Undo } from "./undo.ts";

export interface StartContext {
  readonly plan: ServicePlan;
  readonly deps: ServiceDeps;
  readonly undo: Undo;
  readonly log: Log | undefined;
}

/** How long to try an address, in ms: the DNS record of a new tunnel takes a while to spread. */
export const PATIENCE_MS = { tunnel: 30_000, given: 3000 };

/** Starts the server. @throws as `startServer`; InterruptedError */
export async function launchServer({ plan, deps, undo, log }: StartContext): Promise<RunningServer> {
  const { onError, saveAgents, stores } = deps;
  // A log on stderr shows errors already.
  const reporting = {
    ...(log ? { log } : {}),
    ...(plan.log === "stderr" ? {} : { onError }),
    ...(stores ? { stores } : {}),
  };
  const work = (): Promise<RunningServer> => startServer(plan.config, { pagesDir, saveAgents, ...reporting });
  const { value: server, ...done } = await runStep({ what: "the server", work }, deps);
  undo.add(() => server.close());
  deps.onEvent({ event: "server-started", ...done, url: server.localUrl });
  return server;
}

/** Opens the plan's tunnel and passes its address to the server. @throws as `openTunnel`; InterruptedError */
export async function launchTunnel(
  { plan, deps, undo }: StartContext,
  server: RunningServer,
): Promise<Tunnel> {
  const choice = plan.tunnel ?? { kind: "given" as const, url: server.localUrl };
  const step: Step<Tunnel> = {
    what: `the tunnel (${choice.kind})`,
    work: () => openTunnel(choice, server.port, { env: deps.env, deadlineMs: plan.timeoutMs }),
    discard: (late) => late.close(),
  };
  const { value: tunnel, ...done } = await runStep(step, deps);
  undo.add(() => tunnel.close());
  server.setPublicUrl(tunnel.url);
  if (plan.tunnel !== null)
    deps.onEvent({ event: "tunnel-opened", ...done, url: tunnel.url, kind: choice.kind });
  return tunnel;
}

/** Runs before anything changes at Twilio. */
export async function verifyPublicUrl({ plan, deps }: StartContext, server: RunningServer): Promise<void> {
  const { url } = server;
  const isGiven = plan.tunnel === null || plan.tunnel.kind === "given";
  const patienceMs = plan.timeoutMs ?? (isGiven ? PATIENCE_MS.given : PATIENCE_MS.tunnel);
  const step: Step<void> = {
    what: `${new URL(url).host} to lead here`,
    work: () => checkRoundTrip(url, server, { patienceMs, stopped: deps.interrupted }),
    discard: async () => undefined,
  };
  const { at, ms } = await runStep(step, deps);
  deps.onEvent({ event: "round-trip", at, ms, url });
}

/** Points the number at the server; undoing restores it. @throws as `NumberHolder.point`; InterruptedError */
export async function pointNumberHere(
  { plan, deps, undo }: StartContext,
  server: RunningServer,
): Promise<ManagedNumber> {
  const number = await manageNumber(plan, deps);
  const restore = undo.add(() => number.restore());
  await number.point(server.url);
  if (deps.interrupted.aborted) throw new InterruptedError();
  return { ...number, restore };
}
