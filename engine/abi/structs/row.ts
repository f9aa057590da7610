// The form in which the struct tables are written.

export type FieldRow = readonly [
	name: string,
	offset: number,
	size: number,
	type: string,
	bits?: readonly [first: number, width: number],
];

export type StructRow = readonly [name: string, size: number, fields: readonly FieldRow[]];
