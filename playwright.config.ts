// User journeys in Chromium against the built page; `npm run build` comes first.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

const port = process.env["E2E_PORT"] ?? "4173";
const site = process.env["E2E_SITE"] ?? "dist/web";
const ci = process.env["CI"] !== undefined;
/** Debian's Chromium, another one that is named, or else Playwright's own. */
const chromium = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";

export default defineConfig({
	testDir: "e2e",
	outputDir: fileURLToPath(new URL(".cache/e2e", import.meta.url)),
	workers: 2,
	fullyParallel: true,
	forbidOnly: ci,
	// A journey that needed a second try is counted as passed, and named.
	retries: ci ? 1 : 0,
	reporter: [["list"]],
	timeout: 120_000,
	expect: { timeout: 20_000 },
	use: {
		baseURL: `http://127.0.0.1:${port}`,
		viewport: { width: 1440, height: 900 },
		launchOptions: {
			...(existsSync(chromium) ? { executablePath: chromium } : {}),
			args: [
				"--no-sandbox",
				"--disable-gpu",
				"--disable-quic",
				"--no-first-run",
				"--disable-background-networking",
				"--disable-component-update",
				"--disable-sync",
			],
		},
		permissions: ["clipboard-read", "clipboard-write"],
		trace: "retain-on-failure",
	},
	webServer: {
		command: `npx vite preview --port ${port} --outDir ${site}`,
		cwd: fileURLToPath(new URL(".", import.meta.url)),
		url: `http://127.0.0.1:${port}`,
		reuseExistingServer: !ci,
		timeout: 30_000,
	},
});
