// What somebody answers, as a value: asked for again whenever one of the triggers changes, and an answer that comes too late is dropped.

import { useEffect, useState } from "react";

/** The last answer; undefined until it comes. A question that is undefined is not asked. */
export function useAnswer<T>(
	question: () => Promise<T | undefined> | undefined,
	triggers: readonly unknown[],
): T | undefined {
	const [answer, setAnswer] = useState<T | undefined>();
	useEffect(() => {
		let stale = false;
		void question()?.then((a) => {
			if (a !== undefined && !stale) setAnswer(a);
		});
		return () => {
			stale = true;
		};
		// biome-ignore lint/correctness/useExhaustiveDependencies: the caller says what makes the answer another one
	}, triggers);
	return answer;
}
