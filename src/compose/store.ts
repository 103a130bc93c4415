import { openStores } from "../store/stores.ts";

/** Opens a store and closes it again. @throws AppError config that says why calls cannot be kept there */
export async function probeStore(storeUrl: string): Promise<void> {
  const stores = await openStores(storeUrl, { now: Date.now });
  await stores.close();
}
