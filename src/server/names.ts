/** An agent's name by identity; an agent who is no longer known keeps the last name, a stranger the identity. */
export type NameOf = (agent: string) => string;
