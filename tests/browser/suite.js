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
import "./suite/cors.js";
import "./suite/last_event_id_parameter.js";
import "./suite/down.js";
import "./suite/stream_source.js";
import "./suite/stream_reset.js";
import "./suite/faults.js";
import "./suite/frames.js";
import "./suite/service_worker.js";
import "./suite/csp.js";
import "./suite/page_cache.js";
import "./suite/differential.js";
import "./suite/generated.js";
import "./suite/absent.js";
