// What the compiler says that it can do when a program asks by `__has_builtin`, `__has_attribute` or `__has_feature`.

import type { Abilities } from "./builtins.ts";

const builtins = new Set(
	`__builtin_alloca __builtin_bswap16 __builtin_bswap32 __builtin_bswap64 __builtin_btf_type_id __builtin_choose_expr __builtin_clz
__builtin_clzl __builtin_clzll __builtin_constant_p __builtin_ctz __builtin_ctzl __builtin_ctzll __builtin_expect
__builtin_expect_with_probability __builtin_ffs __builtin_ffsl __builtin_ffsll __builtin_memcmp __builtin_memcpy
__builtin_memcpy_inline __builtin_memmove __builtin_memset __builtin_memset_inline __builtin_object_size __builtin_offsetof
__builtin_popcount __builtin_popcountl __builtin_popcountll __builtin_parity __builtin_parityl __builtin_parityll
__builtin_preserve_access_index __builtin_preserve_enum_value __builtin_preserve_field_info __builtin_preserve_type_info
__builtin_strlen __builtin_trap __builtin_types_compatible_p __builtin_unreachable __builtin_assume __builtin_assume_aligned
__builtin_frame_address __builtin_abs __builtin_labs __builtin_llabs __builtin_add_overflow __builtin_sub_overflow
__builtin_mul_overflow __builtin_bitreverse8 __builtin_bitreverse16 __builtin_bitreverse32 __builtin_bitreverse64
__builtin_rotateleft8 __builtin_rotateleft16 __builtin_rotateleft32 __builtin_rotateleft64 __builtin_rotateright8
__builtin_rotateright16 __builtin_rotateright32 __builtin_rotateright64 __builtin_va_start __builtin_va_end __builtin_va_arg
__sync_fetch_and_add __sync_fetch_and_sub __sync_fetch_and_and __sync_fetch_and_or __sync_fetch_and_xor
__sync_add_and_fetch __sync_sub_and_fetch __sync_and_and_fetch __sync_or_and_fetch __sync_xor_and_fetch
__sync_lock_test_and_set __sync_val_compare_and_swap __sync_bool_compare_and_swap __sync_synchronize
__atomic_load __atomic_load_n __atomic_store __atomic_store_n __atomic_exchange __atomic_exchange_n
__atomic_compare_exchange __atomic_compare_exchange_n __atomic_fetch_add __atomic_fetch_sub __atomic_fetch_and
__atomic_fetch_or __atomic_fetch_xor __atomic_add_fetch __atomic_sub_fetch __atomic_and_fetch __atomic_or_fetch
__atomic_xor_fetch __atomic_thread_fence __atomic_signal_fence`.split(/\s+/),
);

const attributes = new Set(
	`address_space alias alloc_size aligned always_inline annotate artificial assume_aligned bpf_fastcall btf_decl_tag btf_type_tag
cleanup cold const constructor counted_by deprecated diagnose_if error fallthrough flatten format format_arg gnu_inline hot malloc
may_alias maybe_undef maybe_unused minsize mode musttail naked no_builtin no_caller_saved_registers no_instrument_function no_sanitize
no_stack_protector nocf_check nodebug noduplicate noinline nomerge nonnull nonstring noreturn nothrow optnone overloadable packed
preserve_access_index preserve_static_offset pure retain returns_nonnull section sentinel transparent_union unavailable unused used
uninitialized vector_size visibility warn_unused_result warning weak weakref`.split(/\s+/),
);

const features = new Set(
	`attribute_deprecated_with_message c_alignas c_alignof c_atomic c_generic_selections c_static_assert enumerator_attributes
statement_attributes_with_gnu_syntax`.split(/\s+/),
);

/** clang's answers as far as this compiler makes them true. */
export const abilities: Abilities = {
	builtin: (name) => builtins.has(name),
	attribute: (name) => attributes.has(name),
	feature: (name) => features.has(name),
};
