/** Indented JSON in which a list of numbers or words stands on one line: a matrix reads as rows. */
export function formatJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2) ?? 'null';
  return text.replace(/\[\n\s+([^[\]{}]*?)\n\s*\]/g, (list, content: string) =>
    // A text may hold anything, brackets and line breaks included; such a list stays as it is.
    /"[^"]*[\\[\]{}][^"]*"/.test(content) ? list : `[${content.replace(/,\n\s+/g, ', ')}]`,
  );
}
