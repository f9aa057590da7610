// Headers are imported as text; the bundler and the test runner both do it for `?raw`.
declare module "*.h?raw" {
	const text: string;
	export default text;
}
