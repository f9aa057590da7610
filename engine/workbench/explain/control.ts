// Texts for rejections about instructions, flow of control, functions, return values and limits.

import type { Texts } from "./fill.ts";

export const controlTexts: Texts = {
	"insn/reserved-fields": [
		"Sets a field that this instruction does not use.",
		"RFC 9669 reserves unused fields, and the kernel wants them to be 0.",
		"The unused fields at 0.",
		"An assembler or compiler that leaves them 0; a newer kernel may give them a meaning.",
	],
	"insn/unknown": [
		"This is no instruction that the kernel knows.",
		"The operation code is not in the kernel's table.",
		"An instruction of RFC 9669 or of Linux 6.18.",
		"Compile for an older CPU version (`-mcpu=v3`), or repair the bytes.",
	],
	"insn/ld-imm64": [
		"This is half of a 64-bit load, or one of a kind that does not exist.",
		"A 64-bit load takes two slots; the second holds the upper half and nothing else.",
		"Both slots, written together.",
		"Let the assembler or compiler write it: `r1 = 0x1122334455667788 ll`.",
	],
	"alu/division-by-zero": [
		"Divides by the constant 0.",
		"A register divisor of 0 gives 0 at run time; a constant 0 is refused.",
		"Another divisor.",
		"A constant that is not 0; check macros and sizeof expressions that became 0.",
	],
	"alu/shift": [
		"Shifts by {imm}, which is not less than the width.",
		"A 64-bit value is shifted by 0 to 63, a 32-bit one by 0 to 31.",
		"A count within the width.",
		"A cast to a 64-bit type before the shift, or a smaller count.",
	],
	"atomic/size": [
		"Does an atomic operation on less than 4 bytes.",
		"Atomic operations work on 4 or 8 bytes.",
		"A field of 4 or 8 bytes.",
		"A `__u32` or `__u64` for the counter.",
	],
	"atomic/pointer": [
		"Does an atomic operation on memory that does not take one.",
		"{dst is}. Context, packet and sockets are changed by plain stores or helpers.",
		"Stack or map memory, or an arena.",
		"Keep the counter in a map's value; for other memory a plain load and store.",
	],
	"legacy-load/program-type": [
		"Uses a legacy packet load (ld_abs, ld_ind) in {a type} program.",
		"These loads read from a socket buffer; socket filters, TC and cgroup programs have one.",
		"A program type with a socket buffer.",
		"Direct packet access through data and data_end, or bpf_skb_load_bytes.",
	],
	"legacy-load/context": [
		"Does a legacy packet load without the context in r6.",
		"ld_abs and ld_ind take the socket buffer from r6.",
		"The context in r6, unchanged.",
		"`r6 = r1` at the program's start.",
	],
	"arena/cast": [
		"Casts between address spaces in a way that there is not.",
		"Arena pointers have an address in the user's process and one in the kernel: 0 and 1.",
		"A cast between 0 and 1, in a program that uses an arena.",
		"`__arena` pointers of a program that refers to its arena map.",
		[
			[
				/associated arena/,
				{
					reason: "Casts an arena pointer in a program without an arena.",
					needed: "An arena map that the program refers to.",
					usually: "Refer to the map (`&arena`) in the program, so that it is loaded with it.",
				},
			],
		],
	],
	"arena/several": [
		"Uses two arenas.",
		"A program works with one arena.",
		"One arena map.",
		"One larger arena in place of two.",
	],
	"arena/address": [
		"Uses an arena that has no address in the user's process yet.",
		"The address comes from map_extra or from mmap before the program is loaded.",
		"An arena with an address.",
		"`__ulong(map_extra, 0x1ull << 44)` in the map, or libbpf, which maps it before loading.",
	],
	"program/fall-through": [
		"Runs past its last instruction.",
		"A function ends with exit or with a jump.",
		"exit at the end.",
		"In assembly: `exit` at the end. In C the compiler leaves it out after undefined behaviour: an uninitialised variable, a missing `return`, a loop without an end.",
	],
	"program/jump-out-of-range": [
		"Jumps outside of its function.",
		"The target is before the first or after the last instruction of the function.",
		"A target in the same function; calls lead elsewhere.",
		"A label inside the function.",
	],
	"program/jump-into-ld-imm64": [
		"Jumps into the middle of a 64-bit load.",
		"Such a load takes two slots, and only the first can be executed.",
		"A jump to its first slot.",
		"A label before the load; count two slots for it in offsets.",
	],
	"program/unreachable": [
		"Holds instructions that no path reaches.",
		"Nothing jumps or falls through to them.",
		"Every instruction on some path.",
		"Remove them, or jump to them.",
	],
	"program/call-target": [
		"Calls an address outside of the program.",
		"A call to a function of the program counts instructions from the next one.",
		"The first instruction of a function as target.",
		"A call by the function's name.",
	],
	"program/too-many-functions": [
		"Has more functions than the verifier keeps.",
		"256 functions are allowed.",
		"At most 256 functions.",
		"Fewer functions: let small ones be inlined (`static __always_inline`).",
	],
	"program/ld-abs-in-subprog": [
		"Uses a legacy packet load in a function without BTF.",
		"These loads end the whole program when they fail, so functions may have them only with BTF that says they return int.",
		"The load in the main function, or BTF.",
		"bpf_skb_load_bytes, or the load in the main function.",
	],
	"program/tail-call-in-subprog": [
		"Tail calls from a function without BTF.",
		"Functions with tail calls need BTF that says they return int.",
		"The tail call in the main function, or BTF.",
		"Compile with -g, or tail call from the main function.",
	],
	"program/btf-info": [
		"Comes with type information that does not fit its instructions.",
		"Function and line records must name the instructions where functions begin, in order.",
		"BTF made together with the program.",
		"Compile again with -g; do not change instructions behind the compiler's back.",
		[
			[
				/only allowed in functions that return 'int'/,
				{
					reason: "Uses a tail call or legacy packet load in a function that does not return int.",
					known: "Both may end the program at once, which then needs a result.",
					needed: "A function that returns int.",
					usually: "`int` as the function's result.",
				},
			],
		],
	],
	"program/sleepable": [
		"Asks to be sleepable where it cannot be.",
		"fentry, fexit, fmod_ret, lsm, iter, uprobe, syscall and struct_ops programs can sleep.",
		"One of those, or a program that does not sleep.",
		'The section without `.s`, e.g. `SEC("tp_btf/...")`.',
		[
			[
				/Syscall programs can only be sleepable/,
				{
					reason: "A syscall program must be sleepable.",
					needed: "BPF_F_SLEEPABLE.",
					usually: '`SEC("syscall")`, for which libbpf sets the flag.',
				},
			],
		],
	],
	"call/too-deep": [
		"Calls functions more than 8 deep.",
		"Eight frames are there, the main function's included.",
		"A chain of at most 8 functions.",
		"Inline some functions of the chain; recursion has no bound that the verifier sees.",
	],
	"call/argument": [
		"Passes an argument that the called function's type does not allow.",
		"{bad is}. A global function is verified on its own, for whatever its BTF types and tags allow.",
		"Arguments as the function's prototype says.",
		"Check pointers for NULL before the call, or make the function `static`: then it is verified where it is called.",
		[
			[
				/type=(\S+) expected=(.*)/,
				{ reason: "Passes {bad} of type {1} to a global function that takes {2}." },
			],
			[/is not a scalar/, { reason: "Passes a pointer to a global function that takes a number." }],
			[
				/expects pointer to ctx/,
				{ reason: "Passes something else than the context to a global function that takes it." },
			],
			[
				/expected to be non-NULL/,
				{
					reason: "Passes a pointer that may be NULL to a global function that takes none.",
					usually: "Check for NULL before the call, or tag the parameter `__arg_nullable`.",
				},
			],
		],
	],
	"call/prototype": [
		"Has a global function whose prototype the verifier cannot use.",
		"A global function is verified by its prototype alone: numbers, the context, and pointers to memory of known size.",
		"Arguments of those types, at most five, and a number as result.",
		"Make the function `static`, or simplify its arguments; tags such as `__arg_ctx` say what a pointer is.",
		[
			[
				/with (\d+) > (\d+) args/,
				{ reason: "Has a global function with {1} arguments; {2} can be passed." },
			],
			[/doesn't return scalar/, { reason: "Has a global function that does not return a number." }],
			[
				/size cannot be determined/,
				{
					reason: "Has a global function with a pointer to memory whose size is not known.",
					usually: "A pointer to a complete struct, or a `static` function.",
				},
			],
		],
	],
	"callback/not-static": [
		"Passes a global function as a callback.",
		"A callback is verified where it is used, so it must be static.",
		"A static function.",
		"`static` before the callback's definition.",
	],
	"callback/no-btf": [
		"Passes a function without type information as a callback.",
		"The verifier needs the function records of BTF to know callbacks.",
		"The program with BTF function information.",
		"Compile with -g.",
	],
	"callback/ld-abs": [
		"Uses a legacy packet load in a callback.",
		"Such a load would end the program in the middle of the helper.",
		"No such load in callbacks.",
		"bpf_skb_load_bytes in the callback.",
	],
	"exception/callback": [
		"Has an exception callback that does not fit.",
		"One global function with one number as argument, named by its tag, is called when the program throws.",
		"A single callback with that prototype.",
		"`__exception_cb(name)` on the program, and `int name(u64 cookie)` as a global function.",
		[
			[
				/cannot call exception cb directly/,
				{
					reason: "Calls its exception callback directly.",
					needed: "A call by the kernel alone, when the program throws.",
					usually: "bpf_throw in place of the call, or another function with the same body.",
				},
			],
		],
	],
	"exception/in-callback": [
		"Throws where nothing could be unwound.",
		"Exceptions cannot leave a callback that a helper runs.",
		"No bpf_throw in callbacks.",
		"A return value that tells the caller to stop.",
	],
	"return/out-of-range": [
		"Returns a value that {a type} program does not have.",
		"{r0 is}.",
		"r0 at exit within the values of the program type and hook.",
		"Return one of the named values on every path; clamp what a function returned before passing it on.",
		[
			[
				/has smin=(-?\d+) smax=\1 should have been in \[(-?\d+), \2\]/,
				{
					reason: "Returns {1}; {a type} program at this hook returns {2}.",
					needed: "r0 at exit equal to {2}.",
					usually: "`return {2};` on every path.",
				},
			],
			[
				/has smin=(-?\d+) smax=\1 should have been in \[(-?\d+), (-?\d+)\]/,
				{
					reason: "Returns {1}; {a type} program at this hook returns {2} to {3}.",
					needed: "r0 at exit from {2} to {3}.",
				},
			],
			[
				/should have been in \[(-?\d+), (-?\d+)\]/,
				{
					reason:
						"May return a value outside {1} to {2}, the values of {a type} program at this hook.",
					needed: "r0 at exit from {1} to {2}.",
				},
			],
		],
	],
	"return/not-scalar": [
		"Returns a pointer where a number is expected.",
		"{r0 is}.",
		"A number in r0 before exit.",
		"`return 0;` or another number; a pointer would tell the kernel's addresses.",
	],
	"return/stack-pointer": [
		"Returns the address of its own stack.",
		"{r0 is}. The stack of a function is gone when it returns.",
		"Memory that outlives the function.",
		"Fill memory that the caller passes, or return the data itself.",
	],
	"loop/infinite": [
		"A loop comes back to this instruction with nothing changed.",
		"The state is the same as at an earlier visit, so the loop cannot end.",
		"A counter or pointer that changes with each turn, and a condition on it.",
		"`for (int i = 0; i < N; i++)` with a constant N; bpf_loop or bpf_for for others.",
	],
	"limit/jumps": [
		"Never comes to an end that the verifier can see.",
		"It walked this path turn by turn until more branches waited than it keeps (8192).",
		"A loop whose counter has a bound, or fewer branches.",
		"A constant bound on the loop, bpf_loop or bpf_for, or less work in each turn.",
	],
	"limit/instructions": [
		"Takes more steps to verify than the verifier's million.",
		"Every path, and every turn of a loop, is walked until a state is covered by an earlier one.",
		"Fewer or shorter paths.",
		"Smaller loop bounds; bpf_loop, whose body is walked a few times only; or global functions, which are verified on their own.",
	],
	"internal/invariants": [
		"The verifier contradicts itself here.",
		"What it knows of a register does not fit together: a fault of Linux's, which it reports.",
		"Nothing of the program.",
		"Another form of the comparison or arithmetic before this line.",
	],
};
