import { describe, expect, it } from "vitest";
import { moments } from "../agent-page/views.ts";
import { pageStage } from "./agent-page/page-stage.ts";
import { startTransfer } from "./support/start-transfer.ts";

/** The built page in a real Chromium, with the unmodified SDK; behind it a server that shows what a test tells it to. */
describe("the agent's page", () => {
  const stage = pageStage();
  const { status, alert } = stage;

  const button = (name: string | RegExp) =>
    stage.page.getByRole("button", { name, exact: typeof name === "string" });
  const requests = (request: string) => stage.server.asked.filter((asked) => asked.request === request);
  const focused = () => stage.page.evaluate(() => document.activeElement?.textContent.trim());

  const ring = async (): Promise<void> => {
    stage.server.show(moments.ringing);
    stage.server.line.ring();
    await expect.poll(() => button("Answer").isEnabled()).toBe(true);
  };
  const talk = async (): Promise<void> => {
    await ring();
    await button("Answer").click();
    stage.server.show(moments.alone);
    await button("Transfer").waitFor();
    await status("In a call");
  };

  it("is ready without a click, once the line is registered, and tells the server", () => {
    expect(requests("ready").at(-1)?.body).toEqual({ ready: true });
    expect(stage.server.line.count("register")).toBe(1);
    expect(stage.complaints).toEqual([]);
  });

  it("says in every request which agent it is", () => {
    const silent = stage.server.asked.filter(
      ({ request, agent }) => agent !== "agent1" && /^(GET|POST) (?!\/api\/events)/.test(request),
    );
    expect(silent).toEqual([]);
  });

  it("takes no calls while switched off, also after a reload", async () => {
    await stage.page.getByRole("switch", { name: "Take calls" }).click();
    await status("Not ready");
    expect(requests("takes-calls").at(-1)?.body).toEqual({ on: false });
    await stage.page.reload();
    await status("Not ready");
    await stage.page.getByRole("switch", { name: "Take calls" }).click();
    await status("Ready");
  });

  it("answers an incoming call by keyboard, with the focus where it is wanted", async () => {
    await ring();
    expect(await focused()).toBe("Answer");
    await stage.page.keyboard.press("Enter");
    await expect.poll(() => stage.server.line.count("answer")).toBe(1);
    stage.server.show(moments.alone);
    await status("In a call");
    expect(await focused()).toBe("+1 555 010 0123");
    await stage.page.keyboard.press("Enter");
    await stage.page.keyboard.press("Tab");
    expect(await focused()).toBe("Transfer");
    expect(stage.server.line.count("hangup")).toBe(0);
  });

  it("does not let a key that was meant for something else answer the call", async () => {
    await stage.page.getByRole("switch", { name: "Take calls" }).focus();
    await stage.page.keyboard.press("Shift");
    await ring();
    expect(await focused()).toBe("Take calls");
  });

  it("tells Twilio when the agent declines", async () => {
    await ring();
    await button("Decline").click();
    await expect.poll(() => stage.server.line.count("reject")).toBe(1);
    await button("Answer").waitFor({ state: "hidden" });
  });

  it("stops ringing when the caller gives up", async () => {
    await ring();
    stage.server.line.cancel();
    stage.server.show(moments.free);
    await status("Ready");
    expect(await button("Answer").isVisible()).toBe(false);
  });

  it("mutes, and hangs up", async () => {
    await talk();
    await button("Mute").click();
    await expect.poll(() => button("Mute").getAttribute("aria-pressed")).toBe("true");
    await button("Mute").click();
    await expect.poll(() => button("Mute").getAttribute("aria-pressed")).toBe("false");
    await button("End call").click();
    await expect.poll(() => stage.server.line.count("hangup")).toBe(1);
    stage.server.show(moments.over);
    await status("Ready");
    await stage.page.getByRole("heading", { name: "Last call" }).waitFor();
    expect(stage.complaints).toEqual([]);
  });

  it("starts one transfer, however often it is clicked", async () => {
    await talk();
    await button("Transfer").click();
    await button("Bring in").dblclick();
    await expect.poll(() => button("Transfer").isDisabled()).toBe(true);
    stage.server.show(moments.transferring);
    await stage.page.getByText("It is ringing at Agent 2").waitFor();
    const path = `POST /api/calls/${moments.talking.call?.id}/transfer`;
    expect(requests(path)).toMatchObject([{ body: { to: "agent2", mode: "three-way" } }]);
  });

  it("says so when the target declines, and when the server refuses", async () => {
    await talk();
    stage.server.show(moments.declined);
    await alert("Agent 2 declined.").waitFor();
    stage.server.refuse("target-busy");
    await startTransfer(stage.page, "Agent 2");
    await alert("That colleague is in another call.").waitFor();
    await expect.poll(() => button("Transfer").isEnabled()).toBe(true);
  });

  it("asks before it is left in a call, and not otherwise", async () => {
    await talk();
    await button("Mute").click();
    const asked = stage.page.waitForEvent("dialog");
    await stage.page.evaluate(() => void setTimeout(() => location.reload()));
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
    await button("End call").click();
    stage.server.show(moments.free);
    await status("Ready");
    await stage.page.reload();
    await status("Ready");
  });

  it("keeps the call when the signalling connection breaks", async () => {
    await talk();
    stage.server.line.drop();
    await alert("Your call has lost its connection").waitFor();
    stage.server.line.restore();
    await alert("Your call has lost its connection").waitFor({ state: "hidden" });
    await status("In a call");
    expect(await button("End call").isEnabled()).toBe(true);
  });

  it("fetches another token when Twilio says that the old one has expired", async () => {
    stage.server.line.expireToken();
    await expect.poll(() => requests("POST /token/agent1").length).toBe(2);
    await status("Ready");
    expect(stage.complaints).toEqual([]);
  });

  it("says what to do when the session has ended", async () => {
    stage.server.endSession();
    await status("Signed out");
    await alert("Ask an operator for a new link").waitFor();
    expect(await button("Sign out").isVisible()).toBe(false);
  });

  it("says who has signed the agent out, and is off the line", async () => {
    stage.server.remove();
    await status("Signed out");
    await alert("You are no longer on the list of agents").waitFor();
    await expect.poll(() => stage.server.line.open()).toBe(0);
  });

  it("lets an agent who was removed in mid-call end that call first", async () => {
    await talk();
    stage.server.remove();
    await expect.poll(() => requests("WebSocket /api/events").length).toBe(1);
    await status("In a call");
    await button("End call").click();
    await alert("You are no longer on the list of agents").waitFor();
    expect(requests("WebSocket /api/events")).toHaveLength(1);
  });

  it("says calmly who is on hold or muted, each beside the name", async () => {
    await talk();
    stage.server.show(moments.apart({ onHold: true }, { muted: true }));
    await stage.page.locator("[aria-live=polite]").filter({ hasText: "An operator muted you" }).waitFor();
    const customer = stage.page.getByRole("listitem").filter({ hasText: "Customer" });
    expect(await customer.locator("[aria-live=polite]").innerText()).toMatch(/^Customer\s+On hold$/);
    expect(await stage.page.getByRole("alert").count()).toBe(0);
    stage.server.show(moments.alone);
    await stage.page.getByText("An operator muted you").waitFor({ state: "hidden" });
  });

  it("signs out", async () => {
    await button("Sign out").click();
    await status("Signed out");
    expect(requests("POST /sign-out")).toHaveLength(1);
  });
});
