import type { Warn } from "./attributes.ts";
import { type Element, elementsOf } from "./xml.ts";

/** www.twilio.com/docs/voice/twiml/stream#custom-parameters */
const LONGEST = 500;

/** The values of the `<Parameter>` elements inside an element, by name. */
export function readParameters(element: Element, warn: Warn): Record<string, string> {
  const pairs = elementsOf(element)
    .filter(({ name }) => name === "Parameter")
    .map(({ attributes }): [string, string] => [attributes.name ?? "", attributes.value ?? ""]);
  for (const [name, value] of pairs)
    if (name.length + value.length > LONGEST)
      warn(`<Parameter> '${name.slice(0, 40)}' of <${element.name}> is longer than ${LONGEST} characters`);
  return Object.fromEntries(pairs);
}
