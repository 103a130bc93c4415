export { agentName } from "../compose/agent-name.ts";
