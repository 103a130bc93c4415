import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { AppError, systemCode } from "../errors.ts";

/** A file's text, and its encoder. */
export interface EncodedText {
  /** Without a byte-order mark. May hold bytes that are not UTF-8: `utf8Text` refuses them. */
  readonly utf8: Buffer;
  /** The same encoding and byte-order mark for another text. */
  readonly encode: (utf8: Buffer) => Buffer;
}

const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF16LE_MARK = Buffer.from([0xff, 0xfe]);
const UTF16BE_MARK = Buffer.from([0xfe, 0xff]);

const startsWith = (bytes: Buffer, mark: Buffer): boolean => bytes.subarray(0, mark.length).equals(mark);

function refuse(name: string, what: string): never {
  throw new AppError("config", `${name} is not UTF-8: ${what}.`, {
    hint: "Save it as UTF-8. In PowerShell, write it with Set-Content -Encoding utf8.",
  });
}

/** @param at an index of the offending byte in `bytes` */
function placeOf(bytes: Buffer, at: number): string {
  const line = bytes.subarray(0, at).toString("latin1").split("\n").length;
  const hex = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, "0");
  return `byte 0x${hex} on line ${line}`;
}

/** Windows' "Unicode". Byte order is swapped in place, so `bytes` must be a copy. */
function fromUtf16(bytes: Buffer, isBigEndian: boolean, name: string): Buffer {
  if (bytes.length % 2 === 1) refuse(name, "it is UTF-16 and ends in the middle of a character");
  const text = (isBigEndian ? bytes.swap16() : bytes).toString("utf16le");
  const utf8 = Buffer.from(text);
  // An unpaired surrogate has no UTF-8, and would be lost on the way back.
  if (utf8.toString() !== text) refuse(name, "it is UTF-16 with half a character in it");
  return utf8;
}

function toUtf16(utf8: Buffer, isBigEndian: boolean): Buffer {
  const bytes = Buffer.from(utf8.toString(), "utf16le");
  return isBigEndian ? Buffer.concat([UTF16BE_MARK, bytes.swap16()]) : Buffer.concat([UTF16LE_MARK, bytes]);
}

/**
 * Reads UTF-8, with or without a byte-order mark, and UTF-16 with one.
 * @param name for error messages @throws AppError config for UTF-16 without a mark, and for bytes that are not text
 */
export function decodeText(bytes: Buffer, name: string): EncodedText {
  const isBigEndian = startsWith(bytes, UTF16BE_MARK);
  if (isBigEndian || startsWith(bytes, UTF16LE_MARK)) {
    const utf8 = fromUtf16(Buffer.from(bytes.subarray(2)), isBigEndian, name);
    return { utf8, encode: (other) => toUtf16(other, isBigEndian) };
  }
  const nul = bytes.indexOf(0);
  if (nul !== -1)
    refuse(name, `${placeOf(bytes, nul)} belongs to UTF-16 without a byte-order mark, or to no text`);
  if (!startsWith(bytes, UTF8_MARK)) return { utf8: bytes, encode: (other) => other };
  return {
    utf8: bytes.subarray(UTF8_MARK.length),
    encode: (other) => Buffer.concat([UTF8_MARK, other]),
  };
}

/** By its first byte. */
const lengthOf = (lead: number): number => (lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);

/** The index of the first byte that is not UTF-8. Undefined: there is none. */
export function invalidByte(utf8: Buffer): number | undefined {
  if (isUtf8(utf8)) return undefined;
  let at = 0;
  for (;;) {
    const next = at + lengthOf(utf8[at] ?? 0);
    if (!isUtf8(utf8.subarray(at, next))) return at;
    at = next;
  }
}

/** @throws AppError config that names the line of the first byte that is not UTF-8, and that byte */
export function utf8Text(utf8: Buffer, name: string): string {
  const at = invalidByte(utf8);
  return at === undefined ? utf8.toString() : refuse(name, placeOf(utf8, at));
}

/** Undefined if the file does not exist. @throws AppError config when it exists and cannot be read */
export async function readEncodedFile(path: string): Promise<EncodedText | undefined> {
  const name = basename(path);
  try {
    return decodeText(await readFile(path), name);
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    if (systemCode(thrown) === "ENOENT") return undefined;
    throw new AppError("config", `${name} exists but cannot be read (${systemCode(thrown) ?? "unknown"}).`, {
      hint: `Check its permissions: ls -l ${name}`,
      cause: thrown,
    });
  }
}

/** A secret's file or standard input: one line break at the end is the editor's or `echo`'s. @throws AppError config */
export function secretText(bytes: Buffer, name: string): string {
  return utf8Text(decodeText(bytes, name).utf8, name).replace(/\r?\n$/, "");
}
