// What the compiler says that it can do when a program asks by `__has_attribute` or `__has_feature`. Of builtins the checker knows.

import type { Abilities } from "./builtins.ts";

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
	builtin: () => false,
	attribute: (name) => attributes.has(name),
	feature: (name) => features.has(name),
};
