import { announceServer } from "../../compose/run-file.ts";
import { type RunningServer, startServer } from "../../compose/server.ts";
import { type Tunnel, openTunnel } from "../../compose/tunnel.ts";
import { InterruptedError } from "../interrupted-error.ts";
import { pagesDir } from "../pages-dir.ts";
import type { ServiceDeps } from "./events.ts";
import { followTunnel } from "./follow-tunnel.ts";
import { type NumberHolder, holdNumber } from "./hold-number.ts";
import type { ServicePlan } from "./plan.ts";
import { checkRoundTrip } from "./round-trip.ts";
import { takeStep } from "./step.ts";
import { type Undo, createUndo } from "./undo.ts";

/** A server that Twilio reaches, and a number that leads to it. */
export interface Service {
  readonly plan: ServicePlan;
  readonly server: RunningServer;
  /** No new calls: they are refused, and the number gets back what it had. Once. @throws AppError when that fails */
  retire(): Promise<void>;
  /** Undoes everything that is left, the last first; calls that live are Twilio's then. Never rejects. */
  close(): Promise<void>;
}

/** A tunnel's host may take a while to be known everywhere. */
const PATIENCE_MS = { tunnel: 30_000, given: 3000 };

async function listenForCalls(
  { config }: ServicePlan,
  deps: ServiceDeps,
  undo: Undo,
): Promise<RunningServer> {
  const { onError, saveAgents } = deps;
  const start = () => startServer(config, { pagesDir, onError, ...(saveAgents ? { saveAgents } : {}) });
  const { value: server, ...done } = await takeStep({ what: "the server", work: start }, deps);
  undo.add(() => server.close());
  deps.tell({ event: "server-started", ...done, url: server.localUrl });
  return server;
}

async function findWayIn(
  { tunnel }: ServicePlan,
  server: RunningServer,
  deps: ServiceDeps,
  undo: Undo,
): Promise<Tunnel> {
  const choice = tunnel ?? { kind: "given" as const, url: server.localUrl };
  const step = {
    what: `the tunnel (${choice.kind})`,
    work: () => openTunnel(choice, server.port, { env: deps.env }),
    abandon: (late: Tunnel) => late.close(),
  };
  const { value: opened, ...done } = await takeStep(step, deps);
  undo.add(() => opened.close());
  server.setPublicUrl(opened.url);
  if (tunnel !== null) deps.tell({ event: "tunnel-opened", ...done, url: opened.url, kind: choice.kind });
  return opened;
}

/** Before anything of Twilio's is touched. */
async function comeBack(
  url: string,
  { tunnel }: ServicePlan,
  server: RunningServer,
  deps: ServiceDeps,
): Promise<void> {
  const isGiven = tunnel === null || tunnel.kind === "given";
  const patienceMs = isGiven ? PATIENCE_MS.given : PATIENCE_MS.tunnel;
  const step = {
    what: `${new URL(url).host} to lead here`,
    work: () => checkRoundTrip(url, server, { patienceMs, stopped: deps.asked }),
    abandon: async () => undefined,
  };
  const { at, ms } = await takeStep(step, deps);
  deps.tell({ event: "round-trip", at, ms, url });
}

async function takeNumber(
  url: string,
  plan: ServicePlan,
  deps: ServiceDeps,
  undo: Undo,
): Promise<NumberHolder> {
  const number = await holdNumber(plan, deps);
  const restore = undo.add(() => number.restore());
  await number.point(url);
  if (deps.asked.aborted) throw new InterruptedError();
  return { ...number, restore };
}

async function start(plan: ServicePlan, deps: ServiceDeps, undo: Undo): Promise<Service> {
  const server = await listenForCalls(plan, deps, undo);
  const tunnel = await findWayIn(plan, server, deps, undo);
  await comeBack(tunnel.url, plan, server, deps);
  const number = await takeNumber(tunnel.url, plan, deps, undo);
  const stopFollowing = undo.add(
    followTunnel({ tunnel, server, number, patienceMs: PATIENCE_MS.tunnel }, deps),
  );
  if (plan.dir !== null) undo.add(await announceServer(plan.dir, server));
  return {
    plan,
    server,
    async retire() {
      server.refuseCalls();
      await stopFollowing();
      await number.restore();
    },
    async close() {
      for (const error of await undo.all()) deps.onError(error);
    },
  };
}

/**
 * Starts the server, opens the tunnel, makes sure that it leads here, and points the number: in that order. What fails
 * undoes what came before.
 * @throws AppError what is wrong and what to type; InterruptedError when somebody asked to end before everything had
 *   started. Nothing runs then
 */
export async function startService(plan: ServicePlan, deps: ServiceDeps): Promise<Service> {
  const undo = createUndo();
  try {
    return await start(plan, deps, undo);
  } catch (thrown) {
    for (const error of await undo.all()) deps.onError(error);
    throw deps.asked.aborted ? new InterruptedError() : thrown;
  }
}
