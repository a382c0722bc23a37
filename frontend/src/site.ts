// What every page gets on top of links and forms that already work.
import { config } from "@hotwired/turbo";
import { asked } from "./site/confirm";
import { guardForms } from "./site/forms";
import { keepFocus } from "./site/keep_focus";
import { closeMenus } from "./site/menus";
import { ReadAloud } from "./site/read_aloud";
import { ReadingTime } from "./site/reading_time";
import { SearchSuggest } from "./site/search_suggest";
import { ShareSheet } from "./site/share_sheet";
import { ThemeSwitch } from "./site/theme_switch";
import { keepTimes } from "./site/times";

config.drive.progressBarDelay = 500;
config.forms.confirm = (question) => asked(question);
guardForms();
keepFocus();
closeMenus();
keepTimes();
customElements.define("read-aloud", ReadAloud);
customElements.define("reading-time", ReadingTime);
customElements.define("search-suggest", SearchSuggest);
customElements.define("share-sheet", ShareSheet);
customElements.define("theme-switch", ThemeSwitch);
