/** One event of a `text/event-stream` (html.spec.whatwg.org, "Server-sent events"). */
export interface ServerEvent {
  name: string;
  data: string;
}

function parseEvent(block: string): ServerEvent {
  const fields = block.split("\n").map((line) => /^([^:]*): ?(.*)$/.exec(line));
  const values = (wanted: string): string[] =>
    fields.flatMap((field) => (field?.[1] === wanted ? [field[2] ?? ""] : []));
  return { name: values("event").at(-1) ?? "message", data: values("data").join("\n") };
}

/** Reads events until the stream ends. Comments are left out. */
export async function* readEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true }).replaceAll("\r", "");
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const event of blocks.map(parseEvent)) if (event.data !== "") yield event;
  }
}
