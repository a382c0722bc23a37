// The page where a site chooses its colours.
import { ContrastCheck } from "./colours/contrast_check";

customElements.define("contrast-check", ContrastCheck);
