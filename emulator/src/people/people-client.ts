import type { Voice } from "./people.ts";
import type { PersonView } from "./people-handler.ts";
import type { Act, PersonOrder } from "./read-person.ts";

export type { Act, PersonOrder, PersonView, Voice };

/** What can be called at an emulator, and who is there. */
export interface PeopleList {
  numbers: string[];
  /** `app:AP…` */
  applications: string[];
  people: PersonView[];
}

/** The scripted people of an emulator that runs elsewhere. All reject with `PeopleError`. */
export interface PeopleClient {
  list(): Promise<PeopleList>;
  /** Resolves when the person's call, if there is one, rings. */
  add(order: PersonOrder): Promise<PersonView>;
  /** @param hz tones whose loudness is asked for, over `windowMs` */
  see(id: string, hz?: readonly number[], windowMs?: number): Promise<PersonView>;
  act(id: string, act: Act): Promise<PersonView>;
  remove(id: string): Promise<void>;
}

/** A refusal in the emulator's words, or no emulator at all. */
export class PeopleError extends Error {
  /** Null: nothing that is an emulator answered. */
  readonly status: number | null;
  constructor(message: string, status: number | null, cause?: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

const HEADERS = { "content-type": "application/json" };
const TIMEOUT_MS = 10_000;

/** @throws PeopleError when something else than an emulator answered */
async function bodyOf(url: string, response: Response): Promise<{ message?: unknown }> {
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  if (response.status === 204) return {};
  const body = isJson ? (JSON.parse(text) as { message?: unknown }) : {};
  const isOurs = isJson && (response.ok || typeof body.message === "string");
  if (!isOurs) throw new PeopleError(`What answers at ${url} is not an emulator that has /people.`, null);
  return body;
}

/** @param url of an emulator, without a path */
export function createPeopleClient(url: string): PeopleClient {
  const request = async (method: string, path: string, body?: object): Promise<unknown> => {
    const init: RequestInit = { method, headers: HEADERS, signal: AbortSignal.timeout(TIMEOUT_MS) };
    if (body) init.body = JSON.stringify(body);
    const response = await fetch(new URL(path, url), init).catch((thrown: unknown) => {
      throw new PeopleError(`No emulator answers at ${url}.`, null, thrown);
    });
    const answer = await bodyOf(url, response);
    if (response.ok) return answer;
    throw new PeopleError(`The emulator refused: ${String(answer.message)}.`, response.status);
  };
  const pathOf = (id: string): string => `/people/${encodeURIComponent(id)}`;
  return {
    list: async () => (await request("GET", "/people")) as PeopleList,
    add: async (order) => (await request("POST", "/people", order)) as PersonView,
    see: async (id, hz = [], windowMs) => {
      const query = hz.length === 0 ? "" : `?hz=${hz.join(",")}${windowMs ? `&windowMs=${windowMs}` : ""}`;
      return (await request("GET", pathOf(id) + query)) as PersonView;
    },
    act: async (id, act) => (await request("POST", pathOf(id), act)) as PersonView,
    remove: async (id) => void (await request("DELETE", pathOf(id))),
  };
}
