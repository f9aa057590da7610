// The BTF of the simulated kernel: declarations → `.BTF` bytes. What a kernel's build would write, here built when it is asked for.

import { encodeBtf } from "../../btf/index.ts";
import { basics } from "./basics.ts";
import { functions } from "./functions.ts";
import { parseKernelTypes } from "./parse.ts";
import { structs } from "./structs.ts";
import { traces } from "./traces.ts";

export function buildKernelBtf(): Uint8Array {
	return encodeBtf(parseKernelTypes([basics, structs, traces, functions].join("")));
}
