// Makes the files of a release in target/release-files: the npm tarball and the crate, each with its bill of
// materials. Publishes nothing.
//
//   npm run release
//
// Both are made a second time, from a clone in another folder, and have to have the same bytes. So anybody
// who has the commit can check that the published files were made from it.

import { createHash } from "node:crypto";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "./build.mjs";
import { billOfMaterials, checkAdvisories, checkLicences, components } from "./components.mjs";
import { ROOT, run } from "./shell.mjs";
import { checkSizes } from "./size.mjs";

const OUT = join(ROOT, "target/release-files");
const MANIFEST = JSON.parse(read("package.json"));
const { name, version } = MANIFEST;

async function release() {
  await refuseChanges();
  checkVersions();
  await build();
  if (checkSizes().failed > 0) {
    throw new Error("a file is over its budget: make it smaller, or raise it in scripts/size.mjs");
  }
  const all = await components();
  checkLicences(all);
  say("licences", `${all.length} components, all allowed`);
  say("advisories", await checkAdvisories(all));
  await document();

  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  await make(ROOT, OUT);
  await makeElsewhere();
  for (const kind of ["npm", "cargo"]) {
    const bill = JSON.stringify(await billOfMaterials(kind), null, 2);
    writeFileSync(join(OUT, `${name}-${version}.${kind}.cdx.json`), `${bill}\n`);
  }
  for (const file of readdirSync(OUT)) console.log(`${sha256(join(OUT, file))}  ${file}`);
  console.log(`These files are in ${OUT}. Nothing was published.`);
  if (!MANIFEST.repository) {
    console.log("npm's provenance needs a repository: name it in package.json and Cargo.toml.");
  }
}

/** Nobody else could reproduce a release that is made from uncommitted files. */
async function refuseChanges() {
  const changes = await run("git", ["status", "--porcelain"], { quiet: true });
  if (changes) throw new Error(`these changes are not committed. Commit or undo them:\n${changes}`);
}

function checkVersions() {
  const found = {
    "package.json": version,
    "package-lock.json": JSON.parse(read("package-lock.json")).version,
    "Cargo.toml": read("Cargo.toml").match(/^version = "(.+)"$/m)[1],
    "CHANGELOG.md's newest entry": read("CHANGELOG.md").match(/^## (\S+)/m)[1],
  };
  const isOne = new Set(Object.values(found)).size === 1;
  if (!isOne) {
    throw new Error(`the versions differ. Make them the same: ${JSON.stringify(found)}`);
  }
  say("version", version);
}

async function document() {
  const env = { RUSTDOCFLAGS: "--deny warnings" };
  await run("cargo", ["doc", "--no-deps", "--locked", "--quiet"], { env });
  say("documentation", "no warning");
}

/** Makes the tarball and the crate from the project in `folder`. */
async function make(folder, out) {
  await run("npm", ["pack", "./pkg", "--ignore-scripts", "--silent", "--pack-destination", out], {
    cwd: folder,
    quiet: true,
  });
  const said = await run("cargo", ["package", "--locked"], { cwd: folder, quiet: true });
  // Tests and benchmarks are not packaged, because they need files that are not packaged either.
  const [warning] = said.match(/^warning: (?!ignoring (test|benchmark)).*/m) ?? [];
  if (warning) throw new Error(`"cargo package" has a warning. Fix its cause:\n${said}`);
  const crate = `${name}-${version}.crate`;
  copyFileSync(join(folder, "target/package", crate), join(out, crate));
}

async function makeElsewhere() {
  const folder = mkdtempSync(join(tmpdir(), "made-once-more-"));
  try {
    const clone = join(folder, "clone");
    await run("git", ["clone", "--quiet", ROOT, clone]);
    await run(process.execPath, ["scripts/build.mjs"], { cwd: clone });
    await make(clone, folder);
    for (const file of readdirSync(OUT)) {
      if (sha256(join(OUT, file)) === sha256(join(folder, file))) continue;
      throw new Error(
        `${file} has other bytes when the same commit is built elsewhere. Find what depends on the folder.`,
      );
    }
    say("reproducible", "the tarball and the crate, made in two folders");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sha256(path) {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

function read(path) {
  return readFileSync(join(ROOT, path), "utf8");
}

function say(what, result) {
  console.log(`✓ ${what}: ${result}`);
}

await release().catch((error) => {
  console.error(`✗ ${error.message}`);
  process.exitCode = 1;
});
