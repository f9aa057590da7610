// The door to the simulated kernel's types: their text is loaded when somebody asks for it, not before.

/**
 * Raw BTF of the simulated kernel: types, kernel functions, LSM hooks, iterators, raw tracepoints and struct_ops tables of Linux
 * 6.18 for x86-64, those that programs of the field use. Building it takes about a quarter of a second, so keep the bytes.
 */
export async function kernelBtf(): Promise<Uint8Array> {
	const { buildKernelBtf } = await import("./kernel.ts");
	return buildKernelBtf();
}
