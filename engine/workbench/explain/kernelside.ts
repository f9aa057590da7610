// Texts for rejections about kernel functions (kfuncs), iterators, and objects that programs allocate or keep: lists, trees, kptrs.

import type { Texts } from "./fill.ts";

export const kernelTexts: Texts = {
	"kfunc/unknown": [
		"Calls a kernel function that this kernel does not have.",
		"Kernel functions are found in the kernel's BTF.",
		"A kfunc of this kernel.",
		"`extern ... __ksym __weak;` and `if (bpf_ksym_exists(name))` around the call.",
	],
	"kfunc/module": [
		"Calls a function of a kernel module that is not there.",
		"The module's BTF is found by a file descriptor that the loader passes.",
		"The module loaded, and its BTF.",
		"Load the module first, and load the program through libbpf.",
	],
	"kfunc/not-allowed": [
		"{call} may not be called by {a type} program.",
		"Each kfunc is registered for some program types; a function of the kernel that is not registered cannot be called at all.",
		"A kfunc for this program type.",
		"Another kfunc or helper with the same purpose, or another program type.",
		[
			[
				/device-bound program/,
				{
					reason:
						"{call} reads metadata of a network device, for which the program must be bound to it.",
					usually: "BPF_F_XDP_DEV_BOUND_ONLY and the device's index at load.",
				},
			],
		],
	],
	"kfunc/gpl-only": [
		"Calls a kernel function without a GPL-compatible licence.",
		"Every kfunc is for GPL-compatible programs only.",
		"A GPL-compatible licence.",
		'`char LICENSE[] SEC("license") = "GPL";`.',
	],
	"kfunc/arguments": [
		"Calls a kernel function with more arguments than can be passed.",
		"Five registers carry arguments.",
		"A kfunc with at most five arguments.",
		"Another kfunc, or a struct in memory for the rest.",
	],
	"kfunc/argument": [
		"{bad} of {call} is not what it takes.",
		"{bad is}.{origin}",
		"Arguments as the kfunc's prototype in BTF says.",
		"Compare with the prototype: `bpftool btf dump file /sys/kernel/btf/vmlinux format c`.",
		[
			[/is not a scalar/, { reason: "{bad} of {call} is a pointer, where it takes a number." }],
			[
				/must be a known constant|is not a const/,
				{
					reason: "{bad} of {call} must be a constant.",
					needed: "One known value on this path.",
					usually: "A literal or sizeof.",
				},
			],
			[
				/isn't map pointer/,
				{ reason: "{bad} of {call} must be a map.", usually: '`&map` of a map in SEC(".maps").' },
			],
			[
				/expected pointer to ctx/,
				{
					reason: "{bad} of {call} must be the context.",
					usually: "`ctx` as the program was given it.",
				},
			],
			[
				/expected pointer to func/,
				{
					reason: "{bad} of {call} must be a function.",
					usually: "The name of a static function.",
				},
			],
			[
				/doesn't point to a const string/,
				{
					reason: "{bad} of {call} must be a constant string.",
					usually: "A string literal, or `const char name[]` in .rodata.",
				},
			],
			[
				/memory, len pair leads to invalid memory access/,
				{
					reason: "The memory and the length that are passed to {call} do not fit together.",
					usually: "A length of at most the size of the memory.",
				},
			],
			[
				/Unknown type ID (\d+) passed to kfunc bpf_rdonly_cast/,
				{
					reason: "Casts to type {1}, which the kernel's BTF does not have.",
					usually: "bpf_core_type_id_kernel(struct ...).",
				},
			],
			[/bpf_rdonly_cast type ID argument/, { reason: "Casts to a type that is no struct." }],
			[
				/pointer type .* (must point to|is not supported)/,
				{
					reason: "The prototype of {call} has a pointer that programs cannot pass.",
					usually: "Another kfunc.",
				},
			],
		],
	],
	"kfunc/argument-type": [
		"{bad} of {call} points to another type.",
		"{bad is}.{origin}",
		"A pointer to the type in the kfunc's prototype, not moved.",
		"The object itself: `task` for a task_struct, not one of its members.",
		[
			[
				/expected pointer to (.*?) but R\d+ has a pointer to (.*)/,
				{ reason: "{bad} of {call} points to {2}, where it takes {1}." },
			],
		],
	],
	"kfunc/maybe-null": [
		"Passes a pointer that may be NULL to {call}.",
		"{bad is}.{origin}",
		"A comparison with NULL before the call.",
		"{null check} right after the call that returned it.",
	],
	"kfunc/untrusted": [
		"Passes a pointer to {call} that the kernel does not vouch for.",
		"{bad is}.{origin} It may have been read from memory that can change or go away.",
		"A trusted pointer: from the context, from an acquiring kfunc, or read under RCU.",
		"Acquire it first (bpf_task_acquire, bpf_cgroup_acquire, ...), and check for NULL.",
		[
			[
				/must be a rcu pointer/,
				{
					needed: "A pointer that was read within an RCU section that is still open.",
					usually:
						"bpf_rcu_read_lock() before the pointer is read, bpf_rcu_read_unlock() after the call.",
				},
			],
		],
	],
	"kfunc/rcu": [
		"{call} needs an RCU read section.",
		"No RCU section is held here.",
		"A section around the call.",
		"bpf_rcu_read_lock() before, bpf_rcu_read_unlock() after.",
	],
	"kfunc/sleeps": [
		"{call} may sleep where sleeping is not allowed.",
		"Programs sleep only when they are sleepable, and not within lock, RCU, preemption-off and interrupt-off sections.",
		"A sleepable program, and the call outside of such sections.",
		'The sleepable form of the section (`SEC("lsm.s/...")`, `SEC("fentry.s/...")`); the call outside of the section.',
	],
	"kfunc/acquire": [
		"Calls an acquiring kernel function that returns no kernel object.",
		"What is acquired must be a pointer to a type of the kernel's BTF.",
		"Another kfunc.",
		"Another kfunc.",
	],
	"kfunc/trap": [
		"Reaches code that the compiler marked as impossible.",
		"The compiler found undefined behaviour, such as an uninitialised variable, and put a trap there.",
		"A program without it.",
		"Initialise the variable on every path; look at the compiler's warnings (-Wall -Wuninitialized).",
	],
	"kfunc/invalid": [
		"Calls a kernel function by a number that is none.",
		"The immediate is the id of a function in the kernel's BTF.",
		"A call that the loader resolved.",
		"Load the object through libbpf, which fills the number in.",
	],
	"iterator/argument": [
		"Passes something else than the iterator on the stack.",
		"{bad is}. new, next and destroy take the same stack address.",
		"An iterator that new made and destroy has not ended.",
		"`struct bpf_iter_num it; bpf_iter_num_new(&it, 0, 10); while (bpf_iter_num_next(&it)) ...; bpf_iter_num_destroy(&it);`, or bpf_for, which does all of it.",
		[
			[
				/expected uninitialized (\S+)/,
				{
					reason: "Makes an iterator ({1}) where one is already.",
					usually: "Destroy the first one, or take another variable.",
				},
			],
			[
				/expected an initialized (\S+)/,
				{
					reason: "Uses an iterator ({1}) that was not made, or has been destroyed.",
					usually: "The _new function first, on every path.",
				},
			],
		],
	],
	"iterator/rcu": [
		"{call} needs an RCU read section.",
		"No RCU section is held here, or it ended while the iterator was open.",
		"The section around the whole loop.",
		"bpf_rcu_read_lock() before the loop, bpf_rcu_read_unlock() after it.",
	],
	"iterator/css-task": [
		"Uses the css_task iterator where it is not allowed.",
		"It is for LSM programs and sleepable iterator programs.",
		"One of those program types.",
		"Another iterator: bpf_for_each(task, ...).",
	],
	"object/argument": [
		"Passes an object that does not fit the list, tree or allocator.",
		"{bad is}. Nodes and roots are tied to each other by BTF tags (`__contains`), and guarded by one lock.",
		"A node of the type that the root names, with its lock held.",
		"bpf_obj_new for nodes, bpf_spin_lock around list and tree calls, `__contains(type, member)` on the root.",
		[
			[
				/bpf_spin_lock at off=\d+ must be held/,
				{
					reason: "Changes a list or tree without holding its lock.",
					usually: "bpf_spin_lock(&lock) before, bpf_spin_unlock(&lock) after.",
				},
			],
			[
				/expected pointer to allocated object|must be referenced/,
				{
					reason: "{bad} is not an object that the program owns.",
					usually: "An object from bpf_obj_new that was not yet pushed or dropped.",
				},
			],
			[
				/not found at offset/,
				{
					reason: "There is no list, tree or node at that address.",
					usually: "The address of the member itself: `&value->head`.",
				},
			],
			[
				/not allowed in rbtree cb/,
				{ reason: "Changes a tree within the callback that compares its nodes." },
			],
			[
				/doesn't have constant offset/,
				{ reason: "The list, tree or node is at an offset that is not constant." },
			],
		],
	],
	"kptr/access": [
		"Reads or writes a kptr in a way that is not allowed.",
		"{bad is}. A kptr is a pointer to a kernel object in a map's value.",
		"A load of 8 bytes, or bpf_kptr_xchg.",
		"`bpf_kptr_xchg(&value->ptr, new)`, which gives the old pointer back.",
		[
			[
				/store to referenced kptr/,
				{ reason: "Stores into a kptr that holds a reference, which would be lost." },
			],
			[
				/variable offset|misaligned|size must be BPF_DW/,
				{ reason: "Accesses part of a kptr.", needed: "All 8 bytes at the field's own offset." },
			],
			[
				/imm must be 0/,
				{ reason: "Stores a number into a kptr.", usually: "NULL or a pointer of its type." },
			],
			[/store to uptr/, { reason: "Stores into a pointer to user memory, which the user sets." }],
		],
	],
	"kptr/type": [
		"Puts a pointer of another type into a kptr.",
		"{bad is}. The field's BTF names the type that it holds.",
		"A pointer to that type, not moved.",
		"A field of the matching type: `struct task_struct __kptr *task;`.",
		[[/type=(\S+?) expected=(.*)/, { reason: "Puts {1} into a kptr that holds {2}." }]],
	],
	"kptr/argument": [
		"Passes something else than a kptr field of a map's value.",
		"{bad is}.",
		"The address of the kptr field, at a constant offset.",
		"`&value->ptr` of a looked-up value, with `__kptr` on the member.",
		[
			[
				/has no valid kptr/,
				{
					reason: "The map's value has no kptr.",
					usually: "`__kptr` on the member of the value's struct.",
				},
			],
			[
				/kptr isn't referenced/,
				{
					reason: "The field is an untrusted kptr, which bpf_kptr_xchg does not take.",
					usually: "`__kptr` in place of `__kptr_untrusted`.",
				},
			],
		],
	],
};
