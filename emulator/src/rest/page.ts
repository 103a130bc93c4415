import { TwilioError } from "../engine/engine.ts";
import { invalidParameter } from "./errors.ts";
import type { Answer, Fields, Parser } from "./operation.ts";
import { integer, text } from "./parameters/parsers.ts";

const MAX_PAGE_SIZE = 1000;

const pageSize: Parser<number> = (values, name) => {
  if (Number(text(values, name)) > MAX_PAGE_SIZE)
    throw new TwilioError(20007, `Page size too large: at most ${MAX_PAGE_SIZE}`);
  return integer(1, MAX_PAGE_SIZE)(values, name);
};

/** The parameters of every list. */
export const pageParameters = {
  PageSize: pageSize,
  Page: integer(0, Number.MAX_SAFE_INTEGER),
  PageToken: text,
};

interface List<T> {
  /** The list's name in the answer. */
  key: string;
  /** Everything, filtered or not, in the order of the list. */
  all: readonly T[];
  wanted: (item: T) => boolean;
  sidOf: (item: T) => string;
  show: (item: T) => unknown;
  uri: string;
  fields: Fields;
  parameters: { PageSize?: number; Page?: number; PageToken?: string };
}

/** Where the item stands that a token names; by position when it has gone since (a participant who left). */
function anchorOf<T>({ all, sidOf }: List<T>, token: string, position: number): number {
  if (!/^P[AB][A-Z]{2}[0-9a-f]{32}$/i.test(token))
    throw invalidParameter("PageToken", "one that an earlier page gave");
  const anchor = all.findIndex((item) => sidOf(item) === token.slice(2));
  return anchor < 0 ? position - 1 : anchor;
}

/** The items of this page, and whether others are around them. */
function cut<T>(list: List<T>, size: number) {
  const { all, wanted } = list;
  const { Page: page = 0, PageToken: token } = list.parameters;
  if (token === undefined && page > 0)
    throw invalidParameter("Page", "0 without a PageToken: follow next_page_uri");
  const anchor = token === undefined ? -1 : anchorOf(list, token, page * size);
  if (token?.startsWith("PB")) {
    const before = all.slice(0, Math.max(anchor, 0)).filter(wanted);
    return { items: before.slice(-size), hasNext: true, hasPrevious: before.length > size };
  }
  const after = all.slice(anchor + 1).filter(wanted);
  return { items: after.slice(0, size), hasNext: after.length > size, hasPrevious: anchor >= 0 };
}

function queryOf(fields: Fields, size: number, page: number, token?: string): string {
  const query = new URLSearchParams();
  for (const [name, values] of fields)
    if (!(name in pageParameters)) for (const value of values) query.append(name, value);
  query.append("PageSize", String(size));
  query.append("Page", String(page));
  if (token !== undefined) query.append("PageToken", token);
  return query.toString();
}

/**
 * One page of a list: 50 items unless `PageSize` says otherwise. Pages are followed by token: `PA` and the last SID
 * forwards, `PB` and the first SID backwards (www.twilio.com/docs/usage/twilios-response#pagination).
 * @throws TwilioError for a token that no page gave
 */
export function pageOf<T>(list: List<T>): Answer {
  const { PageSize: size = 50, Page: page = 0, PageToken: token } = list.parameters;
  const { items, hasNext, hasPrevious } = cut(list, size);
  const [first, last] = [items.at(0), items.at(-1)];
  const uriOf = (page: number, token?: string) => `${list.uri}?${queryOf(list.fields, size, page, token)}`;
  const start = page * size;
  const body = {
    [list.key]: items.map(list.show),
    page,
    page_size: size,
    start,
    end: start + Math.max(items.length - 1, 0),
    uri: uriOf(page, token),
    first_page_uri: uriOf(0),
    next_page_uri: hasNext && last ? uriOf(page + 1, `PA${list.sidOf(last)}`) : null,
    previous_page_uri: hasPrevious && first ? uriOf(Math.max(page - 1, 0), `PB${list.sidOf(first)}`) : null,
  };
  return { status: 200, body };
}
