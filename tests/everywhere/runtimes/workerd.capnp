# The workers that esbuild has bundled with the condition "workerd", and their WebAssembly, as wrangler would
# upload them. "old" has an old compatibility date, at which fetch knows fewer options.

using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (services = [
  (name = "current", worker = (
    modules = .modules, bindings = .bindings, compatibilityDate = "2026-11-01",
  )),
  (name = "old", worker = (
    modules = .modules, bindings = .bindings, compatibilityDate = "2023-01-01",
  )),
  (name = "slim", worker = (
    modules = .slim, bindings = .bindings, compatibilityDate = "2026-11-01",
  )),
  (name = "internet", network = (allow = ["private"])),
]);

const modules :List(Workerd.Worker.Module) = [
  (name = "worker.js", esModule = embed "../out/workerd/workerd.js"),
  (name = "eventsource.wasm", wasm = embed "../node_modules/eventsource-wasm/eventsource.wasm"),
];

const slim :List(Workerd.Worker.Module) = [
  (name = "worker.js", esModule = embed "../out/workerd/workerd_slim.js"),
  (name = "eventsource-wasm/eventsource.wasm",
    wasm = embed "../node_modules/eventsource-wasm/eventsource.wasm"),
];

const bindings :List(Workerd.Worker.Binding) = [(name = "STREAMS", fromEnvironment = "STREAMS")];
