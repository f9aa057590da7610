// Markers of user programs (USDT). Two maps are filled by libbpf when a program is attached: where each marker keeps its arguments,
// and, for kernels without cookies, which description belongs to an address. Names and layouts are those that libbpf 1.7 writes.
#ifndef __USDT_BPF_H__
#define __USDT_BPF_H__
#include <linux/errno.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

// May be set before this header is included.
#ifndef BPF_USDT_MAX_SPEC_CNT
#define BPF_USDT_MAX_SPEC_CNT 256
#endif
#ifndef BPF_USDT_MAX_IP_CNT
#define BPF_USDT_MAX_IP_CNT (4 * BPF_USDT_MAX_SPEC_CNT)
#endif
#define BPF_USDT_MAX_ARG_CNT 12

// A constant; a register; memory at a register; memory at a register and a scaled index.
enum __bpf_usdt_arg_type {
	BPF_USDT_ARG_CONST,
	BPF_USDT_ARG_REG,
	BPF_USDT_ARG_REG_DEREF,
	BPF_USDT_ARG_SIB,
};

struct __bpf_usdt_arg_spec {
	__u64 val_off;
	enum __bpf_usdt_arg_type arg_type : 8;
	__u16 idx_reg_off : 12;
	__u16 scale_bitshift : 4;
	__u8 __reserved : 8;
	short reg_off;
	bool arg_signed;
	char arg_bitshift;
};

struct __bpf_usdt_spec {
	struct __bpf_usdt_arg_spec args[BPF_USDT_MAX_ARG_CNT];
	__u64 usdt_cookie;
	short arg_cnt;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, BPF_USDT_MAX_SPEC_CNT);
	__type(key, int);
	__type(value, struct __bpf_usdt_spec);
} __bpf_usdt_specs SEC(".maps") __weak;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, BPF_USDT_MAX_IP_CNT);
	__type(key, long);
	__type(value, __u32);
} __bpf_usdt_ip_to_spec_id SEC(".maps") __weak;

extern const _Bool LINUX_HAS_BPF_COOKIE __kconfig;

// The description of the marker that was reached, or NULL.
static __always_inline struct __bpf_usdt_spec *___bpf_usdt_spec(struct pt_regs *ctx)
{
	int id;

	if (LINUX_HAS_BPF_COOKIE) {
		id = bpf_get_attach_cookie(ctx);
	} else {
		long ip = PT_REGS_IP(ctx);
		int *found = bpf_map_lookup_elem(&__bpf_usdt_ip_to_spec_id, &ip);

		if (!found)
			return NULL;
		id = *found;
	}
	return id < 0 ? NULL : bpf_map_lookup_elem(&__bpf_usdt_specs, &id);
}

// Where argument `n` of a marker is described; NULL when it has fewer.
static __always_inline struct __bpf_usdt_arg_spec *___bpf_usdt_place(struct __bpf_usdt_spec *spec, __u64 n)
{
	if (n >= BPF_USDT_MAX_ARG_CNT)
		return NULL;
	barrier_var(n);
	return n < spec->arg_cnt ? &spec->args[n] : NULL;
}

// How many arguments the marker has; negative when it is not known.
__weak __hidden int bpf_usdt_arg_cnt(struct pt_regs *ctx)
{
	struct __bpf_usdt_spec *spec = ___bpf_usdt_spec(ctx);

	return spec ? spec->arg_cnt : -ESRCH;
}

// The size in bytes of an argument, counted from 0; negative when there is none.
static __always_inline int bpf_usdt_arg_size(struct pt_regs *ctx, __u64 arg_num)
{
	struct __bpf_usdt_spec *spec = ___bpf_usdt_spec(ctx);
	struct __bpf_usdt_arg_spec *place;

	if (!spec)
		return -ESRCH;
	place = ___bpf_usdt_place(spec, arg_num);
	return place ? (unsigned int)(64 - place->arg_bitshift) / 8 : -ENOENT;
}

// Reads an argument, counted from 0, into *res, which is 0 when that fails. Gives 0 or a negative error.
__weak __hidden int bpf_usdt_arg(struct pt_regs *ctx, __u64 arg_num, long *res)
{
	struct __bpf_usdt_spec *spec;
	struct __bpf_usdt_arg_spec *place;
	unsigned long value, index = 0;
	int err = 0, type;

	*res = 0;
	spec = ___bpf_usdt_spec(ctx);
	if (!spec)
		return -ESRCH;
	place = ___bpf_usdt_place(spec, arg_num);
	if (!place)
		return -ENOENT;
	type = place->arg_type;
	if (type == BPF_USDT_ARG_CONST) {
		value = place->val_off;
	} else {
		if (type > BPF_USDT_ARG_SIB)
			return -EINVAL;
		err = bpf_probe_read_kernel(&value, sizeof(value), (void *)ctx + place->reg_off);
		if (!err && type == BPF_USDT_ARG_SIB) {
			err = bpf_probe_read_kernel(&index, sizeof(index), (void *)ctx + place->idx_reg_off);
			value += index << place->scale_bitshift;
		}
		if (!err && type != BPF_USDT_ARG_REG)
			err = bpf_probe_read_user(&value, sizeof(value), (void *)(value + place->val_off));
		if (err)
			return err;
	}
	value <<= place->arg_bitshift;
	*res = place->arg_signed ? (long)value >> place->arg_bitshift : value >> place->arg_bitshift;
	return 0;
}

// The number given when the program was attached.
__weak __hidden long bpf_usdt_cookie(struct pt_regs *ctx)
{
	struct __bpf_usdt_spec *spec = ___bpf_usdt_spec(ctx);

	return spec ? spec->usdt_cookie : 0;
}

// The arguments of the body: the context, then each argument of the marker.
#define ___bpf_usdt_read(n) \
	({ \
		long ___arg; \
		bpf_usdt_arg(ctx, n, &___arg); \
		___arg; \
	})
#define ___bpf_usdt_list0() ctx
#define ___bpf_usdt_list1(x) ___bpf_usdt_list0(), ___bpf_usdt_read(0)
#define ___bpf_usdt_list2(x, rest...) ___bpf_usdt_list1(rest), ___bpf_usdt_read(1)
#define ___bpf_usdt_list3(x, rest...) ___bpf_usdt_list2(rest), ___bpf_usdt_read(2)
#define ___bpf_usdt_list4(x, rest...) ___bpf_usdt_list3(rest), ___bpf_usdt_read(3)
#define ___bpf_usdt_list5(x, rest...) ___bpf_usdt_list4(rest), ___bpf_usdt_read(4)
#define ___bpf_usdt_list6(x, rest...) ___bpf_usdt_list5(rest), ___bpf_usdt_read(5)
#define ___bpf_usdt_list7(x, rest...) ___bpf_usdt_list6(rest), ___bpf_usdt_read(6)
#define ___bpf_usdt_list8(x, rest...) ___bpf_usdt_list7(rest), ___bpf_usdt_read(7)
#define ___bpf_usdt_list9(x, rest...) ___bpf_usdt_list8(rest), ___bpf_usdt_read(8)
#define ___bpf_usdt_list10(x, rest...) ___bpf_usdt_list9(rest), ___bpf_usdt_read(9)
#define ___bpf_usdt_list11(x, rest...) ___bpf_usdt_list10(rest), ___bpf_usdt_read(10)
#define ___bpf_usdt_list12(x, rest...) ___bpf_usdt_list11(rest), ___bpf_usdt_read(11)
#define ___bpf_usdt_list(args...) ___bpf_apply(___bpf_usdt_list, ___bpf_narg(args))(args)

// A handler whose parameters are the arguments of the marker.
#define BPF_USDT(name, args...) \
	name(struct pt_regs *ctx); \
	static __always_inline typeof(name(0)) ____##name(struct pt_regs *ctx, ##args); \
	typeof(name(0)) name(struct pt_regs *ctx) \
	{ \
		_Pragma("GCC diagnostic push") \
		_Pragma("GCC diagnostic ignored \"-Wint-conversion\"") \
		return ____##name(___bpf_usdt_list(args)); \
		_Pragma("GCC diagnostic pop") \
	} \
	static __always_inline typeof(name(0)) ____##name(struct pt_regs *ctx, ##args)

#endif
