import type {
  AddAgentRequest,
  AgentEntry,
  AgentsAnswer,
  CallSummary,
  CallView,
  CallsAnswer,
  ParticipantChange,
  SignInLinkAnswer,
  TransferRequest,
} from "../../server/control-api.ts";
import type { HistoryAnswer, PastCall } from "../../server/past-calls-api.ts";
import type { StreamEvent } from "../../wire/stream.ts";
import type { Client } from "./client.ts";

/** The control API as functions. All failures are AppErrors. */
export interface Control {
  readonly url: string;
  /** The server's clock, in ms since 1970; its responses use it. */
  now(): number;
  agents(): Promise<AgentEntry[]>;
  addAgent(agent: AddAgentRequest): Promise<AgentEntry>;
  /** Also ends the agent's sessions. */
  removeAgent(id: string): Promise<void>;
  signInLink(agent: string): Promise<SignInLinkAnswer>;
  /** Live calls. */
  calls(): Promise<CallSummary[]>;
  /** One call, live or ended. */
  call(id: string): Promise<CallView>;
  endCall(id: string): Promise<CallView>;
  startTransfer(call: string, order: TransferRequest): Promise<CallView>;
  changeTransfer(call: string, verb: "complete" | "bring-together" | "swap" | "cancel"): Promise<CallView>;
  change(call: string, label: string, change: ParticipantChange): Promise<CallView>;
  /** Calls that ended since a time in ms since 1970, newest first. */
  history(since: number): Promise<PastCall[]>;
  /** The stream of `WatchEvents`. */
  watch(signal: AbortSignal): Promise<AsyncIterable<StreamEvent>>;
}

const part = encodeURIComponent;

/** Casts the responses without validation: the client has checked the API version. */
export function createControl(client: Client): Control {
  const request: Client["request"] = (method, path, body) => client.request(method, path, body);
  const callPath = (call: string): string => `/api/calls/${part(call)}`;
  const command = async (call: string, path: string, body: object = {}): Promise<CallView> =>
    (await request("POST", callPath(call) + path, body)) as CallView;
  return {
    url: client.url,
    now: () => client.now(),
    agents: async () => ((await request("GET", "/api/agents")) as AgentsAnswer).agents,
    addAgent: async (agent) => (await request("POST", "/api/agents", agent)) as AgentEntry,
    removeAgent: async (id) => void (await request("DELETE", `/api/agents/${part(id)}`)),
    signInLink: async (agent) =>
      (await request("POST", `/api/agents/${part(agent)}/link`, {})) as SignInLinkAnswer,
    calls: async () => ((await request("GET", "/api/calls")) as CallsAnswer).calls,
    call: async (id) => (await request("GET", callPath(id))) as CallView,
    endCall: (id) => command(id, "/end"),
    startTransfer: (call, order) => command(call, "/transfer", order),
    changeTransfer: (call, verb) => command(call, `/transfer/${verb}`),
    change: (call, label, change) => command(call, `/participants/${part(label)}/${change}`),
    history: async (since) => ((await request("GET", `/api/history?since=${since}`)) as HistoryAnswer).calls,
    watch: (signal) => client.open("/api/watch", signal),
  };
}
