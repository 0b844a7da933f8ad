// The crates and npm packages that the lock files name: those in our packages, and those that build and test
// them. Checks their licences and known advisories, and makes the bills of materials.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, run } from "./shell.mjs";

/** The licences that are allowed. Each permits at least what MIT or Apache-2.0 permits. */
const LICENCES = [
  ...["MIT", "Apache-2.0", "ISC", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "Unlicense"],
  ...["Unicode-3.0", "Zlib", "0BSD"],
];
/** It accepts package URLs of any kind, and has the advisories of RustSec and GitHub. */
const DATABASE = "https://api.osv.dev/v1/querybatch";

/** Every crate and npm package: `{ purl, licence }`. */
export async function components() {
  const { packages } = await metadata();
  const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"));
  const npm = Object.entries(lock.packages).filter(([path]) => path !== "");
  return [
    ...packages.filter(({ source }) => source).map(crate),
    ...npm.map(([path, { version, license }]) => {
      const name = path.split("node_modules/").at(-1).replace("@", "%40");
      return { purl: `pkg:npm/${name}@${version}`, licence: license };
    }),
  ];
}

/** Throws if a component has a licence that is not allowed. If it names several, all of them have to be. */
export function checkLicences(components) {
  const refused = components.filter(({ licence = "none" }) =>
    licence.split(/ (?:OR|AND|WITH) |[()/]/).some((name) => name && !LICENCES.includes(name)),
  );
  if (refused.length === 0) return;
  const list = refused.map(({ purl, licence }) => `${purl}: ${licence}`).join("\n");
  throw new Error(
    `these licences are not in scripts/components.mjs. Read them, then add those that are allowed:\n${list}`,
  );
}

/** Throws if a component has a known advisory. Resolves with a sentence about what was checked. */
export async function checkAdvisories(components, database = DATABASE) {
  const queries = components.map(({ purl }) => ({ package: { purl } }));
  const answer = await fetch(database, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ queries }),
  }).catch(({ cause }) => ({ status: cause?.code ?? "no answer" }));
  if (!answer.ok) return `NOT CHECKED: ${database} cannot be reached (${answer.status})`;
  const { results } = await answer.json();
  const known = components.flatMap(({ purl }, index) =>
    (results[index].vulns ?? []).map(({ id }) => `${purl}: ${id}`),
  );
  if (known.length > 0) {
    throw new Error(
      `these components have known advisories. Update or replace them:\n${known.join("\n")}`,
    );
  }
  return `${components.length} components, none known`;
}

/**
 * A bill of materials in CycloneDX's format: the crate with everything that it can depend on, or the npm
 * package with the crates in its WebAssembly. It has neither a date nor a serial number, so that it can be
 * reproduced.
 */
export async function billOfMaterials(kind) {
  const platform = kind === "npm" ? ["--filter-platform", "wasm32-unknown-unknown"] : [];
  const { packages, resolve } = await metadata(...platform);
  const byId = new Map(packages.map((found) => [found.id, found]));
  const nodes = new Map(resolve.nodes.map(({ id, deps }) => [id, deps.filter(isInProduct)]));
  const purl = (id) =>
    id === resolve.root
      ? crate(byId.get(id)).purl.replace("cargo", kind)
      : crate(byId.get(id)).purl;
  const component = (id) => {
    const { name, version, license } = byId.get(id);
    const licenses = [{ expression: license.replace("/", " OR ") }];
    return { type: "library", "bom-ref": purl(id), name, version, purl: purl(id), licenses };
  };

  const reached = new Set([resolve.root]);
  for (const id of reached) for (const { pkg } of nodes.get(id)) reached.add(pkg);
  const [root, ...others] = reached;
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: { component: component(root) },
    components: others.sort().map(component),
    dependencies: [root, ...others].map((id) => ({
      ref: purl(id),
      dependsOn: nodes.get(id).map(({ pkg }) => purl(pkg)),
    })),
  };
}

/** Whether it is a normal dependency, not one that only builds or tests. */
function isInProduct({ dep_kinds }) {
  return dep_kinds.some(({ kind }) => kind === null);
}

function crate({ name, version, license }) {
  return { purl: `pkg:cargo/${name}@${version}`, licence: license };
}

async function metadata(...platform) {
  const args = ["metadata", "--quiet", "--locked", "--format-version", "1", ...platform];
  return JSON.parse(await run("cargo", args, { quiet: true }));
}
