export type { AccessOptions, FuncOptions } from "./build.ts";
export {
	addIncoming,
	addPhi,
	address,
	Builder,
	constant,
	coreValue,
	emit,
	newBlock,
	newFunction,
	newModule,
	param,
	terminate,
	undef,
	wrap,
} from "./build.ts";
export { type Description, describeFunction, Surroundings } from "./describe.ts";
export type { Dominators } from "./graph.ts";
export {
	dominators,
	predecessors,
	removeUnreachable,
	replaceAllUses,
	replaceUses,
	reversePostorder,
	successors,
} from "./graph.ts";
export type { Ending, Host, Memory } from "./interpret.ts";
export { interpret } from "./interpret.ts";
export type {
	Asm,
	AtomicOp,
	BinaryOp,
	Block,
	Callee,
	CoreRecord,
	Extern,
	Func,
	Global,
	Instruction,
	Leaf,
	Module,
	Node,
	Phi,
	Place,
	Predicate,
	Size,
	Terminator,
	Type,
} from "./ir.ts";
export { type KeptBody, Memo, placesFrom } from "./memo.ts";
export { commutative, inverse, swapped } from "./operators.ts";
export type { OptimiseOptions } from "./optimise.ts";
export { optimise } from "./optimise.ts";
export { parseSsa } from "./parse.ts";
export type { PrintOptions } from "./print.ts";
export { print, printFunction, printNode, printValue } from "./print.ts";
export { validate } from "./validate.ts";
