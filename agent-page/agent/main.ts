import { openAgentPage } from "./agent-page.ts";
import { chooseLanguage, loadWords } from "./words/choose-words.ts";

const language = chooseLanguage(navigator.languages);
document.documentElement.lang = language;
const agent = new URL(location.href).searchParams.get("agent");
const isLocal = document.querySelector("meta[name=local-twilio]") !== null;
openAgentPage({ agent, isLocal }, await loadWords(language), language);
