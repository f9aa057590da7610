// What random XDP programs do with maps, their values, the stack and global variables. For tests only.

import type { Page } from "./cgenpage.ts";

type Block = (p: Page) => void;

/** A key for `struct key` maps, made in one of the ways that leave no byte unset. */
function key(p: Page): string {
	const k = p.name("k");
	p.line(
		p.pick([
			`struct key ${k} = { .addr = ip->src, .proto = ip->proto };`,
			`struct key ${k} = {}; ${k}.port = ip->id; ${k}.addr = ip->dst;`,
			`struct key ${k}; __builtin_memset(&${k}, 0, sizeof(${k})); ${k}.addr = ip->src;`,
			`struct key ${k} = (struct key){ ip->dst, ${p.scalar()}, 17 };`,
		]),
	);
	return k;
}

/** Goes on with a value that was found: `write` in braces, or behind a check that leaves. */
function found(p: Page, v: string, write: () => void, count = `${v}->count`): void {
	const style = p.below(4);
	if (style === 1) p.line(`if (!${v}) ${p.leave()}`);
	else if (style === 2) p.line(`if (${v} == (void *)0) ${p.leave()}`);
	if (style === 1 || style === 2) {
		write();
		return;
	}
	p.block(style === 0 ? `if (${v})` : `if (${v} && ${count} < ${1000 + p.below(9)})`, write);
	if (p.below(4) === 0) p.line(`else ${p.pick(["sum += 5;", "goto out;"])}`);
}

function lookup(p: Page, map: "array" | "hash" | "lru"): void {
	const v = p.name("v");
	let k: string;
	if (map === "array") {
		k = p.name("k");
		p.line(`u32 ${k} = ${p.pick(["0", "3", p.scalar()])};`);
	} else k = key(p);
	if (map === "lru") p.file("MAP(lru, 9, struct key, struct value, 32);");
	p.line(`struct value *${v} = map_lookup(&${map}, &${k});`);
	if (map !== "array" && p.below(2)) {
		p.block(`if (!${v})`, () => {
			p.line(
				p.pick([
					`struct value fresh = { .count = sum, .n = 3 };`,
					`static const struct value zero; struct value fresh = zero; fresh.list[2] = 7;`,
					`struct value fresh; __builtin_memset(&fresh, 0, sizeof(fresh)); fresh.rows[1] = fixed[1];`,
				]),
			);
			const update = `map_update(&${map}, &${k}, &fresh, ${p.pick(["0", "1"])})`;
			p.line(
				p.pick([
					`${update};`,
					`if (${update}) goto out;`,
					`long e = ${update}; if (e < 0) goto out;`,
				]),
			);
			p.line(p.pick([`${v} = map_lookup(&${map}, &${k});`, p.leave()]));
		});
	}
	found(p, v, () => {
		p.known(`${v}->n`, `${v}->small`, `${v}->tiny`, `${v}->sign`, `${v}->count`);
		for (let n = 1 + p.below(3); n > 0; n--) inValue(p, v);
	});
	if (map !== "array" && p.below(4) === 0) p.line(`map_delete(&${map}, &${k});`);
}

function inValue(p: Page, v: string): void {
	const member = () => p.pick(["a", "b", "c", "e"]);
	const ways = [
		() => p.use(`${v}->list[${p.index(16)}]`),
		() => p.use(`${v}->bytes[${p.index(40)}]`),
		() => {
			const e = p.name("e");
			p.line(`struct entry *${e} = &${v}->rows[${p.index(6)}];`);
			p.use(`${e}->${member()}`);
			p.use(`${e}->${member()}`);
		},
		() => p.line(`__sync_fetch_and_add(&${v}->count, ${p.scalar()});`),
		() => {
			const n = p.name("n");
			p.line(`u32 ${n} = ${p.scalar()}; if (${n} > 16) ${n} = 16;`);
			p.line(`for (u32 k = 0; k < ${n}; k++) sum += ${v}->list[k];`);
		},
		() => p.line(`for (int k = 0; k < 16 && k < (int)limit; k++) if (${v}->list[k] == sum) break;`),
		() => p.use(`${v}->${p.pick(["count", "n", "small", "tiny"])}`),
		() => rowsOf(p, v),
		() => chosen(p, v),
		() => copies(p, v),
		() => handed(p, v),
	];
	p.pick(ways)();
}

/** Along the rows with a pointer, or an index, until one fits. */
function rowsOf(p: Page, v: string): void {
	const hit = p.pick(["break;", "{ r->e++; break; }", "sum ^= r->e;", "goto out;"]);
	p.line(
		p.pick([
			`for (struct entry *r = ${v}->rows; r < ${v}->rows + 6; r++) if (r->a == (u32)(${p.scalar()})) ${hit}`,
			`for (int k = 0; k < 6; k++) { struct entry *r = ${v}->rows + k; if (r->b > (${p.scalar()})) ${hit} }`,
			`for (int k = 5; k >= 0; k--) { struct entry *r = &${v}->rows[k]; if (!r->c) continue; ${hit} }`,
			`int at = -1; for (int k = 0; k < 6; k++) if (${v}->rows[k].a == ip->src) { at = k; break; } if (at >= 0 && at < 6) ${v}->rows[at].e++;`,
			`u32 at = 0; while (at < 6 && ${v}->rows[at].d) at++; if (at < 6) { ${v}->rows[at].d = 1; sum += at; }`,
		]),
	);
}

/** A pointer to one of two members. */
function chosen(p: Page, v: string): void {
	const q = p.name("q");
	p.line(
		p.pick([
			`u32 *${q} = ${p.condition()} ? &${v}->n : &${v}->list[${p.below(16)}]; *${q} += 3;`,
			`u32 *${q} = &${v}->n; if (${p.condition()}) ${q} = &${v}->list[4]; sum += *${q};`,
			`struct entry *${q} = ${v}->rows; if (${p.condition()}) ${q} += 2; ${q}->a = 4; sum += ${q}->e;`,
			`u8 *${q} = (u8 *)${v} + ${p.pick(["8", "sizeof(u64)", "__builtin_offsetof(struct value, bytes)"])}; ${q}[3] ^= 5; sum += ${q}[${p.below(9)}];`,
		]),
	);
}

function copies(p: Page, v: string): void {
	const t = p.name("t");
	p.line(
		p.pick([
			`struct entry ${t} = ${v}->rows[2]; ${t}.a++; ${v}->rows[3] = ${t}; sum += ${t}.e;`,
			`${v}->rows[1] = (struct entry){ .a = ip->src, .e = sum };`,
			`__builtin_memcpy(${v}->bytes, eth, sizeof(*eth)); sum += ${v}->bytes[13];`,
			`__builtin_memset(${v}->list, 0, sizeof(${v}->list));`,
			`struct entry ${t}[2]; __builtin_memcpy(${t}, ${v}->rows, sizeof(${t})); sum += ${t}[(${p.condition()}) != 0].a;`,
			`${v}->rows[0] = ${v}->rows[5]; ${v}->rows[4] = fixed[${p.index(6)}];`,
			`if (__builtin_memcmp(${v}->bytes + 2, eth->src, 6)) __builtin_memcpy(${v}->bytes + 2, eth->src, 6);`,
		]),
	);
}

/** Values in functions of their own. */
function handed(p: Page, v: string): void {
	const f = p.name("work");
	const how = p.pick(["INLINE", "NOINLINE", "NOINLINE", "GLOBAL"]);
	const guard = how === "GLOBAL" ? "\tif (!v) return 0;\n" : "";
	const type = p.pick(["u32", "u64", "int"]);
	const use = p.pick([
		"v->list[i] += add; return v->list[i];",
		"v->count += add; if (v->bytes[i] > 9) return v->tiny; return i;",
		"for (u32 k = 0; k < i; k++) add += v->list[k]; return add;",
	]);
	p.file(
		`${how} ${type} ${f}(struct value *v, u32 i, ${p.pick(["u32", "u16", "long"])} add)\n{\n${guard}\tif (i >= 16) return ${p.pick(["0", "7"])};\n\t${use}\n}`,
	);
	p.line(`sum += ${f}(${v}, ${p.scalar()}, ${p.scalar()});`);
}

/** Maps of other kinds. */
function percpu(p: Page): void {
	const v = p.name("v");
	const hash = p.below(3) === 0;
	p.file(
		hash ? "MAP(cpuhash, 5, u64, struct value, 16);" : "MAP(cpuarray, 6, u32, struct value, 2);",
	);
	p.line(hash ? `u64 k = ip->proto;` : `u32 k = ${p.pick(["0", "1", `${p.scalar()}`])};`);
	p.line(`struct value *${v} = map_lookup(&${hash ? "cpuhash" : "cpuarray"}, &k);`);
	p.line(`if (!${v}) ${p.leave()}`);
	// What a CPU counted before is not known: nothing of it is told.
	p.line(`${v}->count++; ${v}->n += end - data;`, `${v}->list[${p.index(16)}] = sum;`);
	if (p.below(2)) p.line(`__builtin_memset(${v}, 0, sizeof(*${v})); ${v}->bytes[3] = ip->ttl;`);
}

function prefix(p: Page): void {
	const six = p.below(2);
	p.file("struct prefix { u32 len; struct in6 addr; };");
	p.file(
		'struct { __uint(type, 11); __uint(map_flags, 1); __type(key, struct prefix); __type(value, u32); __uint(max_entries, 16); } trie SEC(".maps");',
	);
	p.line(`struct prefix k = { .len = ${six ? 128 : 32} };`);
	p.line(p.pick(["k.addr.w[0] = ip->src;", "__builtin_memcpy(&k.addr, &ip->dst, 4);"]));
	if (p.below(2)) p.line("u32 fresh = 5; map_update(&trie, &k, &fresh, 0);");
	p.line("u32 *hit = map_lookup(&trie, &k);");
	p.line(p.pick(["if (hit) sum += *hit;", `if (!hit) ${p.leave()} sum ^= ++*hit;`]));
}

function queue(p: Page): void {
	const name = p.pick(["queue", "stack"]);
	p.file(
		`struct { __uint(type, ${name === "queue" ? 22 : 23}); __type(value, struct entry); __uint(max_entries, 8); } ${name} SEC(".maps");`,
	);
	p.line(`struct entry e = { .a = ${p.scalar()}, .e = sum };`);
	p.line(`if (map_push(&${name}, &e, ${p.pick(["0", "2"])})) ${p.leave()}`);
	p.line(
		p.pick([
			`if (!map_pop(&${name}, &e)) sum += e.a;`,
			`struct entry top; if (map_peek(&${name}, &top) == 0) sum += top.e + top.d;`,
		]),
	);
}

function nested(p: Page): void {
	const kind = p.pick([12, 13]);
	const name = kind === 12 ? "outer" : "outers";
	p.file(
		`struct inner_${name} { __uint(type, 1); __type(key, u32); __type(value, struct value); __uint(max_entries, 8); };\nstruct { __uint(type, ${kind}); __uint(max_entries, 4); __type(key, u32); struct inner_${name} *values[]; } ${name} SEC(".maps");`,
	);
	p.line(`u32 k = ${p.scalar()}; void *in = map_lookup(&${name}, &k);`);
	p.line(`if (!in) ${p.leave()}`, "u32 j = ip->proto; struct value *v = map_lookup(in, &j);");
	found(p, "v", () => {
		p.known("v->n", "v->tiny");
		inValue(p, "v");
	});
}

function locked(p: Page): void {
	p.file("MAP(guarded, 2, u32, struct locked, 4);");
	p.line(`u32 k = ${p.scalar()}; k &= 3; struct locked *l = map_lookup(&guarded, &k);`);
	p.line(`if (!l) ${p.leave()}`, "spin_lock(&l->lock);");
	p.line(
		p.pick([
			"l->n++; l->total += sum;",
			`if (l->n < ${p.below(40)}) l->n++; else l->total = 0;`,
			"u64 old = l->total; l->total = sum; sum ^= old;",
		]),
		"spin_unlock(&l->lock);",
	);
	if (p.below(2)) p.line("sum += l->n;");
}

/** Bit-fields in memory that the kernel gave. */
function bits(p: Page): void {
	p.file("MAP(flags, 1, u32, struct bits, 32);");
	p.line("u32 k = ip->src; struct bits *b = map_lookup(&flags, &k);");
	p.block("if (!b)", () => {
		p.line(
			`struct bits fresh = { .on = 1, .level = ${p.scalar()} }; map_update(&flags, &k, &fresh, 0);`,
		);
		p.line("b = map_lookup(&flags, &k);", `if (!b) ${p.leave()}`);
	});
	p.line(`if (b->on && b->kind != ${p.below(32)}) b->level += ${p.scalar()};`);
	p.line(`b->drift -= ${p.scalar()}; sum += b->drift + b->stamp;`);
	p.line(
		`switch (b->kind) { case 3: b->on = 0; break; case 0 ... 2: b->kind++; break; default: b->stamp = sum; }`,
	);
}

/** Keys of several words. */
function flows(p: Page): void {
	p.file("MAP(flows, 1, struct flow, struct entry, 32);");
	p.line(
		p.pick([
			"struct flow f = {};",
			"struct flow f; __builtin_memset(&f, 0, sizeof(f));",
			"struct flow f = { .family = 2 };",
		]),
		"f.src.w[3] = ip->src; f.dst.w[3] = ip->dst; f.proto = ip->proto;",
	);
	if (p.below(2))
		p.line("if (f.src.w[3] > f.dst.w[3]) { struct in6 t = f.src; f.src = f.dst; f.dst = t; }");
	if (p.below(2)) p.line("if ((void *)(ip + 1) + 4 <= end) __builtin_memcpy(f.ports, ip + 1, 4);");
	p.line("struct entry *e = map_lookup(&flows, &f);");
	p.block("if (e)", () => {
		p.known("e->a", "e->e");
		p.use("e->a");
		p.line(
			p.pick(["__sync_fetch_and_add(&e->e, 1);", "e->e += sum;", "if (e->b++ > 3) goto out;"]),
		);
	});
	p.block("else", () =>
		p.line("struct entry n = { .a = 1, .c = f.proto }; map_update(&flows, &f, &n, 1);"),
	);
}

function stack(p: Page): void {
	const b = p.name("b");
	const size = p.pick([16, 24, 32, 40, 64]);
	p.line(`u8 ${b}[${size}] = {};`);
	const put = p.index(size);
	p.line(`${b}[${put}] = ${p.scalar()};`);
	if (p.below(2)) p.line(`__builtin_memcpy(${b} + 4, eth->src, 6);`);
	const get = p.index(size);
	p.line(`sum += ${b}[${get}];`);
	if (p.below(2)) p.line(`for (int k = 0; k < ${size}; k++) sum = sum * 3 + ${b}[k];`);
}

/** Tables of structs on the stack. */
function rows(p: Page): void {
	const r = p.name("r");
	p.line(`struct entry ${r}[4] = { { .a = ${p.scalar()} }, [2] = { .e = sum, .b = 4 } };`);
	p.use(`${r}[${p.index(4)}].${p.pick(["a", "b", "e"])}`);
	if (p.below(2))
		p.line(
			`for (int k = 1; k < 4; k++) if (${r}[k].a > ${r}[k - 1].a) { struct entry t = ${r}[k]; ${r}[k] = ${r}[k - 1]; ${r}[k - 1] = t; }`,
		);
	p.line(`sum += ${r}[0].a + ${r}[${p.below(4)}].e;`);
}

function globals(p: Page): void {
	const ways = [
		() => p.use(`total[${p.index(8)}]`),
		() => p.use(`table[${p.index(24)}]`, true),
		() => p.use(`grid[${p.index(4)}][${p.index(6)}]`),
		() => p.use(`rows[${p.index(5)}].${p.pick(["a", "b", "c", "e"])}`),
		() => p.use(`fixed[${p.index(6)}].${p.pick(["a", "e"])}`, true),
		() => p.line(`calls++; if (calls > ${p.below(9)}) sum += calls;`),
		() => {
			const seen = p.name("seen");
			p.line(`static u32 ${seen}[4]; ${seen}[${p.index(4)}]++; sum += ${seen}[1];`);
		},
		() => p.line(`for (u32 k = 0; k < limit && k < 8; k++) total[k] += k ^ sum;`),
		() =>
			p.line(
				`for (int y = 0; y < 4; y++) for (int x = 0; x < 6; x++) if (grid[y][x] > sum) grid[y][x] = y * x;`,
			),
		() => {
			const q = p.name("q");
			p.line(`volatile u32 *${q} = &grid[1][0]; ${q}[2] = sum; sum += ${q}[${p.below(3)}];`);
		},
	];
	for (let n = 1 + p.below(3); n > 0; n--) p.pick(ways)();
}

/** Atomic operations, with what they give and without. */
function atomics(p: Page): void {
	const place = p.pick([
		"total[2]",
		`total[${p.index(8)}]`,
		"rows[1].e",
		"grid[0][1]",
		"rows[3].a",
		"calls",
	]);
	const value = p.scalar();
	p.line(
		p.pick([
			`__sync_fetch_and_add(&${place}, ${value});`,
			`sum += __sync_fetch_and_add(&${place}, ${value});`,
			`__sync_fetch_and_or(&${place}, ${value}); sum ^= ${place};`,
			`sum += __sync_fetch_and_and(&${place}, ${value});`,
			`sum ^= __sync_fetch_and_xor(&${place}, 5);`,
			`sum += __sync_lock_test_and_set(&${place}, ${value});`,
			`sum += __sync_val_compare_and_swap(&${place}, 0, ${value});`,
			`if (__sync_bool_compare_and_swap(&${place}, 1, 2)) sum += 3;`,
			`sum += __atomic_fetch_sub(&${place}, 2, 5);`,
			`sum += __atomic_add_fetch(&${place}, 1, 5);`,
			`__atomic_fetch_or(&${place}, 8, 0); if (${place} > 9) ${p.leave()}`,
		]),
	);
}

export const mapBlocks: readonly Block[] = [
	(p) => lookup(p, "array"),
	(p) => lookup(p, "array"),
	(p) => lookup(p, "hash"),
	(p) => lookup(p, "lru"),
	...[percpu, prefix, queue, nested, locked, bits, flows, stack, rows, globals, globals, atomics],
];
