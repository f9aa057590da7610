// Command-line words → typed options. A word that is not understood is an error that names it; nothing is guessed.

/** What a command accepts: flags without a value, options with one. */
export interface Accepts {
	readonly flags?: readonly string[];
	readonly options?: readonly string[];
	/** Least and most positional words. */
	readonly words: readonly [least: number, most: number];
}

export interface Arguments {
	readonly words: readonly string[];
	readonly flags: ReadonlySet<string>;
	readonly options: Readonly<Record<string, string>>;
}

/** A wrong use of the command line: shown as one line, exit status 2. */
export class UsageError extends Error {}

export function parseArguments(args: readonly string[], accepts: Accepts): Arguments {
	const words: string[] = [];
	const flags = new Set<string>();
	const options: Record<string, string> = {};
	for (let i = 0; i < args.length; i++) {
		const word = args[i] ?? "";
		const equals = word.startsWith("--") ? word.indexOf("=") : -1;
		const name = equals < 0 ? word : word.slice(0, equals);
		if (accepts.flags?.includes(name)) flags.add(name);
		else if (accepts.options?.includes(name)) {
			const value = equals < 0 ? args[++i] : word.slice(equals + 1);
			if (value === undefined) throw new UsageError(`${name} needs a value`);
			options[name] = value;
		} else if (word.startsWith("-") && word !== "-") throw new UsageError(`unknown option ${name}`);
		else words.push(word);
	}
	const [least, most] = accepts.words;
	if (words.length < least) throw new UsageError("a file is missing");
	if (words.length > most) throw new UsageError(`unexpected ${words[most]}`);
	return { words, flags, options };
}

/** A whole number, decimal or 0x…, from `least` to `most`. */
export function numberOption(text: string, name: string, least: number, most: number): number {
	const value = /^(0x[0-9a-f]+|\d+)$/i.test(text) ? Number(text) : Number.NaN;
	if (!(value >= least && value <= most))
		throw new UsageError(`${name}: a number from ${least} to ${most} was expected`);
	return value;
}
