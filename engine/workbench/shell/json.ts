// JSON as bpftool writes it: on one line, or pretty with its own line breaks (elements of a list stay on one line).

/** Text that goes out as it is, e.g. a hexadecimal number without quotes. */
export class Raw {
	readonly text: string;

	constructor(text: string) {
		this.text = text;
	}
}

export type Value =
	| null
	| boolean
	| number
	| string
	| Raw
	| readonly Value[]
	| { readonly [name: string]: Value | undefined };

/** Fields that are undefined are left out. */
export function toJson(value: Value, pretty: boolean): string {
	return write(value, pretty, 0);
}

function write(value: Value, pretty: boolean, depth: number): string {
	if (value instanceof Raw) return value.text;
	if (value === null || typeof value !== "object") return JSON.stringify(value);
	const end = pretty ? `\n${" ".repeat(4 * depth)}` : "";
	if (isList(value)) {
		if (value.length === 0) return "[]";
		return `[${value.map((v) => write(v, pretty, depth + 1)).join(",")}${end}]`;
	}
	const start = pretty ? `\n${" ".repeat(4 * depth + 4)}` : "";
	const colon = pretty ? ": " : ":";
	const fields = Object.entries(value).flatMap(([name, v]) =>
		v === undefined
			? []
			: [`${start}${JSON.stringify(name)}${colon}${write(v, pretty, depth + 1)}`],
	);
	return fields.length ? `{${fields.join(",")}${end}}` : "{}";
}

function isList(value: Value): value is readonly Value[] {
	return Array.isArray(value);
}
