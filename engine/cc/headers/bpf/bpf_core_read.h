// Reads of kernel memory that are relocated to the running kernel's types (CO-RE).
#ifndef __BPF_CORE_READ_H__
#define __BPF_CORE_READ_H__
#include <bpf/bpf_helpers.h>

// Second operands of the compiler's builtins.
enum bpf_field_info_kind {
	BPF_FIELD_BYTE_OFFSET = 0,
	BPF_FIELD_BYTE_SIZE = 1,
	BPF_FIELD_EXISTS = 2,
	BPF_FIELD_SIGNED = 3,
	BPF_FIELD_LSHIFT_U64 = 4,
	BPF_FIELD_RSHIFT_U64 = 5,
};

enum bpf_type_id_kind {
	BPF_TYPE_ID_LOCAL = 0,
	BPF_TYPE_ID_TARGET = 1,
};

enum bpf_type_info_kind {
	BPF_TYPE_EXISTS = 0,
	BPF_TYPE_SIZE = 1,
	BPF_TYPE_MATCHES = 2,
};

enum bpf_enum_value_kind {
	BPF_ENUMVAL_EXISTS = 0,
	BPF_ENUMVAL_VALUE = 1,
};

#define ___bpf_typeof(type) ((typeof(type) *)0)
#define __CORE_RELO(src, field, info) __builtin_preserve_field_info((src)->field, BPF_FIELD_##info)

// `member`, or `type, member`.
#define ___core_field1(field) (field)
#define ___core_field2(type, field) (___bpf_typeof(type)->field)
#define ___core_field(args...) ___bpf_apply(___core_field, ___bpf_narg(args))(args)

#define bpf_core_field_exists(field...) \
	__builtin_preserve_field_info(___core_field(field), BPF_FIELD_EXISTS)
#define bpf_core_field_size(field...) \
	__builtin_preserve_field_info(___core_field(field), BPF_FIELD_BYTE_SIZE)
#define bpf_core_field_offset(field...) \
	__builtin_preserve_field_info(___core_field(field), BPF_FIELD_BYTE_OFFSET)
#define bpf_core_type_id_local(type) __builtin_btf_type_id(*___bpf_typeof(type), BPF_TYPE_ID_LOCAL)
#define bpf_core_type_id_kernel(type) __builtin_btf_type_id(*___bpf_typeof(type), BPF_TYPE_ID_TARGET)
#define bpf_core_type_exists(type) __builtin_preserve_type_info(*___bpf_typeof(type), BPF_TYPE_EXISTS)
#define bpf_core_type_matches(type) __builtin_preserve_type_info(*___bpf_typeof(type), BPF_TYPE_MATCHES)
#define bpf_core_type_size(type) __builtin_preserve_type_info(*___bpf_typeof(type), BPF_TYPE_SIZE)
#define bpf_core_enum_value_exists(enum_type, enum_value) \
	__builtin_preserve_enum_value(*(typeof(enum_type) *)enum_value, BPF_ENUMVAL_EXISTS)
#define bpf_core_enum_value(enum_type, enum_value) \
	__builtin_preserve_enum_value(*(typeof(enum_type) *)enum_value, BPF_ENUMVAL_VALUE)

// Reads of one address expression.
#define ___core_at(src) ((const void *)__builtin_preserve_access_index(src))
#define bpf_core_read(dst, sz, src) bpf_probe_read_kernel(dst, sz, ___core_at(src))
#define bpf_core_read_user(dst, sz, src) bpf_probe_read_user(dst, sz, ___core_at(src))
#define bpf_core_read_str(dst, sz, src) bpf_probe_read_kernel_str(dst, sz, ___core_at(src))
#define bpf_core_read_user_str(dst, sz, src) bpf_probe_read_user_str(dst, sz, ___core_at(src))

extern void *bpf_rdonly_cast(const void *obj, __u32 btf_id) __ksym __weak;
#define bpf_core_cast(ptr, type) ((typeof(type) *)bpf_rdonly_cast((ptr), bpf_core_type_id_kernel(type)))

// Bit-fields: the bytes that hold one, shifted so that only its bits are left.
#define ___core_bits(s, field, val) \
	({ \
		(val) <<= __CORE_RELO(s, field, LSHIFT_U64); \
		__CORE_RELO(s, field, SIGNED) ? \
			(unsigned long long)((long long)(val) >> __CORE_RELO(s, field, RSHIFT_U64)) : \
			(val) >> __CORE_RELO(s, field, RSHIFT_U64); \
	})
#define BPF_CORE_READ_BITFIELD_PROBED(s, field) \
	({ \
		unsigned long long ___bits = 0; \
		bpf_probe_read_kernel((void *)&___bits, __CORE_RELO(s, field, BYTE_SIZE), \
				      (const void *)(s) + __CORE_RELO(s, field, BYTE_OFFSET)); \
		___core_bits(s, field, ___bits); \
	})
#define BPF_CORE_READ_BITFIELD(s, field) \
	({ \
		const void *___place = (const void *)(s) + __CORE_RELO(s, field, BYTE_OFFSET); \
		unsigned long long ___bits; \
		barrier_var(___place); \
		switch (__CORE_RELO(s, field, BYTE_SIZE)) { \
		case 1: \
			___bits = *(const unsigned char *)___place; \
			break; \
		case 2: \
			___bits = *(const unsigned short *)___place; \
			break; \
		case 4: \
			___bits = *(const unsigned int *)___place; \
			break; \
		case 8: \
			___bits = *(const unsigned long long *)___place; \
			break; \
		default: \
			___bits = 0; \
		} \
		___core_bits(s, field, ___bits); \
	})
#define ___core_mask(s, field, old, value) \
	({ \
		unsigned int ___left = __CORE_RELO(s, field, LSHIFT_U64); \
		unsigned int ___right = __CORE_RELO(s, field, RSHIFT_U64); \
		unsigned long long ___mask = (~0ULL << ___right) >> ___left; \
		((old) & ~___mask) | (((unsigned long long)(value) << (___right - ___left)) & ___mask); \
	})
#define BPF_CORE_WRITE_BITFIELD(s, field, new_val) \
	({ \
		void *___place = (void *)(s) + __CORE_RELO(s, field, BYTE_OFFSET); \
		barrier_var(___place); \
		switch (__CORE_RELO(s, field, BYTE_SIZE)) { \
		case 1: \
			*(unsigned char *)___place = \
				___core_mask(s, field, *(unsigned char *)___place, new_val); \
			break; \
		case 2: \
			*(unsigned short *)___place = \
				___core_mask(s, field, *(unsigned short *)___place, new_val); \
			break; \
		case 4: \
			*(unsigned int *)___place = \
				___core_mask(s, field, *(unsigned int *)___place, new_val); \
			break; \
		case 8: \
			*(unsigned long long *)___place = \
				___core_mask(s, field, *(unsigned long long *)___place, new_val); \
			break; \
		} \
	})

// Chains: `___core_pathN` is the expression a->b->c, `___core_hopN` reads one pointer after the other.
#define ___core_path1(a) a
#define ___core_path2(a, rest...) a->___core_path1(rest)
#define ___core_path3(a, rest...) a->___core_path2(rest)
#define ___core_path4(a, rest...) a->___core_path3(rest)
#define ___core_path5(a, rest...) a->___core_path4(rest)
#define ___core_path6(a, rest...) a->___core_path5(rest)
#define ___core_path7(a, rest...) a->___core_path6(rest)
#define ___core_path8(a, rest...) a->___core_path7(rest)
#define ___core_path9(a, rest...) a->___core_path8(rest)
#define ___core_path10(a, rest...) a->___core_path9(rest)
#define ___core_path11(a, rest...) a->___core_path10(rest)
#define ___core_type(path...) __typeof_unqual__(___bpf_apply(___core_path, ___bpf_narg(path))(path))

#define ___core_hop1(hop, last, dst, src, a) last(dst, sizeof(*(dst)), &(src)->a)
#define ___core_hop2(hop, last, dst, src, a, rest...) \
	({ \
		__typeof_unqual__((src)->a) ___via2; \
		hop(&___via2, sizeof(___via2), &(src)->a); \
		___core_hop1(hop, last, dst, ___via2, rest); \
	})
#define ___core_hop3(hop, last, dst, src, a, rest...) \
	({ \
		__typeof_unqual__((src)->a) ___via3; \
		hop(&___via3, sizeof(___via3), &(src)->a); \
		___core_hop2(hop, last, dst, ___via3, rest); \
	})
#define ___core_hop4(hop, last, dst, src, a, rest...) \
	({ \
		__typeof_unqual__((src)->a) ___via4; \
		hop(&___via4, sizeof(___via4), &(src)->a); \
		___core_hop3(hop, last, dst, ___via4, rest); \
	})
#define ___core_hop5(hop, last, dst, src, a, rest...) \
	({ \
		__typeof_unqual__((src)->a) ___via5; \
		hop(&___via5, sizeof(___via5), &(src)->a); \
		___core_hop4(hop, last, dst, ___via5, rest); \
	})
#define ___core_hop6(hop, last, dst, src, a, rest...) \
	({ \
		__typeof_unqual__((src)->a) ___via6; \
		hop(&___via6, sizeof(___via6), &(src)->a); \
		___core_hop5(hop, last, dst, ___via6, rest); \
	})
#define ___core_hop7(hop, last, dst, src, a, rest...) \
	({ \
		__typeof_unqual__((src)->a) ___via7; \
		hop(&___via7, sizeof(___via7), &(src)->a); \
		___core_hop6(hop, last, dst, ___via7, rest); \
	})
#define ___core_hop8(hop, last, dst, src, a, rest...) \
	({ \
		__typeof_unqual__((src)->a) ___via8; \
		hop(&___via8, sizeof(___via8), &(src)->a); \
		___core_hop7(hop, last, dst, ___via8, rest); \
	})
#define ___core_hop9(hop, last, dst, src, a, rest...) \
	({ \
		__typeof_unqual__((src)->a) ___via9; \
		hop(&___via9, sizeof(___via9), &(src)->a); \
		___core_hop8(hop, last, dst, ___via9, rest); \
	})
#define ___core_hop10(hop, last, dst, src, a, rest...) \
	({ \
		__typeof_unqual__((src)->a) ___via10; \
		hop(&___via10, sizeof(___via10), &(src)->a); \
		___core_hop9(hop, last, dst, ___via10, rest); \
	})
#define ___core_into(hop, last, dst, src, path...) \
	({ ___bpf_apply(___core_hop, ___bpf_narg(path))(hop, last, dst, src, path); })
#define ___core_value(hop, src, path...) \
	({ \
		___core_type((src), path) ___value; \
		___core_into(hop, hop, &___value, (src), path); \
		___value; \
	})

#define BPF_CORE_READ_INTO(dst, src, a, ...) \
	___core_into(bpf_core_read, bpf_core_read, dst, (src), a, ##__VA_ARGS__)
#define BPF_CORE_READ_STR_INTO(dst, src, a, ...) \
	___core_into(bpf_core_read, bpf_core_read_str, dst, (src), a, ##__VA_ARGS__)
#define BPF_CORE_READ(src, a, ...) ___core_value(bpf_core_read, src, a, ##__VA_ARGS__)
#define BPF_CORE_READ_USER_INTO(dst, src, a, ...) \
	___core_into(bpf_core_read_user, bpf_core_read_user, dst, (src), a, ##__VA_ARGS__)
#define BPF_CORE_READ_USER_STR_INTO(dst, src, a, ...) \
	___core_into(bpf_core_read_user, bpf_core_read_user_str, dst, (src), a, ##__VA_ARGS__)
#define BPF_CORE_READ_USER(src, a, ...) ___core_value(bpf_core_read_user, src, a, ##__VA_ARGS__)
#define BPF_PROBE_READ_INTO(dst, src, a, ...) \
	___core_into(bpf_probe_read_kernel, bpf_probe_read_kernel, dst, (src), a, ##__VA_ARGS__)
#define BPF_PROBE_READ_STR_INTO(dst, src, a, ...) \
	___core_into(bpf_probe_read_kernel, bpf_probe_read_kernel_str, dst, (src), a, ##__VA_ARGS__)
#define BPF_PROBE_READ(src, a, ...) ___core_value(bpf_probe_read_kernel, src, a, ##__VA_ARGS__)
#define BPF_PROBE_READ_USER_INTO(dst, src, a, ...) \
	___core_into(bpf_probe_read_user, bpf_probe_read_user, dst, (src), a, ##__VA_ARGS__)
#define BPF_PROBE_READ_USER_STR_INTO(dst, src, a, ...) \
	___core_into(bpf_probe_read_user, bpf_probe_read_user_str, dst, (src), a, ##__VA_ARGS__)
#define BPF_PROBE_READ_USER(src, a, ...) ___core_value(bpf_probe_read_user, src, a, ##__VA_ARGS__)

#endif
