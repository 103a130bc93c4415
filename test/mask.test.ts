import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clean, maskAddress, maskNumbers, safeJson } from "../src/mask.ts";
import { safeText } from "../src/cli/terminal/safe-text.ts";

const OBEYED = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** True when five digits of a number stand together in a text. */
function gives(text: string, number: string): boolean {
  const digits = number.replace(/\P{Nd}/gu, "");
  return Array.from({ length: Math.max(0, digits.length - 4) }, (_, at) => digits.slice(at, at + 5)).some(
    (five) => text.includes(five),
  );
}

/** Any character. The library's own unit "binary" lists all of them first, which takes longer than these tests. */
const character = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((point) => String.fromCodePoint(point));
const digits = fc.string({ unit: fc.constantFrom(..."0123456789".split("")), minLength: 6, maxLength: 15 });
const shaped = fc.constantFrom<(number: string) => string>(
  (n) => n,
  (n) => `+${n}`,
  (n) => ` ${n}`,
  (n) => `+${n.slice(0, 2)} (${n.slice(2, 5)}) ${n.slice(5)}`,
  (n) => `sip:+${n}@example.com`,
  (n) => `sip:alice@${n}.example.com`,
  (n) => `SIPS:${n}@203.0.113.9:5061;user=phone;x=${n}`,
  (n) => `${n}@example.com`,
  (n) => `whatsapp:+${n}`,
  (n) => `client:${n}`,
  (n) => `client:customer_${n}_x`,
  (n) => `tel:${n}`,
  (n) => `\u202e${n}\u2028`,
  (n) => `Alice ${n} Smith`,
  (n) => `"A ${n}" <sip:${n}@example.com>`,
  (n) =>
    Array.from(n)
      .map((digit) => String.fromCodePoint(0xff10 + Number(digit)))
      .join(""),
);

describe("a caller's address, masked", () => {
  it.each([
    ["+15550111111", "+155…11"],
    [" 15550111111", "155…11"],
    ["0612345678", "061…78"],
    ["+1 (555) 011-1111", "+155…11"],
    ["12345", "…45"],
    ["sip:+15550111111@sip.example.com", "sip:+155…11@sip.example.com"],
    ["sip:alice.smith@example.com;transport=tls", "sip:a…h@example.com"],
    ["client:bob_jones", "client:b…s"],
    ["whatsapp:+15550111111", "whatsapp:+155…11"],
    ["Al", "A…"],
    ["", ""],
  ])("%j is %j", (address, shown) => expect(maskAddress(address)).toBe(shown));

  it("never gives five digits of a number together, nor anything that a terminal obeys", () => {
    fc.assert(
      fc.property(digits, shaped, (number, shape) => {
        const shown = maskAddress(shape(number));
        expect(gives(shown.normalize("NFKC"), number)).toBe(false);
        expect(shown).not.toMatch(OBEYED);
      }),
      { numRuns: 500 },
    );
  });

  it("never stands whole, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: character, minLength: 3, maxLength: 300 }), (address) => {
        const shown = maskAddress(address);
        expect(shown).not.toMatch(OBEYED);
        if (/[\p{L}\p{Nd}]{3}/u.test(clean(address))) expect(shown).not.toBe(address);
        expect(shown.length).toBeLessThanOrEqual(80);
      }),
      { numRuns: 500 },
    );
  });
});

describe("numbers in a sentence", () => {
  it.each([
    ["The number +15550111111 is busy.", "The number +155…11 is busy."],
    ["from sip:+15550111111@example.com, again", "from sip:+155…11@example.com, again"],
    ["to 15550111111", "to 155…11"],
    [`CA${"1".repeat(32)} 12345678-1234-4123-8123-123456789012`, undefined],
    ["http://127.0.0.1:54321, HTTP 500, error 20404, 15000 ms", undefined],
  ])("%j", (text, shown = text) => expect(maskNumbers(text)).toBe(shown));
});

describe("a text for a terminal", () => {
  const wild = fc.string({ unit: character });

  it("keeps colours and lines and nothing else that is obeyed", () => {
    // oxlint-disable-next-line no-control-regex -- colours are told by the escape character
    const own = /\u001b\[[\d;]*m|[\n\t]/g;
    fc.assert(
      fc.property(wild, (text) => {
        expect(safeText(text).replace(own, "")).not.toMatch(OBEYED);
      }),
    );
    expect(safeText("\u001b[1mbold\u001b[22m\n\u001b[2J\u009b31m\u202e")).toBe(
      "\u001b[1mbold\u001b[22m\n\ufffd[2J\ufffd31m\ufffd",
    );
  });

  it("is the same JSON to a program, with everything escaped that is obeyed", () => {
    fc.assert(
      fc.property(wild, (text) => {
        expect(JSON.parse(safeJson({ text }))).toEqual({ text });
        expect(safeJson({ text })).not.toMatch(OBEYED);
      }),
    );
  });

  it("is cut between characters, and says so", () => {
    expect(clean("📞📞📞📞", 3)).toBe("📞📞…");
    expect(clean("📞📞", 2)).toBe("📞📞");
  });
});
