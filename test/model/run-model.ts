import * as fc from "fast-check";
import { afterAll } from "vitest";
import type { Kind } from "./move.ts";
import { Step, anyBeginning, anyStep } from "./moves.ts";
import { type Stage, type Variant, setStage } from "./stage.ts";

/** Behaviours of Twilio that are not settled: each value of each is in one of these. */
const QUIRKS: readonly Variant["quirks"][] = [
  {},
  {
    firstConferenceSequence: 0,
    joinBeforeFailedLeave: true,
    endOrder: "end-leave-completed",
    removedParticipant: "hangs-up",
    declineAs: "no-answer",
    waitingConferenceAs: "init",
    listLagMs: 2_000,
    voiceRequestAfterMs: 75,
    holdWithoutUrl: "silence",
    endedConferenceCode: 16022,
    idempotencyToken: "retries",
    actionAfterHangUp: false,
    lostBrowserAfterMs: 10_000,
  },
  { endOrder: "completed-leave-end", removedParticipant: "hangs-up", waitingConferenceAs: "init" },
  { joinBeforeFailedLeave: true, declineAs: "no-answer", actionAfterHangUp: false },
  { endOrder: "end-leave-completed", endedConferenceCode: 16022, holdWithoutUrl: "silence" },
  { endOrder: "completed-leave-end", actionAfterHangUp: false, joinBeforeFailedLeave: true },
  { listLagMs: 2_000 },
];

const VOICEMAIL: Variant["settings"] = { afterFailure: "voicemail" };

/** Known runs name them by their place. */
export const VARIANTS: readonly Variant[] = [
  ...QUIRKS.map((quirks) => ({ quirks, settings: {} })),
  ...QUIRKS.slice(0, 2).map((quirks) => ({ quirks, settings: VOICEMAIL })),
];

/** A server has a limit of commands in a minute, and an emulator remembers every call. */
const RUNS_OF_A_STAGE = 10;

/** Stages that are ready for the next run, by their variant. One whose run failed is never used again. */
function createStages() {
  const ready = new Map<number, { stage: Stage; runs: number }>();
  return {
    async use(variant: number, run: (stage: Stage) => Promise<void>): Promise<void> {
      const { stage, runs } = ready.get(variant) ?? {
        stage: await setStage(VARIANTS[variant] ?? { quirks: {}, settings: {} }),
        runs: 0,
      };
      ready.delete(variant);
      try {
        await run(stage);
      } catch (error) {
        await stage.close().catch(() => {});
        throw error;
      }
      if (runs + 1 < RUNS_OF_A_STAGE) ready.set(variant, { stage, runs: runs + 1 });
      else await stage.close();
    },
    async close(): Promise<void> {
      for (const { stage } of ready.values()) await stage.close();
      ready.clear();
    },
  };
}

/** What a developer may set to try others, or to see one again that failed. */
const { MODEL_RUNS, MODEL_SEED = "8", MODEL_PATH, MODEL_REPLAY } = process.env;

/** Random people over HTTP; every invariant is checked after each step. To be called once in a test file. */
export function createModel() {
  const stages = createStages();
  afterAll(() => stages.close(), 120_000);
  type Steps = Iterable<fc.AsyncCommand<Stage, Stage>>;
  const play = (variant: number, beginning: Steps, steps: Steps): Promise<void> =>
    stages.use(variant, async (stage) => {
      await fc.asyncModelRun(() => ({ model: stage, real: stage }), [...beginning, ...steps]);
      await stage.goHome();
    });
  return {
    /** One run that is known: the steps as they were printed. */
    plays: (variant: number, steps: readonly string[]) =>
      play(
        variant,
        steps.map((text) => new Step(text)),
        [],
      ),
    async holds(kind: Kind, runs: number): Promise<void> {
      const replay = MODEL_REPLAY === undefined ? {} : { replayPath: MODEL_REPLAY };
      const steps = fc.commands([anyStep(kind)], { maxCommands: 50, size: "max", ...replay });
      await fc.assert(fc.asyncProperty(fc.nat(VARIANTS.length - 1), anyBeginning, steps, play), {
        numRuns: Number(MODEL_RUNS ?? runs),
        seed: Number(MODEL_SEED),
        ...(MODEL_PATH === undefined ? {} : { path: MODEL_PATH }),
      });
    },
  };
}
