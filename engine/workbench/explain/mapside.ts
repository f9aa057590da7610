// Texts for rejections about maps: their values, keys, special fields and use.

import type { Texts } from "./fill.ts";

export const mapTexts: Texts = {
	"map/invalid-value-access": [
		"{verb} {bytes} that may lie outside the map's value.",
		"{bad is}; vs is the size of the value.{origin}",
		"Offset plus size within the value, for every value that the offset may have.",
		"A check of the index against the number of elements: `if (i >= N) return ...;` with an unsigned `i`, or a mask for a power of two.",
		[
			[
				/^direct value offset|^invalid access to map value pointer/,
				{
					reason: "Takes an address beyond the end of the map's value.",
					known: "The offset is a constant of the instruction.",
					usually:
						"An offset within the global data; a damaged object or a wrong relocation has others.",
				},
			],
			[
				/value_size=(\d+) off=(-?\d+) size=(\d+)/,
				{ reason: "Takes {3} bytes at offset {2} of a value that has {1}." },
			],
		],
	],
	"map/invalid-key-access": [
		"{verb} outside the map's key.",
		"{bad is}; ks is the size of the key.",
		"An offset within the key.",
		"The key's own type for the pointer.",
	],
	"map/write-key": [
		"Writes a map's key in place.",
		"The key decides where the element is kept; it can only be read.",
		"A key that stays as it is.",
		"Delete the element and update with the new key; or copy the key to the stack and change it there.",
	],
	"map/write-forbidden": [
		"Writes a map that programs may only read.",
		"{bad is}. The map was made with BPF_F_RDONLY_PROG, or holds constants (.rodata).",
		"A map without that flag.",
		"For a global variable: no `const`. Otherwise a map without BPF_F_RDONLY_PROG.",
	],
	"map/read-forbidden": [
		"Reads a map that programs may only write.",
		"{bad is}. The map was made with BPF_F_WRONLY_PROG.",
		"A map without that flag.",
		"A map without BPF_F_WRONLY_PROG.",
	],
	"map/special-field": [
		"Touches bytes of a map's value that belong to the kernel.",
		"{bad is}. A lock, timer, kptr or list head is used through its own functions only.",
		"An access that stays off those bytes.",
		"Access the other members one by one; no copy of the whole struct.",
		[
			[
				/^(\S+) cannot be accessed directly/,
				{ reason: "Reads or writes {1} in a map's value directly; it belongs to the kernel." },
			],
			[
				/^(\S+) cannot be accessed indirectly/,
				{ reason: "Passes memory with {1} in it to a helper, which would overwrite it." },
			],
		],
	],
	"map/field": [
		"Passes something else than the special field of a map's value.",
		"{bad is}. Timers, work queues and the like are members that the map's BTF names.",
		"The address of that member, at a constant offset in the value.",
		'`&value->timer` of a looked-up value, in a map declared with BTF (SEC(".maps")).',
		[
			[
				/has to have BTF in order to use (\S+)/,
				{
					reason: "The map has no BTF, so the verifier cannot know where its {1} is.",
					usually: 'Declare the map in SEC(".maps") with `__type(value, struct ...)`.',
				},
			],
			[
				/has no valid (\S+)/,
				{
					reason: "The map's value has no {1}.",
					usually: "A member `struct {1}` in the value's struct.",
				},
			],
			[
				/that is at (\d+)/,
				{
					reason:
						"Passes an address that is not the field's: that lies at offset {1} of the value.",
				},
			],
		],
	],
	"map/pointer-access": [
		"Looks into the map itself, not into a value.",
		"{pointer is}. Of struct bpf_map only members that the kernel's BTF shows may be read.",
		"A value of the map.",
		"bpf_map_lookup_elem, a check for NULL, and an access to what it returns.",
		[
			[
				/only read from/,
				{ reason: "Writes into the kernel's struct of the map, which can only be read." },
			],
		],
	],
	"map/no-direct-value": [
		"Takes the address of a value of a map that gives none out.",
		"Only array maps of one element (global data) and arenas have a fixed address.",
		"A lookup by key.",
		"bpf_map_lookup_elem, and a check for NULL.",
	],
	"map/no-map": [
		"Refers to a map that is not there.",
		"The instruction names no map that is open.",
		"The map made before the program is loaded.",
		"Load through libbpf, which makes maps and fills their numbers in; raw instructions need a relocation.",
	],
	"map/too-many": [
		"Uses more maps than one program may.",
		"64 maps may be used by a program.",
		"At most 64 maps.",
		"Fewer maps, e.g. one map with a larger key or value.",
	],
	"map/program-type": [
		"Uses a map that this program type may not use.",
		"Some maps, or maps with locks, timers and lists, are closed to some program types.",
		"Another map type or program type.",
		"A map of a plain type for this program.",
		[
			[
				/cannot use (.*?) yet/,
				{
					reason: "{a type} program cannot use maps with {1} in their values.",
					usually: "Atomic operations in place of the lock, or another program type.",
				},
			],
			[
				/^Sleepable programs can only use/,
				{
					reason: "A sleepable program cannot use a map of this type.",
					usually:
						"A hash, array, ring buffer or local storage map, or the program without sleeping.",
				},
			],
			[
				/struct_ops map cannot be used/,
				{ reason: "A struct_ops map is for attaching, not for use in a program." },
			],
		],
	],
};
