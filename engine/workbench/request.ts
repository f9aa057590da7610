// Fields of a JSON request, checked one by one: what is wrong is said with the field's name.

export type Fields = Readonly<Record<string, unknown>>;

/** A request that cannot be understood; answered with stage `request`. */
export class RequestFault extends Error {}

export function record(value: unknown, name: string): Fields {
	if (typeof value !== "object" || value === null || Array.isArray(value))
		throw new RequestFault(`${name}: an object was expected`);
	return value as Fields;
}

export function text(fields: Fields, name: string): string {
	const value = fields[name];
	if (typeof value !== "string") throw new RequestFault(`${name}: a text was expected`);
	return value;
}

/** A number; texts may hold decimal or 0x… ones. */
export function number(fields: Fields, name: string): number {
	const value = fields[name];
	const parsed = typeof value === "string" && value !== "" ? Number(value) : value;
	if (typeof parsed !== "number" || !Number.isInteger(parsed))
		throw new RequestFault(`${name}: an integer was expected`);
	return parsed;
}

export function optionalNumber(fields: Fields, name: string): number | undefined {
	return fields[name] === undefined ? undefined : number(fields, name);
}

/** A list of objects; none when absent. */
export function list(fields: Fields, name: string): Fields[] {
	const value = fields[name];
	if (value === undefined) return [];
	if (!Array.isArray(value)) throw new RequestFault(`${name}: a list was expected`);
	return value.map((v, i) => record(v, `${name}[${i}]`));
}
