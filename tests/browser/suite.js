// All sections, in the order of the page that says what the class must do.

import "./suite/interface.js";
import "./suite/constructor.js";
import "./suite/handlers.js";
import "./suite/events.js";
import "./suite/request.js";
import "./suite/response.js";
import "./suite/stream.js";
import "./suite/reconnection.js";
import "./suite/close.js";
import "./suite/errors.js";
import "./suite/fetch.js";
import "./suite/loading.js";
import "./suite/absent.js";
