import { type CallArchive, readArchive } from "../../compose/call-archive.ts";
import { isServerAnnounced } from "../../compose/find-server.ts";
import { AppError, toAppError } from "../../errors.ts";
import type { CallView } from "../../server/control-api.ts";
import type { PastCall } from "../../server/past-calls-api.ts";
import type { Context } from "../context.ts";
import { INTERRUPTED } from "../exit-codes.ts";
import { chooseOne } from "./choose-one.ts";
import type { Control } from "./control.ts";
import { NOT_RUNNING } from "./failures.ts";
import { callsNamed } from "./find-call.ts";
import { NO_TOKEN, type ServerFlags, openControl } from "./with-control.ts";
import { pickCall } from "./pick-call.ts";
import { archivePlace } from "./settings.ts";
import { shownCall, customerWords } from "../views/shown-numbers.ts";
import { shortNames } from "../views/call-words.ts";

/** Live and ended calls, from the running server or from the store file. */
export interface PastCalls {
  /** The clock of the calls' times, in ms since 1970. */
  now(): number;
  /** Newest first. @param since ms since 1970 */
  history(since: number): Promise<PastCall[]>;
  /** The named call; without a name, the live call. @throws AppError not-found, usage */
  call(word: string | undefined): Promise<CallView>;
}

const HISTORY = { hint: "To see ended calls, run warm-transfer history" };

type Named = Pick<CallView, "id" | "conferenceSid" | "customerKind" | "customerNumber">;

/** @throws AppError not-found; usage if several match and there is no terminal */
function chooseNamed<Call extends Named>(
  calls: readonly Call[],
  word: string,
  context: Context,
): Promise<Call> {
  const found = callsNamed(calls, word);
  if (found.length === 0) throw new AppError("not-found", `There is no call "${word}".`, HISTORY);
  const names = shortNames(found.map(({ id }) => id));
  const lineOf = (call: Call): string =>
    `${names.get(call.id)}  ${customerWords(shownCall({ ...call, legs: [] }, false))}`;
  return chooseOne(found, { one: "call", many: "calls", lineOf }, context);
}

function fromServer(control: Control, context: Context): PastCalls {
  return {
    now: () => control.now(),
    history: (since) => control.history(since),
    async call(word) {
      try {
        return await control.call((await pickCall(control, { word }, context)).id);
      } catch (thrown) {
        if (word === undefined || toAppError(thrown).category !== "not-found") throw thrown;
        const ended = (await control.history(0)).map((call) => ({ ...call, conferenceSid: null }));
        return control.call((await chooseNamed(ended, word, context)).id);
      }
    },
  };
}

function fromArchive(archive: CallArchive, context: Context): PastCalls {
  return {
    now: Date.now,
    history: async (since) => archive.history(since),
    async call(word) {
      if (word !== undefined) return chooseNamed(archive.calls(), word, context);
      throw new AppError("not-found", "No server is running here, so no call is live.", HISTORY);
    },
  };
}

/** True when this folder has no running server. */
async function isAway(thrown: unknown, { server }: ServerFlags, { cwd }: Context): Promise<boolean> {
  if (server !== undefined || !(thrown instanceof AppError)) return false;
  if (thrown.code === NOT_RUNNING) return true;
  return thrown.code === NO_TOKEN && !(await isServerAnnounced(cwd));
}

/**
 * Runs a command on live and ended calls. Without a running server, reads the store of this folder.
 * @returns the exit code @throws AppError
 */
export async function withPastCalls(
  flags: ServerFlags,
  context: Context,
  work: (calls: PastCalls) => Promise<number>,
): Promise<number> {
  try {
    return await work(fromServer(await openControl(flags, context), context));
  } catch (thrown) {
    if (context.interrupted.aborted) return INTERRUPTED;
    if (!(await isAway(thrown, flags, context))) throw thrown;
  }
  const place = await archivePlace(context);
  const archive = await readArchive(place);
  context.output.info(`No server is running here. These calls are from ${place.storeUrl}.`);
  return work(fromArchive(archive, context));
}
