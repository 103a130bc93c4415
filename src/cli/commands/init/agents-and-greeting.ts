import { defaultGreeting } from "../../../compose/greeting.ts";
import { greetingMistake } from "../../../config/greeting.ts";
import { type Agent, readAgents, writeAgents } from "./agents.ts";
import { type Step, isExplicit } from "./step.ts";

/** In ringing order. */
export async function chooseAgents({ settings, prompts }: Step): Promise<Agent[]> {
  const { agents } = settings;
  if (!prompts || isExplicit(agents)) return agents.value;
  const text = await prompts.text({
    message: "Agents' names in ringing order, separated by commas",
    check: (text) => {
      const read = readAgents(text, "names");
      return "agents" in read || read.mistake;
    },
    ...(agents.value.length === 0 ? {} : { default: writeAgents(agents.value) }),
  });
  const read = readAgents(text, "names");
  return "agents" in read ? read.agents : [];
}

export interface GreetingSettings {
  language: "en" | "ja";
  /** Null: the default. */
  greeting: string | null;
}

/** A greeting is dropped when the language changes. */
export async function chooseGreeting(
  { settings, prompts }: Step,
  before: "en" | "ja",
): Promise<GreetingSettings> {
  const { language: given, greeting } = settings;
  const language =
    !prompts || isExplicit(given)
      ? given.value
      : await prompts.choose({
          message: "Which language do customers hear?",
          choices: [
            { name: "English", value: "en" as const },
            { name: "日本語 (Japanese)", value: "ja" as const },
          ],
          default: given.value,
        });
  const present = isExplicit(greeting) || language === before ? greeting.value : null;
  if (!prompts || isExplicit(greeting)) return { language, greeting: present || null };
  const usual = defaultGreeting(language);
  const text = await prompts.text({
    message: "What a waiting customer hears first",
    default: present ?? usual,
    check: (text) => text.trim() === "" || (greetingMistake(text)?.message ?? true),
  });
  return { language, greeting: text === "" || text === usual ? null : text };
}
