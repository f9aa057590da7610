// The C that is compiled, clause by clause, each with a program of its own: what of C11, GNU C and libbpf's ways is kept, what is
// left out and how it is named. Held by a test that compiles every one. Knows nothing of the compiler.

export interface CFeature {
	readonly group: string;
	readonly name: string;
	/** A translation unit, behind the usual headers. */
	readonly source: string;
	/** Of what is left out: words that the diagnostic says. */
	readonly refused?: string;
}

const program = (body: string, before = "") =>
	`${before}\nSEC("xdp") int f(struct xdp_md *ctx)\n{\n${body}\n}`;
const tracing = (body: string, before = "") =>
	`${before}\nSEC("raw_tp/sched_switch") int f(struct bpf_raw_tracepoint_args *ctx)\n{\n${body}\n}`;
const group = (name: string, rows: readonly (readonly [string, string, string?])[]): CFeature[] =>
	rows.map(([feature, source, refused]) => ({
		group: name,
		name: feature,
		source,
		...(refused === undefined ? {} : { refused }),
	}));

/** Every feature of the parity list of C, in its order. */
export const cFeatures: readonly CFeature[] = [
	...group("Preprocessor", [
		["object-like macros", program("return ONE;", "#define ONE 1")],
		[
			"function-like macros, `#`, `##`",
			program(
				"int ab = 1; return CAT(a, b) + sizeof(STR(x));",
				"#define CAT(a, b) a##b\n#define STR(x) #x",
			),
		],
		[
			"variadic macros, `__VA_OPT__`, `, ##__VA_ARGS__`",
			program("return SUM(1) + SUM(1, 2);", "#define SUM(a, ...) (a __VA_OPT__(+) __VA_ARGS__)"),
		],
		[
			"conditionals with expressions, `defined`, `__has_builtin`, `__has_include`",
			program(
				"return X;",
				"#if defined(__bpf__) && __has_builtin(__builtin_memcpy) && __has_include(<linux/bpf.h>)\n#define X 1\n#endif",
			),
		],
		[
			"`#pragma unroll`, `_Pragma`",
			program('int n = 0;\n_Pragma("unroll")\nfor (int i = 0; i < 3; i++) n += i;\nreturn n;'),
		],
		[
			"predefined macros of clang's bpf target",
			program("return __BPF_CPU_VERSION__ + __clang__ + __SIZEOF_POINTER__ + __LINE__;"),
		],
		["`#error`, `#warning`", program("return 0;", "#if 0\n#error no\n#endif")],
		[
			"`#embed`, `__has_embed`",
			program(
				"return data[0] + __has;",
				'#pragma clang diagnostic ignored "-Wc23-extensions"\nstatic const unsigned char data[] = {\n#embed <stddef.h> limit(2)\n};\n#if __has_embed(<stddef.h>)\n#define __has 1\n#endif',
			),
		],
	]),
	...group("Types", [
		[
			"integers of 8 to 64 bits, `_Bool`, enums",
			program(
				"_Bool b = ctx->data != 0; enum e { A = 3 } x = A; signed char c = -1; return b + x + (c < 0);",
			),
		],
		["`__int128`", program("__int128 x = ctx->data; x *= 3; return (int)(x >> 1);")],
		[
			"structs, unions, anonymous members",
			program("struct { union { int a; char b[4]; }; } x = { .a = 1 }; return x.b[0];"),
		],
		["bit-fields", program("struct { unsigned a : 3, b : 5; } x = { 1, 2 }; return x.a + x.b;")],
		[
			"packed, aligned",
			program(
				"struct __attribute__((packed)) p { char a; int b; } x = { 1, 2 }; return sizeof(x) + x.b;",
			),
		],
		[
			"flexible and zero-length arrays",
			program(
				"struct v { int n; int at[]; }; struct z { int n; int at[0]; }; return sizeof(struct v) + sizeof(struct z);",
			),
		],
		[
			"pointers to functions, for libbpf's callbacks",
			program(
				"bpf_loop(4, turn, &n, 0); return n;",
				"static int n;\nstatic long turn(__u64 i, void *at) { n++; return 0; }",
			),
		],
		[
			"`typeof`, `__auto_type`",
			program("__auto_type a = ctx->data; typeof(a) b = a; return b == a;"),
		],
		["floating point", program("float f = 1.5f; return (int)f;"), "floating"],
		["`_Complex`", program("_Complex int c; return 0;"), "complex"],
		[
			"variable-length arrays",
			program("int n = ctx->ingress_ifindex; int a[n]; a[0] = 1; return a[0];"),
			"variable",
		],
		["`_Thread_local`", program("return t;", "_Thread_local int t;"), "hread"],
	]),
	...group("Expressions", [
		[
			"compound literals, designated initialisers",
			program(
				"struct p { int x, y; }; struct p p = (struct p){ .y = 2, .x = 1 }; int a[] = { [2] = 5 }; return p.y + a[2];",
			),
		],
		[
			"`_Generic`, `_Static_assert`, `sizeof`, `_Alignof`, `offsetof`",
			program(
				'_Static_assert(sizeof(int) == 4, ""); return _Generic(1, int: 1, default: 0) + _Alignof(long) + offsetof(struct xdp_md, data_end);',
			),
		],
		[
			"statement expressions, `?:` without a middle",
			program("int x = ({ int y = 2; y + 1; }); return x ?: 1;"),
		],
		[
			"signed division, before v4 by what LLVM emits",
			program("return (int)ctx->ingress_ifindex / 3u;"),
		],
		[
			"atomics: `__sync_*`, `__atomic_*`, `_Atomic`",
			program(
				"__sync_fetch_and_add(&n, 1); return __atomic_load_n(&n, __ATOMIC_RELAXED) != 0;",
				"static long n;",
			),
		],
		[
			"memory: `__builtin_memcpy`, `memset`, `memmove`, `memcmp`",
			program(
				"char a[8], b[8]; __builtin_memset(a, 1, 8); __builtin_memcpy(b, a, 8); return __builtin_memcmp(a, b, 8);",
			),
		],
		[
			"bits: `__builtin_clz`, `ctz`, `popcount`, `bswap`",
			program(
				"return __builtin_clzll(ctx->data | 1) + __builtin_popcount(ctx->data) + __builtin_bswap16(ctx->data);",
			),
		],
		[
			"overflow: `__builtin_add_overflow` and the like",
			program("int r; return __builtin_add_overflow((int)ctx->data, 1, &r) ? 0 : r;"),
		],
		["`asm volatile` with operands", program('int x; asm volatile("%0 = 1" : "=r"(x)); return x;')],
		[
			"`asm goto`, with outputs too; `.rept`, `.if` and macros in assembly",
			program(
				'long x = 1; asm goto(".rept 2; %0 += 1; .endr; if %0 == 3 goto %l[out]" : "+r"(x) : : : out); return 1;\nout: return x;',
			),
		],
		[
			"arena pointers: `address_space(1)`, with casts where they are followed",
			program(
				"return p ? p->x : 0;",
				"struct a { int x; };\nstruct a __attribute__((address_space(1))) *p;",
			),
		],
		[
			"division of `__int128` by more than the compiler can fold",
			program("__int128 x = ctx->data; return (int)(x / 3);"),
			"__divti3",
		],
		[
			"`__sync_fetch_and_nand`, which eBPF has no instruction for",
			program("return __sync_fetch_and_nand(&n, 1) != 0;", "static long n;"),
			"nand",
		],
		[
			"alignment and carries: `__builtin_align_up`, `is_aligned`, `addc`; `FILE`, `FUNCTION`, `LINE`",
			program(
				"unsigned c; return __builtin_align_up((int)ctx->data, 8) + __builtin_addc(1u, ctx->data, 0u, &c) + __builtin_LINE();",
			),
		],
	]),
	...group("Statements", [
		[
			"all loops, `break`, `continue`",
			program(
				"int n = 0; do { n++; } while (n < 3); while (n < 5) n++; for (;;) { if (n++ > 7) break; } return n;",
			),
		],
		[
			"`switch` with ranges",
			program("switch (ctx->ingress_ifindex) { case 1 ... 3: return 1; default: return 2; }"),
		],
		["`goto`", program("if (!ctx->data) goto out; return 1;\nout: return 2;")],
		["computed `goto`", program("void *p = &&out; goto *p;\nout: return 2;"), "goto"],
		["nested functions", program("int g(void) { return 1; } return g();"), "function definition"],
	]),
	...group("Functions and attributes", [
		[
			"static functions, inlined or called",
			program("return add(1, 2);", "static __noinline int add(int a, int b) { return a + b; }"),
		],
		[
			"global functions, `__arg_*` tags",
			program(
				"return add(ctx);",
				"__noinline int add(struct xdp_md *ctx __arg_ctx) { return ctx ? 1 : 0; }",
			),
		],
		[
			"`va_start`, `va_arg` in functions of one's own",
			program(
				"return add(1, 2);",
				"static int add(int a, ...) { __builtin_va_list l; __builtin_va_start(l, a); return __builtin_va_arg(l, int); }",
			),
			"variable arguments",
		],
		[
			"`section`, `used`, `weak`, `hidden`, `always_inline`, `noinline`",
			program("return g(1);", "__hidden __weak int g(int x) { return x; }"),
		],
		[
			"`cleanup`",
			program(
				"int x __attribute__((cleanup(end))) = 1; return x;",
				"static __always_inline void end(int *x) { *x = 0; }",
			),
		],
		[
			"`[[attributes]]`, enums with a type",
			program(
				"switch (g(1, 2)) { case 1: ; [[fallthrough]]; default: return A; }",
				"enum e : unsigned char { A = 3 };\n[[maybe_unused]] static int g(int a, int b) { return b; }",
			),
		],
		[
			"inline definitions, `gnu_inline`",
			program(
				"return g(1);",
				"extern inline __attribute__((gnu_inline)) int g(int x) { return x; }",
			),
		],
		[
			"`alias`, names given by `asm`",
			program(
				"return h(1) + k(2);",
				'int g(int x) { return x; }\nint h(int) __attribute__((alias("g")));\nint k(int x) asm("other");\nint k(int x) { return x; }',
			),
		],
		["`ifunc`", program("return h(1);", 'int h(int) __attribute__((ifunc("g")));'), "ifunc"],
		[
			"definitions of the old form",
			program(
				"return g(1);",
				'#pragma clang diagnostic ignored "-Wdeprecated-non-prototype"\nstatic int g(a) int a; { return a; }',
			),
		],
		[
			"`btf_decl_tag`, `btf_type_tag`",
			program(
				"return x;",
				'int x __attribute__((btf_decl_tag("mine")));\nstruct t { int __attribute__((btf_type_tag("user"))) *p; };',
			),
		],
		[
			"recursion",
			program(
				"return down(3);",
				"static __noinline int down(int n) { return n ? down(n - 1) : 0; }",
			),
		],
	]),
	...group("libbpf", [
		[
			"maps by BTF",
			program(
				"__u32 k = 0; return bpf_map_lookup_elem(&m, &k) != 0;",
				'struct { __uint(type, BPF_MAP_TYPE_ARRAY); __type(key, __u32); __type(value, long); __uint(max_entries, 1); } m SEC(".maps");',
			),
		],
		[
			"maps of maps, prog arrays with slots",
			program(
				"__u32 k = 0; return bpf_map_lookup_elem(&o, &k) != 0;",
				'struct in { __uint(type, BPF_MAP_TYPE_ARRAY); __type(key, __u32); __type(value, long); __uint(max_entries, 1); } a SEC(".maps");\nstruct { __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS); __uint(max_entries, 1); __type(key, __u32); __array(values, struct in); } o SEC(".maps") = { .values = { [0] = &a } };',
			),
		],
		[
			"global variables, `const volatile` configuration, string literals",
			program(
				'bpf_printk("%d", limit); return n++ > limit;',
				"const volatile int limit = 3;\nint n;",
			),
		],
		[
			"`__ksym`, `__kconfig`",
			program("return LINUX_KERNEL_VERSION > 0;", "extern int LINUX_KERNEL_VERSION __kconfig;"),
		],
		[
			"`bpf_for`, `bpf_repeat`, `bpf_loop`",
			program("int i, n = 0; bpf_for(i, 0, 9) n += i; return n;"),
		],
		[
			"CO-RE: `BPF_CORE_READ`, `preserve_access_index`, `bpf_core_field_exists`",
			tracing(
				"struct task *t = (void *)ctx->args[1]; return BPF_CORE_READ(t, pid) + bpf_core_field_exists(t->pid);",
				"struct task { int pid; } __attribute__((preserve_access_index));",
			),
		],
		[
			"`BPF_PROG`, `BPF_KPROBE`, `BPF_KSYSCALL`",
			'SEC("kprobe/tcp_connect") int BPF_KPROBE(p, void *sk) { return sk != 0; }',
		],
	]),
];
