import { openAgentPage } from "./agent-page.ts";
import { chooseLanguage, wordsOf } from "./words/choose-words.ts";

const language = chooseLanguage(navigator.languages);
document.documentElement.lang = language;
openAgentPage(new URL(location.href).searchParams.get("agent"), wordsOf(language), language);
