// The classic script, for `<script src>` and `importScripts`: it defines `EventSource`.

import { install } from "./polyfill.js";

install();
