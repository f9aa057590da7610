// Texts for rejections about memory: registers, pointers, packet, stack, maps, context.

import type { Texts } from "./fill.ts";

export const memoryTexts: Texts = {
	"register/uninitialized": [
		"Reads {bad}, which was never written on this path.",
		"A register holds nothing until an instruction writes it, and a call clears r1 to r5.",
		"A value in it on every path that leads here.",
		"An initial value, e.g. 0. What must outlive a call goes into r6 to r9 or onto the stack.",
		[
			[
				/^R0 !read_ok/,
				{
					reason: "Uses r0, which holds no value on this path.",
					known: "r0 holds the result of the last call, or what was written to it; here neither.",
					usually:
						"At exit: set r0 (in C: `return` a value on every path). After a call: the function returns nothing.",
				},
			],
			[
				/^R[1-5] !read_ok/,
				{
					known:
						"r1 to r5 hold arguments: they are unset at a function's start beyond its arguments, and after every call.",
					usually:
						"Set the argument before the call; copy what must outlive a call to r6 to r9 or to the stack.",
				},
			],
		],
	],
	"register/invalid": [
		"Names a register that does not exist.",
		"There are r0 to r10.",
		"A register from r0 to r10.",
		"Another register number; such bytes come from a damaged object or a wrong encoder.",
	],
	"register/frame-pointer": [
		"Writes r10, which holds the frame's address.",
		"r10 is read-only for as long as the program runs.",
		"Another register for the result.",
		"Copy r10 first: `r2 = r10`, then `r2 += -8`.",
	],
	"pointer/maybe-null": [
		"{pointer} may be NULL here, and is used as an address.",
		"{pointer is}.{origin}",
		"On every path that leads here, a comparison of {pointer} with NULL that leaves when it is.",
		"{null check} right after the call that returned it.",
	],
	"pointer/arithmetic": [
		"Does arithmetic that this pointer does not allow.",
		"{dst is}.",
		"Addition or subtraction of a number, on a pointer that may be moved.",
		"Compute with numbers first, and add the result to the pointer at the end.",
		[
			[
				/32-bit pointer arithmetic/,
				{
					reason: "Computes with the lower 32 bits of a pointer.",
					needed: "64-bit arithmetic on addresses.",
					usually: "In C: no cast of a pointer to a 32-bit type. In assembly: r registers, not w.",
				},
			],
			[
				/bitwise operator (\S+) on pointer/,
				{
					reason: "Applies {1} to a pointer: the verifier would no longer know where it points.",
					usually: "Mask the index or length before it is added to the pointer.",
				},
			],
			[
				/arithmetic with (\S+) operator/,
				{
					reason: "Applies {1} to a pointer: the verifier would no longer know where it points.",
					usually: "Multiply, divide or shift the number before it is added to the pointer.",
				},
			],
			[
				/pointer (\S+) pointer prohibited/,
				{
					reason: "Combines two pointers with {1}, which gives no address.",
					known: "{dst is}. {src is}.",
					needed:
						"One of the two must be a number; a difference is known for two packet pointers only.",
					usually:
						"Add an offset to a base pointer; compare two packet pointers instead of subtracting.",
				},
			],
			[
				/arithmetic on (\S+) prohibited$/,
				{
					reason: "Moves {dst}: a pointer of this kind ({1}) is used as it was handed out.",
					needed: "The pointer unchanged.",
					usually: "For data_end: move data instead and compare it with data_end.",
				},
			],
			[
				/subtract pointer from scalar/,
				{
					reason: "Subtracts a pointer from a number, which is no address.",
					usually: "Swap the two: pointer minus number.",
				},
			],
			[
				/subtraction from stack pointer/,
				{
					reason: "Subtracts a register from a stack address.",
					needed: "Addition of a constant: stack addresses are r10 plus a negative number.",
					usually: "Add a negative constant to a copy of r10.",
				},
			],
		],
	],
	"pointer/arithmetic-on-null": [
		"Moves {dst}, which may be NULL.",
		"{dst is}.{origin} Moved, NULL would no longer compare equal to 0.",
		"The comparison with NULL first, the arithmetic after it.",
		"{null check} before the addition; in C before `p + n`, `p[n]` or `&p->member`.",
	],
	"pointer/offset": [
		"Moves a pointer farther than the verifier follows.",
		"{dst is}. Offsets of up to 2^29 bytes either way are followed.",
		"A smaller offset, or bounds on the number that is added.",
		"Bound the number before it is added: `if (n > MAX) return ...;`, or a mask.",
		[
			[
				/unbounded min value/,
				{
					reason: "Adds a number to a pointer that may be very negative.",
					known: "{dst is}. {src is}.",
					needed: "A lower bound of the number.",
					usually: "An unsigned type for the index (`__u32`), or a check `if (n < 0) return ...;`.",
				},
			],
			[
				/makes (\S+) pointer be out of bounds/,
				{
					reason: "Adds a number to a pointer that may carry it farther than the verifier follows.",
					known: "{dst is}. {src is}.",
				},
			],
		],
	],
	"pointer/negative-offset": [
		"Uses a pointer that lies before its object.",
		"{bad is}.",
		"An offset of 0 or more: nothing is known of what lies before.",
		"The pointer as it was handed out; no container_of on objects that the kernel lends.",
	],
	"pointer/modified": [
		"Uses a pointer that was moved, where it must be as it was handed out.",
		"{bad is}.",
		"This kind of pointer is known by its start: constant offsets go into the access itself.",
		"Keep a copy of the pointer from before the arithmetic; in C, access members through the pointer, `ctx->field`, instead of moving it.",
		[
			[
				/modified ctx/,
				{
					reason: "Uses the context through a pointer that was moved.",
					usually:
						"Access members as `ctx->field`, with constant offsets; pass `ctx` itself to helpers and functions.",
				},
			],
		],
	],
	"pointer/variable-offset": [
		"Uses a pointer with an offset that is not a constant, where it must be one.",
		"{bad is}.",
		"An offset that is the same on every run.",
		"A constant offset: `switch` over the possible values with a constant access in each case, or a copy on the stack that is indexed.",
		[
			[
				/variable ctx/,
				{
					reason: "Reads the context at an offset that is not a constant.",
					usually:
						"Choose between members with `if` or `switch`; for arrays in the context copy them to the stack in an unrolled loop first.",
				},
			],
		],
	],
	"packet/invalid-access": [
		"{call} is given packet bytes that are not proven to be there.",
		"{bad is}.{origin}",
		"A comparison with data_end, on the path that leads here, that covers the whole size passed.",
		"`if (p + size > data_end) return ...;` before the call, with the same pointer and at least the same size.",
	],
	"packet/read-only": [
		"Writes into the packet, which {a type} program may only read.",
		"Programs of this type, or at this hook, see the packet but do not own it.",
		"A program type that may change packets.",
		"XDP or TC for changes; a copy on the stack for computing.",
	],
	"stack/unbounded-offset": [
		"Accesses the stack at an offset without bounds.",
		"{bad is}.",
		"Bounds on the index that keep the address between r10 - 512 and r10 - 1.",
		"A check or mask on the index of the local array: `i & 15`, or `if (i >= 16) return ...;` with an unsigned `i`.",
	],
	"stack/out-of-bounds": [
		"Leaves the stack: a function has the 512 bytes below r10.",
		"{bad is}.",
		"An address from r10 - 512 to r10 - 1, for every byte of the access.",
		"A smaller offset; large data belongs into a map of one element per CPU.",
		[
			[
				/variable-offset/,
				{
					reason: "May leave the stack: the offset is not a constant, and its bounds are too wide.",
					usually:
						"A tighter check of the index, against the number of elements of the local array.",
				},
			],
			[/off=(\d+) size/, { reason: "Accesses memory at or above r10: the stack lies below it." }],
		],
	],
	"stack/invalid-read": [
		"Reads stack bytes that hold no plain data.",
		"They belong to a dynptr, an iterator or saved interrupt flags, or were never written where that counts.",
		"Initialised bytes.",
		"Initialise the whole variable (`= {}` or `__builtin_memset`), padding included; use dynptrs and iterators through their functions only.",
	],
	"stack/spill-size": [
		"Writes part of a pointer to the stack.",
		"{src is}. A pointer on the stack fills an aligned slot of 8 bytes.",
		"A store of 8 bytes at a multiple of 8 below r10.",
		"`*(u64 *)(r10 - 8) = r1`; in C, no pointer in a packed or 4-byte member.",
	],
	"stack/fill-size": [
		"Reads part of a pointer that lies on the stack.",
		"A pointer comes back only as a whole: 8 bytes from its slot.",
		"A load of 8 bytes from where it was stored.",
		"Read the whole slot; in C, no copy of a pointer piece by piece.",
	],
	"stack/spill-to-caller": [
		"Stores the address of its own stack into its caller's.",
		"The caller would keep it after this function's stack is gone.",
		"Data in the caller's stack, not addresses of this one's.",
		"Copy the data itself to the caller, or use memory that the caller passes.",
	],
	"stack/variable-offset": [
		"Uses a stack address that is not a constant, where it must be one.",
		"{bad is}.",
		"A constant distance from r10.",
		"A constant index into the local array, or a map's value in its place.",
	],
	"stack/too-deep": [
		"Needs more stack than a chain of calls may have: 512 bytes.",
		"Stack frames of functions that are active at one time add up; with tail calls a caller may have 256.",
		"512 bytes or less on every chain of calls.",
		"Move large local variables to a map of one element per CPU, make them smaller, or let functions be inlined.",
		[
			[
				/combined stack size of (\d+) calls is (\d+)/,
				{
					reason:
						"The stacks of {1} functions that are active at one time take {2} bytes; 512 are there.",
				},
			],
			[
				/stack size of subprog (\d+) is (\d+)/,
				{ reason: "Function number {1} alone takes {2} bytes of stack; 512 are there." },
			],
		],
	],
	"stack/tail-call": [
		"Tail calls from a function whose callers use too much stack.",
		"With tail calls, the functions above may use 256 bytes of stack.",
		"256 bytes or less in the callers.",
		"Less stack in the callers, or the tail call in the main function.",
	],
	"stack/object-offset": [
		"Passes an address that is not the start of the object on the stack.",
		"The object (a dynptr, an iterator, saved flags) is known by the aligned address at which it was made.",
		"The same stack address as at its creation, a multiple of 8 below r10 with room for the whole object.",
		"Pass `&variable` itself, not an address inside it.",
	],
	"memory/not-a-pointer": [
		"{pointer} is not a pointer that may be used here.",
		"{pointer is}.{origin}",
		"A pointer whose memory the verifier knows: context, stack, packet, a map's value, an object of the kernel.",
		"Read kernel addresses with bpf_probe_read_kernel or BPF_CORE_READ; do not let a pointer pass through arithmetic that makes a number of it.",
		[
			[
				/invalid mem access 'scalar'/,
				{
					reason: "{pointer} is used as an address, but for the verifier it is only a number.",
					usually:
						"A kernel address is read with BPF_CORE_READ or bpf_probe_read_kernel, a user's with bpf_probe_read_user. A packet pointer becomes a number when a helper may have moved the packet: read data and data_end again after it, and check again.",
				},
			],
			[
				/invalid mem access 'map_ptr'/,
				{
					reason: "{pointer} is the map itself, not one of its values.",
					usually: "Look a value up: bpf_map_lookup_elem, then check for NULL.",
				},
			],
			[
				/invalid mem access 'pkt_end'/,
				{
					reason: "Reads or writes at data_end, where the packet's bytes end.",
					usually: "Access through data, after a comparison with data_end.",
				},
			],
			[
				/invalid mem access '(percpu_\S*)'/,
				{
					reason:
						"{pointer} is a per-CPU variable of the kernel ({1}): its address differs on each CPU.",
					usually: "bpf_per_cpu_ptr or bpf_this_cpu_ptr gives an address that can be read.",
				},
			],
			[
				/invalid mem access 'func'/,
				{
					reason: "{pointer} is the address of a function, which cannot be read.",
					usually: "Pass it to a helper that takes a callback.",
				},
			],
		],
	],
	"memory/invalid-access": [
		"{verb} outside memory of a known size.",
		"{bad is}.{origin}",
		"Offset plus size within the memory, for every value that the offset may have.",
		"A check of the index against the number of elements, or a larger memory.",
		[
			[
				/mem_size=(\d+) off=(-?\d+) size=(\d+)/,
				{ reason: "Takes {3} bytes at offset {2} of memory that has {1}." },
			],
		],
	],
	"memory/read-only": [
		"Writes memory that may only be read.",
		"{bad is}.",
		"Memory that the kernel lets programs change.",
		"A copy on the stack or in a map, changed there. For a global variable: no `const`, so that it lies in .data or .bss.",
	],
	"memory/negative-offset": [
		"The offset may be negative, which is before the start of the memory.",
		"{bad is}.",
		"Proof that the number added is not negative.",
		"An unsigned type for the index, a check `if (i < 0) return ...;`, or a mask.",
	],
	"memory/unbounded": [
		"{verb} at an offset without an upper bound.",
		"{bad is}.",
		"A comparison or a mask that bounds the number before it is added.",
		"`if (i >= MAX) return ...;` with an unsigned `i`, or `i &= MAX - 1` for a power of two.",
	],
	"memory/misaligned": [
		"{verb} {bytes} at an address that is not a multiple of {size}.",
		"{pointer is}. Stack, context and some objects are accessed in aligned pieces only.",
		"An offset that is a multiple of the size.",
		"Single bytes, a member that is aligned, or __builtin_memcpy into a local variable.",
		[
			[
				/misaligned packet/,
				{
					known:
						"{pointer is}. The program was loaded with strict alignment; packet data starts 2 bytes off.",
					usually:
						"Single bytes, or load without BPF_F_STRICT_ALIGNMENT: most machines take unaligned accesses.",
				},
			],
			[
				/misaligned stack/,
				{ usually: "Stack addresses that are multiples of the access: align the variable." },
			],
			[
				/misaligned context/,
				{ usually: "Offset and size of a whole member of the context: `ctx->field`." },
			],
		],
	],
	"memory/zero-size": [
		"Passes memory of size 0 where at least a byte is needed.",
		"The size can be 0 on this path. {bad is}.",
		"A size of 1 or more.",
		"`if (size == 0) return ...;` before the call, or `size & MAX` plus 1.",
	],
	"memory/mixed-pointers": [
		"One instruction gets pointers of different kinds on different paths.",
		"{pointer is} on this path, and something else on an earlier one. The kernel rewrites this access for one kind of memory only.",
		"One kind of pointer at this instruction.",
		"An access of its own on each path: copy the line into both branches.",
	],
	"memory/buffer": [
		"{verb} outside the buffer that the kernel hands this program.",
		"{pointer is}.",
		"A constant, non-negative offset within the buffer.",
		"A constant offset of a member of the hook's struct; its size is the map's for iterators.",
	],
	"memory/flow-keys": [
		"{verb} outside struct bpf_flow_keys.",
		"{pointer is}.",
		"A constant offset within the struct.",
		"A member of struct bpf_flow_keys.",
	],
	"socket/invalid-access": [
		"{verb} a field that sockets do not have, or not for programs.",
		"{pointer is}.",
		"Offset and size of a member of struct bpf_sock, bpf_tcp_sock or bpf_xdp_sock that may be accessed so.",
		"A member with its own size; full sockets (bpf_sk_fullsock) have more of them.",
	],
	"context/invalid-access": [
		"Accesses the context where {a type} program may not.",
		"The context is a struct of which each program type has its own: offset and size must be those of a member, some are read-only, some are not there for this type or hook.",
		"A member of this program type's context, with its whole size, read or written as that member allows.",
		"`ctx->field` with the struct that belongs to the section's type; results go out by the return value or by helpers. ‖ Offset and size of a member of the context's struct; results go out in r0 or by helpers.",
		[
			[
				/off=(-?\d+) size=(\d+)/,
				{
					reason:
						"{verb} {2} bytes at offset {1} of the context, which {a type} program may not do.",
				},
			],
		],
	],
	"btf/access": [
		"{verb} a kernel struct where it may not.",
		"{bad is}. Kernel objects are read member by member, as BTF describes them.",
		"Offset and size of a member, and reads only.",
		"Access a member by its name and type; BPF_CORE_READ for what direct reads do not allow.",
		[
			[
				/from non-GPL compatible program/,
				{
					reason: "Reads a kernel struct directly, which only GPL-compatible programs may.",
					known: "{bad is}. The program's licence is not compatible with the GPL.",
					needed: "A GPL-compatible licence.",
					usually: '`char LICENSE[] SEC("license") = "GPL";`, or "Dual BSD/GPL".',
				},
			],
			[
				/only read is supported/,
				{
					reason: "Writes into a struct of the kernel, which programs may only read.",
					usually:
						"A helper or kfunc that makes the change, or a field that this hook lets programs write.",
				},
			],
			[
				/invalid negative access/,
				{ reason: "Accesses memory before the start of the kernel struct." },
			],
			[
				/invalid variable offset/,
				{
					reason: "Reads a kernel struct at an offset that is not a constant.",
					usually: "A constant index; for others bpf_probe_read_kernel.",
				},
			],
			[
				/access user memory/,
				{
					reason: "Reads user memory through a pointer as if it were the kernel's.",
					usually: "bpf_probe_read_user or bpf_copy_from_user.",
				},
			],
			[
				/access percpu memory/,
				{
					reason: "Reads a per-CPU variable without saying which CPU's.",
					usually: "bpf_per_cpu_ptr or bpf_this_cpu_ptr first.",
				},
			],
			[
				/doesn't have field at offset (\d+)/,
				{ reason: "The kernel struct has no member at offset {1}." },
			],
			[
				/access beyond (?:the end of member|struct) (\S+)/,
				{
					reason: "Reads beyond {1}.",
					usually: "A read of the member's own size; for arrays an index below their length.",
				},
			],
			[
				/cannot access ptr member (\S+)/,
				{
					reason: "Reads part of {1}, which is a pointer.",
					needed: "The whole pointer, 8 bytes at its start.",
				},
			],
			[
				/direct access to (\S+) is disallowed/,
				{
					reason: "Touches {1}, which belongs to the kernel, directly.",
					usually: "The helpers or kfuncs for this kind of field.",
				},
			],
		],
	],
	"btf/write": [
		"Writes a member of a kernel struct that this program may not write.",
		"{bad is}. A hook names the few members that its programs may change.",
		"One of those members, within its size.",
		"A member that the hook lets programs write, or a helper or kfunc for the change.",
		[
			[
				/no write support to (\S+) at off (\d+)/,
				{ reason: "Writes struct {1} at offset {2}: that member is not for programs to write." },
			],
			[
				/beyond the member of (\S+) ended at (\d+)/,
				{ reason: "Writes beyond a member of struct {1}, which ends at offset {2}." },
			],
		],
	],
};
