// The project document: one JSON value that holds everything a person made. It is what is saved, shared and opened;
// `validate` is the only door in. Bytes are base64url text in the document.

/** Version 1 of the project document. */
export interface Project {
	readonly version: 1;
	readonly name: string;
	readonly files: readonly ProjectFile[];
	/** Path of the file that is built. */
	readonly entry: string;
	/** Name of the program that Run and Step use; the first one when absent. */
	readonly program?: string;
	/** Program type (kernel name, e.g. `xdp`) where the section name says nothing. */
	readonly type?: string;
	readonly scenario: Scenario;
	readonly breakpoints: readonly { readonly file: string; readonly line: number }[];
	readonly tests: readonly ProjectTest[];
	/** What to look at: open panels by dock, and the cursor. */
	readonly view?: {
		readonly panels?: readonly string[];
		readonly packet?: number;
		readonly step?: number;
		readonly pc?: number;
	};
	/** One line on what to try, shown with examples and links. */
	readonly note?: string;
}

export type ProjectFile =
	| { readonly path: string; readonly text: string }
	/** Binary files: objects. */
	| { readonly path: string; readonly base64: string };

export interface Scenario {
	readonly seed: number;
	/** Judged against: `linux-6.18` is the only profile for now. */
	readonly kernel: "linux-6.18";
	readonly packets: readonly PacketInput[];
	/** Contents of maps by name, before the first packet; key and value in hexadecimal. */
	readonly maps: Readonly<
		Record<string, readonly { readonly key: string; readonly value: string }[]>
	>;
	/** Simulated CPUs; 1 when absent. */
	readonly cpus?: number;
}

export interface PacketInput {
	/** Hexadecimal bytes from the Ethernet header on. */
	readonly data: string;
	readonly name?: string;
	/** Device it arrives on; `eth0` when absent. */
	readonly device?: string;
	/** Nanoseconds since the start of the scenario. */
	readonly time?: number;
}

/** An expectation on one packet: its action, and bytes where given. */
export interface ProjectTest {
	readonly packet: number;
	readonly action?: string;
	readonly data?: string;
}
