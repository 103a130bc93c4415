import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeEach, describe, expect, it } from "vitest";
import { openApi } from "../../src/server/api/description/open-api.ts";
import { EVERYWHERE, REFUSALS, type RefusalCode } from "../../src/server/api/description/refusals.ts";
import { type RouteDescription, routes } from "../../src/server/api/description/routes.ts";
import type { ErrorAnswer } from "../../src/server/control-api.ts";
import { openPage } from "./support/browser.ts";
import { watchCalls } from "./support/operator.ts";
import { type TalkingWorld, customerTalks } from "./support/talking.ts";

interface Operation {
  responses: Record<
    string,
    { content?: Record<string, { schema: object }>; "x-events"?: Record<string, object> }
  >;
}

const document = openApi();
const ajv = new Ajv2020({ strict: false }).addSchema(document, "api");

/** What is wrong with a value, by a schema of the document. */
function complaints(schema: object, value: unknown): string[] {
  const ref = (schema as { $ref?: string }).$ref;
  const validate = ajv.compile(ref === undefined ? schema : { $ref: `api${ref}` });
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function operationOf({ method, path }: RouteDescription): Operation {
  const paths = document.paths as Record<string, Record<string, Operation>>;
  const found = paths[path.replace(/:(\w+)/g, "{$1}")]?.[method];
  if (!found) throw new Error(`${method} ${path} is not described`);
  return found;
}

type Ask = (world: TalkingWorld) => Promise<Response>;

type Event = { name: string; data: unknown };
/** Everything that a stream has sent. */
type Follow = (world: TalkingWorld) => Promise<Event[]>;

const nobody =
  (path: string): Ask =>
  ({ server }) =>
    fetch(server.url + path);

/** For each route a request that is granted and one that is refused, in a call in which Ann talks and Bob is free. */
const SAMPLES: Record<string, { granted: Ask | Follow; refused: Ask }> = {
  "get /api/server": {
    granted: ({ operator }) => operator.get("/api/server"),
    refused: nobody("/api/server"),
  },
  "get /api/calls": { granted: ({ operator }) => operator.get("/api/calls"), refused: nobody("/api/calls") },
  "get /api/calls/:call": {
    granted: ({ operator, path }) => operator.get(path()),
    refused: ({ operator }) => operator.get("/api/calls/CA0"),
  },
  "post /api/calls/:call/transfer": {
    granted: ({ operator, path }) => operator.post(path("/transfer"), { to: "agent2" }),
    refused: ({ operator, path }) => operator.post(path("/transfer"), { to: "agent3" }),
  },
  "post /api/calls/:call/transfer/complete": {
    granted: async ({ operator, path, transferTo }) => {
      await transferTo("agent2");
      return operator.post(path("/transfer/complete"));
    },
    refused: ({ operator, path }) => operator.post(path("/transfer/complete")),
  },
  "post /api/calls/:call/transfer/bring-together": {
    granted: async ({ operator, path, transferTo }) => {
      await transferTo("agent2", "consult");
      return operator.post(path("/transfer/bring-together"));
    },
    refused: ({ operator, path }) => operator.post(path("/transfer/bring-together")),
  },
  "post /api/calls/:call/transfer/swap": {
    granted: async ({ operator, path, transferTo }) => {
      await transferTo("agent2", "consult");
      return operator.post(path("/transfer/swap"));
    },
    refused: ({ operator, path }) => operator.post(path("/transfer/swap")),
  },
  "post /api/calls/:call/transfer/cancel": {
    granted: async ({ operator, path }) => {
      await operator.post(path("/transfer"), { to: "agent2" });
      return operator.post(path("/transfer/cancel"));
    },
    refused: ({ one, path }) => one.browser.post(path("/transfer/cancel")),
  },
  "post /api/calls/:call/end": {
    granted: ({ operator, path }) => operator.post(path("/end")),
    refused: ({ two, path }) => two.browser.post(path("/end")),
  },
  "post /api/calls/:call/hold": {
    granted: ({ one, path }) => one.browser.post(path("/hold"), { onHold: true }),
    refused: ({ one, path }) => one.browser.post(path("/hold"), { onHold: "yes" }),
  },
  "post /api/calls/:call/leave": {
    granted: async ({ one, path, transferTo }) => {
      await transferTo("agent2");
      return one.browser.post(path("/leave"));
    },
    refused: ({ one, path }) => one.browser.post(path("/leave")),
  },
  "post /api/calls/:call/participants/:label/:change": {
    granted: ({ operator, path }) => operator.post(path("/participants/agent1-1/mute")),
    refused: ({ operator, path }) => operator.post(path("/participants/customer/remove")),
  },
  "get /api/agents": {
    granted: ({ operator }) => operator.get("/api/agents"),
    refused: nobody("/api/agents"),
  },
  "post /api/agents": {
    granted: ({ operator }) => operator.post("/api/agents", { id: "dora" }),
    refused: ({ operator }) => operator.post("/api/agents", { id: "agent1" }),
  },
  "delete /api/agents/:agent": {
    granted: ({ operator }) => operator.remove("/api/agents/agent3"),
    refused: ({ operator }) => operator.remove("/api/agents/agent1"),
  },
  "post /api/agents/:agent/link": {
    granted: ({ operator }) => operator.post("/api/agents/agent2/link"),
    refused: ({ operator }) => operator.post("/api/agents/nobody/link"),
  },
  "get /api/history": {
    granted: async ({ operator, path, transferTo }) => {
      await transferTo("agent2");
      await operator.post(path("/end"));
      return operator.get("/api/history?since=0");
    },
    refused: ({ operator }) => operator.get("/api/history?since=yesterday"),
  },
  "get /api/watch": {
    granted: async ({ operator, path, server }) => {
      const watch = await watchCalls(server);
      await operator.post(path("/end"));
      return watch.until(({ name, data }) => name === "story" && data.entry.event === "call-ended");
    },
    refused: ({ one }) => one.browser.get("/api/watch"),
  },
  "get /api/me": {
    granted: ({ one }) => one.browser.get("/api/me"),
    refused: ({ operator }) => operator.get("/api/me"),
  },
  "get /api/events": {
    granted: async ({ two, operator }) => {
      const page = await openPage(two.browser);
      await page.setTakesCalls(false);
      await page.until(({ takesCalls }) => !takesCalls);
      await operator.post("/api/agents", { id: "agent4" });
      await page.until(({ colleagues }) => colleagues.length === 3);
      await operator.remove("/api/agents/agent2");
      await page.ended;
      return page.messages.map(({ event, data }) => ({ name: event, data }));
    },
    refused: nobody("/api/events"),
  },
  "post /api/calls/:call/muted": {
    granted: ({ one, path }) => one.browser.post(path("/muted"), { muted: true }),
    refused: ({ operator, path }) => operator.post(path("/muted"), { muted: true }),
  },
  "post /api/line-refused": {
    granted: ({ one }) => one.browser.post("/api/line-refused", { code: 31205 }),
    refused: ({ one }) => one.browser.post("/api/line-refused", { code: "31205" }),
  },
};

const nameOf = ({ method, path }: RouteDescription): string => `${method} ${path}`;

describe("a real answer is as it is described:", () => {
  let world: TalkingWorld;
  beforeEach(async () => {
    world = await customerTalks();
  });

  it.each(routes.map((route) => [nameOf(route), route] as const))("%s", async (name, route) => {
    const { responses } = operationOf(route);
    const sample = SAMPLES[name];
    if (!sample) throw new Error(`There is no sample of ${name}.`);
    const refusal = await sample.refused(world);
    const { error } = (await refusal.json()) as ErrorAnswer;
    expect(complaints(responses.default?.content?.["application/json"]?.schema ?? {}, { error })).toEqual([]);
    const codes: readonly RefusalCode[] = [...EVERYWHERE, ...route.refusals];
    expect(codes).toContain(error.code);
    expect(REFUSALS[error.code as RefusalCode][0]).toBe(refusal.status);

    const answer = await sample.granted(world);
    const { content, "x-events": schemas = {} } = responses[route.answer.status] ?? {};
    if (Array.isArray(answer)) {
      expect(new Set(answer.map((event) => event.name))).toEqual(new Set(Object.keys(schemas)));
      return expect(answer.flatMap(({ name, data }) => complaints(schemas[name] ?? {}, data))).toEqual([]);
    }
    expect(answer.status).toBe(route.answer.status);
    const text = await answer.text();
    if (!content?.["application/json"]) return expect(text).toBe("");
    expect(complaints(content["application/json"].schema, JSON.parse(text))).toEqual([]);
  });

  it("of the history, with something in it", async () => {
    const answer = (await SAMPLES["get /api/history"]?.granted(world)) as Response;
    expect(await answer.json()).toMatchObject({
      calls: [
        { agents: ["Ann", "Bob"], endedBy: "operator", transfers: [{ to: "agent2", outcome: "cancelled" }] },
      ],
    });
  });
});
