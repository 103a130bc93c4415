// A server of the bench of pages: `node pages-server.mjs KIND AGENTS REST_PORT` prints its origin and a session's cookie for each agent.
import { startOurs, startStock } from "./webhook-server.mjs";

const [kind, count, restPort] = process.argv.slice(2);

async function ours() {
  const agents = Array.from({ length: Number(count) }, (_, n) => ({
    id: `agent${n + 1}`,
    name: `Agent ${n + 1}`,
  }));
  const server = await startOurs({ agents, twilioApiBaseUrl: `http://127.0.0.1:${restPort}` });
  const cookies = {};
  for (const { id } of agents) {
    const answer = await fetch(await server.signInLink(id), { redirect: "manual" });
    cookies[id] = answer.headers.getSetCookie()[0].split(";")[0];
  }
  return { origin: server.url, cookies };
}

const stock = async () => ({ origin: `http://127.0.0.1:${await startStock()}`, cookies: {} });

// Milliseconds of processor time so far, whenever the bench asks.
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send((user + system) / 1000);
});
process.stdout.write(`${JSON.stringify(await (kind === "ours" ? ours() : stock()))}\n`);
