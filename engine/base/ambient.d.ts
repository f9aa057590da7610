// The few platform globals that the engine uses and that TypeScript declares only in its DOM library.
declare class TextEncoder {
	encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
	constructor(label?: string, options?: { fatal?: boolean });
	decode(bytes?: Uint8Array | ArrayBuffer): string;
}
declare const performance: { now(): number };
