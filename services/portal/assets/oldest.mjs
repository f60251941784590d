// Fails where a page loads syntax that the oldest browser does not read. Syntax that esbuild would
// have to write in another way for that browser is newer than it.
// Run with: npm ci && npm run oldest

import { readFileSync, readdirSync } from "node:fs";
import { transform } from "esbuild";

const OLDEST = "chrome90";
const STATIC = process.argv[2] ?? new URL("../static", import.meta.url).pathname;

// Chromium has read ?. since 80; esbuild waits for 91, which mended a rare case of it.
const supported = { "optional-chain": true };
const as = async (text, loader, target) =>
  (await transform(text, { loader, target, supported, logLevel: "silent" })).code;

let newer = 0;
for (const file of readdirSync(STATIC, { recursive: true }).sort()) {
  const loader = /\.(js|css)$/.exec(file)?.[1];
  if (!loader) continue;
  const text = readFileSync(`${STATIC}/${file}`, "utf8");
  const [asItIs, asItMustBe] = await Promise.all([as(text, loader, "esnext"), as(text, loader, OLDEST)]);
  const lines = asItMustBe.split("\n");
  const first = asItIs.split("\n").find((line, n) => line !== lines[n]);
  if (first !== undefined || asItIs !== asItMustBe) {
    newer += 1;
    console.error(`${file}: ${OLDEST} does not read: ${(first ?? "").trim().slice(0, 200)}`);
  }
}
process.exitCode = newer ? 1 : 0;
