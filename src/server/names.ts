/** An agent's name by identity; an agent who is no longer known keeps the identity as the name. */
export type NameOf = (agent: string) => string;

export function createNameOf(agents: readonly { id: string; name: string }[]): NameOf {
  const names = new Map(agents.map(({ id, name }) => [id, name]));
  return (agent) => names.get(agent) ?? agent;
}
