// Objects of a program's own: allocation, lists, trees, locks, exceptions, deferred work. Include vmlinux.h first.
#ifndef __BPF_EXPERIMENTAL__
#define __BPF_EXPERIMENTAL__
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

struct bpf_list_head;
struct bpf_list_node;
struct bpf_rb_node;
struct bpf_rb_root;
struct bpf_res_spin_lock;
struct bpf_wq;

extern void *bpf_obj_new_impl(__u64 local_type_id__k, void *meta__ign) __ksym __weak;
extern void bpf_obj_drop_impl(void *p__alloc, void *meta__ign) __ksym __weak;
extern void *bpf_percpu_obj_new_impl(__u64 local_type_id__k, void *meta__ign) __ksym __weak;
extern void bpf_percpu_obj_drop_impl(void *p__alloc, void *meta__ign) __ksym __weak;
extern void *bpf_refcount_acquire_impl(void *p__refcounted_kptr, void *meta__ign) __ksym __weak;
extern int bpf_list_push_front_impl(struct bpf_list_head *head, struct bpf_list_node *node, void *meta__ign, __u64 off) __ksym __weak;
extern int bpf_list_push_back_impl(struct bpf_list_head *head, struct bpf_list_node *node, void *meta__ign, __u64 off) __ksym __weak;
extern struct bpf_list_node *bpf_list_pop_front(struct bpf_list_head *head) __ksym __weak;
extern struct bpf_list_node *bpf_list_pop_back(struct bpf_list_head *head) __ksym __weak;
extern struct bpf_list_node *bpf_list_front(struct bpf_list_head *head) __ksym __weak;
extern struct bpf_list_node *bpf_list_back(struct bpf_list_head *head) __ksym __weak;
extern int bpf_rbtree_add_impl(struct bpf_rb_root *root, struct bpf_rb_node *node,
			       _Bool (*less)(struct bpf_rb_node *, const struct bpf_rb_node *), void *meta__ign,
			       __u64 off) __ksym __weak;
extern struct bpf_rb_node *bpf_rbtree_remove(struct bpf_rb_root *root, struct bpf_rb_node *node) __ksym __weak;
extern struct bpf_rb_node *bpf_rbtree_first(struct bpf_rb_root *root) __ksym __weak;
extern struct bpf_rb_node *bpf_rbtree_root(struct bpf_rb_root *root) __ksym __weak;
extern struct bpf_rb_node *bpf_rbtree_left(struct bpf_rb_root *root, struct bpf_rb_node *node) __ksym __weak;
extern struct bpf_rb_node *bpf_rbtree_right(struct bpf_rb_root *root, struct bpf_rb_node *node) __ksym __weak;
extern void bpf_throw(__u64 cookie) __ksym __weak;
extern void bpf_rcu_read_lock(void) __ksym __weak;
extern void bpf_rcu_read_unlock(void) __ksym __weak;
extern void bpf_preempt_disable(void) __ksym __weak;
extern void bpf_preempt_enable(void) __ksym __weak;
extern void bpf_local_irq_save(unsigned long *flags__irq_flag) __ksym __weak;
extern void bpf_local_irq_restore(unsigned long *flags__irq_flag) __ksym __weak;
extern int bpf_res_spin_lock(struct bpf_res_spin_lock *lock) __ksym __weak;
extern void bpf_res_spin_unlock(struct bpf_res_spin_lock *lock) __ksym __weak;
extern int bpf_wq_init(struct bpf_wq *wq, void *p__map, unsigned int flags) __ksym __weak;
extern int bpf_wq_set_callback_impl(struct bpf_wq *wq, int (*callback)(void *, int *, void *), unsigned int flags,
				    void *aux__ign) __ksym __weak;
extern int bpf_wq_start(struct bpf_wq *wq, unsigned int flags) __ksym __weak;

struct bpf_iter_task_vma;
struct bpf_iter_css_task;
struct bpf_iter_task;
struct bpf_iter_css;
struct cgroup_subsys_state;

extern int bpf_iter_task_vma_new(struct bpf_iter_task_vma *it, struct task_struct *task, __u64 addr) __ksym __weak;
extern struct vm_area_struct *bpf_iter_task_vma_next(struct bpf_iter_task_vma *it) __ksym __weak;
extern void bpf_iter_task_vma_destroy(struct bpf_iter_task_vma *it) __ksym __weak;
extern int bpf_iter_css_task_new(struct bpf_iter_css_task *it, struct cgroup_subsys_state *css, unsigned int flags) __ksym __weak;
extern struct task_struct *bpf_iter_css_task_next(struct bpf_iter_css_task *it) __ksym __weak;
extern void bpf_iter_css_task_destroy(struct bpf_iter_css_task *it) __ksym __weak;
extern int bpf_iter_task_new(struct bpf_iter_task *it, struct task_struct *task, unsigned int flags) __ksym __weak;
extern struct task_struct *bpf_iter_task_next(struct bpf_iter_task *it) __ksym __weak;
extern void bpf_iter_task_destroy(struct bpf_iter_task *it) __ksym __weak;
extern int bpf_iter_css_new(struct bpf_iter_css *it, struct cgroup_subsys_state *start, unsigned int flags) __ksym __weak;
extern struct cgroup_subsys_state *bpf_iter_css_next(struct bpf_iter_css *it) __ksym __weak;
extern void bpf_iter_css_destroy(struct bpf_iter_css *it) __ksym __weak;
extern struct file *bpf_get_task_exe_file(struct task_struct *task) __ksym __weak;
extern void bpf_put_file(struct file *file) __ksym __weak;
extern int bpf_path_d_path(const struct path *path, char *buf, __u64 buf__sz) __ksym __weak;

#define __contains(name, node) __attribute__((btf_decl_tag("contains:" #name ":" #node)))
#ifndef private
#define private(name) SEC(".bss." #name) __hidden __attribute__((aligned(8)))
#endif

#define bpf_obj_new(type) ((type *)bpf_obj_new_impl(bpf_core_type_id_local(type), NULL))
#define bpf_obj_drop(kptr) bpf_obj_drop_impl(kptr, NULL)
#define bpf_percpu_obj_new(type) \
	((type __percpu_kptr *)bpf_percpu_obj_new_impl(bpf_core_type_id_local(type), NULL))
#define bpf_percpu_obj_drop(kptr) bpf_percpu_obj_drop_impl(kptr, NULL)
#define bpf_refcount_acquire(kptr) bpf_refcount_acquire_impl(kptr, NULL)
#define bpf_list_push_front(head, node) bpf_list_push_front_impl(head, node, NULL, 0)
#define bpf_list_push_back(head, node) bpf_list_push_back_impl(head, node, NULL, 0)
#define bpf_rbtree_add(head, node, less) bpf_rbtree_add_impl(head, node, less, NULL, 0)
#define bpf_wq_set_callback(work, callback, flags) bpf_wq_set_callback_impl(work, callback, flags, NULL)

// The function that ends the program in place of the default when something is thrown.
#define __exception_cb(name) __attribute__((btf_decl_tag("exception_callback:" #name)))

// Ends the program with a value when a condition does not hold.
#define bpf_assert(cond) \
	if (!(cond)) \
		bpf_throw(0);
#define bpf_assert_with(cond, value) \
	if (!(cond)) \
		bpf_throw(value);

// Whether an expression is a 64-bit integer with a sign, without one, or none of them.
#define ___bpf_signed64(x) \
	_Generic((x), unsigned long: 0, unsigned long long: 0, signed long: 1, signed long long: 1)

// Throws unless the comparison holds, which is left as it is written: what the verifier learns from it cannot be optimised away.
#define ___bpf_must(lhs, op, rhs, value) \
	({ \
		(void)bpf_throw; \
		asm volatile("if %[l] " op " %[r] goto +2; r1 = %[v]; call bpf_throw" \
			     : \
			     : [l] "r"(lhs), [r] "r"(rhs), [v] "ri"(value)); \
	})
#define bpf_assert_range_with(lhs, from, to, value) \
	({ \
		_Static_assert(sizeof(&(lhs)), "the first argument must be an lvalue"); \
		_Static_assert(sizeof(lhs) == 8, "only 8-byte integers are supported"); \
		_Static_assert((from) <= (to), "the range is empty"); \
		const typeof(lhs) ___from = (from), ___to = (to); \
		if (___bpf_signed64(lhs)) { \
			___bpf_must(lhs, "s>=", ___from, value); \
			___bpf_must(lhs, "s<=", ___to, value); \
		} else { \
			___bpf_must(lhs, ">=", ___from, value); \
			___bpf_must(lhs, "<=", ___to, value); \
		} \
	})
#define bpf_assert_range(lhs, from, to) bpf_assert_range_with(lhs, from, to, 0)

// One conditional jump, on all 64 bits of the operands: `taken` is what comes of it when the comparison holds.
#define ___bpf_jump(lhs, op, how, rhs, taken) \
	({ \
		__label__ ___yes; \
		bool ___holds = taken; \
		asm volatile goto("if %[l] " op " %[r] goto %l[___yes]" \
				  : \
				  : [l] "r"((short)lhs), [r] how(rhs) \
				  : \
				  : ___yes); \
		___holds = !(taken); \
	___yes: \
		___holds; \
	})
#define ___bpf_no_sign(op) (!__builtin_strcmp(op, "==") || !__builtin_strcmp(op, "!=") || !__builtin_strcmp(op, "&"))
#define ___bpf_compare(lhs, op, rhs, taken) \
	({ \
		_Static_assert(sizeof(&(lhs)), "the first argument must be an lvalue"); \
		typeof(lhs) ___l = (lhs); \
		typeof(rhs) ___r = (rhs); \
		bool ___result; \
		(void)(___l op ___r); \
		if (___bpf_no_sign(#op) || (typeof(___l))-1 > (typeof(___l))0) { \
			if (sizeof(___r) == 8) \
				___result = ___bpf_jump(___l, #op, "r", ___r, taken); \
			else \
				___result = ___bpf_jump(___l, #op, "ri", ___r, taken); \
		} else { \
			if (sizeof(___r) == 8) \
				___result = ___bpf_jump(___l, "s" #op, "r", ___r, taken); \
			else \
				___result = ___bpf_jump(___l, "s" #op, "ri", ___r, taken); \
		} \
		___result; \
	})

// A comparison that jumps when it holds, and one that jumps when it does not. The first argument is the one of a type.
#ifndef bpf_cmp_unlikely
#define bpf_cmp_unlikely(lhs, op, rhs) ___bpf_compare(lhs, op, rhs, true)
#endif
#ifndef bpf_cmp_likely
#define bpf_cmp_likely(lhs, op, rhs) \
	({ \
		bool ___unless = 0; \
		if (!__builtin_strcmp(#op, "==")) \
			___unless = ___bpf_compare(lhs, !=, rhs, false); \
		else if (!__builtin_strcmp(#op, "!=")) \
			___unless = ___bpf_compare(lhs, ==, rhs, false); \
		else if (!__builtin_strcmp(#op, "<=")) \
			___unless = ___bpf_compare(lhs, >, rhs, false); \
		else if (!__builtin_strcmp(#op, "<")) \
			___unless = ___bpf_compare(lhs, >=, rhs, false); \
		else if (!__builtin_strcmp(#op, ">")) \
			___unless = ___bpf_compare(lhs, <=, rhs, false); \
		else if (!__builtin_strcmp(#op, ">=")) \
			___unless = ___bpf_compare(lhs, <, rhs, false); \
		else \
			asm volatile("r0 " #op " cannot be compared like this"); \
		___unless; \
	})
#endif

// Loops that the kernel may stop: `can_loop` in the condition, `cond_break` in the body. Before -mcpu=v4 the instruction is written
// as bytes; clang settles the distance only where it begins a word.
#ifdef __BPF_FEATURE_MAY_GOTO
#define ___bpf_may_goto(to) asm volatile goto("may_goto %l[" #to "]" : : : : to)
#else
#define ___bpf_may_goto(to) \
	asm volatile goto("1: .byte 0xe5, 0; .long ((%l[" #to "] - 1b - 8) / 8) & 0xffff; .short 0" : : : : to)
#endif
#define can_loop \
	({ \
		__label__ ___stop, ___go; \
		bool ___more = true; \
		___bpf_may_goto(___stop); \
		goto ___go; \
	___stop: \
		___more = false; \
	___go:; \
		___more; \
	})
#define cond_break \
	({ \
		__label__ ___stop, ___go; \
		___bpf_may_goto(___stop); \
		goto ___go; \
	___stop: \
		break; \
	___go:; \
	})

// A move of a register to itself: what was known of its bounds goes through it.
#ifndef bpf_nop_mov
#define bpf_nop_mov(var) asm volatile("%[reg] = %[reg]" : : [reg] "r"((short)var))
#endif

// The rest of the block is not preempted.
typedef struct {
} __bpf_preempt_t;
static inline __bpf_preempt_t __bpf_preempt_constructor(void)
{
	__bpf_preempt_t held = {};

	bpf_preempt_disable();
	return held;
}
static inline void __bpf_preempt_destructor(__bpf_preempt_t *held)
{
	bpf_preempt_enable();
}
#define bpf_guard_preempt() \
	__bpf_preempt_t ___bpf_apply(___held, __COUNTER__) \
	__attribute__((unused, cleanup(__bpf_preempt_destructor))) = __bpf_preempt_constructor()

#endif
