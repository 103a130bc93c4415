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
  /** Who may ask; `both`: operators, and agents about a call that rings at their page or that they are in. */
  who: "operator" | "agent" | "both";
  summary: string;
  query?: ZodObject;
  /** What a part of the path must be, if that is more than any text. */
  params?: Record<string, ZodType>;
  body?: ZodType;
  answer: Answer;
  /** Besides those that every route may answer with. */
  refusals: readonly RefusalCode[];
}

export type Answer =
  | { status: 200 | 201; schema: ZodType }
  | { status: 204 }
  /** A WebSocket: what the server sends, by the event's name. */
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
  route("operator", "GET /api/server", "Which server this is.", { status: 200, schema: answers.serverInfo }),
  route("operator", "GET /api/calls", "The calls that live, oldest first.", {
    status: 200,
    schema: answers.callsAnswer,
  }),
  route("both", "GET /api/calls/:call", "One call with its story, also after its end.", call, {
    refusals: ["no-such-call"],
  }),
  route("both", "POST /api/calls/:call/transfer", "Brings another agent into the call.", call, {
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
  route("both", "POST /api/calls/:call/transfer/complete", "Lets the first agent go.", call, {
    refusals: [...NOT_MINE, "no-transfer", "target-not-joined"],
  }),
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
    "In a consultation, puts the target on hold in place of the customer, and back.",
    call,
    { refusals: [...NOT_MINE, "no-transfer", "target-not-joined", "no-consultation"] },
  ),
  route(
    "both",
    "POST /api/calls/:call/transfer/cancel",
    "Lets the target go; the first agent has the customer again.",
    call,
    {
      refusals: [...NOT_MINE, "no-transfer", "completing"],
    },
  ),
  route("both", "POST /api/calls/:call/end", "Ends the call for everybody.", call, { refusals: NOT_MINE }),
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
  route("operator", "GET /api/agents", "All agents: signed in, free, in which call.", {
    status: 200,
    schema: answers.agentsAnswer,
  }),
  route(
    "operator",
    "POST /api/agents",
    "Adds an agent, who is rung after all others.",
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
    "A link that signs an agent in.",
    { status: 200, schema: answers.signInLinkAnswer },
    { refusals: ["no-such-agent"] },
  ),
  route(
    "operator",
    "GET /api/history",
    "Ended calls of the last 30 days, the newest first; with `since`, those that ended then or later.",
    { status: 200, schema: historyAnswer },
    { query: requests.historyQuery },
  ),
  route(
    "operator",
    "GET /api/watch",
    "Events: `snapshot` once, then for each change `call`, and `story` for each thing that is new in it.",
    { status: 101, events: watch },
    { refusals: NO_STREAM },
  ),
  route("agent", "GET /api/me", "Who is signed in.", { status: 200, schema: pageAnswers.me }),
  route(
    "agent",
    "GET /api/events",
    "Events, each with a number `n`: `snapshot`, then the differences `own` and `colleagues`; `session-ended`, the last one, with who ended it (`data.by`: `agent`, `operator` or `server`). The page sends `ready` (`data.ready`: calls can ring in this window), `takes-calls` (`data.on`, for all windows) and `resend` when a number is missing.",
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
    "Says goodbye before the agent's page hangs up. A leg that leaves without this word counts as lost.",
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
