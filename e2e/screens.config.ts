// Playwright's configuration for the pictures of docs/screens.

import { defineConfig } from "@playwright/test";
import tests from "../playwright.config.ts";

export default defineConfig(tests, { testDir: ".", testMatch: "screens.ts", workers: 1 });
