import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { planEnvFile, readEnvFile } from "../../src/config/env-file.ts";
import { readProjectFile, updateProjectFile } from "../../src/config/project-file.ts";
import { decodeText, secretText } from "../../src/config/text-file.ts";
import { writeFilesWhole } from "../../src/files/write-whole.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const MARK = "\uFEFF";
const utf16le = (text: string): Buffer => Buffer.from(text, "utf16le");
const utf16be = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();

/** Each encoding that an editor or PowerShell writes, by its name. */
const WRITERS: [name: string, write: (text: string) => Buffer][] = [
  ["UTF-8", (text) => Buffer.from(text)],
  ["UTF-8 with a byte-order mark", (text) => Buffer.from(MARK + text)],
  ["UTF-16LE, as by PowerShell's >", (text) => utf16le(MARK + text)],
  ["UTF-16BE", (text) => utf16be(MARK + text)],
];

function fileOf(name: string, bytes: Buffer) {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, name), bytes);
  return { cwd, bytes: () => readFileSync(join(cwd, name)) };
}

async function setInEnv(cwd: string, values: Record<string, string>): Promise<void> {
  const planned = await planEnvFile(cwd, values);
  if (planned) await writeFilesWhole([planned]);
}

describe.each(WRITERS)("%s", (_, write) => {
  it("is read in .env, and kept when a value changes", async () => {
    const { cwd, bytes } = fileOf(".env", write("# für Ärzte 😀\r\nTOKEN=old\r\nNAME='Zoë'\r\n"));
    expect(await readEnvFile(cwd)).toEqual({ TOKEN: "old", NAME: "Zoë" });
    await setInEnv(cwd, { TOKEN: "new" });
    expect(bytes()).toEqual(write("# für Ärzte 😀\r\nTOKEN=new\r\nNAME='Zoë'\r\n"));
  });

  it("is read in warm-transfer.json, and kept when a setting changes", async () => {
    const { cwd, bytes } = fileOf("warm-transfer.json", write('{ "greeting": "Grüß Gott" }\n'));
    expect(await readProjectFile(cwd)).toEqual({ greeting: "Grüß Gott" });
    await updateProjectFile(cwd, { port: 4000 });
    expect(bytes()).toEqual(write('{\n  "greeting": "Grüß Gott",\n  "port": 4000\n}\n'));
  });

  it("is read as a secret, without the line break at its end", () => {
    expect(secretText(write("0123456789abcdef\r\n"), "Standard input")).toBe("0123456789abcdef");
  });
});

/** Lines that other programs own, as bytes: some are not UTF-8, some are not even settings. */
const FOREIGN = [
  "# caf\xe9 (Latin-1)\n",
  "export OTHER = 'Andr\xe9'\t# mine\n",
  'QUOTED="a # b"  \n',
  "MULTI='one\nTWILIO_AUTH_TOKEN=not-this-one\ntwo'\n",
  "TWICE=1\nTWICE=2\n",
  "EMPTY=\n\n\n  \t\n",
  "NBSP=\xa0x\xa0\n",
].map((line) => Buffer.from(line, "latin1"));

describe("other programs' lines of .env", () => {
  it.each(FOREIGN.map((line) => [line.toString("latin1"), line] as const))(
    "survive byte by byte: %j",
    async (_, line) => {
      const [before, after] = ["TWILIO_AUTH_TOKEN=old # ours\n", "TWILIO_AUTH_TOKEN=new # ours\n"];
      const { cwd, bytes } = fileOf(".env", Buffer.concat([line, Buffer.from(before), line]));
      await setInEnv(cwd, { TWILIO_AUTH_TOKEN: "new", OPERATOR_TOKEN: "more" });
      expect(bytes()).toEqual(
        Buffer.concat([line, Buffer.from(after), line, Buffer.from("OPERATOR_TOKEN=more\n")]),
      );
      expect(await readEnvFile(cwd)).toMatchObject({ TWILIO_AUTH_TOKEN: "new", OPERATOR_TOKEN: "more" });
    },
  );

  it("keep their bytes also when they end in an open quotation", async () => {
    const torn = Buffer.from("OTHER='never closed\nTWILIO_AUTH_TOKEN=old\n");
    const { cwd, bytes } = fileOf(".env", torn);
    await setInEnv(cwd, { TWILIO_AUTH_TOKEN: "new" }).catch((thrown: unknown) =>
      expect(thrown).toMatchObject({ category: "config" }),
    );
    expect(bytes().toString()).toContain("OTHER='never closed\n");
  });
});

describe("bytes that cannot be read", () => {
  it("in our settings are reported with their line, and the file stays unchanged", async () => {
    const latin1 = Buffer.from("# one\nTWILIO_API_SECRET=caf\xe9\n", "latin1");
    const { cwd, bytes } = fileOf(".env", latin1);
    await expect(readEnvFile(cwd)).rejects.toMatchObject({
      category: "config",
      message: ".env is not UTF-8: byte 0xE9 on line 2.",
      hint: expect.stringContaining("UTF-8"),
    });
    expect(bytes()).toEqual(latin1);
  });

  it("in warm-transfer.json are reported with their line, and the file stays unchanged", async () => {
    const latin1 = Buffer.from('{\n  "greeting": "Gr\xfc\xdf Gott"\n}\n', "latin1");
    const { cwd, bytes } = fileOf("warm-transfer.json", latin1);
    const refusal = { category: "config", message: "warm-transfer.json is not UTF-8: byte 0xFC on line 2." };
    await expect(readProjectFile(cwd)).rejects.toMatchObject(refusal);
    await expect(updateProjectFile(cwd, { port: 4000 })).rejects.toMatchObject(refusal);
    expect(bytes()).toEqual(latin1);
  });

  it.each<[string, Buffer, string]>([
    ["UTF-16 without a byte-order mark", utf16le("A=1\n"), "byte 0x00 on line 1"],
    ["UTF-16 that was cut off", utf16le(`${MARK}A=1\n`).subarray(0, -1), "in the middle of a character"],
    ["UTF-16 with an unpaired surrogate", utf16le(`${MARK}A=\ud83d\n`), "half a character"],
    ["UTF-8 that was cut off", Buffer.from("A=\u20ac").subarray(0, -1), "byte 0xE2 on line 1"],
  ])("are refused: %s", (_, bytes, words) => {
    expect(() => secretText(bytes, "Standard input")).toThrow(words);
  });

  it("never change in a rewritten file: every decoded text encodes to the same bytes", () => {
    for (const [, write] of WRITERS) {
      const bytes = write("Größe 😀 \u2028\n");
      const { utf8, encode } = decodeText(bytes, "a file");
      expect(encode(utf8)).toEqual(bytes);
    }
  });
});
