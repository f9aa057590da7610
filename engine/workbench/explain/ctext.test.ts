// Where statements begin and end in the text of a C file, and what stands between the brackets of a call.
import { expect, test } from "vitest";
import { CText } from "./ctext.ts";

const text = `#define ONE(x) { x; }
static int helper(void *p) { return 0; /* } */ }

SEC("xdp")
int prog(struct xdp_md *ctx)
{
	char brace = '}'; // {
	if (ctx->a)
		first(ctx, "a,b", (1, 2));
	else if (ctx->b) {
		second();
	} else
		third();
	for (int i = 0; i < 3; i++)
		fourth(i);
	bpf_for(i, 0, 10) {
		fifth();
	}
	do
		sixth();
	while (ctx->c);
	switch (ctx->d) {
	case 1:
		seventh();
		break;
	default:
		eighth();
	}
out:
	return 0;
}
`;
const c = new CText("a.c", text);

function statement(part: string) {
	const found = c.statementAt(text.indexOf(part));
	return found && { text: text.slice(found.start, found.end), inBlock: found.inBlock };
}

test.each([
	["char brace", "char brace = '}';", true],
	["first(", 'first(ctx, "a,b", (1, 2));', false],
	["if (ctx->a)", "if (ctx->a)", true],
	["if (ctx->b)", "if (ctx->b)", false],
	["second", "second();", true],
	["third", "third();", false],
	["fourth", "fourth(i);", false],
	["fifth", "fifth();", true],
	["sixth", "sixth();", false],
	["seventh", "seventh();", true],
	["eighth", "eighth();", true],
	["return 0;\n", "return 0;", true],
])("the statement at %s", (part, whole, inBlock) => {
	expect(statement(part)).toEqual({ text: whole, inBlock });
});

test("a compound statement ends behind its last branch", () => {
	const found = c.statementAt(text.indexOf("if (ctx->a)"));
	expect(text.slice(0, found?.whole).endsWith("third();")).toBe(true);
});

test("functions by their place", () => {
	expect(c.functionAt(text.indexOf("second"))?.name).toBe("prog");
	expect(c.functionAt(text.indexOf("second"))?.parameters).toBe("struct xdp_md *ctx");
	expect(c.functionAt(text.indexOf("return 0; /*"))?.name).toBe("helper");
});

test("the arguments of a call, whatever stands in them", () => {
	const ranges = c.argumentsAt(text.indexOf("first("), "first");
	expect(ranges?.map(({ start, end }) => text.slice(start, end))).toEqual([
		"ctx",
		'"a,b"',
		"(1, 2)",
	]);
});
