import type { IncomingMessage, ServerResponse } from "node:http";
import type { Journal } from "./journal.ts";

/** Real milliseconds in which several changes become one event. */
const TOGETHER_MS = 100;

/** Informs open pages that something has changed; they then fetch themselves again. */
export function createLiveEvents(
  journal: Pick<Journal, "onChange">,
): (req: IncomingMessage, res: ServerResponse) => void {
  const open = new Set<ServerResponse>();
  let waiting: NodeJS.Timeout | undefined;
  const tell = (): void => {
    waiting = undefined;
    for (const res of open) res.write("data: changed\n\n");
  };
  journal.onChange(() => {
    if (open.size > 0) waiting ??= setTimeout(tell, TOGETHER_MS).unref();
  });
  return (req, res) => {
    res.writeHead(200, {
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    });
    if (req.method === "HEAD") return void res.end();
    res.write("retry: 1000\n\n");
    open.add(res);
    res.on("close", () => open.delete(res));
  };
}
