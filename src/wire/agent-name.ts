/** The default name of an agent: `agent1` → Agent 1, `anna_berg` → Anna Berg. */
export function agentName(id: string): string {
  const words = id.replace(/(\D)(\d+)$/, "$1 $2").split(/[_\s]+/);
  const name = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(" ");
  return name.trim().slice(0, 60) || id.slice(0, 60);
}
