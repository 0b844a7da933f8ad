# The workers that esbuild has bundled under the condition "workerd", and the WebAssembly beside them, as
# wrangler would upload them; with the behaviour of today and with one in which fetch knows less.

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
