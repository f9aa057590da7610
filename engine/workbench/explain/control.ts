// Texts for rejections about instructions, flow of control, functions, return values and limits.

import type { Texts } from "./place.ts";

export const controlTexts: Texts = {
	"insn/reserved-fields": [
		"Sets a field that this instruction does not use.",
		"RFC 9669 reserves unused fields, and the kernel wants them to be 0.",
		"The unused fields at 0.",
	],
	"insn/unknown": [
		"Is no instruction that this kernel knows.",
		"The operation code is not in the kernel's table.",
		"An instruction of RFC 9669 or of Linux 6.18.",
	],
	"insn/ld-imm64": [
		"Is half of a 64-bit load, or one of a kind that does not exist.",
		"A 64-bit load takes two slots; the second holds the upper half and nothing else.",
		"Both slots, written together.",
	],
	"alu/division-by-zero": [
		"Divides by the constant 0.",
		"A register divisor of 0 gives 0 at run time; a constant 0 is refused.",
		"Another divisor.",
	],
	"alu/shift": [
		"Shifts by {imm}, which is not less than the width.",
		"A 64-bit value is shifted by 0 to 63, a 32-bit one by 0 to 31.",
		"A count within the width.",
	],
	"atomic/size": [
		"Does an atomic operation on less than 4 bytes.",
		"Atomic operations work on 4 or 8 bytes.",
		"A field of 4 or 8 bytes.",
	],
	"atomic/pointer": [
		"Does an atomic operation on memory that does not take one.",
		"{dst is}. Context, packet and sockets are changed by plain stores or helpers.",
		"An atomic operation on stack or map memory.",
	],
	"program/fall-through": [
		"Runs past its last instruction.",
		"A function ends with exit or with a jump.",
		"exit at the end.",
	],
	"program/jump-out-of-range": [
		"Jumps outside of its function.",
		"The target is before the first or after the last instruction of the function.",
		"A target in the same function; calls lead elsewhere.",
	],
	"program/jump-into-ld-imm64": [
		"Jumps into the middle of a 64-bit load.",
		"Such a load takes two slots, and only the first can be executed.",
		"A jump to its first slot.",
	],
	"program/unreachable": [
		"Holds instructions that no path reaches.",
		"Nothing jumps or falls through to them.",
		"Their removal, or a jump to them.",
	],
	"program/call-target": [
		"Calls an address outside of the program.",
		"A call to a function of the program counts instructions from the next one.",
		"The first instruction of a function as target.",
	],
	"program/too-many-functions": [
		"Has more functions than the verifier keeps.",
		"256 functions are allowed.",
		"Fewer functions.",
	],
	"program/ld-abs-in-subprog": [
		"Uses a legacy packet load in a function.",
		"These loads end the whole program when they fail, so functions may have them only with BTF that says they return int.",
		"The load in the main function, or bpf_skb_load_bytes.",
	],
	"program/tail-call-in-subprog": [
		"Tail calls from a function that the kernel cannot prepare for it.",
		"Functions with tail calls need BTF that says they return int.",
		"The tail call in the main function.",
	],
	"program/btf-info": [
		"Comes with type information that does not fit its instructions.",
		"Function and line records must name the instructions where functions begin, in order.",
		"BTF made together with the program.",
	],
	"program/sleepable": [
		"Asks to be sleepable where it cannot be.",
		"Only some program types, at some hooks, may sleep.",
		"The program without BPF_F_SLEEPABLE, or another hook.",
	],
	"call/too-deep": [
		"Calls functions more than 8 deep.",
		"Eight frames are there, the main function's included.",
		"Fewer functions in the chain of calls.",
	],
	"call/argument": [
		"Passes an argument that the called function's type does not allow.",
		"{arguments}. A global function is verified on its own, by its BTF types and tags.",
		"Arguments as the function's prototype says, checked for NULL where it does not take it.",
	],
	"call/prototype": [
		"Has a global function whose prototype the verifier cannot use.",
		"Arguments are numbers, the context, or pointers to memory of known size.",
		"Simpler argument types, or a static function.",
	],
	"callback/not-static": [
		"Passes a global function as a callback.",
		"A callback is verified where it is used, so it must be static.",
		"A static function.",
	],
	"callback/no-btf": [
		"Passes a function without type information as a callback.",
		"The verifier needs the function records of BTF to know callbacks.",
		"The program with BTF function information.",
	],
	"callback/ld-abs": [
		"Uses a legacy packet load in a callback.",
		"Such a load would end the program in the middle of the helper.",
		"bpf_skb_load_bytes in the callback.",
	],
	"exception/callback": [
		"Has an exception callback that does not fit.",
		"One global function with one number as argument, named by its tag, is called when the program throws.",
		"A single callback with that prototype.",
	],
	"exception/in-callback": [
		"Throws where nothing could be unwound.",
		"Exceptions cannot leave a callback that a helper runs.",
		"A return value that tells the caller to stop.",
	],
	"return/out-of-range": [
		"Returns a value that this program type does not have.",
		"r0 at exit is not within the values of the type.",
		"r0 set to one of the named return values on every path.",
	],
	"return/not-scalar": [
		"Returns a pointer where a number is expected.",
		"{r0 is}.",
		"A number in r0 before exit.",
	],
	"return/stack-pointer": [
		"Returns the address of its own stack.",
		"The stack of a function is gone when it returns.",
		"The data itself, or memory that the caller passed.",
	],
	"loop/infinite": [
		"A loop comes back to this instruction with nothing changed.",
		"The state is the same as at an earlier visit, so the loop cannot end.",
		"A counter or pointer that changes with each turn, and a condition on it.",
	],
	"limit/jumps": [
		"Never comes to an end that the verifier can see.",
		"It walked this path turn by turn until more branches waited than it keeps.",
		"A loop whose counter has a bound, or fewer branches.",
	],
	"limit/instructions": [
		"Takes more steps to verify than the verifier's million.",
		"Every path, and every turn of a loop, is walked until a state is covered by an earlier one.",
		"Fewer or shorter paths: smaller loop bounds, or functions that are verified on their own.",
	],
	"attach/target": [
		"Cannot be attached to what it names.",
		"The target must exist in the kernel's BTF, with a type that this program type takes.",
		"A function, hook or tracepoint of this kernel.",
	],
	"attach/program": [
		"Cannot be attached to that program, or to that function of it.",
		"Linux attaches extensions and tracing programs to functions of a loaded program that has BTF and is compiled, and not to one another without end.",
		"A function that the target has and reaches, and a target that is no extension or tracing program itself.",
	],
	"attach/prototype": [
		"Does not fit the function that it is to replace.",
		"Both must be global and have the same arguments, by kind, size and name of struct, and a result of the same kind; the main program's BTF must say nothing but its context.",
		"The prototype of the function in the target.",
	],
	"attach/effects": [
		"Does what callers of the replaced function do not reckon with.",
		"The target was verified with a function that leaves the packet alone, or does not sleep; this one may not.",
		"A body without such calls, or a target whose function makes one too.",
	],
	"kernel/symbol": [
		"Refers to a kernel variable that is not there.",
		"The kernel's BTF lists the variables that programs may read.",
		"A variable of this kernel, or a weak declaration and a check.",
	],
};
