// What a file of kernel functions gives: implementations by name, each with the number of its arguments.

import type { Helper } from "../../machine/index.ts";

export type Kfuncs = Readonly<Record<string, readonly [args: number, run: Helper]>>;
