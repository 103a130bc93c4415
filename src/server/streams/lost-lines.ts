import { presentLegOf } from "../../call/legs.ts";
import type { AgentId, CallRecord, Leg } from "../../call/types.ts";
import { toAppError } from "../../errors.ts";
import { isSuspected } from "../../call/rules/waiting.ts";
import type { ServerContext } from "../context.ts";

/** An open window, as far as it says something of its agent's line. Times are by our clock, in ms. */
export interface LineReport {
  readonly agent: AgentId;
  /** Of one browser. */
  readonly session: string;
  /** Whether a call is up in it. Null: it did not say. */
  readonly hasLine: boolean | null;
  readonly openedAt: number;
  /** When it last sent something: a message, or the answer to a ping. */
  readonly heardAt: number;
  readonly isAnswering: boolean;
}

/** After a restart of the server, windows come back one by one: so long, in ms, they may take. */
const ALL_BACK_AFTER = 5_000;

/** How long, in ms, a window that is gone may take to come back. */
const BACK_WITHIN = 8_000;

/** A window that answers sends a message at least this often, in ms, because the server pings it every 5 s. */
const HEARD_WITHIN = 6_000;

/** Twilio dates the joining in whole seconds, and the clocks may differ by one. */
const ROUNDING = 2_000;

/** By how much, in ms, a new window's stream may overtake the end of the old one. */
const OVERLAP = 2_000;

export type LineContext = Pick<ServerContext, "presence" | "coordinator" | "clock" | "now" | "onError">;

/** Concludes from opening and closing windows whether the line of an agent in a call is lost. */
export interface LostLines {
  /** A window has opened, or answers again. */
  came(agent: AgentId): void;
  /** A window has closed, and its session has not ended. */
  closed(window: LineReport): void;
  /** A window has left pings unanswered for 10 s. */
  silent(window: LineReport): void;
  stop(): void;
}

interface Talk {
  call: CallRecord;
  leg: Leg;
  joinedAt: number;
}

function talkOf({ presence, coordinator }: LineContext, agent: AgentId): Talk | undefined {
  const id = presence.callOf(agent);
  const call = id === undefined ? undefined : coordinator.current(id);
  const leg = call && presentLegOf(call, agent);
  if (!leg || leg.joinedAt === null || leg.lostAt !== undefined) return undefined;
  return { call, leg, joinedAt: leg.joinedAt };
}

function submit(
  { coordinator, now, onError }: LineContext,
  { call, leg: { label } }: Talk,
  kind: "line-lost" | "window-gone" | "window-back",
): void {
  coordinator
    .submit(call.id, { kind, at: now(), label })
    .catch((error: unknown) => onError(toAppError(error)));
}

type Windows = (agent?: AgentId) => readonly LineReport[];

const answering = (windows: Windows, agent: AgentId): LineReport[] =>
  windows(agent).filter(({ isAnswering }) => isAnswering);

/** Does a window answer that has the agent's call, or may have it? */
const isCarried = (windows: Windows, agent: AgentId): boolean =>
  answering(windows, agent).some(({ hasLine }) => hasLine !== false);

/** The windows that had their agents' calls and are gone: a window that was opened after `since` may be such a one come back. */
type Carriers = Map<AgentId, { session: string; since: number; goneAt: number }>;

/**
 * The window that had the call is gone, and the agent has a new one without it: in the same browser, or no other. So the page was loaded
 * anew. The agent's leg is dead, which Twilio may notice only half a minute later.
 */
function lookForDeadLine(context: LineContext, windows: Windows, carriers: Carriers, agent: AgentId): void {
  const isBack = (mine: readonly LineReport[], { joinedAt }: Talk): boolean => {
    const gone = carriers.get(agent);
    const since = gone && gone.goneAt >= joinedAt ? gone.since : joinedAt + ROUNDING;
    const opened = mine.filter(({ openedAt }) => openedAt >= since);
    return opened.length === mine.length || opened.some(({ session }) => session === gone?.session);
  };
  const look = (): void => {
    const [talk, mine] = [talkOf(context, agent), answering(windows, agent)];
    if (talk && mine.length > 0 && !isCarried(windows, agent) && isBack(mine, talk))
      submit(context, talk, "line-lost");
  };
  const mayBeDead = answering(windows, agent).length > 0 && !isCarried(windows, agent);
  if (mayBeDead && context.presence.callOf(agent) !== undefined) context.clock.after(ALL_BACK_AFTER, look);
}

/**
 * The window that has an agent's call is gone for 8 s, and others answer: the leg is suspected. If no others answer, the tunnel or the
 * server itself may be at fault, so it suspects nothing until they do.
 */
function createSuspicions(context: LineContext, windows: Windows) {
  const { presence, clock, now } = context;
  const waiting = new Map<AgentId, { cancel(): void }>();
  const isWell = ({ openedAt, heardAt }: LineReport): boolean =>
    openedAt <= now() - BACK_WITHIN && heardAt > now() - HEARD_WITHIN;
  const suspect = (agent: AgentId): void => {
    const talk = isCarried(windows, agent) ? undefined : talkOf(context, agent);
    if (!talk) return;
    if (windows().some(isWell)) submit(context, talk, "window-gone");
    else suspectLater(agent);
  };
  const suspectLater = (agent: AgentId): void => {
    waiting.get(agent)?.cancel();
    waiting.delete(agent);
    if (presence.callOf(agent) === undefined) return;
    waiting.set(
      agent,
      clock.after(BACK_WITHIN, () => suspect(agent)),
    );
  };
  return { suspect, suspectLater, stop: () => waiting.forEach((timer) => timer.cancel()) };
}

export function createLostLines(context: LineContext, windows: Windows): LostLines {
  const { suspect, suspectLater, stop } = createSuspicions(context, windows);
  const carriers: Carriers = new Map();
  const noteGone = ({ agent, session, heardAt, hasLine }: LineReport, isAnswering: boolean): void => {
    const goneAt = context.now();
    // A page that is loaded anew may open its stream before the end of the old one arrives.
    const since = isAnswering ? goneAt - OVERLAP : heardAt;
    if (hasLine) carriers.set(agent, { session, since, goneAt });
  };
  return {
    came(agent) {
      const talk = talkOf(context, agent);
      if (talk && isSuspected(talk.leg) && isCarried(windows, agent)) submit(context, talk, "window-back");
      lookForDeadLine(context, windows, carriers, agent);
    },
    closed(window) {
      noteGone(window, window.isAnswering);
      lookForDeadLine(context, windows, carriers, window.agent);
      suspectLater(window.agent);
    },
    silent(window) {
      noteGone(window, false);
      lookForDeadLine(context, windows, carriers, window.agent);
      suspect(window.agent);
    },
    stop,
  };
}
