// Copies what the pages load into ../static/vendor, each under its name and version, with a manifest.
// Run with: npm ci && npm run vendor

import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const HERE = new URL(".", import.meta.url).pathname;
const TARGET = `${HERE}../static/vendor`;

const ASSETS = [
  { package: "bootstrap", copy: { "dist/css/bootstrap.min.css": "bootstrap.min.css" } },
  { package: "htmx.org", copy: { "dist/htmx.min.js": "htmx.min.js" } },
  { package: "@alpinejs/csp", copy: { "dist/cdn.min.js": "alpine.min.js" } },
  { package: "echarts", bundle: { "charts.js": "echarts.min.js" }, contains: ["zrender", "tslib"] },
];

rmSync(TARGET, { recursive: true, force: true });
const manifest = {};
for (const asset of ASSETS) {
  const home = `${HERE}node_modules/${asset.package}`;
  const { version, license: licence } = JSON.parse(readFileSync(`${home}/package.json`, "utf8"));
  const name = asset.package.replace("@", "").replace("/", "-");
  const folder = `${name}-${version}`;
  mkdirSync(`${TARGET}/${folder}`, { recursive: true });

  for (const [from, to] of Object.entries(asset.copy ?? {})) {
    const text = readFileSync(`${home}/${from}`, "utf8");
    // The source maps stay behind, so nothing may point at them.
    writeFileSync(`${TARGET}/${folder}/${to}`, text.replace(/\n?(\/\/|\/\*)# sourceMappingURL=.*/g, ""));
  }
  for (const [from, to] of Object.entries(asset.bundle ?? {})) {
    await build({
      entryPoints: [`${HERE}${from}`],
      outfile: `${TARGET}/${folder}/${to}`,
      bundle: true,
      minify: true,
      format: "iife",
      target: "chrome90",
      legalComments: "none",
    });
  }
  for (const file of ["LICENSE", "NOTICE"]) {
    if (existsSync(`${home}/${file}`)) cpSync(`${home}/${file}`, `${TARGET}/${folder}/${file}`);
  }
  for (const part of asset.contains ?? []) {
    const terms = ["LICENSE", "LICENSE.txt"].find((file) => existsSync(`${HERE}node_modules/${part}/${file}`));
    cpSync(`${HERE}node_modules/${part}/${terms}`, `${TARGET}/${folder}/LICENSE.${part}`);
  }

  const files = {};
  for (const file of [...Object.values(asset.copy ?? {}), ...Object.values(asset.bundle ?? {})]) {
    const digest = createHash("sha384").update(readFileSync(`${TARGET}/${folder}/${file}`));
    files[file] = { path: `${folder}/${file}`, integrity: `sha384-${digest.digest("base64")}` };
  }
  manifest[name] = { version, licence, files };
}
writeFileSync(`${TARGET}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
