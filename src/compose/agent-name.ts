/** The same rule for whoever is named in a command and for whoever is added while the server runs. */
export { agentName } from "../server/names.ts";
