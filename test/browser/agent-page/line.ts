import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";

interface Frame {
  type: string;
  payload: Record<string, unknown>;
}

/** An offer with nothing behind it: the SDK's call opens, and stays silent. */
const OFFER = [
  "v=0",
  "o=- 1 1 IN IP4 127.0.0.1",
  "s=-",
  "t=0 0",
  "a=group:BUNDLE 0",
  "m=audio 9 UDP/TLS/RTP/SAVPF 0",
  "c=IN IP4 127.0.0.1",
  "a=mid:0",
  "a=ice-ufrag:line",
  "a=ice-pwd:abcdefghijklmnopqrstuvwx",
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => "AB").join(":")}`,
  "a=setup:actpass",
  "a=rtcp-mux",
  "a=sendrecv",
  "a=rtpmap:0 PCMU/8000",
  "",
].join("\r\n");

const CALL_SID = "CA00000000000000000000000000000009";

/** The far end of the Voice SDK's signalling: registers every device, rings it, and keeps what it said. */
export interface StandInLine {
  ring(): void;
  cancel(): void;
  hangUp(): void;
  /** Breaks the connection and refuses new ones until `restore`. */
  drop(): void;
  restore(): void;
  /** From now on answers every token with this error code; null ends it. */
  refuseTokens(code: number | null): void;
  /** Tells the page's device that its token has expired, as Twilio does. */
  expireToken(): void;
  /** How many connections the page has now. */
  open(): number;
  /** How often the page has said `type`. */
  count(type: string): number;
}

export function standInLine(server: Server): StandInLine {
  const sockets = new WebSocketServer({ noServer: true });
  const said: Frame[] = [];
  let isDown = false;
  let refusal: number | null = null;
  server.on("upgrade", (request, socket, head) => {
    if (!request.url?.startsWith("/signal")) return;
    if (isDown) socket.destroy();
    else sockets.handleUpgrade(request, socket, head, (ws) => answerTo(ws, said, () => refusal));
  });
  const send = (type: string, payload: object = {}): void => {
    for (const ws of sockets.clients) ws.send(JSON.stringify({ type, version: "1.6", payload }));
  };
  const callsid = CALL_SID;
  const parameters = { CallSid: CALL_SID, From: "+15550100001", To: "client:agent1" };
  return {
    ring: () => send("invite", { callsid, sdp: OFFER, parameters, reconnect: "again" }),
    cancel: () => send("cancel", { callsid }),
    hangUp: () => send("hangup", { callsid }),
    drop: () => {
      isDown = true;
      for (const ws of sockets.clients) ws.terminate();
    },
    restore: () => (isDown = false),
    refuseTokens: (code) => (refusal = code),
    expireToken: () => {
      send("error", { error: { code: 31205, message: "JWT has expired" } });
      send("close");
    },
    open: () => sockets.clients.size,
    count: (type) => said.filter((frame) => frame.type === type).length,
  };
}

function answerTo(ws: WebSocket, said: Frame[], refusal: () => number | null): void {
  const send = (type: string, payload: object): void =>
    ws.send(JSON.stringify({ type, version: "1.6", payload }));
  ws.on("message", (data: Buffer) => {
    const text = data.toString();
    if (text === "\n") return;
    const frame = JSON.parse(text) as Frame;
    said.push(frame);
    const code = refusal();
    if (code !== null && (frame.type === "listen" || frame.type === "register"))
      return send("error", { error: { code, message: "refused" } });
    const token = { accountSid: "AC0", identity: "agent1", ttl: 3600 };
    if (frame.type === "listen") send("connected", { edge: "ashburn", region: "us1", token });
    if (frame.type === "register") send("ready", {});
    const { reconnect, callsid, sdp } = frame.payload;
    if (frame.type === "invite" && reconnect) send("answer", { callsid, sdp, reconnect });
  });
}
