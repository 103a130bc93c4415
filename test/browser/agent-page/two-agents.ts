import { join } from "node:path";
import { type Browser, type Locator, type Page, type WebSocket } from "playwright-core";
import { expect } from "vitest";
import { type Emulator, type Person, startEmulator } from "local-twilio";
import { type RunningServer, startServer } from "../../../src/compose/server.ts";
import type { AppError } from "../../../src/errors.ts";
import { testConfig } from "../../support/test-config.ts";
import { freePort } from "../../support/world/free-port.ts";
import { openChromium } from "../support/chromium.ts";
import { builtPage, openPage } from "./open-page.ts";
import { makeFolder } from "../../support/temporary-folder.ts";

const NUMBER = "+15550100000";
const OPERATOR = "operator-token-of-the-tests-0123456789";

/** An agent in front of the page; the names are what the page says in English. */
export interface Seat {
  readonly page: Page;
  /** Console messages, and requests that left the machine. */
  readonly complaints: string[];
  /** Connections to Twilio's signalling that the page has opened. */
  readonly lines: WebSocket[];
  readonly button: (name: string) => Locator;
  readonly status: (text: string) => Promise<void>;
  /** Titles of the notices that are shown; those that interrupt end in "!". */
  readonly notices: () => Promise<string[]>;
  readonly log: () => Promise<string[]>;
  /** Who is in the call, with the state of each. */
  readonly people: () => Promise<string[]>;
}

function seat(page: Page, complaints: string[], lines: WebSocket[]): Seat {
  return {
    page,
    complaints,
    lines,
    button: (name) => page.getByRole("button", { name, exact: true }),
    status: (text) => expect.poll(() => page.getByRole("status").textContent()).toBe(text),
    notices: () =>
      page
        .locator(".notice-title")
        .evaluateAll((titles) =>
          titles.map((title) =>
            title.closest("[role=alert]") ? `${title.textContent}!` : title.textContent,
          ),
        ),
    log: () => page.locator("#log-entries li span").allInnerTexts(),
    people: () =>
      page
        .locator("#people .party")
        .evaluateAll((parties) =>
          parties.map(({ children }) => [...children].map((c) => c.textContent).join(": ")),
        ),
  };
}

/** Two agents' pages with the real server, which keeps its calls in a file, and the local Twilio; the customer is scripted. */
export interface TwoAgents {
  readonly one: Seat;
  readonly two: Seat;
  readonly customer: Person;
  readonly server: () => RunningServer;
  readonly twilio: Emulator;
  /** What the server reported, the oldest first. */
  readonly errors: readonly AppError[];
  /** What an operator asks the server for. Resolves with the answer's status. */
  readonly operator: (method: "POST" | "DELETE", path: string, body?: object) => Promise<number>;
  /** The address of the call that lives, with what follows. */
  readonly call: (rest: string) => Promise<string>;
  readonly stop: () => Promise<void>;
  /** Starts the server again, where it was and on its file. */
  readonly startAgain: () => Promise<void>;
  /** The customer calls and agent1 answers. */
  readonly talk: () => Promise<void>;
  readonly close: () => Promise<void>;
}

async function signIn(browser: Browser, link: string): Promise<Seat> {
  const lines: WebSocket[] = [];
  const { page, complaints } = await openPage(browser, "about:blank");
  page.on("websocket", (socket) => socket.url().includes("/signal") && lines.push(socket));
  await page.clock.install();
  await page.goto(link);
  return seat(page, complaints, lines);
}

async function startTwilio(): Promise<Emulator> {
  return startEmulator({ numbers: [{ phoneNumber: NUMBER }] });
}

async function serverOnAFile(
  { credentials, url }: Emulator,
  folder: string,
  onError: (error: AppError) => void,
): Promise<() => Promise<RunningServer>> {
  const pagesDir = await builtPage();
  const port = await freePort();
  const config = testConfig({
    ...credentials,
    number: NUMBER,
    port,
    agents: ["1", "2"].map((n) => ({ id: `agent${n}`, name: `Agent ${n}` })),
    operatorToken: OPERATOR,
    twilioApiBaseUrl: url,
    storeUrl: `file:${join(folder, "calls.db")}`,
  });
  return () => startServer(config, { pagesDir, onError });
}

export async function twoAgents(): Promise<TwoAgents> {
  const emulator = await startTwilio();
  const folder = makeFolder();
  const errors: AppError[] = [];
  const start = await serverOnAFile(emulator, folder.path, (error) => errors.push(error));
  let server = await start();
  emulator.configureNumber(NUMBER, { voiceUrl: `${server.url}/conference/connect/client` });
  const browser = await openChromium("page", "granted");
  const one = await signIn(browser, await server.signInLink("agent1"));
  const two = await signIn(browser, await server.signInLink("agent2"));
  const customer = emulator.people.add("+15550111111");
  return {
    one,
    two,
    customer,
    server: () => server,
    twilio: emulator,
    errors,
    async operator(method, path, body) {
      const headers = { Authorization: `Bearer ${OPERATOR}`, "Content-Type": "application/json" };
      const request = { method, headers, body: body ? JSON.stringify(body) : null };
      return (await fetch(server.localUrl + path, request)).status;
    },
    call: async (rest) => `/api/calls/${(await server.calls())[0]?.id}${rest}`,
    stop: () => server.close(),
    async startAgain() {
      server = await start();
    },
    async talk() {
      for (const agent of [one, two]) await agent.status("Ready");
      await customer.call(NUMBER);
      await one.button("Answer").click();
      // The page knows it first: from here on the server does, too.
      await expect.poll(one.people).toContain("You: On the line");
    },
    async close() {
      await browser.close();
      await server.close();
      await emulator.close();
      folder.remove();
    },
  };
}
