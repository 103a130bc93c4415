import { XMLParser, XMLValidator } from "fast-xml-parser";

export interface Element {
  name: string;
  attributes: Record<string, string>;
  /** Texts and elements in the order of the document. */
  children: (Element | string)[];
}

type Raw = Record<string, unknown>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  htmlEntities: true,
});

function toElement(raw: Raw): Element | string {
  if ("#text" in raw) return String(raw["#text"]);
  const name = Object.keys(raw).find((key) => key !== ":@") ?? "";
  const children = (raw[name] as Raw[]).map(toElement);
  return { name, attributes: { ...(raw[":@"] as Record<string, string> | undefined) }, children };
}

/** All text below an element, markup left out, white space collapsed. */
export function textOf(element: Element): string {
  const text = element.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");
  return text.replace(/\s+/g, " ").trim();
}

export function elementsOf(element: Element): Element[] {
  return element.children.filter((child) => typeof child !== "string");
}

/** A name that is none of XML's own is not declared. A document that declares names is refused: the parser leaves nested ones as they are. */
function refuseEntities(text: string): void {
  const markup = text.replace(/<!--.*?-->|<!\[CDATA\[.*?\]\]>/gs, "");
  if (/<!ENTITY\s/.test(markup)) throw new Error("The document declares entities of its own");
  for (const [, name = ""] of markup.matchAll(/&([^#;&<\s][^;&<\s]*);/g))
    if (!/^(amp|lt|gt|quot|apos)$/.test(name))
      throw new Error(`The entity "${name}" was referenced, but not declared`);
}

/** The root element. @throws Error that says where the text is not XML */
export function parseXml(text: string): Element {
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  const valid = XMLValidator.validate(trimmed);
  if (valid !== true) throw new Error(`${valid.err.msg} (line ${valid.err.line})`);
  refuseEntities(trimmed);
  const roots = (parser.parse(trimmed) as Raw[]).map(toElement).filter((node) => typeof node !== "string");
  const [root, second] = roots;
  if (!root || second) throw new Error("A document has exactly one root element");
  return root;
}
