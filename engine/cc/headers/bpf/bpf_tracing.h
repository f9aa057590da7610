// Arguments of tracing programs by name, and registers of probes by their part in a call.
#ifndef __BPF_TRACING_H__
#define __BPF_TRACING_H__
#include <bpf/bpf_helpers.h>

// The machine that is traced; x86-64 when nothing is said.
#if defined(__TARGET_ARCH_arm64)
#define bpf_target_arm64
#elif defined(__TARGET_ARCH_x86) || !(defined(__TARGET_ARCH_s390) || defined(__TARGET_ARCH_arm) || \
	defined(__TARGET_ARCH_mips) || defined(__TARGET_ARCH_powerpc) || defined(__TARGET_ARCH_sparc) || \
	defined(__TARGET_ARCH_riscv) || defined(__TARGET_ARCH_arc) || defined(__TARGET_ARCH_loongarch))
#define bpf_target_x86
#else
#error "bpf_tracing.h of Skep knows the registers of x86 and arm64 only"
#endif
#define bpf_target_defined

struct pt_regs;

#ifdef bpf_target_x86
#define __PT_REGS_CAST(x) (x)
#if defined(__KERNEL__) || defined(__VMLINUX_H__)
#define __PT_PARM1_REG di
#define __PT_PARM2_REG si
#define __PT_PARM3_REG dx
#define __PT_PARM4_REG cx
#define __PT_PARM5_REG r8
#define __PT_PARM6_REG r9
#define __PT_RET_REG sp
#define __PT_FP_REG bp
#define __PT_RC_REG ax
#define __PT_SP_REG sp
#define __PT_IP_REG ip
#define __PT_PARM4_SYSCALL_REG r10
#else
#define __PT_PARM1_REG rdi
#define __PT_PARM2_REG rsi
#define __PT_PARM3_REG rdx
#define __PT_PARM4_REG rcx
#define __PT_PARM5_REG r8
#define __PT_PARM6_REG r9
#define __PT_RET_REG rsp
#define __PT_FP_REG rbp
#define __PT_RC_REG rax
#define __PT_SP_REG rsp
#define __PT_IP_REG rip
#define __PT_PARM4_SYSCALL_REG r10
#endif
#else
struct user_pt_regs;
struct pt_regs___arm64 {
	unsigned long orig_x0;
} __attribute__((preserve_access_index));
#define __PT_REGS_CAST(x) ((const struct user_pt_regs *)(x))
#define __PT_PARM1_REG regs[0]
#define __PT_PARM2_REG regs[1]
#define __PT_PARM3_REG regs[2]
#define __PT_PARM4_REG regs[3]
#define __PT_PARM5_REG regs[4]
#define __PT_PARM6_REG regs[5]
#define __PT_PARM7_REG regs[6]
#define __PT_PARM8_REG regs[7]
#define __PT_RET_REG regs[30]
#define __PT_FP_REG regs[29]
#define __PT_RC_REG regs[0]
#define __PT_SP_REG sp
#define __PT_IP_REG pc
#define __PT_PARM4_SYSCALL_REG __PT_PARM4_REG
#define PT_REGS_PARM1_SYSCALL(x) PT_REGS_PARM1_CORE_SYSCALL(x)
#define PT_REGS_PARM1_CORE_SYSCALL(x) BPF_CORE_READ((const struct pt_regs___arm64 *)(x), orig_x0)
#endif

// x86 passes two of eight arguments on the stack.
#ifdef bpf_target_x86
#define PT_REGS_PARM7(x) 0
#define PT_REGS_PARM8(x) 0
#define PT_REGS_PARM7_CORE(x) 0
#define PT_REGS_PARM8_CORE(x) 0
#else
#define PT_REGS_PARM7(x) (__PT_REGS_CAST(x)->__PT_PARM7_REG)
#define PT_REGS_PARM8(x) (__PT_REGS_CAST(x)->__PT_PARM8_REG)
#define PT_REGS_PARM7_CORE(x) BPF_CORE_READ(__PT_REGS_CAST(x), __PT_PARM7_REG)
#define PT_REGS_PARM8_CORE(x) BPF_CORE_READ(__PT_REGS_CAST(x), __PT_PARM8_REG)
#endif

#define PT_REGS_PARM1(x) (__PT_REGS_CAST(x)->__PT_PARM1_REG)
#define PT_REGS_PARM1_CORE(x) BPF_CORE_READ(__PT_REGS_CAST(x), __PT_PARM1_REG)
#define PT_REGS_PARM2(x) (__PT_REGS_CAST(x)->__PT_PARM2_REG)
#define PT_REGS_PARM2_CORE(x) BPF_CORE_READ(__PT_REGS_CAST(x), __PT_PARM2_REG)
#define PT_REGS_PARM3(x) (__PT_REGS_CAST(x)->__PT_PARM3_REG)
#define PT_REGS_PARM3_CORE(x) BPF_CORE_READ(__PT_REGS_CAST(x), __PT_PARM3_REG)
#define PT_REGS_PARM4(x) (__PT_REGS_CAST(x)->__PT_PARM4_REG)
#define PT_REGS_PARM4_CORE(x) BPF_CORE_READ(__PT_REGS_CAST(x), __PT_PARM4_REG)
#define PT_REGS_PARM5(x) (__PT_REGS_CAST(x)->__PT_PARM5_REG)
#define PT_REGS_PARM5_CORE(x) BPF_CORE_READ(__PT_REGS_CAST(x), __PT_PARM5_REG)
#define PT_REGS_PARM6(x) (__PT_REGS_CAST(x)->__PT_PARM6_REG)
#define PT_REGS_PARM6_CORE(x) BPF_CORE_READ(__PT_REGS_CAST(x), __PT_PARM6_REG)
#define PT_REGS_RET(x) (__PT_REGS_CAST(x)->__PT_RET_REG)
#define PT_REGS_RET_CORE(x) BPF_CORE_READ(__PT_REGS_CAST(x), __PT_RET_REG)
#define PT_REGS_FP(x) (__PT_REGS_CAST(x)->__PT_FP_REG)
#define PT_REGS_FP_CORE(x) BPF_CORE_READ(__PT_REGS_CAST(x), __PT_FP_REG)
#define PT_REGS_RC(x) (__PT_REGS_CAST(x)->__PT_RC_REG)
#define PT_REGS_RC_CORE(x) BPF_CORE_READ(__PT_REGS_CAST(x), __PT_RC_REG)
#define PT_REGS_SP(x) (__PT_REGS_CAST(x)->__PT_SP_REG)
#define PT_REGS_SP_CORE(x) BPF_CORE_READ(__PT_REGS_CAST(x), __PT_SP_REG)
#define PT_REGS_IP(x) (__PT_REGS_CAST(x)->__PT_IP_REG)
#define PT_REGS_IP_CORE(x) BPF_CORE_READ(__PT_REGS_CAST(x), __PT_IP_REG)

// A system call takes its fourth argument elsewhere.
#ifndef PT_REGS_PARM1_SYSCALL
#define PT_REGS_PARM1_SYSCALL(x) PT_REGS_PARM1(x)
#define PT_REGS_PARM1_CORE_SYSCALL(x) PT_REGS_PARM1_CORE(x)
#endif
#define PT_REGS_PARM2_SYSCALL(x) PT_REGS_PARM2(x)
#define PT_REGS_PARM2_CORE_SYSCALL(x) PT_REGS_PARM2_CORE(x)
#define PT_REGS_PARM3_SYSCALL(x) PT_REGS_PARM3(x)
#define PT_REGS_PARM3_CORE_SYSCALL(x) PT_REGS_PARM3_CORE(x)
#define PT_REGS_PARM5_SYSCALL(x) PT_REGS_PARM5(x)
#define PT_REGS_PARM5_CORE_SYSCALL(x) PT_REGS_PARM5_CORE(x)
#define PT_REGS_PARM6_SYSCALL(x) PT_REGS_PARM6(x)
#define PT_REGS_PARM6_CORE_SYSCALL(x) PT_REGS_PARM6_CORE(x)
#define PT_REGS_PARM7_SYSCALL(x) PT_REGS_PARM7(x)
#define PT_REGS_PARM7_CORE_SYSCALL(x) PT_REGS_PARM7_CORE(x)
#define PT_REGS_PARM4_SYSCALL(x) (__PT_REGS_CAST(x)->__PT_PARM4_SYSCALL_REG)
#define PT_REGS_PARM4_CORE_SYSCALL(x) BPF_CORE_READ(__PT_REGS_CAST(x), __PT_PARM4_SYSCALL_REG)
#define PT_REGS_SYSCALL_REGS(ctx) ((struct pt_regs *)PT_REGS_PARM1(ctx))

#ifdef bpf_target_x86
#define BPF_KPROBE_READ_RET_IP(ip, ctx) \
	({ bpf_probe_read_kernel(&(ip), sizeof(ip), (void *)PT_REGS_RET(ctx)); })
#define BPF_KRETPROBE_READ_RET_IP(ip, ctx) \
	({ bpf_probe_read_kernel(&(ip), sizeof(ip), (void *)(PT_REGS_FP(ctx) + sizeof(ip))); })
#else
#define BPF_KPROBE_READ_RET_IP(ip, ctx) ({ (ip) = PT_REGS_RET(ctx); })
#define BPF_KRETPROBE_READ_RET_IP BPF_KPROBE_READ_RET_IP
#endif

// A program is two functions: the one that the kernel calls takes the context; the one that the user writes takes its parts.
#define ___bpf_outer(name, context, call) \
	name(context); \
	static __always_inline typeof(name(0)) call; \
	typeof(name(0)) name(context)
#define ___bpf_quiet(statement) \
	_Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wint-conversion\"") statement \
		_Pragma("GCC diagnostic pop")

// Arguments as an array of 64-bit slots: BPF_PROG counts names, each one slot.
#define ___bpf_slots0() ctx
#define ___bpf_slots1(x) ctx, ctx[0]
#define ___bpf_slots2(x, rest...) ___bpf_slots1(rest), ctx[1]
#define ___bpf_slots3(x, rest...) ___bpf_slots2(rest), ctx[2]
#define ___bpf_slots4(x, rest...) ___bpf_slots3(rest), ctx[3]
#define ___bpf_slots5(x, rest...) ___bpf_slots4(rest), ctx[4]
#define ___bpf_slots6(x, rest...) ___bpf_slots5(rest), ctx[5]
#define ___bpf_slots7(x, rest...) ___bpf_slots6(rest), ctx[6]
#define ___bpf_slots8(x, rest...) ___bpf_slots7(rest), ctx[7]
#define ___bpf_slots9(x, rest...) ___bpf_slots8(rest), ctx[8]
#define ___bpf_slots10(x, rest...) ___bpf_slots9(rest), ctx[9]
#define ___bpf_slots11(x, rest...) ___bpf_slots10(rest), ctx[10]
#define ___bpf_slots12(x, rest...) ___bpf_slots11(rest), ctx[11]
#define ___bpf_slots(args...) ___bpf_apply(___bpf_slots, ___bpf_narg(args))(args)
#define BPF_PROG(name, args...) \
	___bpf_outer(name, unsigned long long *ctx, ____##name(unsigned long long *ctx, ##args)) \
	{ \
		___bpf_quiet(return ____##name(___bpf_slots(args));) \
	} \
	static __always_inline typeof(name(0)) ____##name(unsigned long long *ctx, ##args)

// BPF_PROG2 is given types and names in turn; a struct of up to 16 bytes takes one slot or two.
#define ___bpf_nth2(_, _1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11, _12, _13, _14, _15, _16, _17, _18, \
		    _19, _20, _21, _22, _23, _24, N, ...) \
	N
#define ___bpf_narg2(...) \
	___bpf_nth2(_, ##__VA_ARGS__, 12, 12, 11, 11, 10, 10, 9, 9, 8, 8, 7, 7, 6, 6, 5, 5, 4, 4, 3, 3, 2, \
		    2, 1, 1, 0)
#define ___bpf_width(type) ((sizeof(type) + 7) / 8)
#define ___bpf_take(type, slot) \
	({ \
		union { \
			__u64 slots[2]; \
			__u8 byte; \
			__u16 half; \
			__u32 word; \
			type value; \
		} ___u; \
		if (sizeof(type) == 1) \
			___u.byte = ctx[slot]; \
		else if (sizeof(type) == 2) \
			___u.half = ctx[slot]; \
		else if (sizeof(type) == 4) \
			___u.word = ctx[slot]; \
		else \
			___u.slots[0] = ctx[slot]; \
		if (sizeof(type) > 8) \
			___u.slots[1] = ctx[(slot) + 1]; \
		___u.value; \
	})
#define ___bpf_takes0(at)
#define ___bpf_takes1(at, type, name) , ___bpf_take(type, at)
#define ___bpf_takes2(at, type, name, rest...) \
	, ___bpf_take(type, at) ___bpf_takes1((at) + ___bpf_width(type), rest)
#define ___bpf_takes3(at, type, name, rest...) \
	, ___bpf_take(type, at) ___bpf_takes2((at) + ___bpf_width(type), rest)
#define ___bpf_takes4(at, type, name, rest...) \
	, ___bpf_take(type, at) ___bpf_takes3((at) + ___bpf_width(type), rest)
#define ___bpf_takes5(at, type, name, rest...) \
	, ___bpf_take(type, at) ___bpf_takes4((at) + ___bpf_width(type), rest)
#define ___bpf_takes6(at, type, name, rest...) \
	, ___bpf_take(type, at) ___bpf_takes5((at) + ___bpf_width(type), rest)
#define ___bpf_takes7(at, type, name, rest...) \
	, ___bpf_take(type, at) ___bpf_takes6((at) + ___bpf_width(type), rest)
#define ___bpf_takes8(at, type, name, rest...) \
	, ___bpf_take(type, at) ___bpf_takes7((at) + ___bpf_width(type), rest)
#define ___bpf_takes9(at, type, name, rest...) \
	, ___bpf_take(type, at) ___bpf_takes8((at) + ___bpf_width(type), rest)
#define ___bpf_takes10(at, type, name, rest...) \
	, ___bpf_take(type, at) ___bpf_takes9((at) + ___bpf_width(type), rest)
#define ___bpf_takes11(at, type, name, rest...) \
	, ___bpf_take(type, at) ___bpf_takes10((at) + ___bpf_width(type), rest)
#define ___bpf_takes12(at, type, name, rest...) \
	, ___bpf_take(type, at) ___bpf_takes11((at) + ___bpf_width(type), rest)
#define ___bpf_decls0()
#define ___bpf_decls1(type, name) , type name
#define ___bpf_decls2(type, name, rest...) , type name ___bpf_decls1(rest)
#define ___bpf_decls3(type, name, rest...) , type name ___bpf_decls2(rest)
#define ___bpf_decls4(type, name, rest...) , type name ___bpf_decls3(rest)
#define ___bpf_decls5(type, name, rest...) , type name ___bpf_decls4(rest)
#define ___bpf_decls6(type, name, rest...) , type name ___bpf_decls5(rest)
#define ___bpf_decls7(type, name, rest...) , type name ___bpf_decls6(rest)
#define ___bpf_decls8(type, name, rest...) , type name ___bpf_decls7(rest)
#define ___bpf_decls9(type, name, rest...) , type name ___bpf_decls8(rest)
#define ___bpf_decls10(type, name, rest...) , type name ___bpf_decls9(rest)
#define ___bpf_decls11(type, name, rest...) , type name ___bpf_decls10(rest)
#define ___bpf_decls12(type, name, rest...) , type name ___bpf_decls11(rest)
#define ___bpf_takes(args...) ___bpf_apply(___bpf_takes, ___bpf_narg2(args))(0, ##args)
#define ___bpf_decls(args...) ___bpf_apply(___bpf_decls, ___bpf_narg2(args))(args)
#define BPF_PROG2(name, args...) \
	___bpf_outer(name, unsigned long long *ctx, \
		     ____##name(unsigned long long *ctx ___bpf_decls(args))) \
	{ \
		return ____##name(ctx ___bpf_takes(args)); \
	} \
	static __always_inline typeof(name(0)) ____##name(unsigned long long *ctx ___bpf_decls(args))

// Probes: `___bpf_regsN` names the first N registers that `reg` makes.
#define ___bpf_regs0(reg)
#define ___bpf_regs1(reg, x) , reg(1)
#define ___bpf_regs2(reg, x, rest...) ___bpf_regs1(reg, rest), reg(2)
#define ___bpf_regs3(reg, x, rest...) ___bpf_regs2(reg, rest), reg(3)
#define ___bpf_regs4(reg, x, rest...) ___bpf_regs3(reg, rest), reg(4)
#define ___bpf_regs5(reg, x, rest...) ___bpf_regs4(reg, rest), reg(5)
#define ___bpf_regs6(reg, x, rest...) ___bpf_regs5(reg, rest), reg(6)
#define ___bpf_regs7(reg, x, rest...) ___bpf_regs6(reg, rest), reg(7)
#define ___bpf_regs8(reg, x, rest...) ___bpf_regs7(reg, rest), reg(8)
#define ___bpf_regs(reg, args...) ___bpf_apply(___bpf_regs, ___bpf_narg(args))(reg, ##args)
#define ___bpf_probe(name, inner, args...) \
	name(struct pt_regs *ctx); \
	static __always_inline typeof(name(0)) ____##name(struct pt_regs *ctx, ##args); \
	typeof(name(0)) name(struct pt_regs *ctx) \
	{ \
		inner \
	} \
	static __always_inline typeof(name(0)) ____##name(struct pt_regs *ctx, ##args)

#define ___bpf_call_reg(n) PT_REGS_PARM##n(ctx)
#define BPF_KPROBE(name, args...) \
	___bpf_probe(name, \
		     ___bpf_quiet(return ____##name(ctx ___bpf_regs(___bpf_call_reg, ##args));), \
		     ##args)
#define BPF_UPROBE(name, args...) BPF_KPROBE(name, ##args)

#define ___bpf_result0()
#define ___bpf_result1(x) , PT_REGS_RC(ctx)
#define ___bpf_result(args...) ___bpf_apply(___bpf_result, ___bpf_narg(args))(args)
#define BPF_KRETPROBE(name, args...) \
	___bpf_probe(name, ___bpf_quiet(return ____##name(ctx ___bpf_result(args));), ##args)
#define BPF_URETPROBE(name, args...) BPF_KRETPROBE(name, ##args)

// A system call's handler may be given its registers by pointer.
extern _Bool LINUX_HAS_SYSCALL_WRAPPER __kconfig;
#define ___bpf_syscall_reg(n) PT_REGS_PARM##n##_SYSCALL(regs)
#define ___bpf_wrapped_reg(n) PT_REGS_PARM##n##_CORE_SYSCALL(regs)
#define BPF_KSYSCALL(name, args...) \
	___bpf_probe(name, \
		     struct pt_regs *regs = LINUX_HAS_SYSCALL_WRAPPER ? \
						    (struct pt_regs *)PT_REGS_PARM1(ctx) : \
						    ctx; \
		     ___bpf_quiet(if (LINUX_HAS_SYSCALL_WRAPPER) \
			return ____##name(ctx ___bpf_regs(___bpf_wrapped_reg, ##args)); \
		     else \
			return ____##name(ctx ___bpf_regs(___bpf_syscall_reg, ##args));), \
		     ##args)
#define BPF_KPROBE_SYSCALL BPF_KSYSCALL

#include <bpf/bpf_core_read.h>

#endif
