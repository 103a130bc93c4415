import type { CallView, StoryEntry } from "./server/control-api.ts";

/** A server that listens. */
export interface RunningServer {
  /** As in `Config.publicUrl`, resolved. */
  readonly url: string;
  /** A link that signs an agent in, valid for 12 hours. @throws AppError not-found for an unknown agent */
  signInLink(agent: string): Promise<string>;
  /** Each new entry of each call's story. Returns the way to stop. */
  onStory(listener: (event: { call: string; entry: StoryEntry }) => void): () => void;
  /** Live calls, oldest first. */
  calls(): Promise<CallView[]>;
  /** Resolves when no input waits and no action is under way. */
  idle(): Promise<void>;
  close(): Promise<void>;
}
