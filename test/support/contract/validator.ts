import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import type { Description } from "./description.ts";
import type { Schema } from "./patches.ts";

const RFC_2822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$/;
const OWN_FORMATS = {
  "date-time-rfc-2822": RFC_2822,
  "phone-number": /^\+[1-9]\d{1,14}$/,
  "http-method": /^(GET|POST)$/,
  currency: /^[A-Z]{3}$/,
  "uri-map": true,
  "phone-number-capabilities": true,
  endpoint: true,
  twiml: true,
} as const;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/**
 * An OpenAPI 3.0 schema as a JSON schema. Twilio's schemas have no `required` lists, so every property is taken as
 * required and no other is allowed.
 */
function toJsonSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toJsonSchema);
  if (!isRecord(schema)) return schema;
  const converted = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, toJsonSchema(value)]),
  );
  const result = converted as Schema;
  // "Any value": Twilio writes it so, and Ajv takes no nullable without a type.
  if (result.type === undefined) delete result.nullable;
  if (typeof result.$ref === "string") return { $ref: `twilio${result.$ref}` };
  if (result.nullable && typeof result.type === "string") {
    result.type = [result.type, "null"];
    if (result.enum) result.enum = [...result.enum, null];
  }
  if (result.type && result.properties) {
    result.required = Object.keys(result.properties);
    result.additionalProperties = false;
  }
  return result;
}

export type Validate = (schema: Schema, value: unknown) => string[];

/** A function that says in words what is wrong with a value; nothing for one that conforms. */
export function createValidator(description: Description): Validate {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  for (const [name, format] of Object.entries(OWN_FORMATS)) ajv.addFormat(name, format);
  ajv.addSchema({ $id: "twilio", components: toJsonSchema(description.components) });
  const compiled = new Map<Schema, ValidateFunction>();
  return (schema, value) => {
    const validate = compiled.get(schema) ?? ajv.compile(toJsonSchema(schema) as Schema);
    compiled.set(schema, validate);
    validate(value);
    return (validate.errors ?? []).map((error) => {
      const detail = Object.values(error.params as Record<string, unknown>).join(", ");
      return `${error.instancePath || "(answer)"} ${error.message} (${detail})`;
    });
  };
}
