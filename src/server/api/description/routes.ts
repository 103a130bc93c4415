import type { ZodObject, ZodType } from "zod";
import * as answers from "./answers.ts";
import * as pageAnswers from "./page-answers.ts";
import { historyAnswer } from "./past-answers.ts";
import type { RefusalCode } from "./refusals.ts";
import * as requests from "./requests.ts";

type Method = "get" | "post" | "delete";

/** One route of the control API. */
export interface RouteDescription {
  method: Method;
  /** As express has it: `/api/calls/:call`. */
  path: string;
  /** Allowed senders. `both`: operators, and agents for a call that rings at their page or that they are in. */
  who: "operator" | "agent" | "both";
  summary: string;
  query?: ZodObject;
  /** Schemas of path parameters that are more than any text. */
  params?: Record<string, ZodType>;
  body?: ZodType;
  answer: Answer;
  /** Error codes in addition to those of every route. */
  refusals: readonly RefusalCode[];
}

export type Answer =
  | { status: 200 | 201; schema: ZodType }
  | { status: 204 }
  /** A WebSocket: the schema of each event that the server sends. */
  | { status: 101; events: Record<string, ZodType> };

type Details = Partial<Pick<RouteDescription, "body" | "query" | "params" | "refusals">>;

function route(
  who: RouteDescription["who"],
  at: `${Uppercase<Method>} /api/${string}`,
  summary: string,
  answer: Answer,
  { refusals = [], ...details }: Details = {},
): RouteDescription {
  const [method = "", path = ""] = at.split(" ");
  return { method: method.toLowerCase() as Method, path, who, summary, answer, refusals, ...details };
}

const call: Answer = { status: 200, schema: answers.callView };
const done: Answer = { status: 204 };
const watch = {
  snapshot: answers.callsAnswer,
  call: answers.callView,
  story: answers.storyEvent,
};
const agentEvents = {
  snapshot: pageAnswers.agentSnapshot,
  own: pageAnswers.ownChange,
  colleagues: pageAnswers.colleaguesChange,
  "session-ended": pageAnswers.sessionEnded,
};
const NO_STREAM = ["upgrade-required", "too-many-streams"] as const;
const NO_CALL = ["no-such-call", "call-ended"] as const;
const NOT_MINE = [...NO_CALL, "not-in-call"] as const;

/** Every route below `/api`. */
export const routes: readonly RouteDescription[] = [
  route("operator", "GET /api/server", "Shows the server's version, start time and public URL.", {
    status: 200,
    schema: answers.serverInfo,
  }),
  route("operator", "GET /api/calls", "Lists the live calls, oldest first.", {
    status: 200,
    schema: answers.callsAnswer,
  }),
  route("both", "GET /api/calls/:call", "Shows a call with its story, also after its end.", call, {
    refusals: ["no-such-call"],
  }),
  route("both", "POST /api/calls/:call/transfer", "Transfers the call to another agent.", call, {
    body: requests.transferRequest,
    refusals: [
      ...NOT_MINE,
      "no-agent",
      "transfer-open",
      "target-is-self",
      "target-unknown",
      "target-busy",
      "target-signed-out",
    ],
  }),
  route(
    "both",
    "POST /api/calls/:call/transfer/complete",
    "Completes the transfer: the starter leaves the call.",
    call,
    {
      refusals: [...NOT_MINE, "no-transfer", "target-not-joined"],
    },
  ),
  route(
    "both",
    "POST /api/calls/:call/transfer/bring-together",
    "Ends a consultation: all three talk.",
    call,
    { refusals: [...NOT_MINE, "no-transfer", "target-not-joined", "no-consultation"] },
  ),
  route(
    "both",
    "POST /api/calls/:call/transfer/swap",
    "Swaps who is on hold in a consultation: the customer or the target.",
    call,
    { refusals: [...NOT_MINE, "no-transfer", "target-not-joined", "no-consultation"] },
  ),
  route(
    "both",
    "POST /api/calls/:call/transfer/cancel",
    "Cancels the transfer: the target leaves, and the customer is back with the starter.",
    call,
    {
      refusals: [...NOT_MINE, "no-transfer", "completing"],
    },
  ),
  route("both", "POST /api/calls/:call/end", "Ends the call for everyone.", call, { refusals: NOT_MINE }),
  route(
    "operator",
    "POST /api/calls/:call/participants/:label/:change",
    "Changes a participant: `change` is hold, unhold, mute, unmute or remove.",
    call,
    {
      params: { change: requests.participantChange },
      refusals: [...NO_CALL, "no-such-participant", "not-joined", "no-agent", "is-customer", "last-agent"],
    },
  ),
  route("operator", "GET /api/agents", "Lists all agents with their state and call.", {
    status: 200,
    schema: answers.agentsAnswer,
  }),
  route(
    "operator",
    "POST /api/agents",
    "Adds an agent at the end of the ringing order.",
    { status: 201, schema: answers.agentEntry },
    { body: requests.addAgentRequest, refusals: ["agent-exists"] },
  ),
  route(
    "operator",
    "DELETE /api/agents/:agent",
    "Removes an agent, and signs that agent out everywhere.",
    done,
    {
      refusals: ["no-such-agent", "agent-in-call"],
    },
  ),
  route(
    "operator",
    "POST /api/agents/:agent/link",
    "Creates a link that signs an agent in.",
    { status: 200, schema: answers.signInLinkAnswer },
    { refusals: ["no-such-agent"] },
  ),
  route(
    "operator",
    "GET /api/history",
    "Lists ended calls of the last 30 days, newest first; with `since`, only calls that ended at or after that time.",
    { status: 200, schema: historyAnswer },
    { query: requests.historyQuery },
  ),
  route(
    "operator",
    "GET /api/watch",
    "Opens a stream of events: `snapshot` once, then `call` for each change, and `story` for each new story entry.",
    { status: 101, events: watch },
    { refusals: NO_STREAM },
  ),
  route("agent", "GET /api/me", "Shows the signed-in agent.", { status: 200, schema: pageAnswers.me }),
  route(
    "agent",
    "GET /api/events",
    "Opens a stream of events, each with a number `n`: `snapshot`, then the differences `own` and `colleagues`. The last one is `session-ended`; `data.by` says who ended it: `agent`, `operator` or `server`. The page sends `ready` (`data.ready`: calls can ring in this window), `takes-calls` (`data.on`, for all windows), `line` (`data.on`: a call is up in this window) and, when a number is missing, `resend`.",
    { status: 101, events: agentEvents },
    { query: requests.eventsQuery, refusals: NO_STREAM },
  ),
  route(
    "agent",
    "POST /api/calls/:call/hold",
    "Puts the customer on hold with music, or takes the customer off hold.",
    call,
    { body: requests.holdRequest, refusals: [...NOT_MINE, "not-joined"] },
  ),
  route(
    "agent",
    "POST /api/calls/:call/leave",
    "Announces that the agent's page will hang up. A leg that leaves without this request counts as lost.",
    call,
    { refusals: [...NOT_MINE, "last-agent"] },
  ),
  route(
    "agent",
    "POST /api/calls/:call/muted",
    "The agent's page reports that its agent muted the microphone, or unmuted it.",
    call,
    { body: requests.mutedRequest, refusals: NOT_MINE },
  ),
  route(
    "agent",
    "POST /api/line-refused",
    "The agent's page reports that Twilio refused its access token.",
    done,
    {
      body: requests.refusedLineRequest,
    },
  ),
];
