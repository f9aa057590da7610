// The command line `skep`: the same engine as the page. Exit status: 0 all is well, 1 a rejection or a trap, 2 wrong use, or
// something that cannot be read or is not supported.

import { UsageError } from "./arguments.ts";
import { asm, disasm } from "./assembly.ts";
import { btf } from "./btf.ts";
import { cc } from "./cc.ts";
import { check } from "./check.ts";
import { fmt } from "./fmt.ts";
import { gen } from "./gen.ts";
import { link } from "./link.ts";
import { run } from "./run.ts";
import { serve } from "./serve.ts";

const help = `Skep, an eBPF playground: assemble, verify and run eBPF programs as Linux 6.18 does.

  skep check FILE... [--prog NAME] [--type T] [--log-level 0|1|2|4] [--vmlinux FILE]
             [--target FILE[:PROGRAM]] [--target-function NAME]  what freplace, fentry and fexit programs attach to
             [--config FILE] [--kallsyms FILE] [--json]
             [--explain]      why a program is rejected: what was known and needed, the path, what usually mends it
             [--min-kernel]   the oldest kernel with what a program uses, feature by feature with its line
  skep run FILE [--prog NAME] [--type T] [--packet HEX | --pcap IN [--out OUT]] [--ctx HEX] [--repeat N]
           [--engine jit|vm] [--vmlinux FILE] [--json]
  skep cc [CLANG FLAGS] FILE.c -o OUT    C to an ELF object; -S assembly, -E preprocessed, -emit-ssa
  skep fmt FILE... [-w] [--check] C and assembly in their usual style; -w in place, --check only tells
  skep asm IN -o OUT              text to instructions: OUT is .o (ELF) or .bin
  skep disasm IN [--prog NAME] [--syntax llvm|kernel|ubpf]
  skep btf dump FILE [format c|raw]   types, as bpftool prints them; FILE may be raw BTF or a vmlinux
  skep link FILE.o... -o OUT.o    several objects to one
  skep gen skeleton FILE.o [name NAME] [--ts]   C header for libbpf, or a TypeScript module
  skep serve [--vmlinux FILE]     JSON lines: load, run, map operations

FILE is .c, .s or .bpf (assembly), .o (ELF) or .bin (raw instructions). Exit status: 0 accepted, 1 rejected, 2 could not be
read or is not supported.
`;

const commands: Record<string, (args: readonly string[]) => number | Promise<number>> = {
	cc,
	fmt,
	check,
	run,
	asm,
	disasm,
	btf,
	link,
	gen,
	serve,
};
/** Commands of the design that this version does not have yet. */
const absent = new Set(["bpftool"]);

async function main(args: readonly string[]): Promise<number> {
	const [name = "help", ...rest] = args;
	if (name === "help" || name === "--help" || name === "-h") {
		process.stdout.write(help);
		return 0;
	}
	const command = commands[name];
	if (command) return command(rest);
	process.stderr.write(
		absent.has(name)
			? `skep ${name}: not supported by Skep yet\n`
			: `skep: unknown command ${name}\n${help}`,
	);
	return 2;
}

try {
	process.exitCode = await main(process.argv.slice(2));
} catch (error) {
	const usage = error instanceof UsageError;
	process.stderr.write(
		usage ? `skep: ${error.message}\n` : `skep: Skep has a bug: ${String(error)}\n`,
	);
	process.exitCode = 2;
}
