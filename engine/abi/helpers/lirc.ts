// Helpers for infrared decoders: prototypes, program types and a description of each. A pure table; knows no code.

import type { Helper } from "../proto.ts";
import { ANYTHING, CTX, INTEGER } from "../proto.ts";

export const lircHelpers: readonly Helper[] = [
	{
		id: 77,
		name: "bpf_rc_repeat",
		since: "4.18",
		signature: "long bpf_rc_repeat(void *ctx)",
		doc: "",
		needs: "CONFIG_BPF_LIRC_MODE2",
		protos: [
			{
				ret: INTEGER,
				args: [CTX],
				types: ["lirc_mode2"],
				gplOnly: true,
			},
		],
	},
	{
		id: 78,
		name: "bpf_rc_keydown",
		since: "4.18",
		signature: "long bpf_rc_keydown(void *ctx, u32 protocol, u64 scancode, u32 toggle)",
		doc: "",
		needs: "CONFIG_BPF_LIRC_MODE2",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, ANYTHING, ANYTHING],
				types: ["lirc_mode2"],
				gplOnly: true,
			},
		],
	},
	{
		id: 92,
		name: "bpf_rc_pointer_rel",
		since: "5.0",
		signature: "long bpf_rc_pointer_rel(void *ctx, s32 rel_x, s32 rel_y)",
		doc: "",
		needs: "CONFIG_BPF_LIRC_MODE2",
		protos: [
			{
				ret: INTEGER,
				args: [CTX, ANYTHING, ANYTHING],
				types: ["lirc_mode2"],
				gplOnly: true,
			},
		],
	},
];
