// Texts for rejections about calls of helpers, and what they hand out: references, locks, dynptrs.

import type { Texts } from "./fill.ts";

export const callTexts: Texts = {
	"helper/unknown": [
		"Calls helper {imm}, which does not exist.",
		"Linux 6.18 numbers its helpers from 1 to 211.",
		"A helper of this kernel.",
		"The helper's name in place of a number, or a newer kernel.",
		[
			[
				/#195896080/,
				{
					reason: "Reaches a field or type that this kernel does not have.",
					known:
						"A CO-RE relocation did not find what it names, and libbpf put an invalid call (number 195896080, 0xbad2310) in its place.",
					needed: "The field in this kernel, or a path that does not get here without it.",
					usually:
						"`if (bpf_core_field_exists(p->field))` around the access: the verifier then drops the branch. For types: bpf_core_type_exists.",
				},
			],
			[
				/#2002\d{6}\b/,
				{
					reason: "Calls a kernel function that this kernel does not have.",
					known:
						"The function is declared `__weak`, the kernel lacks it, and libbpf put an invalid call (number 2002000000 and up) in its place.",
					needed: "The function in this kernel, or a path that does not get here without it.",
					usually: "`if (bpf_ksym_exists(name))` around the call.",
				},
			],
			[
				/#2001\d{6}\b/,
				{
					reason: "Uses a map that was not made.",
					known: "The map was not created, and libbpf put an invalid call in place of its use.",
					needed: "The map, or a path that does not get here without it.",
					usually: "Let libbpf create the map, or guard the use with a `const volatile` setting.",
				},
			],
		],
	],
	"helper/not-allowed": [
		"{call} may not be called by {a type} program.",
		"Each program type has its own set of helpers; `bpftool feature probe` lists them.",
		"A helper of this program type.",
		"Another helper or kfunc with the same purpose, or another program type.",
		[
			[
				/not allowed in probe/,
				{
					reason: "{call} may be called at few hooks only, and this is none of them.",
					needed: "A hook that the kernel lists for this helper.",
					usually: "Another hook, or a helper without such a list.",
				},
			],
			[
				/supported only for fentry\/fexit\/fmod_ret/,
				{
					reason: "{call} is for tracing programs that are attached to functions.",
					usually: "fentry, fexit or fmod_ret.",
				},
			],
		],
	],
	"helper/gpl-only": [
		"{call} is for GPL-compatible programs only.",
		"The program's licence is not compatible with the GPL.",
		"A GPL-compatible licence, or another helper.",
		'`char LICENSE[] SEC("license") = "GPL";`, or "Dual BSD/GPL", "Dual MIT/GPL". ‖ `.license "GPL"` at the top, or "Dual BSD/GPL".',
	],
	"helper/sleeps": [
		"{call} may sleep, and this program may not.",
		"Only sleepable programs may sleep, and not while a lock or an RCU section is held.",
		"A sleepable program, or a call outside of the section.",
		'The sleepable form of the section (`SEC("lsm.s/...")`, `SEC("fentry.s/...")`), or a helper that does not sleep: bpf_probe_read_user for bpf_copy_from_user.',
		[
			[
				/in (rcu_read_lock|non-preemptible|IRQ-disabled) region/,
				{
					reason: "{call} may sleep, and is called within a section that must not.",
					known: "A section ({1}) is open here.",
					usually: "Make the call before the section begins or after it ends.",
				},
			],
		],
	],
	"helper/argument-type": [
		"{bad} of {call} is not what it takes.",
		"{bad is}.{origin}",
		"There, {call} takes {wanted}.",
		"Compare with the helper's documentation: order of arguments, `&` before variables, the right kind of pointer.",
		[
			[
				/type=scalar expected=/,
				{
					reason: "{bad} of {call} is a number, where it takes a pointer.",
					usually:
						"Pass an address: `&variable`, or a pointer that a helper returned and that is still valid.",
				},
			],
			[
				/type=(\S+) expected=(.*map_ptr.*)/,
				{
					reason: "{bad} of {call} is not a map.",
					usually:
						'`&map` of a map in SEC(".maps"); the map is the first argument of most helpers.',
				},
			],
			[
				/type=(\S+) expected=fp\b(.*)/,
				{
					usually:
						"The address of a local variable or of a map's value; copy the data there first.",
				},
			],
			[
				/is of type (\S*) but (\S+) is expected/,
				{
					reason: "{bad} of {call} points to struct {1}, where it takes a pointer to {2}.",
					needed: "A pointer to struct {2}.",
				},
			],
			[
				/may write into memory/,
				{
					reason: "{call} would write into a kernel object, which it may only read.",
					needed: "Memory that the program may write.",
					usually: "The address of a local variable or of a map's value.",
				},
			],
		],
	],
	"helper/maybe-null": [
		"Passes a pointer that may be NULL to {call}, which needs a valid one.",
		"{bad is}.{origin}",
		"A comparison with NULL before the call.",
		"{null check} right after the call that returned it.",
	],
	"helper/map-type": [
		"{call} does not work on this type of map.",
		"{bad is}. Each map type has its own helpers.",
		"A map of a type that {call} takes.",
		"The helper of this map type: bpf_ringbuf_* for ring buffers, bpf_perf_event_output for perf event arrays, bpf_redirect_map for devices, CPUs and sockets, bpf_map_* for hashes and arrays.",
		[
			[
				/expected prog array map for tail call/,
				{
					reason: "A tail call goes through a map of programs.",
					usually: "A map of type BPF_MAP_TYPE_PROG_ARRAY.",
				},
			],
			[/cannot update sockmap/, { reason: "{a type} program may not change maps of sockets." }],
		],
	],
	"helper/map-mismatch": [
		"The map and the field that are passed do not belong together.",
		"{arguments}. A timer or work queue is used with the map whose value holds it.",
		"The map from which the value was looked up.",
		"Look the value up and pass that same map.",
	],
	"helper/packet": [
		"Passes packet memory to {call}, which does not take it.",
		"{bad is}. Programs of this type hand no packet memory to helpers.",
		"Memory on the stack or in a map.",
		"Copy the bytes into a local variable first.",
	],
	"helper/format": [
		"The format string of {call} is not one that it takes.",
		"The verifier reads the string: printable characters, at most the conversions that arguments are there for, and of the kinds that bpf_snprintf and bpf_trace_printk know (%d %u %x %p %s and variants).",
		"A format that fits the arguments.",
		"Fewer or simpler conversions; `%%` for a per cent sign.",
	],
	"helper/not-constant": [
		"{bad} of {call} must be a constant.",
		"{bad is}.",
		"One known value on this path.",
		"A literal or sizeof; a constant that is chosen by `if` needs a call in each branch.",
	],
	"helper/negative-size": [
		"The size that is passed to {call} may be negative.",
		"{bad is}.",
		"Proof that it is 0 or more.",
		"An unsigned type for the size, `if (size < 0) return ...;`, or a mask such as `size & 63`.",
	],
	"helper/unbounded-size": [
		"The size that is passed to {call} has no upper bound.",
		"{bad is}.",
		"A bound that keeps it within the memory passed.",
		"`if (size > sizeof(buffer)) size = sizeof(buffer);` with an unsigned size, or a mask such as `size & 63`.",
	],
	"helper/constant-string": [
		"The string that is passed to {call} is not a constant.",
		"{bad is}. The verifier reads the string, so it must lie in read-only data and end with a zero byte.",
		"A constant string with its zero byte.",
		'`static const char name[] = "...";`, which lies in .rodata, or a string literal.',
	],
	"helper/flags": [
		"{call} cannot be used with these flags here.",
		"{arguments}.",
		"Flags that the helper's documentation lists.",
		"0 for the flags.",
	],
	"reference/leak": [
		"Ends without giving back what {alloc} handed out.",
		"The reference is still held on this path.",
		"On every path, one call that releases it, or hands it on.",
		"The matching release before this return.",
		[
			[
				/tail_call would lead/,
				{
					reason: "Tail calls without giving back what {alloc} handed out.",
					usually: "Release it before the tail call, which does not return.",
				},
			],
		],
	],
	"reference/not-held": [
		"Gives back something that is not held.",
		"{bad is}. It was released before, or never acquired.",
		"A reference that is held on this path: one release for each acquisition.",
		"Remove the second release; after bpf_ringbuf_submit or _discard the record is gone.",
	],
	"reference/several": [
		"Passes two references to {call} at once.",
		"{arguments}. The verifier follows one reference through a call.",
		"One argument that holds a reference.",
		"Pass only one object that must be released; read what is needed of the other before.",
	],
	"reference/modified": [
		"Gives back a pointer that was moved.",
		"{bad is}.",
		"The pointer as it was handed out.",
		"Keep the first pointer for the release, and move a copy.",
	],
	"lock/held-at-exit": [
		"Leaves with a lock or a section still held.",
		"What is locked or disabled must be released on every path, in the function that took it.",
		"The release before exit, tail call or return.",
		"The matching unlock before every `return`.",
		[
			[
				/bpf_spin_lock-ed region/,
				{
					reason: "Leaves while a spin lock is held.",
					usually: "bpf_spin_unlock(&value->lock) before this return.",
				},
			],
			[
				/bpf_local_irq_save-ed region/,
				{
					reason: "Leaves while interrupts are off.",
					usually: "bpf_local_irq_restore(&flags) before this return.",
				},
			],
			[
				/bpf_rcu_read_lock-ed region/,
				{
					reason: "Leaves within an RCU section.",
					usually: "bpf_rcu_read_unlock() before this return.",
				},
			],
			[
				/bpf_preempt_disable-ed region/,
				{
					reason: "Leaves while preemption is off.",
					usually: "bpf_preempt_enable() before this return.",
				},
			],
		],
	],
	"lock/misuse": [
		"Uses a lock in a way that could deadlock.",
		"{bad is}.",
		"One lock at a time, in a map's value or an allocated object, and the same one unlocked.",
		"One lock and one unlock around the shared data.",
		[
			[
				/Locking two bpf_spin_locks/,
				{
					reason: "Takes a second spin lock while one is held.",
					usually: "Unlock the first before the second is taken; or one lock for both values.",
				},
			],
			[
				/same lock again/,
				{
					reason: "Takes a lock that is held already: it would wait for itself.",
					usually: "Unlock it first.",
				},
			],
			[
				/_unlock without taking a lock/,
				{
					reason: "Unlocks without having locked.",
					usually: "The lock call before, on every path.",
				},
			],
			[
				/_unlock of different lock/,
				{
					reason: "Unlocks another lock than the one that is held.",
					usually: "The same pointer for lock and unlock; a new lookup counts as another value.",
				},
			],
			[
				/_unlock cannot be out of order/,
				{
					reason: "Unlocks in another order than was locked.",
					usually: "The last lock taken is the first to be unlocked.",
				},
			],
			[
				/has to have BTF/,
				{
					reason: "The map has no BTF, so the verifier cannot know where its lock is.",
					usually: 'Declare the map in SEC(".maps") with `__type(value, struct ...)`.',
				},
			],
			[
				/has no valid (\S+)/,
				{
					reason: "The value has no {1}.",
					usually: "A member `struct {1} lock;` in the value's struct.",
				},
			],
			[
				/doesn't point to 'struct (\S+)' that is at (\d+)/,
				{
					reason: "Passes an address that is not the lock's: that lies at offset {2} of the value.",
				},
			],
			[
				/doesn't point to map value or allocated object/,
				{
					reason: "Locks something that is not in a map's value or an allocated object.",
					usually: "A lock in a map's value: locks on the stack would be nobody else's.",
				},
			],
		],
	],
	"lock/call-while-held": [
		"Calls {call} while a spin lock is held.",
		"Between lock and unlock only plain instructions, and a few kfuncs of lists and trees, may run; not even a second lock.",
		"No call inside the locked part.",
		"Make the call before the lock or after the unlock; copy what it needs into local variables.",
	],
	"lock/global-call": [
		"Calls a global function inside a section.",
		"Global functions are verified on their own, without the section.",
		"A static function, or the call outside.",
		"`static` before the function, or the call after the unlock.",
		[
			[
				/may sleep/,
				{
					reason: "Calls a global function that may sleep where nothing may.",
					usually: "Make the call outside of the section, or in a sleepable program.",
				},
			],
		],
	],
	"lock/in-callback": [
		"Locks or unlocks inside a callback of a tree.",
		"The tree's lock is held by the caller.",
		"A callback without lock calls.",
		"Only the comparison in the callback.",
	],
	"region/unmatched": [
		"Closes a section that is not open, or opens one twice.",
		"RCU and preemption sections are counted along each path.",
		"Each lock call with its unlock.",
		"One unlock for each lock, on every path.",
		[
			[/nested rcu read lock/, { reason: "Begins an RCU section within one." }],
			[/unmatched rcu read unlock/, { reason: "Ends an RCU section that did not begin." }],
			[/enable preemption/, { reason: "Enables preemption that was not disabled." }],
		],
	],
	"irq/argument": [
		"Passes something else than saved interrupt flags on the stack.",
		"{bad is}. bpf_local_irq_save writes them to 8 bytes of stack; restore takes the same ones.",
		"The address that was passed to save.",
		"`unsigned long flags; bpf_local_irq_save(&flags); ... bpf_local_irq_restore(&flags);`.",
		[
			[
				/expected uninitialized irq flag/,
				{ reason: "Saves interrupt flags over ones that are not yet restored." },
			],
			[
				/expected an initialized irq flag/,
				{ reason: "Restores interrupt flags that were not saved, or restores them twice." },
			],
			[
				/acquired by (\S+) kfuncs cannot be restored with (\S+) kfuncs/,
				{ reason: "Restores with {2} functions what {1} functions saved." },
			],
		],
	],
	"irq/order": [
		"Restores interrupts in another order than they were saved.",
		"The last one saved is the first to be restored.",
		"Restores in reverse order.",
		"Nest the sections: save a, save b, restore b, restore a.",
	],
	"dynptr/argument": [
		"Passes something else than the dynptr that {call} takes.",
		"{bad is}. A dynptr is 16 bytes of stack, made by one call and used by others.",
		"The stack address of a dynptr in the right state.",
		"`struct bpf_dynptr ptr;`, made by bpf_dynptr_from_mem, bpf_ringbuf_reserve_dynptr or the like, and passed as `&ptr`.",
		[
			[
				/Expected an initialized dynptr/,
				{
					reason: "{call} is given a dynptr that nothing has made, or that is gone.",
					usually:
						"Make it first, on every path (bpf_dynptr_from_mem, bpf_ringbuf_reserve_dynptr, ...); after submit or discard it is gone.",
				},
			],
			[
				/has to be an uninitialized dynptr/,
				{
					reason: "{call} would make a dynptr where one is already.",
					usually: "A variable of its own for each dynptr.",
				},
			],
			[
				/Expected a dynptr of type (\S+)/,
				{ reason: "{call} takes a dynptr of another kind: {1}." },
			],
			[
				/the helper mutates it/,
				{
					reason: "{call} changes the dynptr, and this one is const.",
					usually: "A dynptr of your own, e.g. by bpf_dynptr_clone.",
				},
			],
			[
				/expected pointer to stack/,
				{
					reason: "{bad} is not the address of a dynptr on the stack.",
					usually: "`&ptr` of a local `struct bpf_dynptr`.",
				},
			],
		],
	],
	"dynptr/not-held": [
		"Gives back a dynptr that holds no reference.",
		"{bad is}. It was submitted or discarded before, or never reserved.",
		"A dynptr that holds a record on this path.",
		"One submit or discard for each reservation.",
		[[/const bpf_dynptr/, { reason: "Gives back a dynptr that belongs to the kernel." }]],
	],
	"dynptr/memory": [
		"Makes a dynptr over memory that it cannot hold.",
		"{bad is}. Local dynptrs lie over map values.",
		"A pointer into a map's value.",
		"Keep the bytes in a map's value, e.g. of an array of one element per CPU.",
	],
	"dynptr/overwritten": [
		"Writes over a dynptr.",
		"The bytes of the stack belong to a dynptr; the record behind it could then never be given back.",
		"Other bytes, or the dynptr given back first.",
		"Submit or discard first; no copy into or over `struct bpf_dynptr`.",
	],
	"dynptr/read-only": [
		"Writes through a dynptr that may only be read.",
		"Dynptrs over this packet, or over read-only memory, are for reading.",
		"A dynptr for writing.",
		"bpf_dynptr_slice for reading; for writing bpf_dynptr_write, or a program type that may change packets.",
	],
};
