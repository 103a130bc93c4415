import { once } from "node:events";
import { WebSocket } from "ws";

export interface Message {
  type: string;
  payload: Record<string, unknown> & { error?: { code: number; message: string } };
}

/** The Voice SDK's side of the wire, spoken by hand. */
export interface Client {
  send(type: string, payload?: Record<string, unknown>): void;
  sendRaw(frame: string): void;
  /** The next message of a type that was not taken yet; waits for it. */
  next(type: string): Promise<Message["payload"]>;
  /** Types of the messages that nobody has taken. */
  untaken(): string[];
  /** Resolves after the server has worked through all that was sent until now. */
  heard(): Promise<void>;
  drop(): void;
}

export async function connect(url: string, headers: Record<string, string> = {}): Promise<Client> {
  const socket = new WebSocket(url, { headers });
  const inbox: Message[] = [];
  const waiting: { type: string; resolve: (payload: Message["payload"]) => void }[] = [];
  socket.on("message", (data) => {
    const frame = (data as Buffer).toString();
    if (frame === "\n") return;
    const message = JSON.parse(frame) as Message;
    const index = waiting.findIndex(({ type }) => type === message.type);
    if (index < 0) inbox.push(message);
    else waiting.splice(index, 1)[0]!.resolve(message.payload);
  });
  await once(socket, "open");
  const client: Client = {
    send: (type, payload = {}) => socket.send(JSON.stringify({ type, version: "1.6", payload })),
    sendRaw: (frame) => socket.send(frame),
    next(type) {
      const index = inbox.findIndex((message) => message.type === type);
      if (index >= 0) return Promise.resolve(inbox.splice(index, 1)[0]!.payload);
      return new Promise((resolve) => waiting.push({ type, resolve }));
    },
    untaken: () => inbox.map(({ type }) => type),
    async heard() {
      client.send("message", { callsid: "CA-none", voiceeventsid: "KX-heard" });
      await client.next("error");
    },
    drop: () => socket.terminate(),
  };
  return client;
}
