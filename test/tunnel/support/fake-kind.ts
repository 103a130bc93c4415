import type { Child } from "../../../src/tunnel/child.ts";
import type { Kind } from "../../../src/tunnel/open-once.ts";
import type { Report } from "../../../src/tunnel/process/messages.ts";
import { AppError } from "../../../src/errors.ts";

/** A process of a tunnel that does what a test says. */
export interface FakeChild extends Child {
  says(report: Report): void;
  dies(): void;
  readonly isStopped: boolean;
}

function fakeChild(): FakeChild {
  const listeners = new Set<(report: Report) => void>();
  let isStopped = false;
  let dies: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (dies = resolve));
  return {
    onReport: (listener) => void listeners.add(listener),
    ended,
    async stop() {
      isStopped = true;
      dies();
    },
    says: (report) => listeners.forEach((listener) => listener(report)),
    dies: () => dies(),
    get isStopped() {
      return isStopped;
    },
  };
}

/** A kind of tunnel whose processes a test steers, in the order in which they were started. */
export function fakeKind(): { kind: Kind; children: FakeChild[] } {
  const children: FakeChild[] = [];
  const kind: Kind = {
    name: "ngrok",
    start() {
      const child = fakeChild();
      children.push(child);
      return child;
    },
    explain: (message) => new AppError("network", message),
  };
  return { kind, children };
}
