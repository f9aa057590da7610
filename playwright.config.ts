// User journeys in Chromium against the built page; `npm run build` comes first.
import { defineConfig } from "@playwright/test";

const ci = process.env["CI"] !== undefined;

export default defineConfig({
	testDir: "e2e",
	workers: 1,
	reporter: [["list"]],
	timeout: 60_000,
	expect: { timeout: 15_000 },
	use: {
		baseURL: "http://127.0.0.1:4173",
		viewport: { width: 1440, height: 900 },
		launchOptions: {
			executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
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
		command: "npx vite preview",
		url: "http://127.0.0.1:4173",
		reuseExistingServer: !ci,
		timeout: 30_000,
	},
});
