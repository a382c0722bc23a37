// The page of connections: finding people by addresses that do not leave the browser.
import { FindContacts } from "./contacts/find_contacts";

customElements.define("find-contacts", FindContacts);
