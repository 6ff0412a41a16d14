/**
 * Text broken at spaces into lines of at most `width` characters, the first of which begins behind `offset` others and
 * the rest behind `indent` spaces. A word longer than a line has one of its own.
 */
export function wrapText(
  text: string,
  { width, offset = 0, indent = 0 }: { width: number; offset?: number; indent?: number },
): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const before = lines.length === 0 ? offset : indent;
    if (line !== '' && before + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`);
}
