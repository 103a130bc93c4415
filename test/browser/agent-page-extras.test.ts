import { describe, expect, it } from "vitest";
import { transferView } from "../agent-page/transfer-views.ts";
import { moments } from "../agent-page/views.ts";
import { pageStage } from "./agent-page/page-stage.ts";

/** Keys, keypad, devices and what draws attention, in a real Chromium with its fake devices. */
describe("the agent's page", () => {
  const stage = pageStage("window");
  const button = (name: string) => stage.page.getByRole("button", { name, exact: true });
  const dialog = (name: string) => stage.page.getByRole("dialog", { name });
  const commands = (): string[] =>
    stage.server.asked.flatMap(({ request }) => /^POST \/api\/calls\/\w+\/(.*)$/.exec(request)?.[1] ?? []);
  const press = (key: string) => stage.page.keyboard.press(key);
  const ring = async (): Promise<void> => {
    stage.server.show(moments.ringing);
    stage.server.line.ring();
    await button("Answer").waitFor();
    await expect.poll(() => button("Answer").isEnabled()).toBe(true);
  };
  const hide = (isHidden: boolean) =>
    stage.page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, isHidden);

  it("answers, mutes, holds and transfers by single keys, and not while a note is typed", async () => {
    await ring();
    await press("a");
    await expect.poll(() => stage.server.line.count("answer")).toBe(1);
    stage.server.show(moments.alone);
    await button("Mute").waitFor();
    await press("m");
    await expect.poll(() => button("Mute").getAttribute("aria-pressed")).toBe("true");
    await press("h");
    await expect.poll(commands).toContain("hold");
    await expect.poll(() => button("Transfer").isEnabled()).toBe(true);
    await press("t");
    const note = stage.page.getByRole("textbox", { name: "Note" });
    await note.fill("");
    await note.pressSequentially("mh?");
    expect(await note.inputValue()).toBe("mh?");
    expect(commands().filter((command) => command === "hold")).toHaveLength(1);
    expect(await dialog("Keys").count()).toBe(0);
  });

  it("lists its keys", async () => {
    await press("?");
    await dialog("Keys").getByText("Hold or resume").waitFor();
    await dialog("Keys").getByRole("button", { name: "Close" }).click();
    await dialog("Keys").waitFor({ state: "hidden" });
  });

  it("lets its keys be switched off, for good, and on again by its button", async () => {
    const use = dialog("Keys").getByRole("checkbox", { name: "Use these keys" });
    const close = dialog("Keys").getByRole("button", { name: "Close" });
    await press("?");
    await use.uncheck();
    await close.click();
    await stage.page.reload();
    await stage.status("Ready");
    await ring();
    await press("?");
    await press("a");
    expect(await button("Answer").isEnabled()).toBe(true);
    await button("Keys").click();
    await use.check();
    await close.click();
    await press("a");
    await expect.poll(() => stage.server.line.count("answer")).toBe(1);
  });

  it("sends the keypad's digits, pressed and typed", async () => {
    await ring();
    await button("Answer").click();
    stage.server.show(transferView({ mode: "three-way", phase: "together" }));
    await button("Keypad").click();
    await button("5").dblclick();
    await press("#");
    await stage.page.getByRole("status").filter({ hasText: /^55#$/ }).waitFor();
    await press("Escape");
    await button("Leave").waitFor();
    await expect.poll(() => stage.page.evaluate(() => document.activeElement?.textContent)).toBe("Keypad");
  });

  it("remembers the chosen microphone, and says when it is gone and what takes its place", async () => {
    await button("Sound").click();
    const microphone = dialog("Sound").getByRole("combobox", { name: "Microphone" });
    await expect.poll(() => microphone.locator("option").count()).toBeGreaterThan(1);
    await microphone.selectOption({ label: "Fake Audio Input 1" });
    await expect.poll(() => dialog("Sound").getByRole("meter").getAttribute("aria-valuenow")).not.toBe("0");
    await dialog("Sound").getByRole("button", { name: "Close" }).click();
    // From the next load on: the SDK keeps the function that it finds.
    await stage.page.addInitScript(() => {
      const all = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
      navigator.mediaDevices.enumerateDevices = async () =>
        (await all()).filter(({ label }) => label !== (window as { unplugged?: string }).unplugged);
    });
    await stage.page.reload();
    await stage.status("Ready");
    await button("Sound").click();
    await expect.poll(() => microphone.locator("option:checked").innerText()).toBe("Fake Audio Input 1");
    await dialog("Sound").getByRole("button", { name: "Close" }).click();
    await stage.page.evaluate(() => {
      Object.assign(window, { unplugged: "Fake Audio Input 1" });
      navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
    });
    await stage.page.getByText("Fake Audio Input 1 is not connected").waitFor();
    await stage.page.getByText(/^Your microphone is now Fake/).waitFor();
  });

  it("uses the chosen microphone for the next call", async () => {
    await button("Sound").click();
    const microphone = dialog("Sound").getByRole("combobox", { name: "Microphone" });
    await microphone.selectOption({ label: "Fake Audio Input 2" });
    await dialog("Sound").getByRole("button", { name: "Close" }).click();
    await stage.page.evaluate(() => {
      const asked: string[] = [];
      Object.assign(window, { asked });
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = (constraints) => {
        asked.push(JSON.stringify(constraints?.audio));
        return open(constraints);
      };
    });
    await ring();
    await button("Answer").click();
    await expect.poll(() => stage.server.line.count("answer")).toBe(1);
    const asked = await stage.page.evaluate(() => (window as unknown as { asked: string[] }).asked);
    expect(asked.at(-1)).toContain('"exact"');
  });

  it("flashes its title while a call rings in the background, and stops at a look", async () => {
    await hide(true);
    await ring();
    await expect.poll(() => stage.page.title(), { interval: 100 }).toBe("● ● ●");
    await hide(false);
    await expect.poll(() => stage.page.title()).toMatch(/^Incoming call/);
  });

  it("asks for notifications by a press, once, and then raises one in the background", async () => {
    await stage.page.addInitScript(() => {
      class Recorded extends EventTarget {
        static permission = "default";
        static shown: string[] = [];
        static requestPermission = (): Promise<string> => Promise.resolve((Recorded.permission = "granted"));
        constructor(title: string) {
          super();
          Recorded.shown.push(title);
        }
        close(): void {
          Recorded.shown.push("closed");
        }
      }
      Object.assign(window, { Notification: Recorded });
    });
    const shown = () =>
      stage.page.evaluate(() => (window.Notification as unknown as { shown: string[] }).shown);
    await stage.page.reload();
    await stage.status("Ready");
    await button("Notify me of calls").click();
    await button("Notify me of calls").waitFor({ state: "hidden" });
    await hide(true);
    await ring();
    await expect.poll(shown).toEqual([expect.stringMatching(/^Incoming call/)]);
    await hide(false);
    await expect.poll(shown).toContain("closed");
  });
});
