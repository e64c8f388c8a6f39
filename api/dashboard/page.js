// What makes the pages better where there is JavaScript. Each part looks whether the page has what it is for.
import { cite } from "./cite.js";
import { clip } from "./clip.js";
import { edit } from "./edit.js";
import { live } from "./live.js";
import { search } from "./search.js";

cite();
clip();
edit();
live();
search();
