import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../../test/support/temporary-folder.ts";
import { CUSTOMER, NUMBER, startEmulatorStage } from "../support/emulator-stage.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

interface Language {
  /** Undefined: this machine cannot run it. */
  command: string | undefined;
  program: string;
  /** What the language's page in `docs` says to set. */
  settings: (proxy: string, authority: string) => Record<string, string>;
}

/** A Python that has Twilio's package and Flask, as Debian's python3-twilio and python3-flask bring them. */
const python = ["python3", "/usr/bin/python3"].find(
  (command) => spawnSync(command, ["-c", "import flask, twilio"]).status === 0,
);

/** The Python code of docs/python.md, where Python runs it before the app. */
function withSitecustomize(): string {
  const [, code = ""] = /```python\n(.*?)```/s.exec(readFileSync(here("../../docs/python.md"), "utf8")) ?? [];
  const folder = join(temporaryFolder(), "python");
  mkdirSync(folder);
  writeFileSync(join(folder, "sitecustomize.py"), code);
  return folder;
}

const LANGUAGES: Record<string, Language> = {
  Node: {
    command: process.execPath,
    program: "tutorial.mjs",
    settings: (HTTP_PROXY, NODE_EXTRA_CA_CERTS) => ({ HTTP_PROXY, NODE_EXTRA_CA_CERTS }),
  },
  Python: {
    command: python,
    program: "tutorial.py",
    settings: (HTTPS_PROXY, REQUESTS_CA_BUNDLE) => ({
      HTTPS_PROXY,
      REQUESTS_CA_BUNDLE,
      PYTHONPATH: withSitecustomize(),
    }),
  },
};

/** Starts the app, which prints its address; ended after the test. */
async function startApp(command: string, program: string, env: Record<string, string>): Promise<string> {
  const app: ChildProcess = spawn(command, [here(program)], { env: { ...process.env, ...env } });
  const ended = once(app, "close");
  let complaints = "";
  app.stderr?.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  onTestFinished(async () => {
    app.kill();
    await ended;
  });
  const address = createInterface(app.stdout!)[Symbol.asyncIterator]().next();
  const first = await Promise.race([address, ended.then(() => ({ value: undefined }))]);
  if (first.value === undefined) throw new Error(`The app did not start:\n${complaints}`);
  return first.value as string;
}

/** A number that points at an app of this language, which reaches Twilio only through the proxy. */
async function openApp({ command = "", program, settings }: Language) {
  const stage = await startEmulatorStage({ https: { folder: join(temporaryFolder(), "tls") } });
  const { url, https, credentials } = stage.emulator;
  const app = await startApp(command, program, {
    TWILIO_ACCOUNT_SID: credentials.accountSid,
    TWILIO_AUTH_TOKEN: credentials.authToken,
    TWILIO_NUMBER: NUMBER,
    ...settings(url, https!.authority),
  });
  stage.emulator.configureNumber(NUMBER, { voiceUrl: `${app}/conference/connect/client` });
  return { ...stage, app };
}

describe.each(Object.entries(LANGUAGES))(
  "the tutorial's app in %s, which knows only Twilio's own address",
  (name, language) => {
    const isMissing = language.command === undefined;
    if (isMissing)
      process.stderr.write(
        `The app in ${name} was not run: no ${name} here has Twilio's package and Flask.\n`,
      );

    it.skipIf(isMissing)(
      "leaves the customer with agent2 when agent1 has brought agent2 in and hung up",
      async () => {
        const { emulator, app, hearing, rings } = await openApp(language);
        const agent1 = emulator.people.add("client:agent1");
        const agent2 = emulator.people.add("client:agent2");
        const customer = await rings();
        await agent1.until("ringing");
        agent1.answer();
        await expect.poll(hearing).toEqual([`${CUSTOMER} <- client:agent1`, `client:agent1 <- ${CUSTOMER}`]);

        expect((await fetch(`${app}/conference/agent1/call`, { method: "POST" })).status).toBe(204);
        await agent2.until("ringing");
        agent2.answer();
        await expect.poll(hearing).toHaveLength(3);
        agent1.hangUp();
        await expect.poll(hearing).toEqual([`${CUSTOMER} <- client:agent2`, `client:agent2 <- ${CUSTOMER}`]);

        agent2.hangUp();
        await customer.until("idle");
        expect(emulator.deliveries.filter(({ error }) => error !== null)).toEqual([]);
      },
    );
  },
);
