/** An agent's name by id. A removed agent keeps the last name; an unknown id is its own name. */
export type NameOf = (agent: string) => string;
