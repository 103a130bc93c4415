import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";

/** An HTTP proxy that leads every connection to one port of this machine, and keeps where each was meant to go. */
export async function startConnectProxy(port: number) {
  const targets: string[] = [];
  const proxy = createServer();
  proxy.on("connect", ({ url = "" }, client) => {
    targets.push(url);
    const upstream = connect(port, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      client.pipe(upstream).pipe(client);
    });
    for (const [one, other] of [
      [upstream, client],
      [client, upstream],
    ] as const)
      one.on("error", () => other.destroy()).on("close", () => other.destroy());
  });
  await once(proxy.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    targets,
    async close(): Promise<void> {
      proxy.closeAllConnections();
      await once(proxy.close(), "close");
    },
  };
}
