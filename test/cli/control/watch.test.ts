import { type Server, type Socket, connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "../../support/world/free-port.ts";
import { aDesk } from "../support/desk.ts";
import { anOperatorWorld } from "../support/operator-world.ts";

const WHOLE_NUMBER = /\+\d{6,}/;

/** A way to the server that can break. */
async function breakable(target: string) {
  const open = new Set<Socket>();
  let isWhole = true;
  const server: Server = createServer((socket) => {
    const through = connect(Number(new URL(target).port), "127.0.0.1");
    for (const end of [socket, through]) {
      open.add(end);
      end.on("error", () => undefined).on("close", () => open.delete(end));
    }
    socket.pipe(through).pipe(socket);
    if (!isWhole) socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  onTestFinished(cut);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    breaks() {
      isWhole = false;
      cut();
    },
    mends: () => void (isWhole = true),
  };
}

const sees = (written: { stdout: string; stderr: string }, text: string) =>
  expect.poll(() => written.stdout + written.stderr).toContain(text);

describe("conferences watch", () => {
  it("prints a line for each event of every call, until Ctrl-C: exit 0", async () => {
    const { desk, agents, customerRings, calls, settle } = await anOperatorWorld("agent1");
    await customerRings("+15550111111");
    const [agent1] = await agents("agent1");
    const watching = desk.begin("conferences", "watch");
    await sees(watching.written, "is waiting");
    await agent1!.answers();
    await customerRings("+15550122222");
    await settle();
    await sees(watching.written, "+155…22    the customer calls");
    watching.interrupt();
    const { code, stdout, stderr } = await watching.ended;
    expect(code).toBe(0);
    expect(stderr).toBe("Watching all calls. Press Ctrl-C to stop.\n");
    const [first] = await calls();
    const name = first!.slice(-6);
    const line = (words: string, inside: string) =>
      new RegExp(`^\\d\\d:\\d\\d:\\d\\d {2}${name} +\\d+:\\d\\d {2}\\+155…11 +${words} +${inside}$`, "m");
    expect(stdout).toMatch(line("is waiting", "customer \\+ agent1 \\(ringing\\)"));
    expect(stdout).toMatch(line("agent1 joins", "customer \\+ agent1"));
    expect(stdout).not.toMatch(WHOLE_NUMBER);
  });

  it("follows one call until it ends, and nothing else", async () => {
    const { desk, customerRings, calls, settle } = await anOperatorWorld();
    const customer = await customerRings("+15550111111");
    await customerRings("+15550122222");
    const [first] = await calls();
    const watching = desk.begin("conferences", "watch", first!.slice(-6));
    await sees(watching.written, "is waiting");
    customer.hangUp();
    await settle();
    const { code, stdout } = await watching.ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/is waiting.*\n.*the customer hangs up\n.*the call is over\n$/);
    expect(stdout).not.toContain("+155…22");
  });

  it("prints one JSON object per line with --json, with numbers masked", async () => {
    const { desk, customerRings, calls, settle } = await anOperatorWorld();
    const customer = await customerRings();
    const [call] = await calls();
    const watching = desk.begin("conferences", "watch", call!, "--json");
    await sees(watching.written, "snapshot");
    customer.hangUp();
    await settle();
    const { code, stdout, stderr } = await watching.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const events = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.map(({ event }) => event)).toEqual(["snapshot", "call", "customer-left", "call-ended"]);
    expect(events.at(-1)).toEqual({
      event: "call-ended",
      call,
      customer: "+155…11",
      at: expect.any(Number) as number,
      label: null,
      agent: null,
      agentName: null,
      reason: "customer",
    });
    expect(stdout).not.toMatch(WHOLE_NUMBER);
  });

  it("reopens a broken stream, says so, and shows what changed meanwhile", async () => {
    const { server, operatorToken, customerRings, settle } = await anOperatorWorld();
    const way = await breakable(server.url);
    const customer = await customerRings("+15550111111");
    const watching = aDesk({ url: way.url, token: operatorToken }).begin("conferences", "watch");
    await sees(watching.written, "is waiting");
    way.breaks();
    await sees(watching.written, `Lost the connection to ${way.url}; reconnecting.`);
    customer.hangUp();
    await customerRings("+15550122222");
    await settle();
    way.mends();
    await sees(watching.written, "Reconnected.");
    await sees(watching.written, "+155…22    is waiting");
    watching.interrupt();
    expect((await watching.ended).code).toBe(0);
  });

  it("ends when its call has ended while the stream was broken", async () => {
    const { server, operatorToken, customerRings, calls, settle } = await anOperatorWorld();
    const way = await breakable(server.url);
    const customer = await customerRings();
    const [call] = await calls();
    const watching = aDesk({ url: way.url, token: operatorToken }).begin("conferences", "watch", call!);
    await sees(watching.written, "is waiting");
    way.breaks();
    customer.hangUp();
    await settle();
    way.mends();
    expect(await watching.ended).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("The call has ended.") as string,
    });
  });

  it("fails when the server does not come back in time: exit 5", async () => {
    const { server, operatorToken } = await anOperatorWorld();
    const way = await breakable(server.url);
    const desk = aDesk({ url: way.url, token: operatorToken });
    const watching = desk.begin("conferences", "watch", "--json", "--timeout", "1s");
    await sees(watching.written, "snapshot");
    way.breaks();
    const { code, stderr } = await watching.ended;
    expect(code).toBe(5);
    expect(stderr).toContain("did not return within 1 s.");
  });

  it("does not wait for a server that it never reached", async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const typed = await aDesk({ url, token: "some-token-0123456789" }).type("conferences", "watch");
    expect(typed.stderr).toContain(`error: No server is running at ${url}.`);
    expect(typed.stderr).not.toContain("trying again");
  });

  it("does not repeat a refused request", async () => {
    const { server } = await anOperatorWorld();
    const desk = aDesk({ url: server.url, token: "some-other-token-0123" });
    expect(await desk.type("conferences", "watch")).toMatchObject({ code: 4, stdout: "" });
  });
});
