import type { Delivery, Emulator } from "local-twilio";

/** Every status callback that has been delivered so far. */
export function deliveredCallbacks(emulator: Emulator): Delivery[] {
  return emulator.deliveries.filter(({ kind, status }) => kind.endsWith("-status") && status !== null);
}

/** Sends deliveries once more, as they were, one after the other; resolves with the HTTP statuses. */
export async function repeatCallbacks(deliveries: readonly Delivery[]): Promise<number[]> {
  const statuses: number[] = [];
  for (const { url, params, signature } of deliveries) {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": signature,
      },
      body: new URLSearchParams(params),
    });
    await response.arrayBuffer();
    statuses.push(response.status);
  }
  return statuses;
}
