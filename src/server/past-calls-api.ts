import type { Customer, MessageView, PhaseSeconds, TransferView } from "./control-api.ts";

export interface PastTransfer {
  from: string | null;
  fromName: string | null;
  to: string | null;
  toName: string;
  startedAt: number;
  endedAt: number;
  mode: TransferView["mode"];
  phaseSeconds: PhaseSeconds;
  outcome: NonNullable<TransferView["outcome"]>;
  /** For a failed transfer. */
  reason: string | null;
  /** The starter's note to the target. */
  note: string | null;
}

/** An ended call. Durations are milliseconds. */
export interface PastCall extends Customer {
  id: string;
  startedAt: number;
  endedAt: number;
  /** From the ring until the first agent joined, or until the end. */
  waitedMs: number;
  /** How long at least one agent was with the customer; without the time that a transfer held the customer. */
  talkedMs: number;
  endedBy: "customer" | "agent" | "outside" | "operator" | "no-agent" | "time-limit" | "error";
  /** Names of the agents who joined, in order. */
  agents: string[];
  transfers: PastTransfer[];
  message: MessageView | null;
}

/** `GET /api/history?since=MS`, operators only; the newest first, of the last 30 days */
export interface HistoryAnswer {
  calls: PastCall[];
}
