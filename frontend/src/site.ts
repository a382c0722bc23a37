// What every page gets on top of links and forms that already work.
import { config } from "@hotwired/turbo";
import { asked } from "./site/confirm";
import { guardForms } from "./site/forms";
import { closeMenus } from "./site/menus";
import { SearchSuggest } from "./site/search_suggest";
import { ThemeSwitch } from "./site/theme_switch";
import { keepTimes } from "./site/times";

config.drive.progressBarDelay = 500;
config.forms.confirm = (question) => asked(question);
guardForms();
closeMenus();
keepTimes();
customElements.define("search-suggest", SearchSuggest);
customElements.define("theme-switch", ThemeSwitch);
