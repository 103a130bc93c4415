import { type RunningServer, type ServerDeps, startServer } from "../../../src/compose/server.ts";
import type { CallStore, Clock } from "../../../src/call/ports.ts";
import type { Config } from "../../../src/config/config.ts";
import { type Stores, memoryStores } from "../../../src/store/stores.ts";
import { reset, webPage } from "./fates.ts";
import { type Gate, createGate } from "./gate.ts";

/** One run of a server. What a dead one still tries has no effect. */
interface Life {
  isOver: boolean;
}

function clockOf(life: Life, clock: Clock): Clock {
  return {
    now: () => clock.now(),
    date: () => clock.date(),
    after: (ms, fn) => clock.after(ms, () => void (life.isOver || fn())),
  };
}

/** Where a store is kept: while it is full, every write of a call's record fails. */
interface Disk {
  isFull: boolean;
}

function storesOf(life: Life, disk: Disk, { calls, sessions, probe }: Stores): Stores {
  const alive = <T>(work: () => T): T => {
    if (life.isOver) throw new Error("This server is dead.");
    return work();
  };
  const mortal: CallStore = {
    get: async (id) => alive(() => calls.get(id)),
    update: async (id, change) =>
      alive(() =>
        calls.update(id, (current) => {
          const changed = alive(() => change(current));
          if (disk.isFull && changed !== current) throw new Error("The disk is full.");
          return changed;
        }),
      ),
    live: async () => alive(() => calls.live()),
    unfinished: async () => alive(() => calls.unfinished()),
    ended: async (since) => alive(() => calls.ended(since)),
  };
  return { calls: mortal, sessions, probe, close: async () => {} };
}

/** A server that can be killed, and started again on the same port, store and public URL. */
export interface MortalServer {
  /** In place of `startServer`; what it gives is always the server that runs now. */
  readonly start: (config: Config, deps: ServerDeps & { clock: Clock }) => Promise<RunningServer>;
  /** Stand before Twilio's REST API and before the server. */
  readonly rest: Gate;
  readonly hooks: Gate;
  /** As with `kill -9`: at once nothing more leaves it, and its tunnel answers 502. Resolves when its port is free. */
  dies(): Promise<void>;
  returns(): Promise<void>;
  readonly isAway: () => boolean;
  readonly disk: Disk;
}

export function createMortalServer(): MortalServer {
  const [rest, hooks] = [createGate(), createGate()];
  const listeners: Parameters<RunningServer["onStory"]>[0][] = [];
  const disk: Disk = { isFull: false };
  let life: Life = { isOver: false };
  let current: RunningServer | undefined;
  let begin = async (): Promise<RunningServer> => {
    throw new Error("The server was never started.");
  };
  /** Nobody hears what a dead server still concludes. */
  const listenTo = (server: RunningServer | undefined, listener: (typeof listeners)[number]) => {
    const mine = life;
    return server?.onStory((item) => void (mine.isOver || listener(item))) ?? (() => {});
  };
  const onStory: RunningServer["onStory"] = (listener) => {
    listeners.push(listener);
    return listenTo(current, listener);
  };
  return {
    rest,
    hooks,
    isAway: () => life.isOver,
    disk,
    async start(config, deps) {
      const stores = memoryStores({ now: () => deps.clock.now() });
      begin = () => {
        const mine = (life = { isOver: false });
        const onError: ServerDeps["onError"] = (error) => {
          if (!mine.isOver) deps.onError?.(error);
        };
        const clock = clockOf(mine, deps.clock);
        return startServer(config, { ...deps, clock, onError, stores: storesOf(mine, disk, stores) });
      };
      current = await begin();
      return new Proxy(current, {
        get: (_, name) => (name === "onStory" ? onStory : (Reflect.get(current ?? {}, name) as unknown)),
      });
    },
    async dies() {
      life.isOver = true;
      rest.shut(reset);
      hooks.shut(webPage(502));
      await current?.close();
    },
    async returns() {
      rest.open();
      hooks.open();
      current = await begin();
      for (const listener of listeners) listenTo(current, listener);
    },
  };
}
