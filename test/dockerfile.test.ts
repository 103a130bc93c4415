import { existsSync, readFileSync } from "node:fs";
import { Script } from "node:vm";
import { describe, expect, it } from "vitest";

const root = new URL("../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const binOf = (manifest: string, name: string): string =>
  (JSON.parse(read(manifest)) as { bin: Record<string, string> }).bin[name] ?? "";

/** The instructions of each stage, with continued lines joined. */
const stages = new Map(
  read("Dockerfile")
    .replace(/\\\n\s*/g, "")
    .split(/^(?=FROM )/m)
    .filter((stage) => stage.startsWith("FROM "))
    .map((stage) => [/ AS (\w+)/.exec(stage)?.[1] ?? "", stage.trim().split("\n")]),
);

function argumentsOf(stage: string, instruction: string): string[] {
  return (stages.get(stage) ?? [])
    .filter((line) => line.startsWith(`${instruction} `))
    .map((line) => line.slice(instruction.length + 1));
}

/** What .dockerignore lets through, at the top. */
const sent = new Set([...read(".dockerignore").matchAll(/^!(\S+)$/gm)].map(([, path = ""]) => path));

describe.each([
  ["emulator", `/app/emulator/${binOf("emulator/package.json", "local-twilio")}`, "4010"],
  ["server", `/app/${binOf("package.json", "warm-transfer")}`, "3000"],
])("the image %s", (stage, program, port) => {
  it("starts the program of the package, and not as root", () => {
    const [entry = "[]"] = argumentsOf(stage, "ENTRYPOINT");
    expect((JSON.parse(entry) as string[]).slice(0, 2)).toEqual(["node", program.replace("/./", "/")]);
    expect(argumentsOf(stage, "USER")).toEqual(["node"]);
  });

  it("asks the program for its health", () => {
    const [check = ""] = argumentsOf(stage, "HEALTHCHECK");
    const [, , code = ""] = JSON.parse(check.slice(check.indexOf("["))) as string[];
    expect(code).toContain(port);
    expect(() => new Script(code)).not.toThrow();
  });
});

describe("the build", () => {
  it("is sent what it copies, and what every part is built from", () => {
    const quoted = read("scripts/lib/build.mjs").matchAll(/"([\w./-]+)"/g);
    const sources = [...quoted]
      .map(([, path = ""]) => path)
      .filter((path) => !/^node:|dist/.test(path) && existsSync(new URL(path, root)));
    expect(sources).toEqual(
      expect.arrayContaining(["src", "agent-page", "package-lock.json", "emulator/src"]),
    );
    const missing = sources.filter((path) => !sent.has(path.split("/")[0] ?? ""));
    expect(missing).toEqual([]);
  });

  it("copies only what there is", () => {
    const copied = [...stages.keys()].flatMap((stage) => argumentsOf(stage, "COPY"));
    const own = copied
      .filter((line) => !line.startsWith("--from"))
      .flatMap((line) => line.split(" ").slice(0, -1));
    expect(own.length).toBeGreaterThan(4);
    expect(own.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });
});
