// The mends that come with problems, offered where the problem is underlined.

import type { Span } from "../../engine/base/index.ts";
import { engineMirror } from "../stores/engine.ts";
import { monaco } from "./monaco.ts";

/** Where a stretch of a text stands in its model. */
export function rangeOf(model: monaco.editor.ITextModel, span: Span): monaco.Range {
	const [from, to] = [model.getPositionAt(span.start), model.getPositionAt(span.end)];
	return monaco.Range.fromPositions(from, to);
}

/** Offers the fixes of the last build's problems in files of `language`. */
export function registerFixes(language: string): void {
	monaco.languages.registerCodeActionProvider(language, {
		provideCodeActions(model, range) {
			const path = model.uri.path.split("/").slice(2).join("/");
			const problems = engineMirror.getState().build?.diagnostics ?? [];
			const actions = problems.flatMap(({ span, fix }) => {
				// What mends another file as well is made from the list of problems.
				if (!fix || span?.file !== path || fix.edits.some((e) => e.span.file !== path)) return [];
				if (!monaco.Range.areIntersectingOrTouching(rangeOf(model, span), range)) return [];
				const edits = fix.edits.map((edit) => ({
					resource: model.uri,
					versionId: model.getVersionId(),
					textEdit: { range: rangeOf(model, edit.span), text: edit.text },
				}));
				return [{ title: fix.title, kind: "quickfix", diagnostics: [], edit: { edits } }];
			});
			return { actions, dispose: () => undefined };
		},
	});
}
