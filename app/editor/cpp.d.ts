// The editor library ships this module without types.
declare module "monaco-editor/languages/definitions/cpp/cpp" {
	import type { languages } from "monaco-editor/editor";
	export const conf: languages.LanguageConfiguration;
	export const language: languages.IMonarchLanguage;
}
