import { readFileSync } from "node:fs";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { z } from "zod";
import type * as agent from "../../src/server/agent-events.ts";
import type * as api from "../../src/server/control-api.ts";
import { type Shows, createApp } from "../../src/server/serve.ts";
import type * as answers from "../../src/server/api/description/answers.ts";
import type * as pageAnswers from "../../src/server/api/description/page-answers.ts";
import type { historyAnswer } from "../../src/server/api/description/past-answers.ts";
import type { HistoryAnswer } from "../../src/server/past-calls-api.ts";
import { controlApiDocument } from "../../src/server/api/description/document.ts";
import type * as requests from "../../src/server/api/description/requests.ts";
import { routes } from "../../src/server/api/description/routes.ts";
import type { ServerContext } from "../../src/server/context.ts";
import { sourceTree } from "../support/source-tree.ts";

interface Layer {
  rawPath: string | string[];
  route?: { path: string | string[]; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
}

/** Every route of an express router, with the addresses at which its routers are mounted: `GET /api/me`. */
function routesOf(stack: readonly Layer[], at = ""): string[] {
  return stack.flatMap(({ rawPath, route, handle }) => {
    const paths = [route ? route.path : rawPath].flat().map((path) => at + path.replace(/\/$/, ""));
    if (!route) return paths.flatMap((path) => routesOf(handle.stack ?? [], path));
    const methods = Object.keys(route.methods).map((method) => method.toUpperCase());
    return paths.flatMap((path) => methods.map((method) => `${method} ${path}`));
  });
}

/** Nothing is asked of it: only its routes are looked at. */
function anApp() {
  const context = { pagesDir: ".", localTwilio: null, publicUrl: () => "" } as unknown as ServerContext;
  return createApp(context, {} as Shows);
}

describe("the description of the control API", () => {
  it("is written down in docs/control-api.md", () => {
    const written = readFileSync(new URL("../../docs/control-api.md", import.meta.url), "utf8");
    const refresh = "docs/control-api.md is stale. Refresh it with: node scripts/control-api.mjs";
    expect(controlApiDocument(), refresh).toBe(written);
  });

  it("has every route below /api, and no other", () => {
    const real = routesOf(anApp().router.stack as unknown as Layer[]).filter((at) => at.includes(" /api"));
    const described = routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect(described.toSorted()).toEqual(real.toSorted());
  });

  it("is not loaded by a server", () => {
    const isDescription = (path: string): boolean => path.startsWith("src/server/api/description/");
    const users = sourceTree("src", "agent-page")
      .filter(({ path }) => !isDescription(path))
      .filter(({ imports }) => imports.some(({ own, target }) => own && isDescription(target)));
    expect(users.map(({ path }) => path)).toEqual([]);
  });

  // Checked by the compiler: the schemas say what the shared types say.
  it("has the types that server, page and command line share", () => {
    type A = typeof answers & typeof pageAnswers;
    type R = typeof requests;
    expectTypeOf<z.output<A["serverInfo"]>>().toEqualTypeOf<api.ServerInfo>();
    expectTypeOf<z.output<A["callsAnswer"]>>().toEqualTypeOf<api.CallsAnswer>();
    expectTypeOf<z.output<A["callSummary"]>>().toEqualTypeOf<api.CallSummary>();
    expectTypeOf<z.output<A["callView"]>>().toEqualTypeOf<api.CallView>();
    expectTypeOf<z.output<A["agentsAnswer"]>>().toEqualTypeOf<api.AgentsAnswer>();
    expectTypeOf<z.output<A["agentEntry"]>>().toEqualTypeOf<api.AgentEntry>();
    expectTypeOf<z.output<A["signInLinkAnswer"]>>().toEqualTypeOf<api.SignInLinkAnswer>();
    expectTypeOf<z.output<typeof historyAnswer>>().toEqualTypeOf<HistoryAnswer>();
    expectTypeOf<z.output<A["me"]>>().toEqualTypeOf<api.Me>();
    expectTypeOf<z.output<A["agentSnapshot"]>>().toEqualTypeOf<agent.AgentEvents["snapshot"]>();
    expectTypeOf<z.output<A["colleaguesChange"]>>().toEqualTypeOf<agent.AgentEvents["colleagues"]>();
    expectTypeOf<keyof z.output<A["ownChange"]>>().toEqualTypeOf<keyof agent.AgentEvents["own"]>();
    expectTypeOf<z.output<A["storyEvent"]>>().toEqualTypeOf<api.WatchEvents["story"]>();
    expectTypeOf<z.output<A["errorAnswer"]>>().toEqualTypeOf<api.ErrorAnswer>();
    expectTypeOf<z.input<R["transferRequest"]>>().toEqualTypeOf<api.TransferRequest>();
    expectTypeOf<z.input<R["addAgentRequest"]>>().toEqualTypeOf<api.AddAgentRequest>();
    expectTypeOf<z.output<R["participantChange"]>>().toEqualTypeOf<api.ParticipantChange>();
  });
});
