export { assert, unreachable } from "./assert.ts";
export { concatBytes, equalBytes, fromHex, fromUtf8, toHex, utf8, view } from "./bytes.ts";
export type { Diagnostic, Outcome, Severity, Span, TextEdit } from "./diagnostic.ts";
export { renderDiagnostic } from "./diagnostic.ts";
export { Random } from "./random.ts";
export { hex64, highHalf, lowHalf, toBigInt, toSignedBigInt } from "./u64.ts";
