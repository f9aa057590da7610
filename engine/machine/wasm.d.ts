// The part of the WebAssembly interface that the engine uses; TypeScript declares it only in its DOM library.
declare namespace WebAssembly {
	class Memory {
		constructor(descriptor: { initial: number; maximum?: number });
		readonly buffer: ArrayBuffer;
		grow(pages: number): number;
	}
	class Table {
		constructor(descriptor: { element: "anyfunc"; initial: number; maximum?: number });
		readonly length: number;
		get(index: number): unknown;
		set(index: number, value: unknown): void;
		grow(count: number): number;
	}
	class Global {
		constructor(descriptor: { value: "i32" | "i64"; mutable: boolean }, value: number | bigint);
		value: number | bigint;
	}
	type ImportValue = ((...values: never[]) => unknown) | Memory | Table | Global | number;
	type ModuleImports = Record<string, ImportValue>;
	class Module {
		constructor(bytes: Uint8Array<ArrayBuffer>);
	}
	class Instance {
		constructor(module: Module, imports?: Record<string, ModuleImports>);
		readonly exports: Record<string, unknown>;
	}
	class RuntimeError extends Error {}
	function validate(bytes: Uint8Array<ArrayBuffer>): boolean;
}
