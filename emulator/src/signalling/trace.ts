/** One signalling message, for finding faults. */
export interface TraceEntry {
  /** Milliseconds since 1970. */
  at: number;
  connection: string;
  direction: "received" | "sent";
  type: string;
  /** Without tokens; session descriptions and messages of apps are shortened to their length. */
  payload: Record<string, unknown>;
}

export interface Trace {
  /** Oldest first. */
  readonly entries: readonly TraceEntry[];
  add(entry: TraceEntry): void;
}

const MOST = 2000;
const SECRET = new Set(["token", "reconnect"]);

function shown(key: string, value: unknown): unknown {
  if (SECRET.has(key) && typeof value === "string") return "…";
  if (key === "sdp" && typeof value === "string") return `(${value.length} characters)`;
  if (key === "content") return `(${JSON.stringify(value).length} characters)`;
  return value;
}

/** Keeps the last messages in memory. @param onEntry called with each, as it is kept */
export function createTrace(onEntry: (entry: TraceEntry) => void = () => {}): Trace {
  const entries: TraceEntry[] = [];
  return {
    entries,
    add(entry) {
      const payload = Object.entries(entry.payload).map(([key, value]) => [key, shown(key, value)]);
      const kept = { ...entry, payload: Object.fromEntries(payload) };
      entries.push(kept);
      onEntry(kept);
      if (entries.length > MOST) entries.shift();
    },
  };
}
