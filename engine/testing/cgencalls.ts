// What random XDP programs ask of helpers: records for user space, formatted text, callbacks, lengths. For tests only.

import type { Page } from "./cgenpage.ts";

type Block = (p: Page) => void;

function ringBuffer(p: Page): void {
	const r = p.name("r");
	p.line(`struct entry *${r} = ring_reserve(&ring, sizeof(*${r}), 0);`);
	p.line(`if (${p.pick([`!${r}`, `${r} == (void *)0`, `unlikely(!${r})`])}) ${p.leave()}`);
	p.line(`${r}->a = ${p.scalar()}; ${r}->e = sum; ${r}->b = ip->len;`);
	if (p.below(2)) p.line(`__builtin_memset(${r}, 0, sizeof(*${r}));`);
	if (p.below(2)) p.line(`if (${p.scalar()} > 100) { ring_discard(${r}, 0); goto out; }`);
	if (p.below(3) === 0) p.line(`*${r} = (struct entry){ .a = ip->dst, .d = 2 };`);
	p.line(`ring_submit(${r}, 0);`);
}

/** Lengths that a helper is told. */
function length(p: Page): void {
	const [b, n] = [p.name("b"), p.name("n")];
	const size = p.pick([16, 32, 64]);
	const type = p.pick(["u8", "u16", "u32", "u64", "int"]);
	p.line(`u8 ${b}[${size}] = {}; ${type} ${n} = ${p.scalar()};`);
	p.line(
		p.pick([
			`${n} &= ${size - 1};`,
			`if (${n} > ${size}) ${n} = ${size};`,
			`if (${n} > ${size}) ${p.leave()}`,
			`if (${n} < 1 || ${n} > ${size}) ${p.leave()}`,
			`${n} = ${n} < ${size} ? ${n} : ${size};`,
		]),
	);
	if (type === "int") p.line(`if (${n} <= 0) ${p.leave()}`);
	if (p.below(2)) p.line(`if (!${n}) ${p.leave()}`);
	p.line(`if (load_bytes(ctx, ${p.pick(["0", "14"])}, ${b}, ${n})) ${p.leave()}`);
	p.line(`sum += ${b}[${p.below(size)}] + ${b}[${p.index(size)}];`);
}

/** A record on the stack, sent with as much of it as is wanted. */
function output(p: Page): void {
	p.line(`struct { struct entry head; u8 mac[6]; u16 pad; u8 rest[${p.pick([8, 24])}]; } r = {};`);
	p.line(`r.head.a = ${p.scalar()}; __builtin_memcpy(r.mac, eth->src, 6);`);
	if (p.below(2))
		p.line(
			"for (u32 k = 0; k < sizeof(r.rest); k++) { if (data + k + 1 > end) break; r.rest[k] = ((u8 *)data)[k]; }",
		);
	const size = p.pick(["sizeof(r)", "sizeof(r.head)", "8 + (sum & 15)"]);
	if (p.below(2)) p.line(`if (ring_output(&ring, &r, ${size}, 0)) sum += 2;`);
	else {
		p.file(
			'struct { __uint(type, 4); __uint(key_size, 4); __uint(value_size, 4); __uint(max_entries, 8); } events SEC(".maps");',
		);
		p.line(`long e = perf_output(ctx, &events, 0xffffffffull, &r, ${size}); if (e < 0) sum += 2;`);
	}
}

function dynptr(p: Page): void {
	p.line(`struct bpf_dynptr d; u8 b[${p.pick([8, 16])}] = {};`);
	if (p.below(2)) {
		p.line(
			`if (dyn_reserve(&ring, ${p.pick(["32", "64", "sizeof(struct value)"])}, 0, &d)) { dyn_discard(&d, 0); ${p.leave()} }`,
		);
		p.line(`b[1] = ${p.scalar()}; dyn_write(&d, ${p.pick(["0", "8"])}, b, sizeof(b), 0);`);
		if (p.below(2))
			p.line("struct entry *e = dyn_data(&d, 8, sizeof(*e)); if (e) { e->a = sum; sum += e->b; }");
		p.line(`dyn_${p.pick(["submit", "discard"])}(&d, 0);`);
		return;
	}
	p.file("MAP(blob, 2, u32, struct value, 1);");
	p.line(`u32 zero = 0; struct value *m = map_lookup(&blob, &zero); if (!m) ${p.leave()}`);
	p.line(`if (dyn_mem(m->bytes, sizeof(m->bytes), 0, &d)) ${p.leave()}`);
	p.line(`if (dyn_read(b, sizeof(b), &d, ${p.scalar()}, 0)) ${p.leave()}`, "sum += b[0] + b[7];");
	if (p.below(2)) p.line("u64 *w = dyn_data(&d, 8, 8); if (w) sum += (*w)++;");
}

/** Text: formats in read-only data and on the stack. */
function text(p: Page): void {
	const f = p.name("fmt");
	const kind = p.below(6);
	const args = [p.scalar(), p.scalar(), p.scalar()];
	if (kind === 0)
		p.line(
			`static const char ${f}[] = "n=%d of %u\\n"; trace_printk(${f}, sizeof(${f}), ${args[0]}, (u32)(${args[1]}));`,
		);
	else if (kind === 1)
		p.line(
			`char ${f}[] = "${p.pick(["seen %lu %x %d", "a\\tlonger line of text: %lld %u %d\\n"])}"; trace_printk(${f}, sizeof(${f}), (u64)(${args[0]}), (u32)(${args[1]}), (int)(${args[2]}));`,
		);
	else if (kind === 2) {
		p.line(
			`static const char ${f}[] = "%d-%llx:%s"; static const char word[] = "name"; char into[${p.pick([16, 32, 48])}] = {};`,
		);
		p.line(
			`u64 args[] = { (u32)(${args[0]}), ${args[1]}, (u64)word }; long n = format(into, sizeof(into), ${f}, args, sizeof(args));`,
		);
		p.line(`if (n < 0) ${p.leave()}`, "sum += n + into[0] * 3 + into[1];");
		if (p.below(2)) p.line("if (n > 0 && n < sizeof(into)) sum += into[n - 1];");
	} else if (kind === 3) {
		p.line(`char word[8] = {}; static const char want[] = "${p.pick(["GET", "POST ", "a"])}";`);
		p.line(`if (load_bytes(ctx, 0, word, ${p.pick(["4", "7", "sizeof(word) - 1"])})) ${p.leave()}`);
		p.line(
			"long same = compare(word, sizeof(word), want); if (same == 0) sum += 7; else if (same < 0) sum ^= 2;",
		);
	} else if (kind === 4) {
		p.line('static const char names[4][6] = { "zero", "one", "two", "three" };');
		p.line(`sum += names[${p.index(4)}][${p.index(6)}];`);
		p.line(
			"for (int k = 0; k < 6; k++) { char ch = names[2][k]; if (!ch) break; sum = sum * 31 + ch; }",
		);
	} else {
		p.line(`char digits[12] = "${p.below(90000)}x"; long value = 0;`);
		p.line(
			`long used = to_long(digits, sizeof(digits), ${p.pick(["10", "16"])}, &value); if (used < 1) ${p.leave()}`,
			"sum += value + used;",
		);
	}
}

function clock(p: Page): void {
	p.line(
		p.pick([
			`u64 t = ktime(); if (t == 0) ${p.leave()}`,
			`if (this_cpu() > 4096) ${p.leave()}`,
			"u64 t0 = ktime(), t1 = ktime(); if (t1 < t0) sum = 0;",
			`u32 r = random32() % ${2 + p.below(30)}; if (r > 40) ${p.leave()}`,
		]),
	);
}

/** A callback, with its state on the stack. */
function callback(p: Page): void {
	const f = p.name("each");
	const use = p.pick([
		"s->sum += i; if (s->sum > s->limit) return 1;",
		"s->seen[i & 15]++; s->sum ^= i;",
		"if (i >= 16) return 1; s->seen[i] = i; s->left--;",
		"struct value *v = s->value; if (!v) return 1; v->list[i & 15] += i; s->sum += v->n;",
	]);
	p.file(`static long ${f}(u32 i, struct state *s)\n{\n\t${use}\n\treturn 0;\n}`);
	const value = use.includes("s->value");
	if (value) p.line(`u32 zero = 0; struct value *v0 = map_lookup(&array, &zero);`);
	p.line(
		`struct state s = { .sum = ${p.scalar()}, .limit = ${p.below(5000)}${value ? ", .value = v0" : ""} };`,
	);
	p.line(`long n = repeat(${p.pick(["5", "20", "limit", `(${p.scalar()}) & 31`])}, ${f}, &s, 0);`);
	p.line(p.pick(["sum += s.sum + n;", `if (n < 0) ${p.leave()} sum ^= s.sum + s.seen[3];`]));
}

function everyElement(p: Page): void {
	const f = p.name("visit");
	p.file(
		`static long ${f}(void *map, const ${p.pick(["u32", "void"])} *k, struct value *v, struct state *s)\n{\n\t${p.pick(
			[
				"s->sum += v->count; return 0;",
				"if (s->left >= 3) return 1; s->left++; v->count++; return 0;",
				"for (int j = 0; j < 4; j++) s->sum += v->list[j]; return v->n > 3;",
			],
		)}\n}`,
	);
	p.line(`struct state s = { .left = ${p.below(5)}, .sum = sum };`);
	p.line(`long n = for_each(&array, ${f}, &s, 0); sum += s.sum + n;`);
}

/** Structures handed to functions and given back. */
function subprograms(p: Page): void {
	const f = p.name("sub");
	const how = p.pick(["NOINLINE", "NOINLINE", "INLINE", "GLOBAL"]);
	const kind = p.below(5);
	const guard = how === "GLOBAL" ? "if (!s) return -1; " : "";
	if (kind === 0) {
		p.file(
			`${how} int ${f}(struct state *s, u32 at, u8 put)\n{\n\t${guard}if (at >= sizeof(s->seen)) return -1;\n\ts->seen[at] = put; s->left += put; return s->seen[3];\n}`,
		);
		p.line(
			`struct state s = { .sum = 3 }; int got = ${f}(&s, ${p.scalar()}, ${p.scalar()}); if (got < 0) ${p.leave()}`,
		);
		p.line(`sum += s.seen[${p.below(16)}] + s.left; ${f}(&s, 3, got); sum ^= s.left;`);
	} else if (kind === 1) {
		p.file(
			`NOINLINE u32 mix(u32 a, u32 b)\n{\n\ta ^= b; a *= 0x9e3779b1; a ^= a >> 15;\n\treturn a;\n}`,
		);
		p.file(
			`${how.replace("GLOBAL", "NOINLINE")} u32 ${f}(u32 a, u64 b, s16 c, u8 d)\n{\n\tu32 h = mix(a, b);\n\tif (c < 0) h = mix(h, -c);\n\tfor (int k = 0; k < (d & 3); k++) h = mix(h, k);\n\treturn h;\n}`,
		);
		p.line(
			`u32 at = ${f}(ip->src, ${p.scalar()}, ${p.scalar()}, ${p.scalar()}) ${p.pick(["& 7", "% 8"])}; sum += total[at]++;`,
		);
	} else if (kind === 2) {
		p.file(
			`INLINE struct entry ${f}(u32 a, u64 e)\n{\n\tstruct entry out = { .a = a, .e = e };\n\tif (a > 90) out.c = 1;\n\treturn out;\n}`,
		);
		p.line(
			`struct entry got = ${f}(${p.scalar()}, ${p.scalar()}); rows[${p.index(5)}] = got; sum += got.c;`,
		);
	} else if (kind === 3) {
		p.file(
			`NOINLINE ${p.pick(["_Bool", "int", "u8"])} ${f}(const struct entry *e, u32 want)\n{\n\tif (e->a == want) return 1;\n\treturn e->b > e->c && e->e != want;\n}`,
		);
		p.line(`for (int k = 0; k < 5; k++) if (${f}(&rows[k], ${p.scalar()})) { sum += k; break; }`);
	} else {
		p.file(
			`GLOBAL ${p.pick(["u64", "int", "u16"])} ${f}(u64 a, ${p.pick(["u8", "u32", "s8"])} b)\n{\n\tif (b > 60) return a;\n\treturn a >> b ^ (b & 1 ? a * 5 : limit);\n}`,
		);
		p.line(`sum += ${f}(${p.scalar()}, ${p.scalar()});`);
	}
}

/** Decisions: dense and sparse switches, ranges, gotos. */
function decisions(p: Page): void {
	const x = p.name("x");
	const [again, done] = [p.name("again"), p.name("done")];
	p.line(`u32 ${x} = ${p.scalar()};`);
	const kind = p.below(4);
	if (kind === 0)
		p.block(`switch (${x} & 7)`, () => {
			for (let k = 0; k < 7; k++)
				p.line(
					`case ${k}: ${p.pick(["sum += 3;", `sum = sum * ${k} + 1;`, `total[${k}]++;`])} ${p.pick(["break;", "break;", ""])}`,
				);
			p.line("default: break;");
		});
	else if (kind === 1)
		p.block(`switch (${x})`, () => {
			p.line("case 22: sum += 1; break;", "case 80: case 443: case 808: sum += 2; break;");
			p.line(`case 1024 ... 49151: ${p.pick(["sum += 3; break;", p.leave()])}`);
			p.line(
				"case 65000: { u32 t = sum; sum = t ^ 5; break; }",
				`default: ${p.pick(["sum = 0;", "goto out;", "break;"])}`,
			);
		});
	else if (kind === 2) {
		p.line(
			`int n = 0; ${again}: if (n++ < ${2 + p.below(9)} && ${x} > n) { sum += ${x}; ${x} >>= 1; goto ${again}; }`,
		);
		p.line(`if (${x} == 3) goto ${done}; sum ^= 4; ${done}: sum += n;`);
	} else {
		p.line(`enum { NONE, SYN = 2, FIN = 4 } what = ${x} & 2 ? SYN : ${x} & 4 ? FIN : NONE;`);
		p.line(
			`sum += what == SYN ? ${p.scalar()} : what == FIN ? 9 : 1; if (what != NONE && ${p.condition()}) ${p.leave()}`,
		);
	}
}

export const callBlocks: readonly Block[] = [
	...[ringBuffer, length, output, dynptr, text, text, clock, callback, everyElement],
	...[subprograms, subprograms, decisions, decisions],
];

/** More or less room at the front, and the packet looked at again. */
function room(p: Page): void {
	const by = p.pick(["-8", "-4", "4", "14"]);
	p.line(
		`if (${p.pick([`adjust_head(ctx, ${by})`, `adjust_tail(ctx, ${p.pick(["-4", "4"])})`])}) ${p.leave()}`,
	);
	p.line("data = (void *)(long)ctx->data; end = (void *)(long)ctx->data_end;");
	p.line(`struct eth *e = data; if ((void *)(e + 1) > end) ${p.leave()}`);
	p.line("__builtin_memset(e, 0, sizeof(*e)); e->proto = 8; e->src[5] = sum;");
}

function meta(p: Page): void {
	p.line("if (adjust_meta(ctx, -(int)sizeof(struct entry))) goto out;");
	p.line("data = (void *)(long)ctx->data; struct entry *m = (void *)(long)ctx->data_meta;");
	p.line(
		"if ((void *)(m + 1) > data) goto out;",
		`*m = (struct entry){ .e = sum }; m->a = ${p.below(9)};`,
	);
}

function elsewhere(p: Page): void {
	if (p.below(2)) {
		p.file("MAP(ports, 14, u32, u32, 8);");
		p.line(`return redirect_map(&ports, ${p.scalar()}, ${p.pick(["1", "2", "0"])});`);
	} else {
		p.file("MAP(programs, 3, u32, u32, 4);");
		p.line(`tail_call(ctx, &programs, ${p.pick(["0", "3", p.scalar()])}); sum += 1;`);
	}
}

function stored(p: Page): void {
	p.line(`u8 b[16] = { 1, 2, ${p.scalar()} }; u32 at = ${p.scalar()};`);
	p.line(
		`if (store_bytes(ctx, at & 31, b, ${p.pick(["sizeof(b)", "5", "(at & 7) + 1"])}) < 0) ${p.leave()}`,
	);
}

/** What invalidates pointers to the packet, or leaves: nothing that names them may follow. */
export const lastBlocks: readonly Block[] = [room, meta, elsewhere, stored];
