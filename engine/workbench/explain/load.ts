// Texts for what is refused before an instruction is walked: attach targets, load attributes, symbols, and what libbpf refuses on its own.

import type { Texts } from "./fill.ts";

export const loadTexts: Texts = {
	"attach/target": [
		"Cannot be attached to what it names.",
		"The target is looked up in the kernel's BTF when the program is loaded.",
		"A target that exists, of a type that this program type takes.",
		"Another function, hook or tracepoint: `bpftool btf dump file /sys/kernel/btf/vmlinux` lists those of a kernel.",
		[
			[
				/must provide btf_id/,
				{
					reason: "Names nothing to attach to.",
					needed: "The id of a function or tracepoint in the kernel's BTF.",
					usually:
						'A section with its target: `SEC("fentry/do_unlinkat")`, `SEC("tp_btf/sched_switch")`.',
				},
			],
			[
				/attach_btf_id (\d+) is invalid/,
				{
					reason: "Attaches to type {1}, which the kernel's BTF does not have.",
					usually: "Let libbpf look the target up by its name; ids differ from kernel to kernel.",
				},
			],
			[
				/is not a (function|typedef)/,
				{ reason: "Attaches to a type that is not a {1}, which this attach type needs." },
			],
			[
				/points to wrong type name (\S+)/,
				{ reason: "{1} is not a target for this type of program." },
			],
			[
				/must have a GPL compatible license/,
				{
					reason: "This type of program needs a GPL-compatible licence.",
					known: "The program's licence is not compatible with the GPL.",
					needed: "A GPL-compatible licence.",
					usually: '`char LICENSE[] SEC("license") = "GPL";`.',
				},
			],
			[
				/^(\S+) is not sleepable/,
				{
					reason:
						"{1} is called where nothing may sleep, so a sleepable program cannot be attached.",
					usually: "The section without `.s`.",
				},
			],
			[
				/^(\S+)\(\) is not modifiable/,
				{
					reason: "The result of {1} cannot be changed by programs.",
					known:
						"fmod_ret takes functions that are marked for error injection, and security hooks.",
					usually: "fexit, which sees the result, or an lsm program.",
				},
			],
			[/points to disabled hook (\S+)/, { reason: "The hook {1} is not open to programs." }],
			[
				/Attaching tracing programs to function '(\S+)' is rejected/,
				{ reason: "{1} must not be traced: it runs while tracing itself does." },
			],
			[
				/__noreturn function '(\S+)'/,
				{ reason: "{1} never returns, so there is no exit to attach to.", usually: "fentry." },
			],
			[
				/The function (\S+) has (\d+) arguments/,
				{ reason: "{1} has {2} arguments, more than a tracing program can see." },
			],
			[
				/The function (\S+) (.*)/,
				{ reason: "{1} cannot be traced: it {2}", usually: "A kprobe, which needs no prototype." },
			],
			[
				/is not a supported struct|unsupported member|invalid member/,
				{
					reason: "The struct_ops type or member does not take programs in this kernel.",
					usually: "A member that the kernel calls, of a struct that it registers for struct_ops.",
				},
			],
			[
				/FENTRY\/FEXIT program can only be attached to another program annotated with BTF/,
				{ reason: "The program to attach to has no BTF.", usually: "Compile the target with -g." },
			],
		],
	],
	"attach/program": [
		"Cannot be attached to that program, or to that function of it.",
		"Linux attaches extensions and tracing programs to functions of a loaded program that has BTF and is compiled, and not to one another without end.",
		"A function that the target has and reaches, and a target that is no extension or tracing program itself.",
		"The name of a global function of the target; `--target FILE:FUNCTION` on the command line.",
		[
			[/Subprog (\S+) doesn't exist/, { reason: "The target program has no function {1}." }],
			[
				/cannot attach to exception callback/,
				{ reason: "The function is the target's exception callback, which is not for attaching." },
			],
			[
				/Cannot recursively attach|Cannot nest tracing program/,
				{
					reason:
						"Attaches a tracing program to a tracing program, which would go round in a circle.",
				},
			],
			[
				/Cannot replace kernel functions/,
				{ reason: "An extension replaces a function of a program, not of the kernel." },
			],
			[
				/Cannot extend fentry\/fexit/,
				{ reason: "An extension cannot replace a function of a tracing program." },
			],
			[
				/can't modify return codes/,
				{
					reason: "The result of a program cannot be changed by another one.",
					usually: "fexit, which sees it.",
				},
			],
		],
	],
	"attach/prototype": [
		"Does not fit the function that it is to replace.",
		"Both must be global and have the same arguments, by kind, size and name of struct, and a result of the same kind; the main program's BTF must say nothing but its context.",
		"The prototype of the function in the target.",
		"Copy the prototype from the target's source.",
		[
			[
				/^(\S+)\(\) has (\d+) args while (\S+)\(\) has (\d+) args/,
				{ reason: "{1} has {2} arguments, {3}, which it is to replace, has {4}." },
			],
			[
				/Cannot replace static functions/,
				{
					reason: "The function to replace is static: it may have been inlined and changed.",
					usually: "A global function in the target, with `__noinline`.",
				},
			],
			[
				/Program extension requires BTF/,
				{
					reason: "An extension needs BTF to be compared with what it replaces.",
					usually: "Compile with -g.",
				},
			],
		],
	],
	"attach/effects": [
		"Does what callers of the replaced function do not reckon with.",
		"The target was verified with a function that leaves the packet alone, or does not sleep; this one may not.",
		"A body without such calls, or a target whose function makes one too.",
		"Leave the call out; or call the same helper in the target's own function.",
	],
	"kernel/symbol": [
		"Refers to a kernel variable that is not there.",
		"The kernel's BTF lists the variables that programs may read.",
		"A variable of this kernel.",
		"`extern const int name __ksym __weak;`, and a check `if (&name)` before the use.",
	],
	"load/size": [
		"Has no instructions, or more than the kernel takes.",
		"A program has 1 to 1,000,000 instructions.",
		"A length within that.",
		"Smaller loops (no unrolling), or several programs with tail calls.",
	],
	"load/flags": [
		"Is loaded with a flag that this kernel does not know.",
		"bpf(2) refuses unknown bits without a word.",
		"Known flags only.",
		"Flags of Linux 6.18: BPF_F_STRICT_ALIGNMENT to BPF_F_TEST_REG_INVARIANTS.",
	],
	"load/attach-id": [
		"Names something to attach to that {a type} program does not take.",
		"attach_btf_id and a target program are for tracing, lsm, struct_ops and extension programs.",
		"A program type that attaches by BTF, and an id that BTF can have.",
		'A section such as `SEC("fentry/...")`, or no attach target.',
	],
	"load/attach-type": [
		"Has an expected attach type that {a type} program does not take.",
		"bpf(2) compares the expected attach type with the program type and refuses without a word.",
		"An attach type of this program type.",
		'The full section name, from which libbpf takes both: e.g. `SEC("cgroup/connect4")`.',
	],
	"elf/refused": [
		"libbpf does not hand the program to the kernel.",
		"The object names something that cannot be found or resolved.",
		"An object in which every reference is resolved.",
		"See the message: it names what is missing.",
		[
			[
				/failed to find kernel BTF type ID of '([^']*)'/,
				{
					reason: "The kernel has no {1} to attach to.",
					known: "The section names it; libbpf looks it up in the kernel's BTF before loading.",
					needed: "A function, hook or tracepoint of this name in the kernel.",
					usually:
						'Check the spelling, and the kernel\'s version and modules; `SEC("?fentry/...")` loads the program only when asked to.',
				},
			],
			[
				/no BTF-based attach target is specified/,
				{
					reason: "The section says how to attach, but not to what.",
					known: "fentry, fexit, tp_btf, lsm and iter programs are checked against their target.",
					needed: "The name of the target.",
					usually:
						'A section with its target, e.g. `SEC("fentry/do_unlinkat")`, or bpf_program__set_attach_target() before loading.',
				},
			],
			[
				/attach program FD is not set/,
				{
					reason: "An extension needs the program that it extends.",
					known: "freplace programs are checked against a function of a loaded program.",
					needed: "A target program.",
					usually:
						"`--target FILE:FUNCTION` on the command line; bpf_program__set_attach_target() in a loader.",
				},
			],
			[
				/extern (\S+): nothing defines it/,
				{
					reason: "{1} is declared, but nothing defines it.",
					known:
						"What is called or read must be in this object, in the kernel (`__ksym`), or a setting (`__kconfig`).",
					needed: "A definition, or a declaration that says where it comes from.",
					usually:
						"Include the header that defines it as a macro or inline function (e.g. <bpf/bpf_endian.h> for bpf_htons), link the object that has it, or declare it `__ksym`.",
				},
			],
			[
				/extern (\S+): the object has no BTF/,
				{
					reason: "{1} is not defined here, and the object has no BTF that tells what it is.",
					needed: "A definition, or BTF.",
					usually:
						"Compile with -g; define the function or include its header. Names with __builtin or llvm. were not understood by the compiler that was used.",
				},
			],
			[
				/extern (\S+): externs in section \.maps/,
				{
					reason: "The map {1} is only declared here.",
					needed: "The object that defines it.",
					usually: "Link the objects: `bpftool gen object`, or `skep link`.",
				},
			],
			[
				/extern (\S+)/,
				{
					reason: "{1} is not what the kernel has under this name, or is not there.",
					needed: "A kfunc, variable or setting of this kernel with the declared type.",
					usually:
						"`__weak` on the declaration, and a check `if (bpf_ksym_exists(name))` before the use.",
				},
			],
			[
				/struct_ops/,
				{
					reason: "The struct_ops variable or program does not fit the kernel's struct.",
					known: "libbpf compares the struct with the kernel's of the same name, member by member.",
					needed: "A struct_ops type of this kernel, and a variable that refers to the program.",
					usually:
						'A variable in SEC(".struct_ops.link") with the program in the member that it is for; the kernel module that has the type loaded.',
				},
			],
			[
				/CO-RE relocation (\S+) of (\S+): (.*)/,
				{
					reason: "A type or field that the program reads is not to be found in this kernel: {3}.",
					known: "CO-RE looks types and fields up by their names in the kernel's BTF.",
					needed: "The field in the kernel's struct.",
					usually:
						"`if (bpf_core_field_exists(x->field))` around the access; a struct with a `___suffix` for another kernel's layout.",
				},
			],
			[
				/call at (\d+) of (\S+): no function begins at its target/,
				{
					reason: "{2} calls an address at which no function begins.",
					needed: "The start of a function in .text.",
					usually:
						"A call by the function's name; static functions of other sections are not taken along.",
				},
			],
			[
				/is not a map$/,
				{
					reason: "Refers to data that is not a map.",
					needed: 'A map in SEC(".maps"), or a global variable.',
					usually:
						'Only .data, .rodata, .bss and maps can be referred to; old `SEC("maps")` definitions are refused since libbpf 1.0.',
				},
			],
		],
	],
};
