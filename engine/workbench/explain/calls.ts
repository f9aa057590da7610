// Texts for rejections about calls of the kernel: helpers, kfuncs, and what they hand out (references, locks, regions, dynptrs, iterators).

import type { Texts } from "./place.ts";

export const callTexts: Texts = {
	"helper/unknown": [
		"Calls helper {imm}, which does not exist.",
		"Linux 6.18 numbers its helpers from 1 to 211.",
		"A helper by its name.",
	],
	"helper/not-allowed": [
		"{call} may not be called by this program type.",
		"Each program type has its own set of helpers.",
		"A helper of this program type, or another program type.",
	],
	"helper/gpl-only": [
		"Calls a helper that only GPL-compatible programs may use.",
		"The program's licence is not compatible with the GPL.",
		"A compatible licence, e.g. GPL or Dual MIT/GPL, or another helper.",
	],
	"helper/sleeps": [
		"{call} may sleep, and this program may not.",
		"Sleeping is for sleepable programs, outside of locks and RCU sections.",
		"A sleepable program, or the call outside of the section.",
	],
	"helper/argument-type": [
		"An argument of {call} is not what it takes.",
		"{arguments}.",
		"Arguments as the prototype of {call} asks for them.",
	],
	"helper/maybe-null": [
		"Passes a pointer that may be NULL to {call}, which needs a valid one.",
		"{arguments}.",
		"A comparison with 0 before the call.",
	],
	"helper/map-type": [
		"{call} does not work on this type of map.",
		"Each map type has its own helpers.",
		"A map of a type that {call} takes, or the helper of this map type.",
	],
	"helper/map-mismatch": [
		"The map and the field that are passed do not belong together.",
		"A timer or work queue is used with the map whose value holds it.",
		"The map from which the value was looked up.",
	],
	"helper/packet": [
		"Passes packet memory to {call}, which does not take it.",
		"This helper may run while the packet changes.",
		"The bytes copied to the stack first.",
	],
	"helper/not-constant": [
		"An argument of {call} must be a constant.",
		"{arguments}.",
		"A constant in that register, on this path.",
	],
	"helper/negative-size": [
		"Passes a size to {call} that may be negative.",
		"{arguments}.",
		"An unsigned comparison, or a mask such as size &= 63, before the call.",
	],
	"helper/unbounded-size": [
		"Passes a size to {call} that has no upper bound.",
		"{arguments}.",
		"A comparison or a mask that keeps the size within the memory passed.",
	],
	"helper/constant-string": [
		"Passes a string to {call} that is not a constant.",
		"The verifier reads the string, so it must lie in a frozen, read-only map and end with a zero byte.",
		"A string literal in .rodata.",
	],
	"helper/flags": [
		"{call} cannot be used with these flags here.",
		"{arguments}.",
		"Flags that the helper's documentation lists.",
	],
	"kfunc/unknown": [
		"Calls a kernel function that this kernel does not have.",
		"Kernel functions are found in the kernel's BTF.",
		"A kfunc of this kernel, or a weak declaration and a check.",
	],
	"kfunc/not-allowed": [
		"Calls a kernel function that this program type may not call.",
		"Each kfunc is registered for some program types.",
		"Another program type, or another kfunc.",
	],
	"kfunc/gpl-only": [
		"Calls a kernel function without a GPL-compatible licence.",
		"Every kfunc is for GPL-compatible programs only.",
		"A compatible licence.",
	],
	"kfunc/arguments": [
		"Calls a kernel function whose prototype cannot be checked.",
		"{arguments}.",
		"A kfunc with at most five arguments.",
	],
	"kfunc/argument": [
		"An argument of the kernel function is not what it takes.",
		"{arguments}.",
		"Arguments as the kfunc's prototype in BTF says.",
	],
	"kfunc/argument-type": [
		"An argument of the kernel function points to another type.",
		"{arguments}.",
		"A pointer to the type in the kfunc's prototype, not moved.",
	],
	"kfunc/maybe-null": [
		"Passes a pointer that may be NULL to a kernel function.",
		"{arguments}.",
		"A comparison with 0 before the call.",
	],
	"kfunc/untrusted": [
		"Passes a pointer that the kernel does not vouch for.",
		"{arguments}. It may have been read from memory that can change or go away.",
		"A pointer from the context, from an acquiring kfunc, or read under RCU.",
	],
	"kfunc/rcu": [
		"Calls a kernel function that needs an RCU read section.",
		"No RCU section is held here.",
		"bpf_rcu_read_lock before, bpf_rcu_read_unlock after.",
	],
	"kfunc/sleeps": [
		"Calls something that may sleep where sleeping is not allowed.",
		"Locks, RCU, preemption-off and interrupt-off sections must not sleep.",
		"The call outside of the section.",
	],
	"kfunc/acquire": [
		"Calls an acquiring kernel function that returns no kernel object.",
		"What is acquired must be a pointer to a type of the kernel's BTF.",
		"Another kfunc.",
	],
	"kfunc/trap": [
		"Reaches code that the compiler marked as impossible.",
		"The compiler found undefined behaviour, such as an uninitialised variable.",
		"The variable initialised on every path.",
	],
	"kfunc/invalid": [
		"Calls a kernel function by a number that is none.",
		"The immediate is the id of a function in the kernel's BTF.",
		"A call that the loader resolved.",
	],
	"reference/leak": [
		"Ends without giving back what a helper handed out.",
		"A reserved record or a looked-up socket is still held on this path.",
		"On every path: bpf_ringbuf_submit or bpf_ringbuf_discard, or bpf_sk_release, before the end.",
	],
	"reference/not-held": [
		"Gives back something that is not held.",
		"{arguments}. It was released before, or never acquired.",
		"One release for each acquisition, of the pointer that was handed out.",
	],
	"reference/modified": [
		"Gives back a pointer that was moved.",
		"{arguments}.",
		"The pointer as it was handed out.",
	],
	"lock/held-at-exit": [
		"Leaves with a lock or a section still held.",
		"What is locked or disabled must be released on every path, in the function that took it.",
		"The unlock before exit, tail call or return.",
	],
	"lock/misuse": [
		"Uses a lock in a way that could deadlock.",
		"One spin lock is held at a time, and the same one is unlocked; it lies in a map's value or an allocated object.",
		"One lock and one unlock around the shared data.",
	],
	"lock/call-while-held": [
		"Calls a function while a lock is held.",
		"Between lock and unlock only plain instructions and a few kfuncs may run.",
		"The call before the lock, or after the unlock.",
	],
	"lock/global-call": [
		"Calls a global function inside a section.",
		"Global functions are verified on their own, without the section.",
		"A static function, or the call outside.",
	],
	"lock/in-callback": [
		"Locks or unlocks inside a callback of a tree.",
		"The tree's lock is held by the caller.",
		"The callback without lock calls.",
	],
	"region/unmatched": [
		"Closes a section that is not open, or opens one twice.",
		"RCU and preemption sections are counted along each path.",
		"Each lock call with its unlock.",
	],
	"irq/argument": [
		"Passes something else than saved interrupt flags on the stack.",
		"bpf_local_irq_save writes them to 8 bytes of stack; restore takes the same ones.",
		"The address that was passed to save.",
	],
	"irq/order": [
		"Restores interrupts in another order than they were saved.",
		"The last one saved is the first to be restored.",
		"Restores in reverse order.",
	],
	"dynptr/argument": [
		"Passes something else than the dynptr that {call} takes.",
		"{arguments}. A dynptr is 16 bytes of stack, made by one call and used by others.",
		"The stack address of an initialised dynptr; a fresh one for calls that make it.",
	],
	"dynptr/not-held": [
		"Uses a dynptr that is not initialised or was released.",
		"{arguments}.",
		"A dynptr that is still valid on this path.",
	],
	"dynptr/memory": [
		"Makes a dynptr over memory that it cannot hold.",
		"{arguments}. Local dynptrs lie over map values.",
		"A pointer into a map's value.",
	],
	"dynptr/overwritten": [
		"Writes over a dynptr that holds a reference.",
		"The record behind it could then never be given back.",
		"Submit or discard first.",
	],
	"dynptr/read-only": [
		"Writes through a dynptr that may only be read.",
		"Dynptrs over this packet, or read-only memory, are for reading.",
		"bpf_dynptr_write, or the packet pulled in first.",
	],
	"iterator/argument": [
		"Passes something else than the iterator on the stack.",
		"{arguments}. new, next and destroy take the same stack address.",
		"An iterator that new made and destroy has not ended.",
	],
	"iterator/rcu": [
		"Uses an iterator that needs an RCU read section.",
		"No RCU section is held here.",
		"bpf_rcu_read_lock around the loop.",
	],
	"iterator/css-task": [
		"Uses the css_task iterator where it is not allowed.",
		"It is for LSM programs and sleepable iterator programs.",
		"One of those program types.",
	],
	"object/argument": [
		"Passes an object that does not fit the list, tree or allocator.",
		"{arguments}. Nodes and roots are tied to each other by BTF tags, and guarded by one lock.",
		"A node of the type that the root names, with its lock held.",
	],
};
