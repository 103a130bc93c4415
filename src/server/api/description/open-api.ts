import { z } from "zod";
import { API_VERSION, API_VERSION_HEADER } from "../../../version.ts";
import { components, errorAnswer } from "./answers.ts";
import { type Answer, type RouteDescription, routes } from "./routes.ts";

type Json = Record<string, unknown>;

const REF = "#/components/schemas/";

/** Removes zod's limits of whole numbers, which only reflect JavaScript's. */
function withoutLimits({ jsonSchema }: { jsonSchema: Json }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}

/** A schema inside a document, which names the dialect once for all. */
function bare(schema: Json): Json {
  const { $schema: _dialect, $id: _address, ...rest } = schema;
  return rest;
}

function schemaOf(schema: z.ZodType): Json {
  const id = components.get(schema)?.id;
  if (id !== undefined) return { $ref: REF + id };
  return bare(z.toJSONSchema(schema, { override: withoutLimits }));
}

function componentSchemas(): Json {
  const { schemas } = z.toJSONSchema(components, { uri: (id) => REF + id, override: withoutLimits });
  const entries = Object.entries(schemas).map(([id, schema]) => [id, bare(schema)]);
  return Object.fromEntries(entries) as Json;
}

const inJson = (schema: z.ZodType): Json => ({ "application/json": { schema: schemaOf(schema) } });

function success(answer: Answer): Json {
  if ("schema" in answer) return { description: "Done.", content: inJson(answer.schema) };
  if (!("events" in answer)) return { description: "Done." };
  const names = Object.keys(answer.events).join(", ");
  const events = Object.entries(answer.events).map(([name, schema]) => [name, schemaOf(schema)]);
  return {
    description: `A WebSocket with these events: ${names}.`,
    "x-events": Object.fromEntries(events) as Json,
  };
}

const TEXT = z.string();

function parameters({ path, query, params = {} }: RouteDescription): Json[] {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    schema: schemaOf(params[name] ?? TEXT),
  }));
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: "query",
    schema: schemaOf(schema as z.ZodType),
  }));
  return [...inPath, ...inQuery];
}

const SECURITY = {
  operator: [{ operator: [] }],
  agent: [{ session: [] }],
  both: [{ operator: [] }, { session: [] }],
};

function operation(route: RouteDescription): Json {
  const { summary, who, body, answer } = route;
  const inputs = parameters(route);
  return {
    summary,
    security: SECURITY[who],
    ...(inputs.length > 0 ? { parameters: inputs } : {}),
    ...(body ? { requestBody: { required: true, content: inJson(body) } } : {}),
    responses: { [answer.status]: success(answer), default: { $ref: "#/components/responses/Refusal" } },
    "x-codes": route.refusals,
  };
}

/** A route's path as OpenAPI writes it: `/api/calls/{call}`. */
const openApiPath = (path: string): string => path.replace(/:(\w+)/g, "{$1}");

/** The control API as an OpenAPI 3.1 document. */
export function openApi(): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) (paths[openApiPath(route.path)] ??= {})[route.method] = operation(route);
  return {
    openapi: "3.1.0",
    info: {
      title: "warm-transfer control API",
      version: String(API_VERSION),
      description: `Each answer has the header ${API_VERSION_HEADER} with this version; a request may have it too.`,
    },
    paths,
    components: {
      securitySchemes: {
        operator: { type: "http", scheme: "bearer", description: "OPERATOR_TOKEN" },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "session-AGENT",
          description: "Set by a sign-in link.",
        },
      },
      responses: { Refusal: { description: "Not done.", content: inJson(errorAnswer) } },
      schemas: componentSchemas(),
    },
  };
}
