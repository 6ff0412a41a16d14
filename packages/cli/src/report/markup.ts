/** Text that is HTML already. Whatever else goes into `html` is escaped. */
export class Markup {
  readonly text: string;

  /** @param text Trusted HTML. */
  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

type Content = Markup | string | number | false | null | undefined | readonly Content[];

/**
 * HTML or SVG from a template: markup and lists of it go in as they are, texts and numbers escaped, `false`, `null` and
 * `undefined` not at all.
 */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(String.raw({ raw: parts }, ...contents.map(rendered)));
}

function rendered(content: Content): string {
  if (content === false || content === null || content === undefined) return '';
  if (content instanceof Markup) return content.text;
  if (Array.isArray(content)) return content.map(rendered).join('');
  return String(content).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
