// Helpers for infrared decoders: prototypes, program types and a description of each. A pure table; knows no code.

import type { Helper } from "../proto.ts";
import { ANYTHING, CTX, INTEGER } from "../proto.ts";

export const lircHelpers: readonly Helper[] = [
	{
		id: 77,
		name: "bpf_rc_repeat",
		since: "4.18",
		signature: "long bpf_rc_repeat(void *ctx)",
		doc: "Reports that the remote control repeats its last key, which delays the key-up event.",
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
		doc: "Reports a decoded key press of a remote control, by protocol and scan code; the toggle bit tells a new press from a held key.",
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
		doc: "Reports a relative pointer movement of a remote control.",
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
