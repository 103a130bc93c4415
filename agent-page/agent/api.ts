import type { ErrorAnswer, Me, TokenAnswer, TransferRequest } from "../../src/server/control-api.ts";

/** `status` 0, code `network`: the server could not be reached. `date`: the server's clock, ms. */
export type Answer<Value> =
  | { ok: true; value: Value; date: number | null }
  | { ok: false; status: number; code: string; message: string };

export interface Api {
  readonly me: () => Promise<Answer<Me>>;
  /** A plain request for the stream. How the server refuses it shows why no WebSocket opens. */
  readonly events: () => Promise<Answer<never>>;
  readonly token: (agent: string) => Promise<Answer<TokenAnswer>>;
  /** Twilio refused the token with this error code. */
  readonly lineRefused: (code: number) => Promise<Answer<unknown>>;
  readonly transfer: (call: string, order: TransferRequest) => Promise<Answer<unknown>>;
  /** `change` is the rest of a command's address: `leave`, `transfer/swap`. */
  readonly change: (call: string, change: string, body?: object) => Promise<Answer<unknown>>;
  readonly signOut: () => Promise<Answer<unknown>>;
}

/** Behind a broken connection a request would wait for minutes. */
const PATIENCE_MS = 15_000;

/** `agent` selects one of the browser's sessions; null: the server chooses. */
export function openApi(agent: string | null): Api {
  const headers: Record<string, string> = { accept: "application/json" };
  if (agent !== null) headers["x-agent"] = agent;
  const get = <Value>(path: string) => request<Value>(path, { headers });
  const post = <Value>(path: string, body: object = {}) =>
    request<Value>(path, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const change = (call: string, what: string, body?: object) =>
    post(`/api/calls/${encodeURIComponent(call)}/${what}`, body);
  return {
    me: () => get<Me>("/api/me"),
    events: () => get<never>("/api/events"),
    token: (id) => post<TokenAnswer>(`/token/${encodeURIComponent(id)}`),
    lineRefused: (code) => post("/api/line-refused", { code }),
    transfer: (call, order) => change(call, "transfer", order),
    change,
    signOut: () => post("/sign-out"),
  };
}

async function request<Value>(path: string, init: RequestInit): Promise<Answer<Value>> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(path, { ...init, signal, cache: "no-store", credentials: "same-origin" });
    if (!response.ok) return await refused(response);
    const text = await response.text();
    const value = (text === "" || !isJson(response) ? undefined : JSON.parse(text)) as Value;
    const time = response.headers.get("warm-transfer-time");
    return { ok: true, value, date: time === null ? null : Number(time) };
  } catch {
    return { ok: false, status: 0, code: "network", message: "" };
  }
}

const isJson = (response: Response): boolean =>
  response.headers.get("content-type")?.includes("json") ?? false;

async function refused(response: Response): Promise<Answer<never>> {
  const body = isJson(response) ? ((await response.json()) as Partial<ErrorAnswer>) : {};
  const { code = "other", message = "" } = body.error ?? {};
  return { ok: false, status: response.status, code, message };
}
