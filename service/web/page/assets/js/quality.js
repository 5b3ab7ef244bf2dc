/* The figures come with the page: nothing is left to do. */

import { ready } from "./shell.js";

ready();
