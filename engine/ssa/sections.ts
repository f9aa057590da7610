// Sections of code that nobody named: a static function there is nothing but what its callers make of it.

/** Whether functions without a section of their own go there, those that are seldom or often called among them. */
export function isPlainCode(section: string): boolean {
	return section === ".text" || section === ".text.unlikely." || section === ".text.hot.";
}
