// Texts for rejections about memory: registers, pointers, packet, stack, maps, context. Three sentences each: what the program does, what the
// verifier knew, what it needed; the places in braces are filled from the instruction.

import type { Texts } from "./place.ts";

export const memoryTexts: Texts = {
	"register/uninitialized": [
		"Reads a register that was never written on this path.",
		"A register holds nothing until an instruction writes it; a call clears r1 to r5.",
		"A value in the register on every path that leads here.",
	],
	"register/invalid": [
		"Names a register that does not exist.",
		"There are r0 to r10.",
		"A register from r0 to r10.",
	],
	"register/frame-pointer": [
		"Writes r10, which holds the frame's address.",
		"r10 is read-only for as long as the program runs.",
		"Another register for the result; copy r10 first to compute stack addresses.",
	],
	"pointer/maybe-null": [
		"{pointer} may be NULL here, and is used as an address.",
		"{pointer is}.",
		"A comparison of {pointer} with 0 that leaves this path when it is NULL.",
	],
	"pointer/arithmetic": [
		"Does arithmetic that this pointer does not allow.",
		"{dst is}. Pointers can be moved by bounded numbers; other operations make them useless.",
		"Addition or subtraction of a number, on a pointer that may be moved.",
	],
	"pointer/arithmetic-on-null": [
		"Moves a pointer that may be NULL.",
		"{dst is}; moved, it would no longer be 0 when it is NULL.",
		"The comparison with 0 first, the arithmetic after it.",
	],
	"pointer/offset": [
		"Moves a pointer farther than the verifier follows.",
		"{dst is}. Offsets up to 2^29 bytes either way are followed.",
		"A smaller offset, or bounds on the number that is added.",
	],
	"pointer/negative-offset": [
		"Passes a pointer that lies before its object.",
		"Here the pointer must not have a negative offset.",
		"The pointer as it was handed out, or moved forward only.",
	],
	"pointer/modified": [
		"Passes a pointer that was moved, where it must be as it was handed out.",
		"This kind of pointer is checked by its start.",
		"A copy of the pointer from before the arithmetic.",
	],
	"pointer/variable-offset": [
		"Passes a pointer with an offset that is not a constant.",
		"The verifier must know exactly where in the object it points.",
		"A constant offset, or a bounds check that leaves one value.",
	],
	"packet/read-only": [
		"Writes into the packet, which this program may only read.",
		"Programs of this type see the packet, they do not own it.",
		"Another program type (XDP or TC), or a helper that may write.",
	],
	"stack/unbounded-offset": [
		"Accesses the stack at an offset without bounds.",
		"{pointer is}.",
		"A check that keeps the offset between -512 and -1.",
	],
	"stack/spill-size": [
		"Writes part of a pointer, or a pointer into less than 8 bytes of stack.",
		"A pointer on the stack fills an aligned slot of 8 bytes.",
		"A store of 8 bytes at a multiple of 8 below r10.",
	],
	"stack/fill-size": [
		"Reads part of a pointer that lies on the stack.",
		"A pointer comes back only as a whole: 8 bytes from its slot.",
		"A load of 8 bytes from where it was stored.",
	],
	"stack/spill-to-caller": [
		"Stores the address of its own stack into its caller's.",
		"The caller would keep it after this function's stack is gone.",
		"Data in the caller's stack, not addresses of this one's.",
	],
	"stack/too-deep": [
		"Uses more stack than all functions together may have.",
		"512 bytes for the functions that can be active at one time, 256 for each with tail calls below.",
		"Smaller local data, or a map of one element per CPU for it.",
	],
	"stack/tail-call": [
		"Tail calls from a function whose callers use too much stack.",
		"With tail calls, the functions above may use 256 bytes of stack.",
		"Less stack in the callers, or the tail call in the main function.",
	],
	"stack/object-offset": [
		"Passes an address into the middle of an object on the stack.",
		"The object is known by the address at which it was made.",
		"The same stack address as at its creation.",
	],
	"memory/read-only": [
		"Writes memory that may only be read.",
		"The pointer leads to memory that the kernel does not let programs change.",
		"A copy on the stack or in a map, changed there.",
	],
	"memory/negative-offset": [
		"{verb} before the start of the memory.",
		"{pointer is}; the lowest offset may be negative.",
		"A check that the number added is not negative, e.g. an unsigned one or a mask.",
	],
	"memory/unbounded": [
		"{verb} at an offset without an upper bound.",
		"{pointer is}.",
		"A comparison or a mask that bounds the number added before.",
	],
	"memory/misaligned": [
		"{verb} {bytes} at an address that is not a multiple of them.",
		"{pointer is}. The stack and some objects are accessed in aligned pieces only.",
		"An offset that is a multiple of the size, or single bytes.",
	],
	"memory/zero-size": [
		"Passes memory of size 0 where at least a byte is needed.",
		"The size can be 0 on this path.",
		"A check that the size is above 0.",
	],
	"memory/mixed-pointers": [
		"One instruction gets pointers of different kinds on different paths.",
		"The kernel rewrites this access for one kind of memory only.",
		"An access of its own on each path.",
	],
	"memory/buffer": [
		"{verb} outside the buffer that the kernel hands this program.",
		"{pointer is}.",
		"A constant, non-negative offset within the buffer.",
	],
	"memory/flow-keys": [
		"{verb} outside struct bpf_flow_keys.",
		"{pointer is}.",
		"A constant offset within the struct.",
	],
	"socket/invalid-access": [
		"{verb} a field that sockets do not have, or not for programs.",
		"{pointer is}.",
		"Offset and size of a field of the struct.",
	],
	"context/invalid-access": [
		"Accesses the context where its struct has no such field.",
		"Offset and size must be those of a field, and some fields are read-only or not there for this program type.",
		"An offset and size from the struct of the context.",
	],
	"btf/access": [
		"{verb} a kernel struct where it has no such field.",
		"{pointer is}. Kernel objects are read field by field, as BTF describes them.",
		"Offset and size of a member, and reads only where writes are not allowed.",
	],
	"map/invalid-key-access": [
		"{verb} outside the map's key.",
		"{pointer is}; ks is the size of the key.",
		"An offset within the key.",
	],
	"map/write-key": [
		"Writes a map's key in place.",
		"The key decides where the element is kept; it can only be read.",
		"A deletion and an update with the new key.",
	],
	"map/write-forbidden": [
		"Writes a map that programs may only read.",
		"The map was made with BPF_F_RDONLY_PROG, or is frozen.",
		"A map without that flag.",
	],
	"map/read-forbidden": [
		"Reads a map that programs may only write.",
		"The map was made with BPF_F_WRONLY_PROG.",
		"A map without that flag.",
	],
	"map/special-field": [
		"Touches bytes of a map's value that belong to the kernel.",
		"A lock, timer, kptr or list head is used through its helpers only.",
		"An access that stays off those bytes.",
	],
	"map/field": [
		"Passes something else than the special field of a map's value.",
		"Timers, work queues and the like are fields that the map's BTF names.",
		"The address of the field, at a constant offset in the value.",
	],
	"map/pointer-access": [
		"Looks into the map itself, not into a value.",
		"{pointer is}. Of struct bpf_map only fields that the kernel's BTF shows may be read.",
		"bpf_map_lookup_elem, and an access to what it returns.",
	],
	"map/no-direct-value": [
		"Takes the address of a value of a map that gives none out.",
		"Only array maps of one element (global data) and a few more have a fixed address.",
		"A lookup by key.",
	],
	"map/no-map": [
		"Refers to a map that is not there.",
		"The instruction names no map that is open.",
		"The map made before the program is loaded.",
	],
	"map/too-many": [
		"Uses more maps than one program may.",
		"64 maps may be used by a program.",
		"Fewer maps, e.g. one map with larger values.",
	],
	"map/program-type": [
		"Uses a map that this program type may not use.",
		"Some maps, or maps with locks, timers and lists, are closed to some program types.",
		"Another map type or program type.",
	],
	"kptr/access": [
		"Reads or writes a kptr in a way that is not allowed.",
		"A kptr is loaded as 8 bytes, and a referenced one is changed with bpf_kptr_xchg only.",
		"An 8-byte load, or bpf_kptr_xchg.",
	],
	"kptr/type": [
		"Puts a pointer of another type into a kptr.",
		"The field's BTF names the type that it holds.",
		"A pointer to that type, not moved.",
	],
	"kptr/argument": [
		"Passes something else than a kptr field of a map's value.",
		"{arguments}.",
		"The address of the kptr field, at a constant offset.",
	],
};
